"""The whole path from a document to its analysis, in reading order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from fairterms import __version__
from fairterms.analyzer.checks import Scope
from fairterms.analyzer.checks.connections import Connections, places_of, set_aside, survival_of, taken_back
from fairterms.analyzer.checks.severity import judge_severity, rung_of
from fairterms.analyzer.definitions import find_definitions, is_within, leave_out
from fairterms.analyzer.detect.candidates import candidates
from fairterms.analyzer.detect.direction import direction_of, settled
from fairterms.analyzer.detect.heads import models_version
from fairterms.analyzer.detect.learned import Learn, Learned
from fairterms.analyzer.detect.polarity import beneficiary, is_negated
from fairterms.analyzer.detect.signals import (
    Hit,
    Passage,
    Reading,
    fire,
    fits_clause,
    sentence_matches,
    wording_matches,
)
from fairterms.analyzer.detect.similarity import Embed, Exemplars, Likeness, embed_exemplars, likenesses
from fairterms.analyzer.detect.through import WIDENED, Glossary, Through, glossary_of, read_through, through_definitions
from fairterms.analyzer.facts import StatedIn, facts_of
from fairterms.analyzer.fold import fold
from fairterms.analyzer.language import Parser, folded_text
from fairterms.analyzer.parties import find_parties
from fairterms.analyzer.references import find_references
from fairterms.analyzer.score import score
from fairterms.analyzer.segment import segment
from fairterms.analyzer.values import (
    SEVERITIES,
    Analysis,
    Box,
    Clause,
    Compound,
    Definition,
    Direction,
    Document,
    Evidence,
    Finding,
    Level,
    Parties,
    Provenance,
    Reference,
    Severity,
    SeverityStep,
    Span,
)
from fairterms.clauses.load import ClauseLibrary
from fairterms.clauses.schema import Absence, Signal, Term

CONFIDENCE: dict[Level, float] = {"certain": 0.9, "likely": 0.7, "ask_a_person": 0.4}
_WEAKER: dict[Level, int] = {"certain": 0, "likely": 1, "ask_a_person": 2}
_MOST_CAVEATS = 8
_LONGEST_LEAD_IN = 900  # characters; a longer one would push its items out of what the parser reads


Worded = tuple[Term, list[Signal], list[Signal]]  # a term, its risky signals and its protective ones


@dataclass(frozen=True, slots=True)
class Memory:
    """What was found in sentences already read, since every draft is read with the same sentences around it."""

    worded: dict[str, list[Worded]] = field(default_factory=dict)
    heard: dict[tuple[object, ...], tuple[tuple[Hit, ...], Direction | None]] = field(default_factory=dict)

    def forget(self) -> None:
        self.worded.clear()
        self.heard.clear()


@dataclass(frozen=True, slots=True)
class Analyzer:
    """What an analysis needs, opened once: the library, the parser, and the encoder with the library's examples."""

    library: ClauseLibrary
    parser: Parser
    embed: Embed | None
    exemplars: Exemplars | None
    models: tuple[str, ...]
    learn: Learn | None = None
    memory: Memory = field(default_factory=Memory)

    def forget(self) -> None:
        """Let go of every sentence: none outlives the review of its contract."""
        self.memory.forget()
        self.parser.forget()


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


def open_analyzer(
    library: ClauseLibrary,
    parser: Parser,
    embed: Embed | None = None,
    *,
    encoder: str = "",
    cache: Path | None = None,
    learn: Learn | None = None,
) -> Analyzer:
    """Join the parts. Without ``embed`` and ``learn`` only the library's signals are used.

    The vectors of the library's examples are kept in the folder ``cache``, for they cost seconds to compute.
    """
    exemplars = embed_exemplars(library, embed, encoder=encoder, cache=cache) if embed is not None else None
    models = (
        parser.name,
        *([encoder] if embed is not None else []),
        *([models_version()] if learn is not None else []),
    )
    return Analyzer(library, parser, embed, exemplars, models, learn)


def analyze(document: Document, analyzer: Analyzer) -> Analysis:
    """Find what is risky, what protects and what is missing."""
    clauses = segment(document)
    parties = find_parties(document)
    passages = passages_of(document.text, clauses)
    definitions = find_definitions(document, clauses)
    found = [item for item in detect(passages, parties, analyzer) if not _only_defines(item, definitions)]
    found += _learned(document, clauses, passages, found, parties, analyzer)
    found.sort(key=lambda item: (item.passage.span, item.term.id))
    glossary = glossary_of(definitions, passages, _spoken(found), parties, analyzer.library)
    found = with_definitions(found, passages, glossary, parties, analyzer)
    references = find_references(document, clauses)
    shields = _spoken(item for item in found if not item.is_risk)
    connections = connect(document, clauses, references, shields, parties)
    findings = _findings(found, document, clauses, passages, parties, connections, analyzer)
    findings += _absences(findings, passages, glossary, parties, analyzer)
    findings = _numbered(findings)
    compounds = _compounds(findings, analyzer.library)
    return Analysis(
        document=document,
        clauses=clauses,
        parties=parties,
        findings=tuple(findings),
        compounds=compounds,
        score=score(findings, compounds),
        provenance=Provenance(analyzer.library.version, __version__, analyzer.models),
        caveats=_caveats(document, parties, references),
        definitions=definitions,
        references=references,
    )


def passages_of(text: str, clauses: Sequence[Clause]) -> tuple[Passage, ...]:
    """Every sentence with its lead-in and its clause, in text order.

    A lead-in is an unfinished sentence ("The Artist shall not:"). It belongs to the items below it, which begin small
    or stand behind a list mark, and not to the next full paragraph.
    """
    passages: list[Passage] = []
    open_lead_ins: list[tuple[int, str]] = []  # (level of its clause, words)
    for clause in clauses:
        context = fold(" \n ".join([*clause.path, clause.heading, text[clause.span.start : clause.span.end]]))
        while open_lead_ins and open_lead_ins[-1][0] >= clause.level:
            open_lead_ins.pop()
        above = open_lead_ins[-1][1] if open_lead_ins else ""
        here, goes_on = "", False
        for position, sentence in enumerate(clause.sentences):
            words = text[sentence.start : sentence.end]
            marked = position == 0 and text[clause.span.start : sentence.start].strip() != ""
            lead_in = (here or above) if words[:1].islower() or marked or goes_on else ""
            passages.append(Passage(sentence, words, lead_in, context))
            end = words.rstrip()
            goes_on = bool(here) and end.endswith((";", ",", "; and", "; or"))
            if end.endswith(":") and len(end) < _LONGEST_LEAD_IN:
                here, goes_on = end[:-1], True
                open_lead_ins.append((clause.level, here))
    return tuple(passages)


def detect(passages: Sequence[Passage], parties: Parties, analyzer: Analyzer) -> list[Found]:
    """What each passage says about the terms of the library, in text order; each term at most once per passage."""
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
    found += _alike(passages, folded, settled, parties, analyzer)
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


def _only_defines(item: Found, definitions: Sequence[Definition]) -> bool:
    """Whether what was found only says how wide a name is: that counts where the name is used."""
    return item.term.group in WIDENED and is_within(item.passage.span, definitions)


def _spoken(found: Iterable[Found]) -> dict[str, list[Span]]:
    """The passages in which each term was found."""
    spoken: dict[str, list[Span]] = defaultdict(list)
    for item in found:
        spoken[item.term.id].append(item.passage.span)
    return spoken


def _worded(passage: Passage, folded: str, analyzer: Analyzer) -> list[Worded]:
    """The terms of which a signal's wording occurs in the passage; headings and recitals bind nobody."""
    if _is_title(passage.text) or _RECITAL.match(folded):
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


# "WHEREAS the Company wishes to use the songs": a recital. One in which somebody gives, or announces to give, is read.
_RECITAL = re.compile(
    r"\W*(?:(?:witnesseth|recitals?|background)\W+(?:that\W+)?)?(?:\(?\w\)\s+)?whereas\b"
    r"(?!.*\b(?:hereby|grants?|gives?|assigns?|licen[cs]es|waives?|transfers?|agrees?|consents?|permits?|may|shall|will)\b)",
    re.DOTALL,
)
_PREDICATE = re.compile(
    r"\b(?:Grants?(?! of\b)|Gives?|Assigns?|Waives?|May|Shall|Will|Agrees?|Is|Are|Can|Must|Licenses)\b", re.I
)


def _is_title(text: str) -> bool:
    """ "No Refunds; Right to Edit the Work": a heading that the contract does not mark as one."""
    words = re.findall(r"[A-Za-z]{4,}", text)
    if text.rstrip().endswith(".") and _PREDICATE.search(text):
        return False
    return 2 <= len(words) <= 20 and not text.isupper() and all(word[0].isupper() for word in words)


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
            if (index, likeness.term) not in settled:
                read = direction_of(doc, *place, parties)
                found.append(
                    Found(analyzer.library.term(likeness.term), passages[index], likeness=likeness, direction=read)
                )
    return found


def _learned(
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


def _findings(
    found: Sequence[Found],
    document: Document,
    clauses: Sequence[Clause],
    passages: Sequence[Passage],
    parties: Parties,
    connections: Connections,
    analyzer: Analyzer,
) -> list[Finding]:
    contract = fold(document.text)
    in_sentence: dict[Span, set[str]] = defaultdict(set)
    in_clause: dict[str, set[str]] = defaultdict(set)
    for item in found:
        if item.is_risk:
            in_sentence[item.passage.span].add(item.term.id)
            in_clause[item.passage.clause].add(item.term.id)
    everywhere = {item.term.id for item in found if item.is_risk}
    findings = []
    stated = StatedIn(document.text)
    starts = [clause.span.start for clause in clauses]
    for item in found:
        clause = clauses[bisect_right(starts, item.passage.span.start) - 1] if starts else None
        scope = scope_of(item, contract, parties, connections)
        terms: dict[str, Set[str]] = {
            "sentence": in_sentence[item.passage.span],
            "clause": in_clause[item.passage.clause],
            "contract": everywhere,
        }
        finding = judge(item, document, clause, scope, terms, analyzer.library)
        around = clause.sentences if clause else ()
        facts = facts_of(item.term.facts, stated, item.passage.span, lead_in=item.passage.lead_in, clause=around)
        findings.append(replace(finding, facts=facts))
    return findings


def connect(
    document: Document,
    clauses: Sequence[Clause],
    references: Sequence[Reference],
    shields: Mapping[str, Sequence[Span]],
    parties: Parties,
) -> Connections:
    """What ties the clauses of a contract; ``shields`` are the passages that forbid or keep back each term."""
    names = frozenset(fold(name) for party in parties.parties for name in party.names)
    kept = {term: tuple(spans) for term, spans in shields.items()}
    return Connections(document.text, tuple(clauses), tuple(references), kept, names)


def scope_of(
    item: Found, contract: str, parties: Parties, connections: Connections, *, at: Span | None = None
) -> Scope:
    """What the severity of a passage depends on; a draft's passage stands in the contract ``at`` another place."""
    sentence = item.through.reading if item.through is not None else item.passage.full
    place = at or item.passage.span
    return Scope(
        fold(sentence),
        item.passage.clause,
        contract,
        parties,
        places=places_of(place, connections),
        survival=survival_of(place, connections),
        taken_back=taken_back(place, item.term.id, connections),
        set_aside=set_aside(place, item.term.id, connections),
    )


def judge(
    item: Found,
    document: Document,
    clause: Clause | None,
    scope: Scope,
    terms: dict[str, Set[str]],
    library: ClauseLibrary,
) -> Finding:
    term, span = item.term, item.passage.span
    level = min((hit.level for hit in item.hits), key=_WEAKER.__getitem__) if item.hits else "ask_a_person"
    confidence = CONFIDENCE[level]
    if item.likeness is not None:
        level, confidence = item.likeness.level, round(CONFIDENCE[item.likeness.level] * item.likeness.score, 3)
    elif item.learned is not None:
        level, confidence = "ask_a_person", min(item.learned.probability, CONFIDENCE["ask_a_person"])
    severity: Severity = "low"
    steps: tuple[SeverityStep, ...] = ()
    rung = None
    if item.is_risk:
        start = max(
            (hit.signal.severity or term.severity for hit in item.hits), key=SEVERITIES.index, default=term.severity
        )
        severity, steps = judge_severity(term, start, scope, terms, library)
        stated = [hit.signal.rung for hit in item.hits if hit.signal.rung is not None]
        rung = max(stated) if stated else rung_of(term, scope.sentence, library)
    boxes = boxes_of(document, span)
    why = _why(item)
    direction = settled(item.direction, "risk" if item.is_risk else "protective", scope.parties)
    if doubt := doubt_about(direction):
        level, confidence, why = "ask_a_person", min(confidence, CONFIDENCE["ask_a_person"]), f"{doubt} {why}"
    return Finding(
        id="",
        term=term.id,
        title=term.title,
        polarity="risk" if item.is_risk else "protective",
        severity=severity,
        confidence=confidence,
        level=level,
        span=span,
        quote=document.quote(span),
        why=why,
        rung=rung,
        page=boxes[0].page if boxes else _page_of(document, span),
        section=(clause.section or None) if clause else None,
        boxes=boxes,
        evidence=_evidence(item),
        steps=steps,
        direction=direction,
    )


def doubt_about(direction: Direction) -> str:
    """What a reader must know where the direction is not plain, "" where it is."""
    if "other" in (direction.giver, direction.receiver) and "creator" not in (direction.giver, direction.receiver):
        return "Here somebody gives or gets who seems to be neither you nor the other side: ask a person whom it binds."
    if direction.is_unclear:
        return "It is unclear who gives and who gets here: ask a person which side you are."
    return ""


def _why(item: Found) -> str:
    why = item.term.why if item.is_risk else f"This wording protects you here: {item.term.positions.fair.text}"
    if item.learned is not None:
        likely = f"{item.learned.probability:.0%}"
        return f"The words are new to the rules; a model trained on labelled contracts takes them for this ({likely}). {why}"
    if item.through is None:
        return why
    first, *inner = item.through.names
    path = f"“{first}”" + "".join(f", and there through “{name}”" for name in inner)
    return f"The words here look harmless; it comes in through the meaning of {path}. {why}" if item.is_risk else why


def _evidence(item: Found) -> tuple[Evidence, ...]:
    passage = item.passage
    seen = [
        Evidence(
            kind=f"signal:{hit.signal.id}",
            text=passage.text[hit.start : hit.end],
            span=Span(passage.span.start + hit.start, passage.span.start + hit.end),
            score=CONFIDENCE[hit.level],
        )
        for hit in item.hits
    ]
    if item.likeness is not None:
        seen.append(Evidence("similar to example", item.likeness.example, passage.span, item.likeness.score))
    if item.learned is not None:
        seen.append(
            Evidence(f"learned:{item.learned.kind}", passage.text.strip(), passage.span, item.learned.probability)
        )
    return (*seen, *(item.through.path if item.through is not None else ()))


def boxes_of(document: Document, span: Span) -> tuple[Box, ...]:
    """One box per printed line that the span touches."""
    if not document.words:
        return ()
    starts = [word.span.start for word in document.words]  # words come in text order
    first = max(bisect_right(starts, span.start) - 1, 0)
    lines: list[Box] = []
    for word in document.words[first:]:
        if word.span.start >= span.end:
            break
        if word.span.end <= span.start:
            continue
        box = word.box
        last = lines[-1] if lines else None
        if last and last.page == box.page and abs(last.y0 - box.y0) < (box.y1 - box.y0) * 0.6 and box.x0 >= last.x0:
            lines[-1] = Box(last.page, last.x0, min(last.y0, box.y0), max(last.x1, box.x1), max(last.y1, box.y1))
        else:
            lines.append(box)
    return tuple(lines)


def _page_of(document: Document, span: Span) -> int | None:
    starts = [block.span.start for block in document.blocks]
    place = bisect_right(starts, span.start) - 1
    return document.blocks[place].page if place >= 0 else None


def _absences(
    findings: Sequence[Finding],
    passages: Sequence[Passage],
    glossary: Glossary,
    parties: Parties,
    analyzer: Analyzer,
) -> list[Finding]:
    """Protections that this contract ought to have, by the gates of the library, and has not."""
    present = {finding.term for finding in findings if finding.polarity == "risk"}
    folded = [fold(passage.text) for passage in passages]
    contract = " ".join(folded)
    readings = [reading for passage in passages if (reading := read_through(passage, glossary)) is not None]
    missing = []
    for term in analyzer.library.terms:
        absence = term.absence
        if absence is None or term.id in present or is_protected(absence, [*folded, *readings], analyzer.library):
            continue
        gate = gate_of(absence, passages, folded, parties, analyzer)
        if gate is not None:
            missing.append(_absent(term, absence, gate, contract, parties, present, analyzer.library))
    return missing


def is_protected(absence: Absence, folded: Iterable[str], library: ClauseLibrary) -> bool:
    """Whether some sentence holds the protection, in one of the wordings that the library knows."""
    patterns = [library.compile(pattern) for pattern in absence.protection]
    return any(pattern.search(sentence) for sentence in folded for pattern in patterns)


def gate_of(
    absence: Absence, passages: Sequence[Passage], folded: Sequence[str], parties: Parties, analyzer: Analyzer
) -> Passage | None:
    """The first passage that makes the protection necessary, None where none does."""
    library = analyzer.library
    contract = " ".join(folded)
    if any(library.compile(pattern).search(contract) for pattern in absence.gate_unless):
        return None
    for passage, text in zip(passages, folded, strict=True):
        full = f"{fold(passage.lead_in)} {text}" if passage.lead_in else text
        worded = [signal for signal in absence.gate if wording_matches(signal, full, passage.clause, library)]
        if worded:
            doc = analyzer.parser.parse([passage.full])[0]
            if any(hit.polarity == "risk" for hit in fire(worded, Reading(passage, text, doc), parties, library)):
                return passage
    return None


def _absent(
    term: Term,
    absence: Absence,
    gate: Passage,
    contract: str,
    parties: Parties,
    present: Set[str],
    library: ClauseLibrary,
) -> Finding:
    scope = Scope(fold(gate.full), gate.clause, contract, parties)
    severity, steps = judge_severity(
        term, absence.severity, scope, dict.fromkeys(("sentence", "clause", "contract"), present), library
    )
    return Finding(
        id="",
        term=term.id,
        title=term.title,
        polarity="absent",
        severity=severity,
        confidence=CONFIDENCE["likely"],
        level="likely",
        span=None,
        quote=None,
        why=f"{absence.say} {term.why}",
        rung=absence.rung,
        evidence=(Evidence("gate", gate.text, gate.span),),
        steps=steps,
    )


def _numbered(findings: Sequence[Finding]) -> list[Finding]:
    """The findings in text order, the missing protections last, each with an id that the same file always gives."""
    count: Counter[str] = Counter()
    numbered = []
    for finding in sorted(findings, key=lambda f: (f.span is None, f.span or Span(0, 0), f.term)):
        count[finding.term] += 1
        numbered.append(replace(finding, id=f"{finding.term}-{count[finding.term]}"))
    return numbered


def _compounds(findings: Sequence[Finding], library: ClauseLibrary) -> tuple[Compound, ...]:
    """The rules of which every term is found, judged for the contract as a whole."""
    compounds = []
    for rule in library.compounds:
        members = [
            next((f for f in findings if f.term == id and f.is_risk and f.severity != "low"), None) for id in rule.terms
        ]
        if all(members):
            ids = tuple(f.id for f in members if f)
            worst = max((f.severity for f in members if f), key=SEVERITIES.index)
            severity = max(worst, rule.minimum, key=SEVERITIES.index)
            compounds.append(Compound(rule.id, ids, severity, rule.reason))
    return tuple(compounds)


def _caveats(document: Document, parties: Parties, references: Sequence[Reference]) -> tuple[str, ...]:
    """What limits this analysis, said so that a reader cannot miss it."""
    caveats = list(document.warnings)
    roles = {party.role for party in parties.parties}
    if not {"creator", "company"} <= roles:
        caveats.append("It is unclear who gives and who receives in this contract; check each finding's direction.")
    dead: dict[str, Reference] = {}
    for reference in references:
        if reference.state == "dead":
            dead.setdefault(f"{reference.number} {reference.because}", reference)
    for reference in list(dead.values())[:_MOST_CAVEATS]:
        words = document.text[max(0, reference.span.start - 60) : reference.span.end + 40].split()
        caveats.append(
            f"“... {' '.join(words[1:-1])} ...” points to a place that is not there: {reference.because}."
            " Ask what is meant before you rely on it."
        )
    missing = [" ".join(document.quote(r.span).split()) for r in references if r.state == "detached"]
    papers = list(dict.fromkeys(name if name[:1].isalpha() and " " in name else f"part {name}" for name in missing))
    if papers:
        caveats.append(
            f"The contract relies on papers that are not in this file: {', '.join(papers[:_MOST_CAVEATS])}."
            " Ask for them; they bind you like the rest."
        )
    return tuple(caveats)
