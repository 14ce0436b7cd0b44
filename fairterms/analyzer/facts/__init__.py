"""The figures inside a term: periods, sums, shares, caps, days, counts and places, as values and in the contract's words.

Nothing is guessed: what can be read in two ways is said to be ambiguous, and what is not there is said not to be there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from fairterms.analyzer.facts.counts import find_counts
from fairterms.analyzer.facts.dates import find_dates
from fairterms.analyzer.facts.found import Found
from fairterms.analyzer.facts.money import find_amounts, find_caps, find_shares
from fairterms.analyzer.facts.periods import find_deadlines, find_durations, find_notices
from fairterms.analyzer.facts.places import find_places
from fairterms.analyzer.fold import fold
from fairterms.analyzer.values import Place, Scalar, Span, StatedFact
from fairterms.clauses.schema import FactKind

_FINDERS: dict[FactKind, Callable[[str], Iterator[Found]]] = {
    "duration": find_durations,
    "notice": find_notices,
    "amount": find_amounts,
    "share": find_shares,
    "territory": find_places,
    "cap": find_caps,
    "date": find_dates,
    "count": find_counts,
    "deadline": find_deadlines,
}
# A term that asks for the first is also told the second where it stands in the same words.
_BESIDE: dict[FactKind, FactKind] = {"notice": "deadline", "amount": "cap", "share": "cap"}

_CLOSE = 1  # sentences on either side; further off, a figure mostly belongs to something else


def extract(kind: FactKind, text: str) -> tuple[StatedFact, ...]:
    """Every fact of one kind in the text, in its order; the same value is told once.

    >>> [fact.value for fact in extract("notice", "on not less than ninety (90) days’ written notice")]
    [(('days', 90),)]
    >>> [dict(fact.value) for fact in extract("amount", "USD 0.10 per minute")]
    [{'amount': 0.1, 'currency': 'USD', 'per': 'minute'}]
    >>> [fact.text for fact in extract("share", "50% of Net Receipts")]
    ['50%']
    """
    facts: dict[tuple[tuple[str, Scalar], ...], StatedFact] = {}
    for found in sorted(_FINDERS[kind](fold(text)), key=lambda found: (found.start, found.end)):
        words = text[found.start : found.end]
        span = Span(found.start, found.start + len(words.rstrip()))
        facts.setdefault(found.value, StatedFact(kind, found.value, " ".join(words.split()), span))
    return tuple(facts.values())


class StatedIn:
    """The facts of one document's sentences, each sentence searched once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[tuple[FactKind, Span], tuple[StatedFact, ...]] = {}

    def at(self, kind: FactKind, span: Span, place: Place = "sentence") -> tuple[StatedFact, ...]:
        """The facts of one kind in a piece of the text, with their places in the whole."""
        if (kind, span) not in self._found:
            facts = extract(kind, self.text[span.start : span.end])
            self._found[kind, span] = tuple(replace(fact, span=_moved(fact.span, span.start)) for fact in facts)
        return tuple(replace(fact, place=place) for fact in self._found[kind, span])


def facts_of(
    kinds: Sequence[FactKind], stated: StatedIn, sentence: Span, *, lead_in: str = "", clause: Sequence[Span] = ()
) -> tuple[StatedFact, ...]:
    """The facts of the kinds asked for that belong to a sentence.

    The sentence and the lead-in of its list speak first. Where neither names any, the sentences next to it in its
    clause do; where they do not either, the kind is told as none found.
    """
    above = _lead_in_span(stated.text, sentence, lead_in)
    near = _near(sentence, clause)
    facts: list[StatedFact] = []
    for kind in dict.fromkeys(kinds):
        here = [*(stated.at(kind, above, "lead_in") if above else ()), *stated.at(kind, sentence)]
        here = here or [fact for span in near for fact in stated.at(kind, span, "clause")]
        facts += _once(here) or [StatedFact(kind, (("none_found", True),))]
        beside = _BESIDE.get(kind)
        if beside is not None and beside not in kinds and not any(fact.kind == beside for fact in facts):
            facts += stated.at(beside, sentence)
    return tuple(facts)


def _moved(span: Span | None, by: int) -> Span | None:
    return Span(span.start + by, span.end + by) if span else None


def _once(facts: Iterable[StatedFact]) -> list[StatedFact]:
    """The first of those with the same value."""
    first: dict[tuple[tuple[str, Scalar], ...], StatedFact] = {}
    for fact in facts:
        first.setdefault(fact.value, fact)
    return list(first.values())


def _near(sentence: Span, clause: Sequence[Span]) -> Sequence[Span]:
    """The sentences of the clause that stand next to this one."""
    if sentence not in clause:
        return ()
    place = clause.index(sentence)
    return (*clause[max(place - _CLOSE, 0) : place], *clause[place + 1 : place + 1 + _CLOSE])


def _lead_in_span(text: str, sentence: Span, lead_in: str) -> Span | None:
    """Where the lead-in stands: the nearest such words above the sentence."""
    start = text.rfind(lead_in, 0, sentence.start) if lead_in else -1
    return Span(start, start + len(lead_in)) if start >= 0 else None
