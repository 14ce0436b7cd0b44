"""Wording that no signal foresaw: sentences close in meaning to a term's examples, and not to its counterexamples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fairterms.analyzer.values import Level
from fairterms.clauses.load import ClauseLibrary

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

# Cosine of all-MiniLM-L6-v2. Measured on the gold documents that may be read: see docs/evaluation.md, "Similarity".
NEAR = 0.74
MARGIN = 0.06
VERY_NEAR = 0.86


@dataclass(frozen=True, slots=True)
class Exemplars:
    """The library's examples and counterexamples as unit vectors, with the term and the side of each row."""

    vectors: Vectors
    terms: tuple[str, ...]
    is_example: tuple[bool, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A term that a sentence resembles: ``score`` is the cosine to the nearest example."""

    term: str
    score: float
    example: str
    level: Level


def exemplar_texts(library: ClauseLibrary) -> list[tuple[str, bool, str]]:
    """(term, is it an example, text) for every term that is present in words; absences are judged on whole contracts."""
    return [
        (term.id, is_example, text)
        for term in library.terms
        if term.kind != "absence"
        for is_example, texts in ((True, term.examples), (False, term.counterexamples))
        for text in texts
    ]


def embed_exemplars(library: ClauseLibrary, embed: Embed) -> Exemplars:
    rows = exemplar_texts(library)
    return Exemplars(
        vectors=embed([text for _, _, text in rows]),
        terms=tuple(term for term, _, _ in rows),
        is_example=tuple(is_example for _, is_example, _ in rows),
        texts=tuple(text for _, _, text in rows),
    )


def likenesses(vectors: Vectors, exemplars: Exemplars) -> list[list[Likeness]]:
    """For each sentence vector, the terms whose examples it is near to, nearest first."""
    if not len(vectors) or not len(exemplars.vectors):
        return [[] for _ in range(len(vectors))]
    cosines = vectors @ exemplars.vectors.T
    ids = sorted(set(exemplars.terms))
    rows = np.array(exemplars.terms)
    sides = np.array(exemplars.is_example)
    found: list[list[Likeness]] = [[] for _ in range(len(vectors))]
    for id in ids:
        good = np.flatnonzero((rows == id) & sides)
        bad = np.flatnonzero((rows == id) & ~sides)
        nearest = cosines[:, good]
        best = nearest.max(axis=1)
        against = cosines[:, bad].max(axis=1)
        for row in np.flatnonzero((best >= NEAR) & (best - against >= MARGIN)):
            example = exemplars.texts[good[int(nearest[row].argmax())]]
            level: Level = "likely" if best[row] >= VERY_NEAR else "ask_a_person"
            found[row].append(Likeness(id, round(float(best[row]), 4), example, level))
    for row_found in found:
        row_found.sort(key=lambda likeness: -likeness.score)
    return found
