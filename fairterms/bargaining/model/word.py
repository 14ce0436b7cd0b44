"""What a chat model is asked about a reviewed contract: better-flowing drafts, plainer reasons, a summary, a letter's tone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.reread import reread, surroundings_of
from fairterms.analyzer.values import SEVERITIES, Analysis, Finding
from fairterms.bargaining.edits import as_edits, changed_share
from fairterms.bargaining.letters.values import Letter
from fairterms.bargaining.model.ask import Talk, prompt
from fairterms.bargaining.model.chat import Complete
from fairterms.bargaining.model.placeholders import names_in
from fairterms.bargaining.model.values import Estimate, ModelWork
from fairterms.bargaining.names import names_of
from fairterms.bargaining.propose import Task, check_draft
from fairterms.bargaining.values import CounterProposal
from fairterms.knowledge_base.values import Match

_FREEDOM = 0.4  # of the draft's words: room for grammar and flow, not for another clause
_MOST_POINTS = 12  # that a summary is given; more make it a list again
_LETTERS_A_TOKEN = 4  # as OpenAI's and Anthropic's help pages count English
_GRAVE = SEVERITIES.index("high")
# A paragraph of a letter that carries contract words or the other side's address is never worded anew.
_FIXED = re.compile(r"^\d+\. |“|^\S+[.:]?$")


def estimate(analysis: Analysis, proposals: Sequence[CounterProposal]) -> Estimate:
    """How much ``let_model_word`` would ask, before anything is asked: every call with its question and a like answer."""
    calls = letters = 0
    for proposal in _reworded(analysis, proposals):
        quote = _finding(analysis, proposal).quote or ""
        calls, letters = calls + 1, letters + len(prompt("reword")) + len(quote) + 2 * len(proposal.text)
    for finding in _explained(analysis):
        calls, letters = calls + 1, letters + len(prompt("explain")) + len(finding.quote or "") + 800
    points = _points(analysis)
    if points:
        calls, letters = calls + 1, letters + len(prompt("summarise")) + sum(map(len, points)) + 600
    return Estimate(calls, letters // _LETTERS_A_TOKEN)


def let_model_word(
    analysis: Analysis,
    proposals: Sequence[CounterProposal],
    comparables: Mapping[str, Sequence[Match]],
    analyzer: Analyzer,
    model: Complete,
    progress: Callable[[int], None] = lambda asked: None,
) -> tuple[tuple[CounterProposal, ...], ModelWork]:
    """The proposals, better worded where an answer passed every check, and the record of what was asked and used.

    ``progress`` is told the number of questions so far. A model that fails on the way leaves the rest as it was.
    """
    talk = Talk(model, names_in(analysis, _common_words(analyzer)))
    names, surroundings = names_of(analysis), surroundings_of(analysis, analyzer)
    worded = []
    chosen = set(map(id, _reworded(analysis, proposals)))
    for proposal in proposals:
        if id(proposal) in chosen:
            finding = _finding(analysis, proposal)
            task = Task(finding, proposal.strength, analyzer.library.term(finding.term), surroundings, analyzer, names)
            proposal = _better(proposal, task, talk)
            progress(talk.asked)
        worded.append(proposal)

    def terms_of(text: str) -> set[str]:
        return {found.term for found in reread(text, surroundings, analyzer, instead_of=None).findings}

    said = {finding.term for finding in analysis.findings}
    for finding in _explained(analysis):
        beside = {other.term for other in analysis.findings if other.span == finding.span}
        known = beside | terms_of(finding.why) | terms_of(analyzer.library.term(finding.term).meaning)
        facts = [match.fact for match in comparables.get(finding.id, ())][:3]
        talk.explain(finding.id, finding.quote or "", finding.why, facts, _beyond(known, terms_of, analyzer))
        progress(talk.asked)
    points = _points(analysis)
    if points:
        known = said | {term for point in points for term in terms_of(point)}
        talk.summarise(points, _beyond(known, terms_of, analyzer))
        progress(talk.asked)
    return tuple(worded), talk.work()


def let_model_word_letter(letter: Letter, analysis: Analysis, model: Complete, tone: str) -> tuple[Letter, ModelWork]:
    """The letter with its own sentences in the tone that the reader named; quotes, changes and blanks stay as they are."""
    talk = Talk(model, names_in(analysis))
    paragraphs = [
        words if _FIXED.search(words) else talk.write(words, tone, letter.blanks) or words
        for words in letter.paragraphs
    ]
    return replace(letter, paragraphs=tuple(paragraphs)), talk.work()


def _common_words(analyzer: Analyzer) -> frozenset[str]:
    """The small words of the clause library's own texts, which name nobody."""
    texts = (text for term in analyzer.library.terms for text in (term.meaning, term.why, *term.examples))
    return frozenset(word for text in texts for word in re.findall(r"\b[a-z][\w'’-]+", text))


def _better(proposal: CounterProposal, task: Task, talk: Talk) -> CounterProposal:
    quote = task.finding.quote or ""
    assert task.finding.span is not None

    def spoken(words: str) -> set[str]:
        seen = reread(words, task.surroundings, task.analyzer, instead_of=task.finding.span)
        return {finding.term for finding in seen.findings}

    known = spoken(proposal.text) | {task.finding.term}

    def check(words: str) -> str:
        if changed_share(proposal.text, words) > _FREEDOM:
            return "it is another sentence than the draft"
        if brought := spoken(words) - known:
            return f"it brings in another point ({task.analyzer.library.term(min(brought)).title})"
        return check_draft(words, task)

    words = talk.reword(proposal.finding, quote, proposal.text, task.term.meaning, task.position.text, check)
    if words is None:
        return proposal
    edits = as_edits(quote, words, task.finding.span.start)
    return replace(proposal, text=words, edits=edits, author=talk.model.name, verified=True, unverified_because="")


def _reworded(analysis: Analysis, proposals: Sequence[CounterProposal]) -> list[CounterProposal]:
    """The proposals that a model may word: those that mend a sentence."""
    return [p for p in proposals if p.edits and _finding(analysis, p).span is not None]


def _explained(analysis: Analysis) -> list[Finding]:
    """The grave points that stand in the contract's own words; one explanation serves all of a kind in one sentence."""
    return [f for f in analysis.risks if f.span is not None and SEVERITIES.index(f.severity) >= _GRAVE]


def _points(analysis: Analysis) -> list[str]:
    worst = sorted(analysis.risks, key=lambda finding: -SEVERITIES.index(finding.severity))
    return list(dict.fromkeys(f"{finding.title}: {finding.why}" for finding in worst))[:_MOST_POINTS]


def _finding(analysis: Analysis, proposal: CounterProposal) -> Finding:
    return next(finding for finding in analysis.risks if finding.id == proposal.finding)


def _beyond(known: set[str], terms_of: Callable[[str], set[str]], analyzer: Analyzer) -> Callable[[str], Sequence[str]]:
    return lambda text: [analyzer.library.term(term).title for term in sorted(terms_of(text) - known)]
