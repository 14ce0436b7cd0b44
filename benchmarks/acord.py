"""Clauses ranked for a lawyer's question, within the pool that was judged for it (ACORD): words and meaning joined."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from fairterms.analyzer.embed import open_embedder
from fairterms.knowledge_base.search import LexicalSearch

_FIRST = 5  # NDCG@5 is the figure that is published for this data
_WORDS = 0.5  # share of the words in the joined score; equal halves, not tuned


def run(data: Path, predictions: Path | None, show_errors: int) -> dict[str, float]:
    """Rank each query's judged pool in the folder ``data``; return NDCG@5 of each split whose judgements hold scores."""
    clauses = {entry["_id"]: entry["text"] for entry in _entries(data / "corpus.jsonl.gz")}
    queries = {entry["_id"]: entry.get("long") or entry["text"] for entry in _entries(data / "queries.jsonl.gz")}
    embed, lexical = open_embedder(), LexicalSearch(clauses)
    ids = list(clauses)
    vectors = dict(zip(ids, embed([clauses[id] for id in ids]), strict=True))
    figures: dict[str, float] = {}
    lines: list[str] = []
    for file in sorted(data.glob("qrels.*.jsonl.gz")):
        pools: dict[str, dict[str, float | None]] = defaultdict(dict)
        for entry in _entries(file):
            pools[entry["query_id"]][entry["corpus_id"]] = entry.get("score")
        gains = []
        for query, judged in pools.items():
            words, meaning = lexical.scores(queries[query]), embed([queries[query]])[0]
            scores = _joined(
                {id: words.get(id, 0.0) for id in judged}, {id: float(vectors[id] @ meaning) for id in judged}
            )
            lines += [
                json.dumps({"query_id": query, "doc_id": id, "score": round(score, 6)}) + "\n"
                for id, score in scores.items()
            ]
            if all(score is not None for score in judged.values()):
                gains.append(_ndcg(scores, {id: float(score or 0) for id, score in judged.items()}))
        if gains:
            split = file.name.split(".")[1]
            figures[split] = float(np.mean(gains))
            print(f"{split}: {len(gains)} queries, NDCG@{_FIRST} {figures[split]:.3f}")
    if predictions is not None:
        predictions.write_text("".join(lines), encoding="utf-8")
    return figures


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _joined(words: Mapping[str, float], meaning: Mapping[str, float]) -> dict[str, float]:
    """Both scores, each brought to mean 0 and spread 1 within the pool, and added."""
    first, second = (_levelled(np.array(list(scores.values()))) for scores in (words, meaning))
    return dict(zip(words, (_WORDS * first + (1 - _WORDS) * second).tolist(), strict=True))


def _levelled(scores: Any) -> Any:
    spread = scores.std()
    return (scores - scores.mean()) / spread if spread > 0 else scores * 0


def _ndcg(scores: Mapping[str, float], judged: Mapping[str, float]) -> float:
    """Gains 2^score - 1 at the first five places, beside the best order of the pool."""
    order = sorted(scores, key=lambda id: (-scores[id], id))
    best = sorted(judged.values(), reverse=True)
    ideal = _discounted(best)
    return _discounted([judged[id] for id in order]) / ideal if ideal else 0.0


def _discounted(gains: list[float]) -> float:
    return float(sum((2**gain - 1) / np.log2(place + 2) for place, gain in enumerate(gains[:_FIRST])))
