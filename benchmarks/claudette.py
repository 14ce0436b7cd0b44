"""Kinds of unfair clause in terms of service (CLAUDETTE): labels and probabilities for every sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.cuad import f1_of
from benchmarks.labelled import CLAUDETTE_KINDS, read_terms
from fairterms.analyzer.detect.heads import UNFAIR, open_head, open_reader


def figures(told: npt.NDArray[np.bool_], wanted: npt.NDArray[np.bool_]) -> dict[str, float]:
    """F1 by kind, their mean, and F1 of unfair or not; both are sentences by kinds."""
    by_kind = {kind: f1_of(told[:, place], wanted[:, place]) for place, kind in enumerate(CLAUDETTE_KINDS)}
    some = f1_of(np.asarray(told.any(axis=1)), np.asarray(wanted.any(axis=1)))
    return {"macro f1": float(np.mean(list(by_kind.values()))), "unfair or not f1": some, **by_kind}


def labels_of(entries: Sequence[Mapping[str, Any]]) -> npt.NDArray[np.bool_]:
    return np.array([[kind in entry["labels"] for kind in CLAUDETTE_KINDS] for entry in entries], dtype=bool)


def run(data: Path, predictions: Path | None, show_errors: int) -> dict[str, float]:
    """The shipped head on sentences. On terms it was trained on, its figures say nothing."""
    head, read = open_head(UNFAIR), open_reader()
    terms = read_terms(data)
    entries = [entry for document in terms for entry in document.entries]
    probabilities = np.concatenate([head.probabilities(document.lines, read) for document in terms])
    told = probabilities >= head.cuts
    if predictions is not None:
        with predictions.open("w", encoding="utf-8") as out:
            for entry, shown, scores in zip(entries, told, probabilities, strict=True):
                line = {
                    "id": entry["id"],
                    "labels": [kind for kind, here in zip(head.kinds, shown, strict=True) if here],
                    "scores": {kind: round(float(score), 4) for kind, score in zip(head.kinds, scores, strict=True)},
                }
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    if not all("labels" in entry for entry in entries):
        return {}
    wanted = labels_of(entries)
    result = figures(told, wanted)
    print("  ".join(f"{name} {value:.3f}" for name, value in result.items()))
    wrong = np.argwhere(told != wanted)
    for line, kind in wrong[np.argsort(-np.abs(probabilities - 0.5)[tuple(wrong.T)])][:show_errors]:
        what = "false alarm" if told[line, kind] else "missed"
        print(f"{entries[line]['id']}: {what}: {head.kinds[kind]}: {' '.join(entries[line]['text'].split())[:200]}")
    return result
