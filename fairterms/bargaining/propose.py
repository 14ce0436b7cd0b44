"""One finding, one counter-proposal in two strengths, re-read by the analyzer before it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fairterms.analyzer.checks.absences import is_protected
from fairterms.analyzer.detect.through import FRAME
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.facts import extract
from fairterms.analyzer.fold import fold
from fairterms.analyzer.parties.roles import by_role, tell_roles
from fairterms.analyzer.reread import Rereading, Surroundings, reread, surroundings_of
from fairterms.analyzer.values import SEVERITIES, Analysis, Clause, Finding, Span
from fairterms.bargaining.edits import append, as_edits, mend
from fairterms.bargaining.fitness import is_between_firms, no_drafts_for, unfit
from fairterms.bargaining.names import fill, names_of
from fairterms.bargaining.values import STRENGTHS, Citation, CounterProposal, Edit, Strength
from fairterms.clauses.schema import Plan, Position, Term
from fairterms.knowledge_base.values import Match

_NOTWITHSTANDING = re.compile(r"\bnotwithstanding\b|\bregardless of anything\b|\bdespite anything\b")
_PAYS = re.compile(
    r"\b\w+ (?:shall |will |agrees? to |must )?(?:pays?|remits?)\b|\b(?:fees?|advance|royalt\w+|honorarium|compensation|price) (?:of|is|shall be|amounts? to)\b"
)
_PROMISES_PAY = re.compile(r"\b(?:shall|will|must|agrees? to) (?:pay|remit)\b|\b(?:pays|remits)\b")
_SPEAKS_OF_PAY = re.compile(r"\b(?:pay\w*|paid|remit\w*|fees?|advances?|royalt\w+|honorarium|compensation|price)\b")
TAKEN_OUT = "the draft takes the clause out instead of mending it"
NO_CURE = "read again, the draft does not cure the clause"
_LEAST_LEFT = 1 / 3  # a draft with fewer words than that share of the old ones takes the clause out
# An item of a list within a definition, as it stands between commas and conjunctions.
_ITEM = re.compile(
    r"(?:(?!\s+(?:and|or|including|includes)\s|[,;]\s).)+(?:[,;]?\s+(?:and|or|including|includes)\s+|[,;]\s+|$)?",
    re.DOTALL,
)
_LONGEST_MEANING = 60  # words of a definition that may be written out again within a grant
# Names whose meaning a grant may narrow for itself; a territory or a group of companies is changed where it is defined.
_NARROWABLE = re.compile(
    r"\b(?:use|exploit\w*|purposes?|works?|content|materials?|recordings?|performances?|data|media|products?|deliverables?|services?|"
    r"submissions?|contributions?|images?|likeness|footage|licensed \w+)\b",
    re.IGNORECASE,
)
_MEDIUM = SEVERITIES.index("medium")


@dataclass(frozen=True, slots=True)
class Task:
    """One finding to answer in one strength, with what the answer needs."""

    finding: Finding
    strength: Strength
    term: Term
    surroundings: Surroundings
    analyzer: Analyzer
    names: Mapping[str, str]

    @property
    def position(self) -> Position:
        return self.term.positions.fair if self.strength == "fair" else self.term.positions.fallback


@dataclass(frozen=True, slots=True)
class Draft:
    """New words for a passage (or, with no passage, a new clause) and what reading them again showed."""

    words: str
    because: str
    edits: tuple[Edit, ...]
    problem: str  # "" when the draft is verified


def propose(
    analysis: Analysis,
    analyzer: Analyzer,
    comparables: Mapping[str, Sequence[Match]] | None = None,
) -> tuple[CounterProposal, ...]:
    """A fair and a fallback proposal for every risk and every missing protection, in the order of the findings.

    A draft that cures its clause but fails another check is shown with the reason; where nothing cures, there is no draft.
    """
    names, surroundings = names_of(analysis), surroundings_of(analysis, analyzer)
    no_drafts = no_drafts_for(analysis)
    proposals = []
    for finding in analysis.risks:
        term = analyzer.library.term(finding.term)
        citations = tuple(cite(match) for match in (comparables or {}).get(finding.id, ()))
        for strength in STRENGTHS:
            task = Task(finding, strength, term, surroundings, analyzer, names)
            if no_drafts:
                draft = Draft(finding.quote or "", "", (), no_drafts)
            else:
                draft = _add_clause(task) if finding.span is None else _mend_sentence(task)
            proposals.append(_proposal(task, draft, citations))
    return tuple(proposals)


def _proposal(task: Task, draft: Draft, citations: tuple[Citation, ...]) -> CounterProposal:
    return CounterProposal(
        finding=task.finding.id,
        strength=task.strength,
        edits=draft.edits,
        text=draft.words,
        rationale=f"{draft.because} {task.position.text}".strip(),
        citations=citations,
        verified=not draft.problem,
        unverified_because=draft.problem,
        reason=task.term.cure.reason,
    )


def cite(match: Match) -> Citation:
    fact = match.fact
    return Citation(
        id=fact.id,
        title=fact.title,
        date=fact.date,
        jurisdiction=", ".join(fact.jurisdictions),
        status=fact.standing,
        checked=fact.checked,
        url=fact.source.url,
    )


def _mend_sentence(task: Task) -> Draft:
    """The first plan of the library whose result reads as cured; else the first that fitted, with its fault.

    No draft is better than one that takes a clause out, leaves the risk as it was, or changes words which no rule knows.
    """
    sentence = task.finding.quote or ""
    if any(evidence.kind.startswith("learned:") for evidence in task.finding.evidence):
        return Draft(sentence, "", (), "no rule of the library knows these words; ask a person to draft the change")
    assert task.finding.span is not None
    text, (start, end) = task.surroundings.analysis.document.text, (task.finding.span.start, task.finding.span.end)
    at = max((e.span.end - start for e in task.finding.evidence[:1] if e.span and e.span.end <= end), default=0)
    reason = unfit(sentence, text[end : end + 40], max(at, 0)) or _other_matter(sentence, task)
    if reason:
        return Draft(sentence, "", (), reason)
    failed: Draft | None = None
    for narrowed, because in _carve_outs(task):
        draft = _drafted(task, narrowed, because, check_draft(narrowed, task))
        if not draft.problem:
            return draft
        failed = failed or draft
    for plan in plans_of(task):
        words = mended(sentence, plan, task)
        if words is None:
            continue
        draft = _drafted(task, words, plan.because, check_draft(words, task))
        if not draft.problem:
            return draft
        failed = failed or (draft if draft.problem != TAKEN_OUT else None)
    if failed is None:
        return Draft(sentence, "", (), "no plan of the library fits this wording; ask a person to draft the change")
    if failed.problem.startswith(NO_CURE):  # no answer to the clause, and so nothing to show
        return Draft(sentence, "", (), "no change of the library cures this wording; ask a person to draft one")
    return failed


def _other_matter(sentence: str, task: Task) -> str:
    """Why the library's plans for the term are not for this sentence, "" where they are; no sentence stands for a missing one."""
    analysis, cure, compiled = task.surroundings.analysis, task.term.cure, task.analyzer.library.compile
    said = tell_roles(fold(sentence), analysis.parties)
    if is_between_firms(analysis) and not (
        cure.between_firms and (not sentence or cure.fits is None or compiled(cure.fits).search(said))
    ):
        return "in a contract between firms this may mean something else; ask a person to draft the change"
    if cure.fits_not is not None and compiled(cure.fits_not).search(said):
        return "this sentence may be about another matter or bind both sides; ask a person to draft the change"
    return ""


def plans_of(task: Task) -> tuple[Plan, ...]:
    return task.term.cure.fair if task.strength == "fair" else task.term.cure.fallback


def mended(words: str, plan: Plan, task: Task, *, marked: bool = False) -> str | None:
    """The words after a plan of the task, as ``mend`` makes them; a whole new sentence only where it can stand for the old one.

    An item that begins small completes the lead-in of its list, and where the fault lies in a definition the sentence
    says other things as well.
    """
    finding = task.finding
    whole = not (finding.quote or "")[:1].islower() and all(e.kind != "definition" for e in finding.evidence)
    return mend(words, plan, task.names, task.analyzer.library, whole=whole, marked=marked)


def _carve_outs(task: Task) -> Iterator[tuple[str, str]]:
    """Where the risk came in through a defined name: the sentence giving that name a narrower meaning here, and why.

    The definition itself stays, since other clauses may need it wide. First the library's own change of the meaning,
    then the name without the words at fault.
    """
    path = [evidence.span for evidence in task.finding.evidence if evidence.kind == "definition" and evidence.span]
    definition = next((d for d in task.surroundings.analysis.definitions if path and d.span.contains(path[-1])), None)
    if definition is None or not _NARROWABLE.search(definition.name):
        return
    sentence, library, name = task.finding.quote or "", task.analyzer.library, definition.name
    because = f"The meaning of “{name}” stays as it is elsewhere; for this grant it is narrowed."
    for plan in plans_of(task):
        if any(edit.sentence or edit.append or edit.add for edit in plan.edits):
            continue
        meaning = mend(definition.words, plan, task.names, library, whole=False)
        if meaning is not None and 2 < len(meaning.split()) <= _LONGEST_MEANING:
            yield append(sentence, f", where “{name}” means {meaning.rstrip(' .;')}"), because
    at_fault = _items_at_fault(definition.words, task)
    if at_fault:
        words = " and ".join(f"“{words}”" for words in at_fault)
        yield append(sentence, f", with “{name}” read here without the words {words}"), because


def _items_at_fault(meaning: str, task: Task) -> list[str]:
    """The items of a meaning in which the term's signals find something, as the definition words them."""
    folded = f"{FRAME}{fold(meaning)}"
    ends = {
        match.end() - len(FRAME)
        for signal in task.term.signals
        for match in task.analyzer.library.compile(signal.find).finditer(folded)
        if match.end() > len(FRAME)
    }
    items = []
    for item in _ITEM.finditer(meaning):
        if any(item.start() < end <= item.end() for end in ends):
            items.append(re.sub(r"[,;]?\s+(?:and|or|including|includes)\s*$", "", item.group()).strip(" ,;\n"))
    return [item for item in items if item]


def _drafted(task: Task, words: str, because: str, problem: str) -> Draft:
    finding = task.finding
    assert finding.span is not None
    return Draft(words, because, as_edits(finding.quote or "", words, finding.span.start), problem)


def check_draft(words: str, task: Task, seen: Rereading | None = None) -> str:
    """Why a draft does not count as a cure, "" when it does. ``seen`` is what reading it again showed, where that was done."""
    old, declares = task.finding.quote or "", task.term.cure.declares
    if "removal" not in declares and len(words.split()) < _LEAST_LEFT * len(old.split()):
        return TAKEN_OUT
    overrides = _NOTWITHSTANDING.search(fold(words)) and not _NOTWITHSTANDING.search(fold(old))
    if "notwithstanding" not in declares and overrides:
        return "the draft only overrides the clause instead of mending it"
    if any(evidence.kind.startswith("learned:") for evidence in task.finding.evidence):
        return (
            "no rule knows the words that the draft changes, so reading it again proves nothing"  # a person's own words
        )
    lost = _sums_lost(old, words)
    if lost:
        return f"the draft loses what the contract pays ({lost[0]})"
    seen = seen or reread(words, task.surroundings, task.analyzer, instead_of=task.finding.span)
    return _still_wrong(seen, task)


def _sums_lost(old: str, new: str) -> list[str]:
    """The sums that the sentence names and the draft does not; caps and damages may go, pay may not."""
    if not _PAYS.search(fold(old)):
        return []
    promise = _PROMISES_PAY.search(fold(old))
    if promise is not None and not _SPEAKS_OF_PAY.search(fold(new)):
        return [promise.group()]
    kept = {fact.value for fact in extract("amount", new)}
    return [fact.text for fact in extract("amount", old) if fact.value not in kept]


def _still_wrong(seen: Rereading, task: Task) -> str:
    finding, term = task.finding, task.term
    severity = SEVERITIES.index(finding.severity)
    left = [f for f in seen.findings if f.term == finding.term]
    worst = max((SEVERITIES.index(f.severity) for f in left), default=-1)
    if task.strength == "fair" and worst >= _MEDIUM:
        return f"{NO_CURE}: it still shows “{term.title}” ({SEVERITIES[worst]})"
    if task.strength == "fallback" and left:
        if worst >= severity:
            return f"{NO_CURE}: it is no less severe ({SEVERITIES[worst]})"
        rung = max(f.rung or term.default_rung for f in left)
        if rung > term.positions.fallback.rung:
            limit = term.positions.fallback.rung
            return f"{NO_CURE}: it stands at step {rung} of 5 from fair to unfair, and the fallback is step {limit}"
    before: dict[str, int] = {}
    for old in task.surroundings.risks.get(finding.span, ()) if finding.span is not None else ():
        before[old.term] = max(before.get(old.term, -1), SEVERITIES.index(old.severity))
    for new in seen.findings:
        step = SEVERITIES.index(new.severity)
        if new.term != finding.term and step >= severity and step > before.get(new.term, -1):
            return f"read again, the draft shows something new: “{new.title}” ({new.severity})"
    for worse in seen.worsened:
        if SEVERITIES.index(worse.severity) >= severity:
            return f"read again, the draft makes another sentence worse: “{worse.title}” ({worse.severity})"
    if seen.exposed:
        title = task.analyzer.library.term(seen.exposed[0]).title
        return f"the draft takes away the protection against “{title}”"
    return ""


def _add_clause(task: Task) -> Draft:
    """A new clause behind the one it belongs to, with the next number where the contract counts its clauses."""
    reason = _other_matter("", task)
    if reason:
        return Draft("", "", (), reason)
    clause, absence = task.term.cure.clause, task.term.absence
    assert clause is not None
    assert absence is not None
    body = fill(clause.fair if task.strength == "fair" else clause.fallback, task.names)
    place, number = _place(task)
    words = " ".join(part for part in (number, f"{fill(clause.heading, task.names)}.", body) if part)
    problem = ""
    said = fold(body)
    parties = task.surroundings.analysis.parties
    if not is_protected(absence, [said, by_role(said, parties)], task.analyzer.library):
        problem = f"read again, the new clause does not give what is missing: {absence.missing}"
    else:
        seen = reread(body, task.surroundings, task.analyzer, instead_of=None)
        severity = SEVERITIES.index(task.finding.severity)
        bad = next((f for f in seen.findings if SEVERITIES.index(f.severity) >= severity), None)
        if bad is not None:
            problem = f"read again, the new clause shows “{bad.title}” ({bad.severity})"
    because = f"The contract is silent on this: {absence.missing.rstrip('.')}."
    return Draft(words, because, (Edit(Span(place, place), f"\n\n{words}"),), problem)


def _place(task: Task) -> tuple[int, str]:
    """Where a new clause goes: behind the clause that makes it necessary, else behind the one it belongs to."""
    analysis = task.surroundings.analysis
    text, clauses = analysis.document.text, analysis.clauses
    gate = task.finding.evidence[0].span if task.finding.evidence else None
    chosen = next((clause for clause in clauses if gate is not None and clause.span.contains(gate)), None)
    near = task.term.cure.clause.near if task.term.cure.clause else None
    if chosen is None and near is not None:
        pattern = task.analyzer.library.compile(near)
        chosen = next((c for c in clauses if pattern.search(fold(text[c.span.start : c.span.end]))), None)
    if chosen is None:
        return len(text.rstrip()), ""
    return len(text[: chosen.span.end].rstrip()), _next_number(chosen)


def _next_number(clause: Clause) -> str:
    """The clause's number with an A behind it ("5A."), as lawyers insert without renumbering; "" where it has none."""
    top = re.match(r"^(?:section |article |clause )?(\d+)\.?$", clause.number.strip(), re.IGNORECASE)
    if top:
        return f"{top.group(1)}A."
    deeper = re.match(r"^(?:section |clause )?(\d+(?:\.\d+)+)\.?$", clause.number.strip(), re.IGNORECASE)
    return f"{deeper.group(1)}A" if deeper else ""
