"""One finding, one counter-proposal in two strengths, re-read by the analyzer before it is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fairterms.analyzer.analyze import Analyzer, Rereading, is_protected, reread
from fairterms.analyzer.fold import fold
from fairterms.analyzer.values import SEVERITIES, Analysis, Clause, Finding, Span
from fairterms.bargaining.edits import as_edits, mend
from fairterms.bargaining.llm import Complete, prompt_for_wording
from fairterms.bargaining.names import fill, names_of
from fairterms.bargaining.values import STRENGTHS, Citation, CounterProposal, Edit, Strength
from fairterms.clauses.schema import Plan, Term
from fairterms.knowledge_base.values import Match

_NOTWITHSTANDING = re.compile(r"\bnotwithstanding\b|\bregardless of anything\b|\bdespite anything\b")
_LEAST_LEFT = 0.2  # a draft that leaves less than a fifth of the words, and puts none in their place, removes the clause


@dataclass(frozen=True, slots=True)
class Draft:
    """New words for a passage (or, with no passage, a new clause) and what reading them again showed."""

    words: str
    because: str
    problem: str  # "" when the draft is verified


def propose(
    analysis: Analysis,
    analyzer: Analyzer,
    comparables: Mapping[str, Sequence[Match]] | None = None,
    *,
    complete: Complete | None = None,
) -> tuple[CounterProposal, ...]:
    """A fair and a fallback proposal for every risk and every missing protection, in the order of the findings.

    A chat model may word them better; what it writes counts only when the same check passes.
    """
    names = names_of(analysis)
    matches = comparables or {}
    return tuple(
        propose_one(finding, strength, analysis, analyzer, names=names, matches=matches.get(finding.id, ()), complete=complete)
        for finding in analysis.risks
        for strength in STRENGTHS
    )


def propose_one(
    finding: Finding,
    strength: Strength,
    analysis: Analysis,
    analyzer: Analyzer,
    *,
    names: Mapping[str, str],
    matches: Sequence[Match] = (),
    complete: Complete | None = None,
) -> CounterProposal:
    """The library's own counter-proposal to one finding; a draft that fails its check is shown with the reason."""
    author = "library"
    term = analyzer.library.term(finding.term)
    position = term.positions.fair if strength == "fair" else term.positions.fallback
    citations = tuple(cite(match) for match in matches)
    if finding.span is None:
        draft, edits = _add_clause(finding, strength, term, analysis, analyzer, names)
    else:
        draft = _mend_sentence(finding, strength, term, analysis, analyzer, names)
        if complete is not None:
            draft, author = _reworded(draft, finding, strength, term, analysis, analyzer, complete)
        edits = as_edits(finding.quote or "", draft.words, finding.span.start)
    return CounterProposal(
        finding=finding.id,
        strength=strength,
        edits=edits,
        text=draft.words,
        rationale=f"{draft.because} {position.text}",
        citations=citations,
        verified=not draft.problem,
        unverified_because=draft.problem,
        author=author,
    )


def _reworded(
    draft: Draft,
    finding: Finding,
    strength: Strength,
    term: Term,
    analysis: Analysis,
    analyzer: Analyzer,
    complete: Complete,
) -> tuple[Draft, str]:
    """The model's wording where it passes the check, else the draft as it was."""
    position = term.positions.fair if strength == "fair" else term.positions.fallback
    answer = complete.ask(prompt_for_wording(finding.quote or "", draft.words, term.meaning, position.text))
    if not answer or answer in (draft.words, finding.quote):
        return draft, "library"
    if check_draft(answer, finding, strength, term, analysis, analyzer):
        return draft, "library"
    return Draft(answer, draft.because, ""), complete.name


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


def _mend_sentence(
    finding: Finding, strength: Strength, term: Term, analysis: Analysis, analyzer: Analyzer, names: Mapping[str, str]
) -> Draft:
    """The first plan of the library whose result reads as cured; else the first that fitted, with its fault."""
    assert finding.span is not None
    plans = term.cure.fair if strength == "fair" else term.cure.fallback
    sentence = finding.quote or ""
    in_list = _completes_a_list(finding.span, analysis)
    failed: Draft | None = None
    for plan in plans:
        words = mend(sentence, plan, names, analyzer.library, in_list=in_list)
        if words is None:
            continue
        problem = check_draft(words, finding, strength, term, analysis, analyzer)
        draft = Draft(words, plan.because, problem)
        if not problem:
            return draft
        failed = failed or draft
    if failed is not None:
        return failed
    return Draft(sentence, "", "no plan of the library fits this wording; ask a person to draft the change")


def _completes_a_list(span: Span, analysis: Analysis) -> bool:
    """Whether the sentence is an item that cannot stand alone: it begins small and its lead-in stands above."""
    words = analysis.document.quote(span)
    return words[:1].islower()


def check_draft(
    words: str, finding: Finding, strength: Strength, term: Term, analysis: Analysis, analyzer: Analyzer
) -> str:
    """Why a draft does not count as a cure, "" when it does."""
    old = finding.quote or ""
    if "removal" not in term.cure.declares and len(words.split()) < _LEAST_LEFT * len(old.split()):
        return "the draft takes the clause out instead of mending it"
    if "notwithstanding" not in term.cure.declares and _NOTWITHSTANDING.search(fold(words)) and not _NOTWITHSTANDING.search(fold(old)):
        return "the draft only overrides the clause instead of mending it"
    seen = reread(words, analysis, analyzer, instead_of=finding.span)
    return _still_wrong(seen, finding, strength, term, analysis)


def _still_wrong(seen: Rereading, finding: Finding, strength: Strength, term: Term, analysis: Analysis) -> str:
    left = [f for f in seen.findings if f.term == finding.term]
    worst = max((SEVERITIES.index(f.severity) for f in left), default=-1)
    if strength == "fair" and worst >= SEVERITIES.index("medium"):
        return f"read again, the draft still shows “{term.title}” ({SEVERITIES[worst]})"
    if strength == "fallback" and left:
        if worst >= SEVERITIES.index(finding.severity):
            return f"read again, the draft is no less severe ({SEVERITIES[worst]})"
        rung = max(f.rung or 5 for f in left)
        if rung > term.positions.fallback.rung:
            return f"read again, the draft stands on rung {rung}, the fallback is rung {term.positions.fallback.rung}"
    before = {f.term for f in analysis.findings if f.is_risk and f.span == finding.span}
    for new in seen.findings:
        if new.term not in before and SEVERITIES.index(new.severity) >= SEVERITIES.index(finding.severity):
            return f"read again, the draft shows something new: “{new.title}” ({new.severity})"
    if seen.exposed:
        return f"the draft takes away the protection against “{seen.exposed[0]}”"
    return ""


def _add_clause(
    finding: Finding, strength: Strength, term: Term, analysis: Analysis, analyzer: Analyzer, names: Mapping[str, str]
) -> tuple[Draft, tuple[Edit, ...]]:
    """A new clause behind the one it belongs to, with the next number where the contract counts its clauses."""
    clause = term.cure.clause
    assert clause is not None
    assert term.absence is not None
    body = fill(clause.fair if strength == "fair" else clause.fallback, names)
    place, number = _place(clause.near, finding, analysis, analyzer)
    heading = fill(clause.heading, names)
    words = f"{number} {heading}. {body}".strip() if number else f"{heading}. {body}"
    problem = ""
    sentences = [fold(body)]
    if not is_protected(term.absence, sentences, analyzer.library):
        problem = f"read again, the new clause does not give the missing protection: {term.absence.missing}"
    else:
        seen = reread(body, analysis, analyzer, instead_of=None)
        bad = [f for f in seen.findings if SEVERITIES.index(f.severity) >= SEVERITIES.index(finding.severity)]
        if bad:
            problem = f"read again, the new clause shows “{bad[0].title}” ({bad[0].severity})"
    because = f"The contract is silent on this: {term.absence.missing}."
    return Draft(words, because, problem), (Edit(Span(place, place), f"\n\n{words}"),)


_TOP_NUMBER = re.compile(r"^(?:section |article |clause )?(\d+)\.?$", re.I)


def _place(near: str | None, finding: Finding, analysis: Analysis, analyzer: Analyzer) -> tuple[int, str]:
    """Where a new clause goes: behind the clause it belongs to, else behind the one that makes it necessary."""
    text = analysis.document.text
    gate = finding.evidence[0].span if finding.evidence else None
    chosen: Clause | None = None
    if near is not None:
        pattern = analyzer.library.compile(near)
        chosen = next((c for c in analysis.clauses if c.sentences and pattern.search(fold(text[c.span.start : c.span.end]))), None)
    if gate is not None:
        chosen = next((c for c in analysis.clauses if c.span.contains(gate)), chosen)
    if chosen is None:
        return len(text.rstrip()), ""
    end = len(text[: chosen.span.end].rstrip())
    return end, _next_number(chosen, analysis.clauses)


def _next_number(clause: Clause, clauses: Sequence[Clause]) -> str:
    """The clause's number with an A behind it ("5A."), as lawyers insert without renumbering; "" for lists and bullets."""
    match = _TOP_NUMBER.match(clause.number.strip())
    if match:
        return f"{match.group(1)}A."
    numbered = re.match(r"^(\d+(?:\.\d+)+)\.?$", clause.number.strip())
    return f"{numbered.group(1)}A" if numbered else ""
