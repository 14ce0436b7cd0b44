"""What the passages of a contract say about the terms of the library: by signals, by likeness, by definitions, by heads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from fairterms.analyzer.definitions import is_within, leave_out
from fairterms.analyzer.detect.candidates import candidates
from fairterms.analyzer.detect.direction import direction_of
from fairterms.analyzer.detect.learned import Learned
from fairterms.analyzer.detect.polarity import beneficiary, is_negated
from fairterms.analyzer.detect.signals import Hit, Reading, fire, fits_clause, sentence_matches
from fairterms.analyzer.detect.similarity import Likeness, likenesses
from fairterms.analyzer.detect.through import WIDENED, Glossary, Through, through_definitions
from fairterms.analyzer.detect.tools import Analyzer, Worded
from fairterms.analyzer.fold import fold
from fairterms.analyzer.language import folded_text
from fairterms.analyzer.passages import Passage, binds
from fairterms.analyzer.values import Clause, Definition, Direction, Document, Parties, Span
from fairterms.clauses.schema import Term

_FIGURE = re.compile(r"\b([a-z]+|\d+)(?: \(\d+\))?[ -]?((?:day|week|month|year|hour|%|per ?cent))")


@dataclass(frozen=True, slots=True)
class Found:
    """A term seen in one passage, before its severity is judged."""

    term: Term
    passage: Passage
    hits: tuple[Hit, ...] = ()
    likeness: Likeness | None = None
    learned: Learned | None = None
    direction: Direction | None = None  # as the sentence itself tells it
    through: Through | None = None  # the definition by whose way the passage says it

    @property
    def is_risk(self) -> bool:
        return self.likeness is not None or self.learned is not None or any(hit.polarity == "risk" for hit in self.hits)


def detect(
    passages: Sequence[Passage], parties: Parties, analyzer: Analyzer, mended: Sequence[Span] = ()
) -> list[Found]:
    """What each passage says about the terms of the library, in text order; each term at most once per passage.

    Likeness to examples is not asked of passages that overlap one of ``mended``.
    """
    folded = [fold(leave_out(passage.text)) for passage in passages]
    wanted: dict[int, list[Worded]] = {}
    for index, (passage, text) in enumerate(zip(passages, folded, strict=True)):
        if terms := _worded(passage, text, analyzer):
            wanted[index] = terms
    docs = dict(zip(wanted, analyzer.parser.parse([passages[index].full for index in wanted]), strict=True))
    found: list[Found] = []
    settled: set[tuple[int, str]] = set()
    for index, terms in wanted.items():
        reading = Reading(passages[index], folded[index], docs[index])
        for worded in terms:
            term, risky, _ = worded
            if risky:
                settled.add((index, term.id))
            hits, direction = _heard(worded, reading, parties, analyzer)
            if hits:
                found.append(Found(term, passages[index], hits, direction=direction))
    found += [
        item
        for item in _alike(passages, folded, settled, parties, analyzer)
        if not any(item.passage.span.overlaps(span) for span in mended)
    ]
    found.sort(key=lambda item: (item.passage.span, item.term.id))
    return found


def _heard(
    worded: Worded, reading: Reading, parties: Parties, analyzer: Analyzer
) -> tuple[tuple[Hit, ...], Direction | None]:
    """What grammar leaves of a term's wording in a sentence, and who gives to whom by it."""
    term, risky, shields = worded
    passage = reading.passage
    key = (term.id, passage.full, passage.shift, *(signal.id for signal in (*risky, *shields)), parties)
    known = analyzer.memory.heard.get(key)
    if known is None:
        hits = fire(risky, reading, parties, analyzer.library)
        credited = fire(shields, reading, parties, analyzer.library)
        hits = [replace(hit, polarity="protective") for hit in credited if hit.polarity == "risk"] or hits
        if any(hit.polarity == "risk" for hit in hits):
            hits = [hit for hit in hits if hit.polarity == "risk"]
        known = tuple(hits), _direction(hits, reading, parties) if hits else None
        analyzer.memory.heard[key] = known
    return known


def _direction(hits: Sequence[Hit], reading: Reading, parties: Parties) -> Direction | None:
    """What the sentence says of who gives and who gains, by the first of the found words that tells."""
    shift = reading.passage.shift
    for hit in hits:
        if hit.start + shift < len(folded_text(reading.doc)):
            bound = hit.signal.who == "creator_bound"
            read = direction_of(reading.doc, hit.start + shift, hit.end + shift, parties, bound=bound)
            if not read.is_unclear:
                return read
    return None


def _worded(passage: Passage, folded: str, analyzer: Analyzer) -> list[Worded]:
    """The terms of which a signal's wording occurs in the passage."""
    if not binds(passage, folded):
        return []
    library = analyzer.library
    text = f"{fold(passage.lead_in)} {folded}" if passage.lead_in else folded
    known = analyzer.memory.worded.get(text)
    if known is None:
        known = [
            (term, risky, shields)
            for term in library.terms
            for risky in [[signal for signal in term.signals if sentence_matches(signal, text, library)]]
            for shields in [[signal for signal in term.protective if sentence_matches(signal, text, library)]]
            if risky or shields
        ]
        analyzer.memory.worded[text] = known
    fitting = (
        (
            term,
            [signal for signal in risky if fits_clause(signal, passage.clause, library)],
            [signal for signal in shields if fits_clause(signal, passage.clause, library)],
        )
        for term, risky, shields in known
    )
    return [worded for worded in fitting if worded[1] or worded[2]]


def _alike(
    passages: Sequence[Passage],
    folded: Sequence[str],
    settled: Set[tuple[int, str]],
    parties: Parties,
    analyzer: Analyzer,
) -> list[Found]:
    """Passages near to a term's examples where no signal of the term spoke, for or against."""
    if analyzer.embed is None or analyzer.exemplars is None:
        return []
    chosen = candidates(folded, analyzer.exemplars.vocabulary)
    if not chosen:
        return []
    nearest = likenesses(analyzer.embed([passages[index].text for index in chosen]), analyzer.exemplars)
    hopeful = [(index, near) for index, near in zip(chosen, nearest, strict=True) if near]
    docs = analyzer.parser.parse([passages[index].full for index, _ in hopeful])
    found: list[Found] = []
    for (index, near), doc in zip(hopeful, docs, strict=True):
        root = next(token for token in doc if token.head == token)
        place = (root.idx, root.idx + len(root.text))
        if beneficiary(doc, *place, parties) == "creator" or is_negated(doc, *place):
            continue
        for likeness in near:
            # Thirty days are like ninety to the encoder: an example's figure says nothing about another figure.
            if (index, likeness.term) not in settled and not _other_figures(passages[index].text, likeness.example):
                read = direction_of(doc, *place, parties)
                found.append(
                    Found(analyzer.library.term(likeness.term), passages[index], likeness=likeness, direction=read)
                )
    return found


def learned(
    document: Document,
    clauses: Sequence[Clause],
    passages: Sequence[Passage],
    found: Sequence[Found],
    parties: Parties,
    analyzer: Analyzer,
) -> list[Found]:
    """Passages that trained heads take for a term, where no signal of a term with heads spoke, for or against."""
    if analyzer.learn is None:
        return []
    library = analyzer.library
    spoken = {item.passage.span for item in found if item.term.learned}
    hopeful = [
        (passages[index], learned)
        for index, all_learned in sorted(analyzer.learn(document.text, clauses, library.terms).items())
        for learned in [max(all_learned, key=lambda one: one.probability)]
        if passages[index].span not in spoken
    ]
    docs = analyzer.parser.parse([passage.full for passage, _ in hopeful])
    items = []
    for (passage, learned), doc in zip(hopeful, docs, strict=True):
        root = next(token for token in doc if token.head == token)
        read = direction_of(doc, root.idx, root.idx + len(root.text), parties)
        if read.giver != "company":
            items.append(Found(library.term(learned.term), passage, learned=learned, direction=read))
    return items


def with_definitions(
    found: Sequence[Found], passages: Sequence[Passage], glossary: Glossary, parties: Parties, analyzer: Analyzer
) -> list[Found]:
    """What was found, and what the passages say by way of the names that they use, in text order.

    A term that the words of a clause show by themselves, or by one name already, is not found there again by another.
    """
    everything = list(found)
    if glossary.carriers:
        shown = {(item.passage.clause, item.term.id) for item in found if item.is_risk}
        settled: dict[Span, set[str]] = defaultdict(set)
        for item in found:
            settled[item.passage.span].add(item.term.id)
        for passage in passages:
            known = settled[passage.span]
            for seen in through_definitions(passage, known, glossary, parties, analyzer.parser, analyzer.library):
                item = Found(seen.term, passage, seen.hits, through=seen, direction=seen.direction)
                if (passage.clause, item.term.id) not in shown:
                    everything.append(item)
                    if item.is_risk:
                        shown.add((passage.clause, item.term.id))
        everything.sort(key=lambda item: (item.passage.span, item.term.id))
    return everything


def only_defines(item: Found, definitions: Sequence[Definition]) -> bool:
    """Whether what was found only says how wide a name is: that counts where the name is used."""
    return item.term.group in WIDENED and is_within(item.passage.span, definitions)


def spoken(found: Iterable[Found]) -> dict[str, list[Span]]:
    """The passages in which each term was found."""
    spoken: dict[str, list[Span]] = defaultdict(list)
    for item in found:
        spoken[item.term.id].append(item.passage.span)
    return spoken


def _other_figures(words: str, example: str) -> bool:
    """Whether both give periods or shares, and not the same ones."""
    ours, theirs = (set(_FIGURE.findall(fold(text))) for text in (words, example))
    return bool(ours and theirs and not ours & theirs)
