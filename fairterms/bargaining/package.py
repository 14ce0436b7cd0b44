"""All accepted changes together: the edits of several findings in one sentence as one, and the contract read again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.reread import Surroundings, reread, surroundings_of
from fairterms.analyzer.values import SEVERITIES, Analysis, Block, Document, Finding, Span
from fairterms.bargaining.edits import as_edits, with_conditions
from fairterms.bargaining.names import names_of
from fairterms.bargaining.propose import Task, check_draft, mended, plans_of, propose
from fairterms.bargaining.values import Change, Conflict, CounterProposal, Edit, Package, Strength

OWN = "you"
"""The author of words that the person wrote."""

_NOT_BESIDE = "its change does not fit beside the others in this sentence; ask a person to join them"
_INSERTED_NUMBER = re.compile(r"^(\d+(?:\.\d+)*)A(?=[. ])")


def pack(
    analysis: Analysis,
    proposals: Sequence[CounterProposal],
    analyzer: Analyzer,
    *,
    strengths: Mapping[str, Strength] | None = None,
    strength: Strength = "fair",
    own: Mapping[str, str] | None = None,
) -> Package:
    """Join the proposals that were chosen, and read the contract again as it would then stand.

    ``strengths`` names the findings that are answered, and how; None answers all of them with ``strength``. ``own`` are the
    person's own words for some of them, which are taken as they are. A draft that is not verified, or that cannot stand
    beside the others of its sentence, is no change but a conflict with its reason.
    """
    chosen = {finding.id: strength for finding in analysis.risks} if strengths is None else dict(strengths)
    drafts = {draft.finding: draft for draft in proposals if chosen.get(draft.finding) == draft.strength}
    findings = {finding.id: finding for finding in analysis.risks}
    for id, words in (own or {}).items():
        if id in drafts and id in findings:
            drafts[id] = _own_words(drafts[id], findings[id], words)
    wanted = [finding for finding in analysis.risks if finding.id in drafts]
    conflicts = [Conflict(f.id, drafts[f.id].unverified_because) for f in wanted if not drafts[f.id].verified]
    able = [finding for finding in wanted if drafts[finding.id].verified]
    surroundings, names = surroundings_of(analysis, analyzer), names_of(analysis)
    changes: list[Change] = []
    for span, here in _by_sentence(able).items():
        tasks = [
            Task(f, drafts[f.id].strength, analyzer.library.term(f.term), surroundings, analyzer, names) for f in here
        ]
        change, refused = _joined(span, tasks, drafts, surroundings)
        changes += [change] if change is not None else []
        conflicts += refused
    clauses = [drafts[finding.id] for finding in able if finding.span is None]
    again = _read_again(analysis, [*changes, *_new_clauses(clauses)], analyzer)
    # A change may make a protection necessary that nobody needed before: pay wants reports, a licence a way out.
    followed = _followed_up(analysis, again, changes, clauses, analyzer, strength)
    if followed:
        clauses += followed
        again = _read_again(analysis, [*changes, *_new_clauses(clauses)], analyzer)
    changes += _new_clauses(clauses)
    changes.sort(key=lambda change: change.edits[0].span)
    return Package(tuple(changes), tuple(conflicts), again)


def _read_again(analysis: Analysis, changes: Sequence[Change], analyzer: Analyzer) -> Analysis:
    edits = [edit for change in changes for edit in change.edits]
    if not edits:
        return analysis
    place = _moved(edits)
    mended = [
        Span(place(change.span.start, closing=False), place(change.span.end, closing=True))
        for change in changes
        if change.span is not None
    ]
    return analyze(edited(analysis.document, edits), analyzer, mended=mended)


def _followed_up(
    analysis: Analysis,
    again: Analysis,
    changes: Sequence[Change],
    clauses: Sequence[CounterProposal],
    analyzer: Analyzer,
    strength: Strength,
) -> list[CounterProposal]:
    """Drafts of the protections that are missing only since the changes, placed where the contract's own text ends a clause."""
    known = {finding.term for finding in analysis.risks}
    new = [finding for finding in again.risks if finding.span is None and finding.term not in known]
    if not new:
        return []
    edits = [edit for change in (*changes, *_new_clauses(clauses)) for edit in change.edits]
    place = _moved(edits)
    ends = [clause.span.start + len(analysis.document.quote(clause.span).rstrip()) for clause in analysis.clauses]
    found = []
    for draft in propose(replace(again, findings=tuple(new)), analyzer):
        if draft.strength == strength and draft.verified:
            at = draft.edits[0].span.start
            end = min(ends, key=lambda end: abs(place(end, closing=True) - at), default=0)
            edit = replace(draft.edits[0], span=Span(end, end))
            found.append(
                replace(draft, edits=(edit,), rationale=f"Needed once the other changes are made. {draft.rationale}")
            )
    return found


def _own_words(draft: CounterProposal, finding: Finding, words: str) -> CounterProposal:
    """A draft with the person's own words in its place."""
    if finding.span is None:
        edits = tuple(replace(edit, replacement=f"\n\n{words}") for edit in draft.edits)
    else:
        edits = as_edits(finding.quote or "", words, finding.span.start)
    return replace(draft, edits=edits, text=words, verified=True, unverified_because="", author=OWN)


def _by_sentence(findings: Sequence[Finding]) -> Mapping[Span, list[Finding]]:
    """The findings of each sentence, the worst first."""
    groups: dict[Span, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=lambda finding: (-SEVERITIES.index(finding.severity), finding.id)):
        if finding.span is not None:
            groups[finding.span].append(finding)
    return groups


def _joined(
    span: Span, tasks: Sequence[Task], drafts: Mapping[str, CounterProposal], surroundings: Surroundings
) -> tuple[Change | None, list[Conflict]]:
    """One clean sentence that answers its findings, and those which it cannot answer beside the others.

    The plans of each finding are tried on the words as the findings before it left them; what comes out counts when it
    cures this finding and still cures those.
    """
    quote = surroundings.analysis.document.quote(span)
    mine = [task for task in tasks if drafts[task.finding.id].author == OWN]
    marked, answered, refused = drafts[mine[-1].finding.id].text if mine else quote, list[Task](), list[Conflict]()
    for task in tasks:
        if task in mine:
            continue  # whatever the words are, they are the person's
        for candidate in _candidates(marked, quote, drafts[task.finding.id], task):
            words = with_conditions(candidate)
            seen = reread(words, surroundings, task.analyzer, instead_of=span)
            if not any(check_draft(words, one, seen) for one in (task, *answered)):
                marked = candidate
                answered.append(task)
                break
        else:
            refused.append(Conflict(task.finding.id, _NOT_BESIDE))
    words = with_conditions(marked)
    if words == quote:
        return None, refused
    answers = tuple(drafts[task.finding.id] for task in (*mine, *answered))
    return Change(as_edits(quote, words, span.start), words, answers, span), refused


def _candidates(marked: str, quote: str, draft: CounterProposal, task: Task) -> Iterator[str]:
    """The words as they are, where another change may have cured the finding too; then with its own draft or its plans."""
    if marked != quote:
        yield marked
    elif draft.text not in {mended(quote, plan, task) for plan in plans_of(task)}:
        yield draft.text  # worded by a model, or a carve-out from a definition
    for plan in plans_of(task):
        words = mended(marked, plan, task, marked=True)
        if words is not None:
            yield words


def _new_clauses(drafts: Sequence[CounterProposal]) -> Iterator[Change]:
    """New clauses; those that go to one place follow each other, numbered 5A, 5B and so on."""
    at: dict[Span, list[CounterProposal]] = defaultdict(list)
    for draft in drafts:
        at[draft.edits[0].span].append(draft)
    for span, here in at.items():
        texts = [
            _INSERTED_NUMBER.sub(rf"\g<1>{ascii_uppercase[place % 26]}", draft.text) for place, draft in enumerate(here)
        ]
        edit = Edit(span, "".join(f"\n\n{text}" for text in texts))
        yield Change((edit,), "\n\n".join(texts), tuple(here))


def edited(document: Document, edits: Sequence[Edit]) -> Document:
    """The document as it would be after edits that do not overlap; new paragraphs become blocks of their own."""
    text, done = "", 0
    blocks: list[Block] = []
    for edit in sorted(edits, key=lambda edit: edit.span):
        text += document.text[done : edit.span.start] + edit.replacement
        done = edit.span.end
        if edit.replacement.startswith("\n\n"):
            end = len(text)
            for paragraph in reversed(edit.replacement.split("\n\n")[1:]):
                blocks.append(Block(Span(end - len(paragraph), end), "paragraph", "new clause"))
                end -= len(paragraph) + 2
    text += document.text[done:]
    place = _moved(edits)
    for block in document.blocks:
        span = Span(place(block.span.start, closing=False), place(block.span.end, closing=True))
        blocks.append(replace(block, span=span))
    return replace(document, text=text, blocks=tuple(sorted(blocks, key=lambda block: block.span)), words=())


def _moved(edits: Sequence[Edit]) -> Callable[..., int]:
    """Where a place of the old text is in the new one; ``closing`` an old piece, it stays before what was put in there."""
    moves: list[tuple[int, int]] = []
    clauses: dict[int, int] = defaultdict(int)
    shift = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        shift += len(edit.replacement) - len(edit.span)
        moves.append((edit.span.end, shift))
        if edit.replacement.startswith("\n\n"):
            clauses[edit.span.start] += len(edit.replacement)

    def place(old: int, *, closing: bool) -> int:
        by = next((by for at, by in reversed(moves) if at <= old), 0)
        return old + by - (clauses[old] if closing else 0)

    return place
