"""What other clauses do to a passage: the places it refers to, what takes it back, and lists by which it outlives the contract."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from fairterms.analyzer.fold import fold, plain
from fairterms.analyzer.values import Clause, Reference, Span

_LONGEST_PLACE = 4000  # characters: a larger place holds too much else to say something about one sentence
_MOST_PLACES = 4
_LONGEST_QUOTE = 160
_OVER_ALL = re.compile(
    r"\b(?:notwithstanding|despite|regardless of) (?:anything|any (?:other )?(?:provision|term|clause)|the (?:above|foregoing|grants?|licen[cs]es?))\b"
)
_SURVIVES = re.compile(
    r"\b(?:licen[cs]es?|rights?|grants?|permissions?|sections?|clauses?|articles?|provisions?|obligations?)\b[^.;]{0,80}\bsurviv(?:es?|ing)\b"
    r"|\b(?:continues?|remains?|lasts?|stays?)\b[^.;]{0,60}\b(?:after|beyond|despite|notwithstanding)\b[^.;]{0,40}\b(?:terminat|expir|the end|(?:clos|delet)\w+ (?:of )?(?:your|the|an) account)"
)
_NAME = re.compile(r"(?<![.!?\"] )(?<!^)\b[A-Z][a-z]+(?: [A-Z][a-z]+)*")


@dataclass(frozen=True, slots=True)
class Place:
    """A clause that a passage refers to: how the contract names it, and its folded words."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Connections:
    """The references of a contract, and where each term is forbidden or kept back in it (``shields``)."""

    text: str = ""
    clauses: tuple[Clause, ...] = ()
    references: tuple[Reference, ...] = ()
    shields: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    parties: frozenset[str] = frozenset()

    def clause_at(self, position: int) -> Clause | None:
        place = bisect_right([clause.span.start for clause in self.clauses], position) - 1
        return self.clauses[place] if place >= 0 else None

    def name_of(self, position: int) -> str:
        clause = self.clause_at(position)
        if clause is None or not clause.number:
            return f"“{clause.heading}”" if clause is not None and clause.heading else "Another clause"
        return clause.number if re.match(r"[A-Za-z]{3,}|§", clause.number) else f"Section {clause.number}"

    def quote(self, span: Span) -> str:
        words = " ".join(self.text[span.start : span.end].split())
        return words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE].rsplit(' ', 1)[0]} ..."


def places_of(span: Span, connections: Connections) -> tuple[Place, ...]:
    """The clauses that the clause of a passage refers to, the passage's own references first."""
    clause = connections.clause_at(span.start)
    if clause is None:
        return ()
    inside = [r for r in connections.references if clause.span.contains(r.span) and r.target is not None]
    inside.sort(key=lambda r: (not span.contains(r.span), r.span))
    targets: list[Span] = []
    for reference in inside:
        target = reference.target
        if target is None or reference.relation in ("defined", "survives") or target in targets:
            continue
        if len(target) <= _LONGEST_PLACE and not target.contains(span):
            targets.append(target)
    return tuple(
        Place(connections.name_of(t.start), fold(connections.text[t.start : t.end])) for t in targets[:_MOST_PLACES]
    )


def survival_of(span: Span, connections: Connections) -> str:
    """The words of a list by which the clause of the passage outlives the contract, "" where none names it."""
    for reference in connections.references:
        target = reference.target if reference.relation == "survives" else None
        if target is not None and target.contains(span) and not target.contains(reference.span):
            words = connections.quote(_sentence(reference.span, connections))
            return f"{connections.name_of(reference.span.start)}: “{words}”"
    return ""


def taken_back(span: Span, term: str, connections: Connections) -> tuple[str, ...]:
    """What takes back, elsewhere in the contract, the very right that the passage gives: one reason for each place.

    It counts where the two places are tied to each other by words, and speak of the same material.
    """
    reasons = []
    for shield in connections.shields.get(term, ()):
        if shield.overlaps(span) or not _same_material(span, shield, connections):
            continue
        if (
            _ties(shield, ("notwithstanding",), span, connections)
            or _ties(span, ("except", "subject_to"), shield, connections)
            or _rules_over(shield, span, connections)
        ):
            name = connections.name_of(shield.start)
            reasons.append(f"{name} takes this back: “{connections.quote(shield)}”")
    return tuple(reasons)


def set_aside(span: Span, term: str, connections: Connections) -> tuple[str, ...]:
    """The protections that the passage expressly goes over: "Notwithstanding Section 9, the Company may ..."."""
    return tuple(
        f"It sets {connections.name_of(shield.start)} aside: “{connections.quote(shield)}”"
        for shield in connections.shields.get(term, ())
        if _ties(span, ("notwithstanding",), shield, connections)
    )


def _ties(span: Span, relations: tuple[str, ...], to: Span, connections: Connections) -> bool:
    return any(
        r.relation in relations and r.target is not None and r.target.contains(to) and not r.target.contains(span)
        for r in connections.references
        if span.contains(r.span)
    )


def _rules_over(shield: Span, span: Span, connections: Connections) -> bool:
    """Whether a protection says that it goes before the rest; "the foregoing" is what stands before it in its clause."""
    match = _OVER_ALL.search(fold(connections.text[shield.start : shield.end]))
    if match is None:
        return False
    if not match.group().endswith(("foregoing", "above")):
        return True
    clause = connections.clause_at(shield.start)
    return clause is not None and clause.span.contains(span) and span.start < shield.start


def _same_material(span: Span, shield: Span, connections: Connections) -> bool:
    """Not where both name their material and the names have nothing in common: Recordings here, Sheet Music there."""
    one, two = (_materials(connections.text[s.start : s.end], connections.parties) for s in (span, shield))
    return not one or not two or bool(one & two)


def _materials(words: str, parties: frozenset[str]) -> set[str]:
    idle = {
        "section",
        "clause",
        "article",
        "agreement",
        "schedule",
        "term",
        "media",
        "territory",
        "notwithstanding",
        *parties,
    }
    return {
        name
        for m in _NAME.finditer(plain(words))
        if not {name := m.group().lower().rstrip("s")} & {i.rstrip("s") for i in idle}
    }


def _sentence(span: Span, connections: Connections) -> Span:
    clause = connections.clause_at(span.start)
    sentences = clause.sentences if clause is not None else ()
    return next((sentence for sentence in sentences if sentence.contains(span)), span)


def says_it_survives(text: str) -> bool:
    """Whether folded words say themselves that a right goes on after the contract."""
    return _SURVIVES.search(text) is not None
