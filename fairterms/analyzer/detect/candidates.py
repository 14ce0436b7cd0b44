"""Which sentences are worth the encoder's time: those that share the library's own words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fairterms.analyzer.fold import fold

_WORD = re.compile(r"[a-z]{3,}")
_SHORTEST = 28  # characters; shorter sentences of the gold documents carried no label but headings
_LONGEST = 2500  # the encoder reads 128 word pieces; what is longer is cut there anyway
# Weighted share of words in common with the nearest example. Of sentences that the encoder puts at .80 or above,
# none in the readable gold documents has less; see docs/evaluation.md, "Similarity".
_ENOUGH = 0.35


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the library's examples, weighted by how few examples use them; one unit row an example."""

    columns: dict[str, int]
    weights: npt.NDArray[np.float32]
    examples: npt.NDArray[np.float32]


def vocabulary_of(texts: Sequence[str]) -> Vocabulary:
    bags = [frozenset(_WORD.findall(fold(text))) for text in texts]
    used = Counter(word for bag in bags for word in bag)
    columns = {word: column for column, word in enumerate(sorted(used))}
    weights = np.array([math.log(1 + len(bags) / used[word]) for word in columns], dtype=np.float32)
    return Vocabulary(columns, weights, _rows(bags, columns, weights))


def candidates(folded: Sequence[str], vocabulary: Vocabulary) -> list[int]:
    """The places of the folded sentences that come near enough to some example in their words alone."""
    places = [place for place, text in enumerate(folded) if _SHORTEST <= len(text) <= _LONGEST]
    if not places or not len(vocabulary.examples):
        return []
    bags = [frozenset(_WORD.findall(folded[place])) for place in places]
    nearest = (_rows(bags, vocabulary.columns, vocabulary.weights) @ vocabulary.examples.T).max(axis=1)
    return [place for place, share in zip(places, nearest, strict=True) if share >= _ENOUGH]


def _rows(
    bags: Sequence[frozenset[str]], columns: dict[str, int], weights: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    rows = np.zeros((len(bags), len(columns)), dtype=np.float32)
    for row, bag in enumerate(bags):
        known = [columns[word] for word in bag if word in columns]
        rows[row, known] = weights[known]
    # Words that no example uses count in the length of nothing: what is shared decides, whatever else is said.
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: npt.NDArray[np.float32] = rows / np.maximum(lengths, 1e-6)
    return unit
