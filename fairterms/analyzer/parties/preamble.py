"""Between whom a contract is made, where its first sentence says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fairterms.analyzer.fold import lower

_BEGINS = re.compile(r"\b(?:between|among)\b", re.IGNORECASE)
_FIRST = 6000  # characters in which contracts say between whom they are made
_LONGEST = 2200  # characters that this takes
_ENDS = re.compile(
    r"\bWHEREAS\b|\bWhereas\b|\bRECITALS?\b|\bRecitals?\b|R E C I T A L|W ?I ?T ?N ?E ?S ?S|\bBACKGROUND\b|\bBackground\b|"
    r"\bNOW,? THEREFORE\b|\b[Ii]n consideration\b|\bparties (?:hereto )?(?:hereby )?agree\b|\bThis [Aa]greement\b|"
    r"(?m:^\W*1[.)]\s)"
)
_DEFINED = re.compile(
    r"\((?P<bracket>[^()]{1,260})\)|\breferred to (?:in this [Aa]greement |herein |hereinafter )?as (?P<plain>\"[^\"]+\"(?: or \"[^\"]+\")?)"
)
_QUOTED = re.compile(r'"\s*(?:[Tt]he |[Aa]n? )?([^"\n]{1,60}?)[,.;]?\s*"')
_UNQUOTED = re.compile(
    r"^\W*(?:the |(?:here(?:in)?after|herein)(?: (?:to be )?(?:called|referred to as|known as))?,? (?:the )?)'?([A-Z][\w&'. -]{1,40}?)'?\W*$"
)
_NO_PARTY = re.compile(
    r"\b(?:agreement|contract|date|party|parties|members?|addendum|amendment|memorandum|term)\b|^(?:herein|hereof|we|us|our|you|i)$"
)
_SECOND = re.compile(
    r"\b(?:and|AND)\b\s*:?,?\s*(?:\(?\d\)|\(?[iab]{1,2}\))?\s*(?:[Tt]he )?(?:[A-Z]|[a-z]+[A-Z])|\b(?:and|AND)\s*$"
)
_LISTED = re.compile(r"\s*[,;]\s*(?:the )?[A-Z]")
_HANDS = re.compile(r"\bone hand,?\s+and\b|\band,?\s+on the other(?: hand)?\b")
_JOINT = re.compile(r"\b(?:collectively|together)\b")
_FOR = re.compile(r"\b(?:agent|on behalf|representative|services) (?:for|of)\b")


@dataclass(frozen=True, slots=True)
class _Definition:
    labels: tuple[str, ...]  # folded, without "the"
    start: int
    end: int
    joint: bool


def parties_between(text: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The folded names that the contract gives to its two parties, None where its first sentence does not name two.

    ``text`` has straight quotes. 'between Acme, Inc. ("Acme"), and Jo Lind (the "Artist")' gives "acme" and "artist".
    """
    for begins in _BEGINS.finditer(text[:_FIRST]):
        rest = text[begins.end() : begins.end() + _LONGEST]
        ends = _ENDS.search(rest)
        rest = rest[: ends.start()] if ends else rest
        found = _two(rest, list(_definitions(rest)))
        if found is not None:
            return found
    return None


def _definitions(text: str) -> Iterator[_Definition]:
    for match in _DEFINED.finditer(text):
        inside = match.group("bracket") or match.group("plain")
        labels = _QUOTED.findall(inside)
        if not labels:
            plain = _UNQUOTED.match(" ".join(inside.split()))
            labels = [plain.group(1)] if plain else []
        folded = [lower(" ".join(label.split())).strip(" ,.;'") for label in labels]
        folded = [label for label in folded if label and not _NO_PARTY.search(label)]
        if folded:
            yield _Definition(tuple(folded), match.start(), match.end(), bool(_JOINT.search(inside)))


def _two(text: str, found: Sequence[_Definition]) -> tuple[frozenset[str], frozenset[str]] | None:
    if len(found) < 2:
        return None
    hands = _HANDS.search(text)
    if hands is not None:
        sides = [
            frozenset(
                label
                for definition in found
                if (definition.start < hands.start()) is left
                for label in definition.labels
            )
            for left in (True, False)
        ]
        return (sides[0], sides[1]) if all(sides) else None
    first: set[str] = set(found[0].labels)
    second: set[str] = set()
    for before, after in pairwise(found):
        gap = text[before.end : after.start]
        if after.joint or (_FOR.search(gap) and not _SECOND.search(gap)):
            (second or first).update(after.labels)  # "together called Acme", "agent for Jo Lind"
        elif _SECOND.search(gap) or _LISTED.match(gap):
            if second and not _same_house(second, after.labels):
                return None  # three or more, and nothing says who is on whose side
            second.update(after.labels)
    return (frozenset(first), frozenset(second - first)) if second - first else None


def _same_house(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether names begin alike: "Acme US" and "Acme Ireland"."""
    return not {name.split()[0] for name in names}.isdisjoint(name.split()[0] for name in others)
