"""Passages that a trained head takes for a kind of clause which the library ties to one of its terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fairterms.analyzer.detect.heads import CLAUSES, UNFAIR, open_head, open_reader
from fairterms.analyzer.detect.lines import lines_of
from fairterms.analyzer.values import Clause
from fairterms.clauses.schema import Term

Learn = Callable[[str, Sequence[Clause], Sequence[Term]], "dict[int, list[Learned]]"]
"""From a contract's text and clauses, and the terms, to what was learnt of its sentences, by their number."""


@dataclass(frozen=True, slots=True)
class Learned:
    """The term that a sentence is taken for, by which kind of labelled clause, and how likely."""

    term: str
    kind: str
    probability: float


@cache
def kinds() -> Mapping[str, Path]:
    """The head that knows each kind of labelled clause."""
    return {kind: path for path in (CLAUSES, UNFAIR) for kind in open_head(path).kinds}


def learn(text: str, clauses: Sequence[Clause], terms: Sequence[Term]) -> dict[int, list[Learned]]:
    """What the trained heads take for one of the terms' own kinds, at the probability that the term asks for."""
    wanted = [(term, kind, least) for term in terms for kind, least in term.learned.items()]
    lines, _ = lines_of(text, clauses)
    found: dict[int, list[Learned]] = {}
    for path in dict.fromkeys(kinds()[kind] for _, kind, _ in wanted):
        head = open_head(path)
        asked = [kind for _, kind, _ in wanted if kind in head.kinds]
        probabilities = head.probabilities(lines, open_reader(), only=asked)
        for term, kind, least in wanted:
            if kind in head.kinds:
                column = probabilities[:, head.kinds.index(kind)]
                for line in (column >= least).nonzero()[0].tolist():
                    found.setdefault(line, []).append(Learned(term.id, kind, round(float(column[line]), 3)))
    return found
