"""What a report for people says, and in which order; each form (text, Markdown, HTML) only draws this outline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from fairterms.analyzer.fold import fold
from fairterms.analyzer.readers import is_partly_read
from fairterms.analyzer.values import SEVERITIES, Compound, Document, Finding, Severity, Span
from fairterms.bargaining.model.values import ModelWork
from fairterms.bargaining.values import Citation, CounterProposal, Edit
from fairterms.knowledge_base.values import Fact, Match
from fairterms.reports import words
from fairterms.reports.measured import measured
from fairterms.reports.values import NOT_LEGAL_ADVICE, Report

PieceKind = Literal["same", "key", "old", "new"]
Tone = Literal["critical", "high", "medium", "low", "good"]

# A sentence that runs over half a page hides the words that matter; so much is kept around them.
_WORDS_AROUND_KEY = 40
_WORDS_AROUND_CHANGE = 18
# Below this share of unchanged words, old and new words by turns can no longer be read as a sentence.
_FEW_KEPT = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of contract words: unchanged, the key words of a quote, taken out or put in."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Words to ask for. ``warning`` is "" when the program read the draft again and found it cured.

    Where no draft could be made, ``pieces`` say in general what to ask for. ``author`` names the model that worded it,
    "" for the library.
    """

    label: str
    pieces: tuple[Piece, ...]
    reason: str
    warning: str
    author: str


@dataclass(frozen=True, slots=True)
class Comparable:
    """What others got, a law or a price. ``standing`` holds date, place and status and is always shown."""

    anchor: str
    kind: str
    title: str
    standing: str
    unverified: bool
    money: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a fact says and where that comes from, told once for all the cards that name it."""

    anchor: str
    title: str
    standing: str
    says: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """One point with all that belongs to it; ``anchor`` is unique in the report."""

    number: int
    anchor: str
    title: str
    tone: Tone
    label: str
    why: str
    in_other_words: str = ""
    level: str = ""
    where: str = ""
    quote: tuple[Piece, ...] = ()
    same_as: str = ""
    needed: str = ""
    steps: tuple[str, ...] = ()
    facts: str = ""
    direction: str = ""
    measure: str = ""
    comparables: tuple[Comparable, ...] = ()
    notes: str = ""
    drafts: tuple[Draft, ...] = ()

    @property
    def is_redrafted(self) -> bool:
        """Whether a draft shows the contract's words with its changes, so that a short card need not quote them."""
        return any(piece.kind in ("old", "new") for draft in self.drafts for piece in draft.pieces)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with cards; ``short`` cards are drawn as a list."""

    heading: str
    intro: str
    cards: tuple[Card, ...]
    short: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of the contract's text, with the card that speaks of it."""

    text: str
    card: Card | None


@dataclass(frozen=True, slots=True)
class Outline:
    """The report in reading order. ``score`` is None and ``grade`` "" where part of the contract was not judged."""

    title: str
    language: str
    summary: tuple[str, ...]
    next_step: str
    grade: str
    score: int | None
    counts: tuple[tuple[Severity, int], ...]
    missing: int
    unread: tuple[str, ...]
    caveats: tuple[str, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    parties: tuple[str, ...]
    score_rule: str
    score_parts: tuple[str, ...]
    model: tuple[str, ...]
    versions: tuple[str, ...]
    closing: str
    passages: tuple[Passage, ...]


def outline(report: Report, *, with_text: bool = False) -> Outline:
    """Everything a person is told, in order; ``passages`` is the contract's text, empty without ``with_text``."""
    analysis = report.analysis
    document = analysis.document
    open_points = [f for f in analysis.findings if f.level != "ask_a_person"]
    present = [f for f in open_points if f.polarity == "risk"]
    missing = [f for f in open_points if f.polarity == "absent"]
    unsure = [f for f in analysis.findings if f.level == "ask_a_person"]
    top = [f for f in worst_first(present) if _is_top(f)]
    smaller = [f for f in worst_first(present) if not _is_top(f)]
    missing, unsure = worst_first(missing), worst_first(unsure)
    repeated = with_same_words([f for f in open_points if f.polarity == "protective"])
    protective = [findings[0] for findings in repeated]
    partly = is_partly_read(document)
    unread = _told_once(document.warnings) if partly else ()
    ids = [
        *(f.id for f in (*top, *missing)),
        *(compound.id for compound in analysis.compounds),
        *(f.id for f in (*unsure, *protective, *smaller)),
    ]
    cards = _Cards(report, {id: number for number, id in enumerate(ids, start=1)}, repeated)
    sections = (
        Section(words.HEADING_TOP, "", cards.make(top)),
        Section(words.HEADING_MISSING, words.INTRO_MISSING, cards.make(missing)),
        Section(words.HEADING_COMPOUNDS, words.INTRO_COMPOUNDS, tuple(cards.compound(c) for c in analysis.compounds)),
        Section(words.HEADING_PERSON, words.INTRO_PERSON, cards.make(unsure)),
        Section(words.HEADING_PROTECTIVE, words.INTRO_PROTECTIVE, cards.make(protective, short=True), short=True),
        Section(words.HEADING_SMALLER, words.INTRO_SMALLER, cards.make(smaller, short=True), short=True),
    )
    return Outline(
        title=words.clean(document.name),
        language=document.language,
        summary=_summary(report, present, missing, unsure),
        next_step=next_step(report),
        grade="" if partly else analysis.score.grade,
        score=None if partly else analysis.score.value,
        counts=tuple((severity, _count(present, severity)) for severity in reversed(SEVERITIES)),
        missing=len(missing),
        unread=unread,
        caveats=tuple(caveat for caveat in _told_once(report.caveats) if caveat not in unread),
        sections=tuple(section for section in sections if section.cards),
        sources=_sources(report, sections),
        parties=words.party_lines(analysis.parties),
        score_rule=words.NO_SCORE if partly else words.score_rule(),
        score_parts=() if partly else _score_parts(report, cards),
        model=model_lines(report, cards.point),
        versions=_versions(report),
        closing=NOT_LEGAL_ADVICE,
        passages=_passages(document, analysis.findings, cards) if with_text else (),
    )


def next_step(report: Report) -> str:
    """The one thing to do next; never that the contract can be signed."""
    analysis = report.analysis
    severities = [f.severity for f in analysis.risks] + [compound.severity for compound in analysis.compounds]
    if "critical" in severities:
        return words.GET_HELP
    if is_partly_read(analysis.document):
        return f"{words.GET_HELP} A person has to read the part that this program could not."
    if any(f.level != "ask_a_person" for f in analysis.risks):
        return words.ASK_FOR_CHANGES
    if severities or any(f.level == "ask_a_person" for f in analysis.findings):
        return f"{words.GET_HELP} A person should look at what the program was not sure about."
    return words.NOTHING_FOUND


def with_same_words(findings: Sequence[Finding]) -> tuple[tuple[Finding, ...], ...]:
    """The findings in groups of one kind and the very same words; a heading of small print can return 100 times."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.term, " ".join(fold(finding.quote or "").split())), []).append(finding)
    return tuple(map(tuple, groups.values()))


def worst_first(findings: Sequence[Finding]) -> list[Finding]:
    """By severity, and in the contract's order within one severity."""
    return sorted(findings, key=lambda f: -SEVERITIES.index(f.severity))


def _is_top(finding: Finding) -> bool:
    return finding.severity in ("critical", "high")


def _count(findings: Sequence[Finding], severity: Severity) -> int:
    return sum(finding.severity == severity for finding in findings)


def _summary(
    report: Report, present: Sequence[Finding], missing: Sequence[Finding], unsure: Sequence[Finding]
) -> tuple[str, ...]:
    document = report.analysis.document
    partly = is_partly_read(document)
    numbers = [f"{_count(present, s)} {s}" for s in reversed(SEVERITIES) if _count(present, s)]
    parts = []
    if numbers:
        parts.append(f"{words.joined(numbers)} {'point' if len(present) == 1 else 'points'} to settle")
    if missing:
        parts.append(words.counted(len(missing), "protection is missing", "protections are missing"))
    if unsure:
        parts.append(words.counted(len(unsure), "passage", "passages") + " to ask a person about")
    found = "; ".join(parts)
    if not found:
        found = "No point was found in the part that could be read" if partly else "No point to settle was found"
    told = (words.sentence(found), words.NO_SCORE if partly else words.score_words(report.analysis.score))
    if report.model is not None and report.model.summary:
        return (*told, _in_other_words(report.model, report.model.summary))
    return told


def _told_once(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words.sentence(words.clean(line)) for line in lines))


class _Cards:
    """Makes the cards in reading order, so that nothing is told twice; ``numbers`` names every point beforehand.

    Of ``repeated`` findings the first has the card.
    """

    def __init__(self, report: Report, numbers: Mapping[str, int], repeated: Sequence[Sequence[Finding]]) -> None:
        self._report = report
        self._repeats = {findings[0].id: findings[1:] for findings in repeated}
        self._numbers = {
            **numbers,
            **{again.id: numbers[first] for first, findings in self._repeats.items() for again in findings},
        }
        self._titles = {finding.id: words.title(finding) for finding in report.analysis.findings}
        self._quoted: dict[Span, int] = {}
        self.by_id: dict[str, Card] = {}

    def make(self, findings: Sequence[Finding], *, short: bool = False) -> tuple[Card, ...]:
        """Cards for the findings; ``short`` ones leave out what others got."""
        return tuple(self._card(finding, short=short) for finding in findings)

    def compound(self, compound: Compound) -> Card:
        members = [self.point(id) for id in compound.findings]
        return self._kept(
            (compound.id,),
            Card(
                number=self._numbers[compound.id],
                anchor=_anchor(compound.id),
                title=words.capital(compound.id.replace("_", " ")),
                tone=compound.severity,
                label=words.SEVERITY[compound.severity],
                why=words.clean(compound.why),
                needed=words.sentence(f"Together: {words.joined(members)}"),
            ),
        )

    def point(self, id: str) -> str:
        """How the report names a point elsewhere: its title and its number."""
        return f"{self._titles.get(id, words.capital(id.replace('_', ' ')))} (point {self._numbers[id]})"

    def _card(self, finding: Finding, *, short: bool) -> Card:
        number = self._numbers[finding.id]
        good = finding.polarity == "protective"
        repeats = self._repeats.get(finding.id, ())
        first = self._quoted.setdefault(finding.span, number) if finding.span else number
        return self._kept(
            (finding.id, *(again.id for again in repeats)),
            Card(
                number=number,
                anchor=_anchor(finding.id),
                title=self._titles[finding.id],
                tone="good" if good else finding.severity,
                label="Protects you" if good else words.SEVERITY[finding.severity],
                level=words.LEVEL[finding.level],
                where=words.where(finding, more=len(repeats)),
                quote=_quote(finding) if first == number else (),
                same_as=f"The same words as point {first}." if first != number else "",
                needed=_needed(finding),
                why=words.clean(finding.why),
                in_other_words=explained(self._report.model, finding),
                steps=tuple(words.step(step) for step in finding.steps),
                facts=words.named_facts(finding),
                direction="" if short else words.direction(finding.direction),
                measure="" if short or good else words.measure(measured().of(finding)),
                comparables=() if short else tuple(self._comparables(finding)),
                notes="" if short else " ".join(words.clean(note) for note in self._report.notes.get(finding.id, ())),
                drafts=_drafts(finding, self._report.proposals_for(finding.id), self._report.analysis.document),
            ),
        )

    def _kept(self, ids: Sequence[str], card: Card) -> Card:
        self.by_id.update(dict.fromkeys(ids, card))
        return card

    def _comparables(self, finding: Finding) -> Iterator[Comparable]:
        matches = self._report.comparables.get(finding.id, ())
        yield from (_comparable(match) for match in matches)
        shown = {match.fact.id for match in matches}
        for proposal in self._report.proposals_for(finding.id):
            for citation in proposal.citations:
                if citation.id not in shown:
                    shown.add(citation.id)
                    yield _cited(citation)


def _anchor(id: str) -> str:
    return f"point-{id}"


def _needed(finding: Finding) -> str:
    """The words that make a missing protection necessary."""
    gates = [words.clean(evidence.text) for evidence in finding.evidence if evidence.kind == "gate"]
    return f"It matters here because the contract says: “{gates[0]}”" if finding.span is None and gates else ""


def _comparable(match: Match) -> Comparable:
    fact = match.fact
    because = words.found_because(match.because)
    standing = words.standing(fact.date, fact.jurisdictions, fact.standing)
    return Comparable(
        anchor=f"source-{fact.id}",
        kind=words.FACT_KIND[fact.kind],
        title=words.clean(fact.title),
        standing=f"{standing}; {because}" if because else standing,
        unverified=not fact.checked,
        money=words.money(fact),
    )


def _cited(citation: Citation) -> Comparable:
    return Comparable(
        anchor=f"source-{citation.id}",
        kind=words.CITED,
        title=words.clean(citation.title),
        standing=_standing(citation),
        unverified=not citation.checked,
    )


def _standing(citation: Citation) -> str:
    return words.standing(citation.date, [c for c in citation.jurisdiction.split(", ") if c], citation.status)


def _sources(report: Report, sections: Sequence[Section]) -> tuple[Source, ...]:
    """Every fact that a card names, once, in the order of the cards."""
    known = {citation.id: _cited_source(citation) for proposal in report.proposals for citation in proposal.citations}
    known |= {match.fact.id: _source(match.fact) for matches in report.comparables.values() for match in matches}
    by_anchor = {source.anchor: source for source in known.values()}
    named = (comparable.anchor for section in sections for card in section.cards for comparable in card.comparables)
    return tuple(by_anchor[anchor] for anchor in dict.fromkeys(named))


def _source(fact: Fact) -> Source:
    return Source(
        anchor=f"source-{fact.id}",
        title=words.clean(fact.title),
        standing=words.standing(fact.date, fact.jurisdictions, fact.standing),
        says=words.sentence(words.clean(fact.says)),
        source=words.clean(fact.source.title),
        url=fact.source.url,
    )


def _cited_source(citation: Citation) -> Source:
    return Source(f"source-{citation.id}", words.clean(citation.title), _standing(citation), "", "", citation.url)


def _quote(finding: Finding) -> tuple[Piece, ...]:
    """The words of the contract, those that gave the finding away marked."""
    if finding.span is None or finding.quote is None:
        return ()
    keys = sorted(
        evidence.span
        for evidence in finding.evidence
        if evidence.kind.startswith("signal") and evidence.span and finding.span.contains(evidence.span)
    )
    pieces: list[Piece] = []
    done = finding.span.start
    for key in keys:
        start = max(key.start, done)
        if start < key.end:
            pieces.append(Piece("same", _part(finding.quote, finding.span, Span(done, start))))
            pieces.append(Piece("key", _part(finding.quote, finding.span, Span(start, key.end))))
            done = key.end
    pieces.append(Piece("same", _part(finding.quote, finding.span, Span(done, finding.span.end))))
    return _tidy(pieces, keep=_WORDS_AROUND_KEY)


def _part(quote: str, whole: Span, part: Span) -> str:
    return quote[part.start - whole.start : part.end - whole.start]


def _drafts(finding: Finding, proposals: Sequence[CounterProposal], document: Document) -> tuple[Draft, ...]:
    labels = words.ASK if finding.span is not None else words.ADD
    drafts: list[Draft] = []
    seen: set[str] = set()
    for proposal in proposals:
        if not proposal.edits:
            drafts.append(_aim(proposal, warns=not drafts))
            continue
        if proposal.text in seen:
            continue  # the fallback asks for the very same words
        seen.add(proposal.text)
        drafts.append(
            Draft(
                label=labels[proposal.strength],
                pieces=_difference(finding, proposal.edits, document),
                reason=words.clean(proposal.rationale),
                warning=_warning(proposal),
                author="" if proposal.author == "library" else words.clean(proposal.author),
            )
        )
    return tuple(drafts)


def _aim(proposal: CounterProposal, *, warns: bool) -> Draft:
    """What to ask for where no draft could be made; that there is none is said once."""
    aim = (Piece("same", words.clean(proposal.rationale)),)
    return Draft(words.AIM[proposal.strength], aim, "", words.NO_DRAFT if warns else "", "")


def _warning(proposal: CounterProposal) -> str:
    if proposal.verified:
        return ""
    reason = words.sentence(words.plain(proposal.unverified_because or "no reason was given"))
    return f"Unverified draft. Do not send it before a person has read it. Why: {reason[:1].lower()}{reason[1:]}"


def _difference(finding: Finding, edits: Sequence[Edit], document: Document) -> tuple[Piece, ...]:
    """The contract's words with what goes out and what comes in."""
    ordered = _legible(sorted(edits, key=lambda edit: edit.span), document)
    spans = [edit.span for edit in ordered] + ([finding.span] if finding.span is not None else [])
    done, end = min(span.start for span in spans), max(span.end for span in spans)
    pieces: list[Piece] = []
    for edit in ordered:
        pieces.append(Piece("same", document.text[done : edit.span.start]))
        old = document.quote(edit.span)
        pieces.append(Piece("old", old))
        pieces.append(Piece("same", " " if old and edit.replacement else ""))  # so that the two stay apart on paper
        pieces.append(Piece("new", edit.replacement))
        done = edit.span.end
    pieces.append(Piece("same", document.text[done:end]))
    return _tidy(pieces, keep=_WORDS_AROUND_CHANGE)


def _legible(edits: Sequence[Edit], document: Document) -> Sequence[Edit]:
    """One edit instead of many where hardly a word between the first and the last stays as it was."""
    whole = Span(edits[0].span.start, edits[-1].span.end)
    gaps = [document.text[before.span.end : after.span.start] for before, after in pairwise(edits)]
    kept = sum(len(gap.split()) for gap in gaps)
    if len(edits) == 1 or kept > _FEW_KEPT * len(document.quote(whole).split()):
        return edits
    words_after = "".join(edit.replacement + gap for edit, gap in zip(edits, [*gaps, ""], strict=True))
    return [Edit(whole, words_after)]


def _tidy(pieces: Sequence[Piece], *, keep: int) -> tuple[Piece, ...]:
    """On one line, blanks moved out of the marked pieces, and long unchanged runs cut to ``keep`` words at each end."""
    tidy: list[Piece] = []
    for kind, text in _blanks_outside(pieces):
        if tidy and (tidy[-1].text.endswith(" ") or not tidy[-1].text):
            text = text.lstrip(" ")
        if text and tidy and tidy[-1].kind == kind:
            tidy[-1] = Piece(kind, tidy[-1].text + text)
        elif text and (tidy or text.strip()):
            tidy.append(Piece(kind, text if tidy else text.lstrip(" ")))
    if tidy:
        tidy[-1] = Piece(tidy[-1].kind, tidy[-1].text.rstrip(" "))
    last = len(tidy) - 1
    return tuple(
        Piece("same", _cut(piece.text, keep, begins=place == 0, ends=place == last)) if piece.kind == "same" else piece
        for place, piece in enumerate(tidy)
        if piece.text
    )


def _blanks_outside(pieces: Sequence[Piece]) -> Iterator[tuple[PieceKind, str]]:
    for piece in pieces:
        body = words.clean(piece.text)
        before = " " if piece.text[:1].isspace() else ""
        after = " " if piece.text[-1:].isspace() and body else ""
        if before:
            yield "same", before
        if body:
            yield piece.kind, body
        if after:
            yield "same", after


def _cut(text: str, keep: int, *, begins: bool, ends: bool) -> str:
    if begins and ends:
        return text
    run = text.split(" ")
    blank = 2  # a run that would lose a word or two is left alone
    if begins and len(run) > keep + blank:
        return "… " + " ".join(run[-keep:])
    if ends and len(run) > keep + blank:
        return " ".join(run[:keep]) + " …"
    if not begins and not ends and len(run) > 2 * keep + blank:
        return " ".join(run[:keep]) + " … " + " ".join(run[-keep:])
    return text


def _score_parts(report: Report, cards: _Cards) -> tuple[str, ...]:
    return tuple(
        f"{'−' if part.points > 0 else '+'}{abs(part.points):g} {cards.point(part.finding)}"
        for part in report.analysis.score.parts
    )


def _in_other_words(work: ModelWork, said: str) -> str:
    """What a model said, with its name before it, so that nobody takes it for the library's word."""
    return f"In other words, by {words.clean(work.name)}: {words.clean(said)}" if said else ""


def explained(work: ModelWork | None, finding: Finding) -> str:
    """A model's words for a point, "" where there are none."""
    return _in_other_words(work, work.explanations.get(finding.id, "")) if work is not None else ""


def model_lines(report: Report, point: Callable[[str], str] | None = None) -> tuple[str, ...]:
    """How much a model was asked, and each answer that was not used, with the reason; ``point`` names a finding."""
    work = report.model
    if work is None:
        return ()
    titles = {finding.id: words.clean(finding.title) for finding in report.analysis.findings}
    name = point or titles.__getitem__
    asked = f"{words.clean(work.name)} was asked {words.counted(work.asked, 'time', 'times')}; {work.used} answers passed the checks."
    stopped = (f"It was not asked further: {words.clean(work.stopped)}.",) if work.stopped else ()
    unused = tuple(
        f"Not used ({refusal.use}{f', {name(refusal.finding)}' if refusal.finding else ''}): {words.clean(refusal.because)}."
        for refusal in work.refusals
    )
    return (asked, *stopped, *unused)


def _versions(report: Report) -> tuple[str, ...]:
    made = report.analysis.provenance
    return (
        f"FairTerms {made.code}, clause library {made.library}",
        f"Models: {', '.join(made.models) or 'none'}",
        words.measured_on(measured()),
        f"File fingerprint (SHA-256): {report.analysis.document.sha256}",
    )


def _passages(document: Document, findings: Sequence[Finding], cards: _Cards) -> tuple[Passage, ...]:
    """The whole text in runs; where several points speak of the same words, the worst is linked."""
    spans = [(finding.span, finding) for finding in findings if finding.span is not None]
    cuts = sorted({0, len(document.text), *(place for span, _ in spans for place in (span.start, span.end))})
    passages = []
    for start, end in pairwise(cuts):
        here = [finding for span, finding in spans if span.start <= start and end <= span.end]
        worst = max(here, key=lambda f: (f.is_risk, SEVERITIES.index(f.severity)), default=None)
        text = words.clean_lines(document.text[start:end])
        passages.append(Passage(text, cards.by_id[worst.id] if worst else None))
    return tuple(passages)
