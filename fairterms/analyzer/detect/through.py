"""Risks that a sentence takes in through the meaning of a name it uses: "in all Media", where Media means a great deal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from fairterms.analyzer.definitions import (
    Expanded,
    Meaning,
    by_name,
    expand,
    leave_out,
    name_of,
    pattern_of,
    reached_from,
    reaching,
)
from fairterms.analyzer.detect.direction import direction_of
from fairterms.analyzer.detect.polarity import beneficiary, is_negated
from fairterms.analyzer.detect.signals import Hit, Reading, fire, wording_matches
from fairterms.analyzer.fold import fold, plain
from fairterms.analyzer.language import Parser
from fairterms.analyzer.parties.roles import party_words, role_of
from fairterms.analyzer.passages import Passage
from fairterms.analyzer.values import Definition, Direction, Evidence, Level, Parties, Span
from fairterms.clauses.load import ClauseLibrary
from fairterms.clauses.schema import Signal, Term

if TYPE_CHECKING:
    from spacy.tokens import Doc

# What many signals look for begins in the grant ("use ...") and ends in the meaning ("... to train models").
FRAME = "grants the right to use the work in and for "
_WINDOW = 160  # characters shown on each side of what was found in a long definition
_SHORT = 360
# The kinds of terms that a wide name makes wider: what may be done, with what, how long and by whom.
WIDENED = ("grant", "duration", "ai", "likeness", "transfer", "privacy")
_OF_A_PAPER = re.compile(
    r"\b(?:agreements?|terms of|terms$|contracts?|polic(?:y|ies)|part(?:y|ies)|dpa|laws?|rules|disputes?|notices?|claims?|dates?)\b"
)
_SEPARATORS = str.maketrans(";:\n\r", ",,  ")


@dataclass(frozen=True, slots=True)
class Carrier:
    """A term, its signals whose wording stands in a definition, and the names whose meaning brings that wording in."""

    term: Term
    signals: tuple[Signal, ...]
    shields: tuple[Signal, ...]
    names: Mapping[str, tuple[Definition, ...]]
    uses: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The names of a contract through which risks come into its grants; made once for an analysis."""

    carriers: tuple[Carrier, ...] = ()
    names: Mapping[str, tuple[Definition, ...]] = field(default_factory=dict)  # of all carriers
    uses: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Through:
    """What a passage says by way of a definition: the hits at the place of the name, and the path of definitions."""

    term: Term
    hits: tuple[Hit, ...]
    path: tuple[Evidence, ...]
    names: tuple[str, ...]
    reading: str  # the passage with the meanings put in
    direction: Direction | None = None  # as the words around the name tell it


def glossary_of(
    definitions: Sequence[Definition],
    passages: Sequence[Passage],
    spoken: Mapping[str, Sequence[Span]],
    parties: Parties,
    library: ClauseLibrary,
) -> Glossary:
    """The names used in grants whose meaning holds what a term looks for.

    ``spoken`` holds for each term the passages in which it was found: where the very sentence that names a thing in
    brackets shows the risk, the name does not show it again. Names of parties say who acts, and are left alone.
    """
    sides = {fold(name) for party in parties.parties for name in party.names}
    names = {
        name: found
        for name, found in by_name(definitions).items()
        if fold(name) not in sides and not _OF_A_PAPER.search(fold(name))
    }
    anywhere = pattern_of(names)
    if anywhere is None:
        return Glossary()
    used = {
        name
        for passage in passages
        if (uses := anywhere.findall(plain(passage.text))) and _grants(passage, parties)
        for use in uses
        if (name := name_of(use, names)) is not None
    }
    names = {name: names[name] for name in sorted(reached_from(used, names, anywhere))}
    frames = [(name, d, f"{FRAME}{fold(d.words)}") for name, found in names.items() for d in found]
    whole = " \n".join(frame for _, _, frame in frames)
    carriers = []
    for term in library.terms:
        if term.group not in WIDENED:
            continue
        here = [s for s in term.signals if library.compile(s.find).search(whole)]
        shields = [s for s in term.protective if library.compile(s.find).search(whole)]
        own = {
            name
            for name, d, frame in frames
            if not any(span.overlaps(d.span) for span in spoken.get(term.id, ()))
            and any(_reaches_in(library.compile(s.find), frame, wholly=d.kind == "named") for s in here)
        }
        reached = {name: names[name] for name in sorted(reaching(own, names, anywhere))} if own else {}
        pattern = pattern_of(reached)
        if pattern is not None:
            carriers.append(Carrier(term, tuple(here), tuple(shields), reached, pattern))
    carrying = {name: found for carrier in carriers for name, found in carrier.names.items()}
    return Glossary(tuple(carriers), carrying, pattern_of(carrying))


def _reaches_in(pattern: re.Pattern[str], frame: str, *, wholly: bool) -> bool:
    """Whether the pattern finds something in a meaning; ``wholly``: without any help from the frame."""
    edge = len(FRAME)
    return any(match.start() >= edge if wholly else match.end() > edge for match in pattern.finditer(frame))


@lru_cache(maxsize=64)
def _grant_words(parties: Parties) -> re.Pattern[str]:
    party = party_words(parties)
    aside = r"(?:[ ,]+(?:hereby|irrevocably|also|further|automatically|expressly|and|\w+ly))*"
    return re.compile(
        (
            rf"\b(?P<giver>{party}){aside} (?:(?:agrees?|undertakes) to |shall |will )?"
            r"(?:grants?|gives?|licen[cs]es?|assigns?|conveys?|transfers?|consents?|donates?"
            rf"|(?:authori[sz]es?|permits?|allows?|lets?)(?= (?:the )?(?:{party})\b))\b"
            rf"|\b(?P<taker>{party})(?: and (?:its|their|our) \w+)?{aside} (?:may|can|(?:shall|will|may|must) (?:not|never)|cannot"
            r"|(?:is|are|shall be|will be) (?:\w+ly )?(?:entitled|free|permitted|authori[sz]ed|licensed|allowed)"
            r"|(?:shall |will )?(?:has|have) the (?:[\w-]+,? ){0,6}?rights?|reserves? the right)\b"
            r"(?! (?:\w+ly |to |also |at any time )*(?:change|modify|amend|update|suspend|terminate|discontinue|revoke|remove|refuse|limit|reject|require"
            r"|charge|withhold|deduct|deem|assume|contact|request|ask|elect|choose|end|cancel|close|block|restrict|monitor|be)\b)"
            r"|\b(?P<passive>(?:is|are|be) (?:hereby )?(?:granted|licensed)|may be (?:used|exploited|published|shown|shared|reproduced))\b"
        ).replace(" ", r"\s+")
    )


_REACH = 500  # characters from the words of a grant to a name that they speak of


def _grants(passage: Passage, parties: Parties) -> list[Span]:
    """Where in its full text a creator gives something, or a company may do something or is told not to."""
    found = []
    for match in _grant_words(parties).finditer(fold(passage.full)):
        who = match["giver"] or match["taker"]
        if match["passive"] or role_of(who, parties) == ("creator" if match["giver"] else "company"):
            found.append(Span(*match.span()))
    return found


def _speaks_of(grants: Sequence[Span], text: str, use: Span) -> bool:
    """Whether one of the grants is in the same part of the sentence as the name: "During the Term, Studio may ..."."""
    for grant in grants:
        start, end = min(grant.end, use.end), max(grant.start, use.start)
        if end - start <= _REACH and not re.search(r"[.;](?:\s|$)", text[start:end]):
            return True
    return False


def through_definitions(
    passage: Passage, known: Set[str], glossary: Glossary, parties: Parties, parser: Parser, library: ClauseLibrary
) -> Iterator[Through]:
    """The terms that a passage shows only with the meanings of its names put in.

    ``known`` are the terms that its own words have settled. Only a passage by which somebody gives or may do something
    is looked at: a name in a warranty or a notice gives nothing.
    """
    if (
        glossary.uses is None
        or not glossary.uses.search(plain(passage.text))
        or not (grants := _grants(passage, parties))
    ):
        return
    if library.compile("<side_matter>").search(fold(passage.text)):
        return
    for carrier in glossary.carriers:
        if carrier.term.id in known:
            continue
        uses = [Span(*match.span()) for match in carrier.uses.finditer(plain(passage.text))]
        shift = passage.shift
        meant = [use for use in uses if _speaks_of(grants, passage.full, Span(use.start + shift, use.end + shift))]
        reading = expand(passage.text, carrier.names, carrier.uses, only=meant) if meant else None
        if reading is None:
            continue
        found = _found(passage, reading, carrier, parties, parser, library)
        if found is not None:
            yield found


def read_through(passage: Passage, glossary: Glossary) -> str | None:
    """The passage's folded words with every meaning put in that carries something, None where it uses no such name."""
    reading = expand(passage.text, glossary.names, glossary.uses) if glossary.uses is not None else None
    return fold(reading.text) if reading is not None else None


def _found(
    passage: Passage, reading: Expanded, carrier: Carrier, parties: Parties, parser: Parser, library: ClauseLibrary
) -> Through | None:
    # A list inside a meaning must not look like the end of the sentence around it.
    text = list(reading.text)
    for part in reading.meanings:
        text[part.start : part.end] = reading.text[part.start : part.end].translate(_SEPARATORS)
    whole = replace(passage, text="".join(text))
    folded = fold(leave_out(whole.text))
    full = f"{fold(passage.lead_in)} {folded}" if passage.lead_in else folded
    worded = [s for s in carrier.signals if wording_matches(s, full, passage.clause, library)]
    if not worded:
        return None
    own, read = parser.parse([passage.full, whole.full])
    if fire(carrier.shields, Reading(whole, folded, read), parties, library):
        return None
    hits: list[Hit] = []
    path: tuple[Evidence, ...] = ()
    names: tuple[str, ...] = ()
    direction: Direction | None = None
    for hit in fire(worded, Reading(whole, folded, read), parties, library):
        meaning = reading.meaning_at(hit.start, hit.end)
        if meaning is None:
            continue
        start, end = meaning.use.start + passage.shift, meaning.use.end + passage.shift
        if start < len(own.text):
            if hit.signal.who == "company_gets" and beneficiary(own, start, end, parties) == "creator":
                continue
            if hit.signal.negated != "ignored" and is_negated(own, start, end):
                if hit.signal.negated == "silent":
                    continue
                hit = replace(hit, polarity="protective")
            direction = direction or _direction(own, start, end, hit.signal.who == "creator_bound", parties)
        if _is_excepted(plain(passage.text), meaning.use, hit.signal, library):
            continue
        level: Level = "likely" if hit.level == "certain" else hit.level
        hits.append(replace(hit, start=meaning.use.start, end=meaning.use.end, level=level))
        path, names = path or tuple(_path(meaning, hit)), names or tuple(d.name for d in meaning.path)
    risky = [hit for hit in hits if hit.polarity == "risk"]
    return Through(carrier.term, tuple(risky or hits), path, names, whole.full, direction) if hits else None


def _direction(doc: Doc, start: int, end: int, bound: bool, parties: Parties) -> Direction:
    """From the words at the name, or, where it stands apart ("During the Term, ..."), from the sentence's verbs."""
    at_name = direction_of(doc, start, end, parties, bound=bound)
    if not at_name.is_unclear:
        return at_name
    verbs = (token for token in doc if any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children))
    readings = (direction_of(doc, verb.idx, verb.idx + len(verb.text), parties, bound=bound) for verb in verbs)
    return next((reading for reading in readings if not reading.is_unclear), at_name)


_EXCEPTION = re.compile(r"\b(?:but not|except|excluding|excludes|other than|save for|does not include|not including)\b")


def _is_excepted(words: str, use: Span, signal: Signal, library: ClauseLibrary) -> bool:
    """Whether the sentence itself takes out what the meaning brings in: "in all Media, but not media invented later"."""
    exception = _EXCEPTION.search(fold(words), use.end)
    return exception is not None and library.compile(signal.find).search(fold(words), exception.end()) is not None


def _path(meaning: Meaning, hit: Hit) -> Iterator[Evidence]:
    """The definitions that lead from the name to the words found, outermost first, each with its words."""
    deepest = meaning.path[-1]
    at = meaning.at - deepest.meaning.start + max(hit.start - meaning.start, 0)
    for definition, following in zip(meaning.path, [*meaning.path[1:], None], strict=True):
        if len(definition.quote) <= _SHORT:
            yield Evidence("definition", definition.quote, definition.span)
            continue
        words = definition.words
        place = at if following is None else max(plain(words).find(following.name), 0)
        start = words.rfind(" ", 0, max(place - _WINDOW, 0) + 1) + 1
        end = words.find(" ", min(place + 2 * _WINDOW, len(words)))
        end = len(words) if end < 0 else end
        first = definition.meaning.start
        yield Evidence("definition", words[start:end], Span(first + start, first + end))
