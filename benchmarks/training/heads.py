"""From labelled contracts to heads, and the probabilities of contracts that no part of the head had been trained on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.training.boosting import grow
from benchmarks.training.encoder import Tuned
from benchmarks.training.linear import fit_linear, matrix
from fairterms.analyzer.detect.attention import Attention
from fairterms.analyzer.detect.features import Line, rows_of
from fairterms.analyzer.detect.heads import Head, calibrated, join_labels, join_looks, places_of
from fairterms.analyzer.detect.surroundings import columns_of

ALL: tuple[int, ...] = ()
"""The name of the run that leaves no fold out."""

_NEWTON = 60  # steps to the slope of the calibration
Say = Callable[[str], None]
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What differs between the labelled data. ``by_akin`` says that words are weighed for the wider label; where ``wording``
    is None, trees join the looks. The other values are those of ``Head``."""

    glance: float
    least: float
    strict: float
    wording: float | None
    by_akin: bool
    credit: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """Lines of many contracts in text order. ``contracts`` and ``folds`` name each line's; ``wanted`` is what is asked
    for and ``akin`` a wider label, lines by kinds."""

    kinds: tuple[str, ...]
    lines: Sequence[Line]
    contracts: npt.NDArray[np.int64]
    folds: npt.NDArray[np.int64]
    wanted: npt.NDArray[np.bool_]
    akin: npt.NDArray[np.bool_]
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class Words:
    """The first look, once for all folds and once without each."""

    fits: Mapping[tuple[int, ...], tuple[Any, Any]]
    held_out: Scores

    def seen(self, glance: float) -> npt.NDArray[np.int64]:
        """The lines that a head which did not know their contract lets through."""
        return np.flatnonzero(self.held_out.max(axis=1) > glance)


@dataclass(frozen=True, slots=True)
class Trained:
    """A head, and the held-out probabilities (lines by kinds) of the same recipe."""

    head: Head
    held_out: Scores


def weigh_words(data: Labelled, workers: int = 2) -> Words:
    sets = [ALL, *((fold,) for fold in sorted(set(data.folds.tolist())))]
    rows = matrix(rows_of(data.lines))
    with ProcessPoolExecutor(workers, initializer=_share, initargs=((rows, data),)) as pool:
        fits = dict(zip(sets, pool.map(_fit_words, sets), strict=True))
    held_out = np.empty(data.wanted.shape, dtype=np.float32)
    for left_out in sets[1:]:
        here = np.isin(data.folds, left_out)
        weights, offsets = fits[left_out]
        held_out[here] = rows[here] @ weights.astype(np.float32) + offsets
    return Words(fits, held_out)


def finish(data: Labelled, words: Words, seen: npt.NDArray[np.int64], both: Scores, attention: Attention) -> Trained:
    """The third look and the calibration, from what the first two held out.

    ``both`` are the held-out log-odds of the lines ``seen`` for wanted and akin, side by side.
    """
    recipe = data.recipe
    meaning = np.full(data.wanted.shape, np.nan, dtype=np.float32)
    meaning[seen] = join_labels(both, recipe.strict)
    scores = np.full(data.wanted.shape, -np.inf)
    trees = None
    if recipe.wording is None:
        # A fold's trees learn from scores of encoders that had seen this fold: not what is told here, but how scores
        # and neighbours hang together. Where both were measured it made no difference (docs/evaluation.md).
        columns, places = _columns(data, words.held_out, meaning)
        lines, kinds = places.T
        wanted = data.wanted[lines, kinds]
        for fold in sorted(set(data.folds.tolist())):
            here = data.folds[lines] == fold
            scores[lines[here], kinds[here]] = grow(columns[~here], wanted[~here]).log_odds(columns[here])
        trees = grow(columns, wanted)
    else:
        lines, kinds = np.array(places_of(meaning, recipe.least)).T
        scores[lines, kinds] = join_looks(words.held_out, meaning, recipe.wording)[lines, kinds]
    probabilities = np.zeros(scores.shape, dtype=np.float32)
    weighed = np.isfinite(scores)
    for fold in sorted(set(data.folds.tolist())):
        here = (data.folds == fold)[:, None]
        slope = _slope(scores[weighed & ~here], data.wanted[weighed & ~here])
        probabilities[weighed & here] = calibrated(scores[weighed & here], slope)
    cuts = np.array(
        [best_cut(probabilities[:, k], data.wanted[:, k]) for k in range(len(data.kinds))], dtype=np.float32
    )
    weights, offsets = words.fits[ALL]
    return Trained(
        Head(
            data.kinds, weights, offsets, attention, trees, recipe.glance, recipe.least, recipe.strict, recipe.wording or 0.0,
            cuts, _slope(scores[weighed], data.wanted[weighed]), recipe.credit,
        ),
        probabilities,
    )  # fmt: skip


def best_cut(scores: npt.NDArray[np.float32], wanted: npt.NDArray[np.bool_]) -> float:
    """The score from which calling a line one of the kind gives the best F1."""
    order = np.argsort(-scores, kind="stable")
    f1 = 2 * np.cumsum(wanted[order]) / (np.arange(1, len(order) + 1) + max(wanted.sum(), 1))
    return float(scores[order][int(f1.argmax())])


def part_of(tuned: Tuned, first: int, count: int) -> Attention:
    """The attention of one task: ``count`` outputs from ``first`` on."""
    chosen = slice(first, first + count)
    part = {name: tuned.attention[name][..., chosen] for name in ("queries", "values", "offsets")}
    return Attention(**part, centre=tuned.attention["centre"], spread=tuned.attention["spread"])


_shared: Any = None


def _share(values: Any) -> None:
    global _shared
    _shared = values


def _fit_words(left_out: tuple[int, ...]) -> tuple[Any, Any]:
    rows, data = _shared
    kept = ~np.isin(data.folds, left_out)
    return fit_linear(rows[kept], (data.akin if data.recipe.by_akin else data.wanted)[kept])


def _columns(data: Labelled, words: Scores, meaning: Scores) -> tuple[Scores, npt.NDArray[np.int64]]:
    """What the trees weigh, contract by contract: rows of columns, and the (line, kind) of each."""
    columns, places = [], []
    for chosen, spots in _spots(data, meaning):
        lines = [data.lines[place] for place in chosen]
        columns.append(columns_of(lines, words[chosen], meaning[chosen], spots))
        places += [(chosen[line], kind) for line, kind in spots]
    return np.concatenate(columns), np.array(places)


def _spots(data: Labelled, meaning: Scores) -> Iterator[tuple[npt.NDArray[np.int64], list[tuple[int, int]]]]:
    for contract in np.unique(data.contracts):
        chosen = np.flatnonzero(data.contracts == contract)
        if spots := places_of(meaning[chosen], data.recipe.least):
            yield chosen, spots


def _slope(log_odds: npt.NDArray[np.float64], wanted: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """The line through log-odds that makes them true probabilities (Platt's scaling, without his smoothing)."""
    inputs = np.stack([log_odds, np.ones_like(log_odds)], axis=1)
    line = np.array([1.0, 0.0])
    for _ in range(_NEWTON):
        shown = 1 / (1 + np.exp(-(inputs @ line)))
        bend = (inputs * (shown * (1 - shown))[:, None]).T @ inputs
        line = line - np.linalg.solve(bend + 1e-9 * np.eye(2), inputs.T @ (shown - wanted))
    return float(line[0]), float(line[1])
