"""Kinds of clause in business contracts (CUAD): every line with its probability, and figures where there are answers."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.labelled import CUAD_KINDS, Contract, read_contracts
from fairterms.analyzer.detect.heads import CLAUSES, open_head, open_reader

SAME = 0.5  # of the words of answer and prediction together must be in both: the rule of CUAD
RECALL = 0.8  # at which CUAD tells the precision
_LEAST = 1e-4  # probability of a candidate that is written or counted

# Kinds that are told for whole contracts, each with one plain expression, written once, as a floor to be beaten.
FLOORS = {
    "Irrevocable Or Perpetual License": r"(?:perpetual|irrevocable)\w*[^.;]{0,80}(?:licen[sc]e|right)|licen[sc]e[^.;]{0,80}(?:perpetual|irrevocable)",
    "Ip Ownership Assignment": r"(?:hereby )?assigns?\b[^.;]{0,80}(?:right|title|interest|ownership)|work[s]? (?:made )?for hire",
    "Exclusivity": r"\bexclusiv(?:e|ity|ely)\b",
    "License Grant": r"(?:hereby )?grants?\b[^.;]{0,120}licen[sc]e",
    "Anti-Assignment": r"(?:not|neither)[^.;]{0,60}\b(?:assign|transfer)\b|\bassign\w*[^.;]{0,60}without[^.;]{0,30}consent",
    "Cap On Liability": r"liab\w+[^.;]{0,150}(?:exceed|limited to)|(?:in no event|not be liable)[^.;]{0,150}(?:consequential|indirect)",
    "Governing Law": r"govern\w+[^.;]{0,60}\blaws? of|laws? of[^.;]{0,60}govern",
    "Renewal Term": r"(?:automatically|shall|may) (?:be )?(?:renew|extend)\w*|renewal term",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of a contract as an answer of a kind, with its probability and, in cross-validation, its fold."""

    contract: str
    kind: str
    text: str
    start: int
    end: int
    score: float
    fold: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    contract: str
    kind: str
    text: str
    fold: int = 0


def answers_of(entries: Iterable[Mapping[str, Any]], folds: Mapping[str, int]) -> list[Answer]:
    return [
        Answer(
            entry["doc_id"], span["label"], entry["text"][span["start"] : span["end"]], folds.get(entry["doc_id"], 0)
        )
        for entry in entries
        for span in entry.get("spans", ())
        if span["label"] in CUAD_KINDS
    ]


def words_of(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"[.,;:]", "", text.lower()).replace("/", " ").split())


def is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """CUAD's rule: the Jaccard index of the sets of words is at least one half."""
    return len(one & other) >= SAME * len(one | other)


def figures(candidates: Sequence[Candidate], answers: Sequence[Answer]) -> dict[str, float]:
    """Precision at 80 % recall and the best F1, all kinds and contracts in one; F1 also at thresholds of other folds.

    ``answers`` must not be empty; without candidates every figure is 0.
    """
    folds = {answer.fold for answer in answers}
    if not candidates:
        names = ("precision at 80 % recall", "best f1", "reach", *(("f1",) if len(folds) > 1 else ()))
        return dict.fromkeys(names, 0.0)
    ranked = sorted(candidates, key=lambda candidate: (-candidate.score, candidate.contract, candidate.start))
    right, new = _judged(ranked, answers)
    found, wrong = np.cumsum(new), np.cumsum(~right)
    precision = found / np.maximum(found + wrong, 1)
    enough = found / len(answers) >= RECALL
    result = {
        "precision at 80 % recall": float(precision[enough].max()) if enough.any() else 0.0,
        "best f1": float((2 * found / (found + wrong + len(answers))).max()),
        "reach": float(found[-1] / len(answers)),
    }
    if len(folds) > 1:
        result["f1"] = _f1_across_folds(ranked, right, new, answers)
    return result


def _judged(
    ranked: Sequence[Candidate], answers: Sequence[Answer]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """Whether each candidate is an answer, and how many answers it is the first to give."""
    wanted = defaultdict(list)
    for place, answer in enumerate(answers):
        wanted[answer.contract, answer.kind].append((place, words_of(answer.text)))
    given: set[int] = set()
    right, new = np.zeros(len(ranked), dtype=bool), np.zeros(len(ranked), dtype=np.int64)
    for place, candidate in enumerate(ranked):
        options = wanted.get((candidate.contract, candidate.kind))
        if options is None:
            continue
        words = words_of(candidate.text)
        same = {answer for answer, its in options if is_same(words, its)}
        right[place], new[place] = bool(same), len(same - given)
        given |= same
    return right, new


def _f1_across_folds(
    ranked: Sequence[Candidate], right: npt.NDArray[np.bool_], new: npt.NDArray[np.int64], answers: Sequence[Answer]
) -> float:
    scores = np.array([candidate.score for candidate in ranked])
    folds = np.array([candidate.fold for candidate in ranked])
    counted = np.array([answer.fold for answer in answers])
    found = wrong = 0
    for fold in sorted(set(counted.tolist())):
        others = folds != fold
        hits, misses = np.cumsum(new[others]), np.cumsum(~right[others])
        f1 = 2 * hits / (hits + misses + (counted != fold).sum())
        if not others.any():
            continue  # no candidate elsewhere to take a threshold from: nothing is found in this fold
        taken = ~others & (scores >= scores[others][int(f1.argmax())])
        found += int(new[taken].sum())
        wrong += int((~right[taken]).sum())
    return 2 * found / (found + wrong + len(answers))


def by_contract(
    candidates: Sequence[Candidate], contracts: Sequence[Mapping[str, Any]], folds: Mapping[str, int]
) -> dict[str, tuple[float, float]]:
    """For each kind of ``FLOORS``: F1 of saying whether a contract has it, by the heads (threshold of the other folds)
    and by the plain expression."""
    best: dict[tuple[str, str], float] = {}
    for candidate in candidates:
        key = candidate.contract, candidate.kind
        best[key] = max(best.get(key, 0.0), candidate.score)
    names = [entry["doc_id"] for entry in contracts]
    numbers = np.array([folds[name] for name in names])
    result = {}
    for kind, floor in FLOORS.items():
        has = np.array([any(span["label"] == kind for span in entry["spans"]) for entry in contracts])
        plain = np.array([re.search(floor, entry["text"], re.IGNORECASE) is not None for entry in contracts])
        scores = np.array([best.get((name, kind), 0.0) for name in names])
        told = np.zeros(len(names), dtype=bool)
        for fold in set(numbers.tolist()):
            others = numbers != fold
            told[~others] = scores[~others] >= _best_threshold(scores[others], has[others])
        result[kind] = f1_of(told, has), f1_of(plain, has)
    return result


def f1_of(told: npt.NDArray[np.bool_], has: npt.NDArray[np.bool_]) -> float:
    return float(2 * (told & has).sum() / max(told.sum() + has.sum(), 1))


def _best_threshold(scores: npt.NDArray[np.float64], has: npt.NDArray[np.bool_]) -> float:
    order = np.argsort(-scores, kind="stable")
    f1 = 2 * np.cumsum(has[order]) / (np.arange(1, len(order) + 1) + has.sum())
    return float(scores[order][int(f1.argmax())])


def candidates_of(
    contract: Contract, probabilities: npt.NDArray[np.float32], kinds: Sequence[str], fold: int = 0
) -> list[Candidate]:
    """The lines of a contract that may be an answer; ``probabilities`` are lines by kinds."""
    found = []
    for line, kind in np.argwhere(probabilities > _LEAST):
        span = contract.spans[line]
        text = contract.entry["text"][span.start : span.end]
        score = round(float(probabilities[line, kind]), 6)
        found.append(Candidate(contract.entry["doc_id"], kinds[kind], text, span.start, span.end, score, fold))
    return found


def run(data: Path, predictions: Path | None, show_errors: int) -> dict[str, float]:
    """The shipped head on whole contracts. On contracts it was trained on, its figures say nothing."""
    head, read = open_head(CLAUSES), open_reader()
    contracts = read_contracts(data)
    candidates = [
        candidate
        for contract in contracts
        for candidate in candidates_of(contract, head.probabilities(contract.lines, read), head.kinds)
    ]
    if predictions is not None:
        with predictions.open("w", encoding="utf-8") as out:
            for found in candidates:
                line = {
                    "doc_id": found.contract, "label": found.kind, "text": found.text, "start": found.start,
                    "end": found.end, "score": found.score,
                }  # fmt: skip
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    answers = answers_of((contract.entry for contract in contracts), {})
    if not answers:
        return {}
    result = figures(candidates, answers)
    print("  ".join(f"{name} {value:.3f}" for name, value in result.items()))
    for kind in head.kinds:
        own = [answer for answer in answers if answer.kind == kind]
        if own:
            of_kind = figures([found for found in candidates if found.kind == kind], own)
            print(f"  {kind:<38} " + "  ".join(f"{name} {value:.3f}" for name, value in of_kind.items()))
    right, _ = _judged(ranked := sorted(candidates, key=lambda found: -found.score), answers)
    for found in [found for found, good in zip(ranked, right, strict=True) if not good][:show_errors]:
        print(f"{found.contract[:40]}: {found.kind} {found.score:.2f}: {' '.join(found.text.split())[:200]}")
    return result
