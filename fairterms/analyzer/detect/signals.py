"""The library's own patterns on a sentence: which signals fire, and whether they mean risk or protection."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fairterms.analyzer.detect.polarity import actor, beneficiary, hangs_on, is_negated
from fairterms.analyzer.fold import fold
from fairterms.analyzer.language import folded_text
from fairterms.analyzer.passages import Passage
from fairterms.analyzer.values import Level, Parties
from fairterms.clauses.load import ClauseLibrary
from fairterms.clauses.schema import Signal

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Hit:
    """A signal that fired in a passage. ``start`` and ``end`` are offsets in the passage's own text."""

    signal: Signal
    polarity: Literal["risk", "protective"]
    start: int
    end: int
    level: Level


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage with its folded text and its parse, made once and asked by every signal."""

    passage: Passage
    folded: str
    doc: Doc


# "Training" means ...: a definition gives nothing by itself; where its name is used, there the risk is found.
_DEFINES = re.compile(r"^\W*[\"'][^\"'\n]{2,60}[\"'](?: \w+){0,3}? (?:means?|shall mean|refers? to|has the meaning)\b")


def wording_matches(signal: Signal, folded: str, clause: str, library: ClauseLibrary) -> list[re.Match[str]]:
    """The places where a signal's patterns agree, before anything is asked of grammar."""
    matches = sentence_matches(signal, folded, library)
    return matches if matches and fits_clause(signal, clause, library) else []


def fits_clause(signal: Signal, clause: str, library: ClauseLibrary) -> bool:
    """Whether the folded clause around a sentence is one in which the signal counts."""
    if signal.clause_with and not library.compile(signal.clause_with).search(clause):
        return False
    return not (signal.clause_unless and library.compile(signal.clause_unless).search(clause))


def sentence_matches(signal: Signal, folded: str, library: ClauseLibrary) -> list[re.Match[str]]:
    """The places where the patterns for the sentence itself agree."""
    if not library.may_match(signal.find, folded):
        return []
    if signal.with_ and not library.may_match(signal.with_, folded):
        return []
    find = library.compile(signal.find)
    if find.search(folded) is None:
        return []
    if signal.with_ and not library.compile(signal.with_).search(folded):
        return []
    if signal.unless and library.compile(signal.unless).search(folded):
        return []
    return list(find.finditer(folded))


def fire(
    signals: Sequence[Signal],
    reading: Reading,
    parties: Parties,
    library: ClauseLibrary,
    *,
    in_definitions: bool = False,
) -> list[Hit]:
    """The signals that fire in a passage, each once: as a risk where one of its places is one, else as protective.

    Definitions are passed over unless they are what is asked about.
    """
    hits: list[Hit] = []
    if not in_definitions and _DEFINES.match(reading.folded):
        return hits
    lead_in = fold(reading.passage.lead_in)
    shift = reading.passage.shift
    for signal in signals:
        best: Hit | None = None
        # "with" may stand in the lead-in of a list, the found words themselves stand in the item.
        matches = wording_matches(
            signal, f"{lead_in} {reading.folded}" if lead_in else reading.folded, reading.passage.clause, library
        )
        for match in matches:
            if match.end() <= shift:
                continue  # wholly in the lead-in, which is a passage of its own
            start, end = match.start(), match.end()
            hit = _judge(signal, reading, parties, library, start, end, shift)
            if hit is not None and (best is None or (best.polarity == "protective" and hit.polarity == "risk")):
                best = hit
            if best is not None and best.polarity == "risk":
                break
        if best is not None:
            hits.append(best)
    return hits


def _judge(
    signal: Signal, reading: Reading, parties: Parties, library: ClauseLibrary, start: int, end: int, shift: int
) -> Hit | None:
    doc = reading.doc
    inner_start, inner_end = max(start - shift, 0), end - shift
    if start >= len(folded_text(doc)):  # beyond what was parsed: the wording alone speaks, so a person should look
        return Hit(signal, "risk", inner_start, inner_end, "ask_a_person")
    if signal.on or signal.not_on:
        nouns = hangs_on(doc, start, end)
        if signal.not_on and library.compile(signal.not_on).search(nouns):
            return None
        if signal.on and not library.compile(signal.on).search(nouns):
            return None
    level: Level = signal.level
    if signal.who == "company_gets":
        who = beneficiary(doc, start, end, parties)
        if who == "creator":
            return None
    elif signal.who == "company_acts":
        if actor(doc, start, end, parties) == "creator":
            return None
    elif signal.who == "creator_bound" and actor(doc, start, end, parties) == "company":
        return None
    if signal.negated != "ignored" and is_negated(doc, start, end):
        return Hit(signal, "protective", inner_start, inner_end, level) if signal.negated == "protects" else None
    return Hit(signal, "risk", inner_start, inner_end, level)
