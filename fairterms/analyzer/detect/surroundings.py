"""What a second look weighs: a line's scores for every kind, beside its neighbours', its contract's and its shape."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from fairterms.analyzer.detect.features import Line

Scores = npt.NDArray[np.float32]

_NEIGHBOURS = (-2, -1, 1, 2)  # lines above and below
_FAR = np.float32(-12.0)  # log-odds where there is no neighbour


def columns_of(lines: Sequence[Line], words: Scores, meaning: Scores, places: Sequence[tuple[int, int]]) -> Scores:
    """One row for each (line, kind) in ``places``.

    ``words`` and ``meaning`` are log-odds, lines of one contract by kinds; ``meaning`` is NaN where a line was not read.
    """
    if not places:
        return np.empty((0, 0), dtype=np.float32)
    count, kinds = words.shape
    joined = np.where(np.isnan(meaning), words, (words + meaning) / 2)
    shown = 1 / (1 + np.exp(-joined))
    order = np.argsort(-joined, axis=0, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(count)[:, None], axis=0)
    best = joined.max(axis=0)
    second = np.partition(joined, -2, axis=0)[-2] if count > 1 else np.full(kinds, _FAR)
    expected = np.log(shown.sum(axis=0) + 1e-3)
    padded = np.full((count + 4, kinds), _FAR, dtype=np.float32)
    padded[2:-2] = joined
    rows, which = np.array(places).T
    others = joined[rows].copy()
    others[np.arange(len(rows)), which] = _FAR
    shapes = np.array([_shape(line) for line in lines], dtype=np.float32)
    own = joined[rows, which]
    parts = [
        which,
        words[rows, which],
        meaning[rows, which],
        own,
        *(padded[rows + 2 + step, which] for step in _NEIGHBOURS),
        own - best[which],
        own - second[which],
        np.log1p(ranks[rows, which]),
        expected[which],
        others.max(axis=1),
        own - others.max(axis=1),
        (joined[rows] > -2).sum(axis=1),
        rows / count,
        np.full(len(rows), np.log(count)),
    ]
    return np.hstack([np.stack(parts, axis=1).astype(np.float32), shapes[rows], joined[rows]])


def _shape(line: Line) -> tuple[float, ...]:
    text = line.text.strip()
    words = text.split()
    letters = sum(character.isalpha() for character in text)
    return (
        float(np.log1p(len(words))),
        float(text[:1].islower()),
        float(text.endswith((":", ";", ","))),
        float(len(re.findall(r"\d+", text))),
        sum(character.isupper() for character in text) / max(letters, 1),
        float(np.log1p(len(line.heading))),
    )
