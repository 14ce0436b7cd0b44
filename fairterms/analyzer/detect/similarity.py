"""Wording that no signal foresaw: sentences close in meaning to a term's examples, and not to its counterexamples."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fairterms.analyzer.detect.candidates import Vocabulary, vocabulary_of
from fairterms.analyzer.values import Level
from fairterms.clauses.load import ClauseLibrary

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

# Cosine of all-MiniLM-L6-v2. Measured on the gold documents that may be read: see docs/evaluation.md, "Similarity".
NEAR = 0.80
MARGIN = 0.08
VERY_NEAR = 0.88


@dataclass(frozen=True, slots=True)
class Exemplars:
    """The library's examples and counterexamples as unit vectors, with the term and the side of each row."""

    vectors: Vectors
    terms: tuple[str, ...]
    is_example: tuple[bool, ...]
    texts: tuple[str, ...]
    vocabulary: Vocabulary


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


def embed_exemplars(library: ClauseLibrary, embed: Embed, *, encoder: str = "", cache: Path | None = None) -> Exemplars:
    """The exemplars of a library, from the cache where the same library and encoder left them."""
    rows = exemplar_texts(library)
    return Exemplars(
        vectors=_remembered([text for _, _, text in rows], embed, f"{library.version}-{encoder}", cache),
        terms=tuple(term for term, _, _ in rows),
        is_example=tuple(is_example for _, is_example, _ in rows),
        texts=tuple(text for _, _, text in rows),
        vocabulary=vocabulary_of([text for _, is_example, text in rows if is_example]),
    )


def _remembered(texts: list[str], embed: Embed, version: str, cache: Path | None) -> Vectors:
    """The vectors of the texts, read from or written to the cache; a cache that cannot be used is done without."""
    if cache is None:
        return embed(texts)
    file = cache / f"examples-{hashlib.sha256(version.encode()).hexdigest()[:16]}.npy"
    try:
        vectors: Vectors = np.load(file, allow_pickle=False)
        if len(vectors) == len(texts):
            return vectors
    except (OSError, ValueError):
        pass  # not there, or cut short by a crash: compute it again
    vectors = embed(texts)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        partial = file.with_name(f"{file.stem}.{os.getpid()}.npy")
        np.save(partial, vectors)
        partial.replace(file)
    except OSError:
        pass  # a read-only home costs seconds each time, and nothing else
    return vectors


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
