"""How bad a finding is: the term's severity, moved in named steps by what stands around it."""

from __future__ import annotations

from collections.abc import Set
from itertools import islice

from fairterms.analyzer.checks import CHECKS, Scope
from fairterms.analyzer.score import move
from fairterms.analyzer.values import Severity, SeverityStep
from fairterms.clauses.load import ClauseLibrary
from fairterms.clauses.schema import Modifier, Term

MOST_STEPS = 2  # in each direction: the severity method of the term library


def judge_severity(
    term: Term, start: Severity, scope: Scope, found: dict[str, Set[str]], library: ClauseLibrary
) -> tuple[Severity, tuple[SeverityStep, ...]]:
    """The severity after at most two steps up and two down, and why each was taken.

    ``found`` holds the ids of the risks found in the ``sentence``, the ``clause`` and the ``contract``.
    """
    steps: list[SeverityStep] = []
    severity = start
    for modifiers, direction in ((term.raises, 1), (term.lowers, -1)):
        applying = (modifier for modifier in modifiers if _applies(modifier, scope, found, library))
        for modifier in islice(applying, MOST_STEPS):
            after = move(severity, direction)
            if after != severity:
                steps.append(SeverityStep(severity, after, modifier.because))
                severity = after
    return severity, tuple(steps)


def _applies(modifier: Modifier, scope: Scope, found: dict[str, Set[str]], library: ClauseLibrary) -> bool:
    text: str = getattr(scope, modifier.scope)
    if modifier.unless is not None and library.compile(modifier.unless).search(text):
        return False
    if modifier.find is not None:
        return library.compile(modifier.find).search(text) is not None
    if modifier.term is not None:
        return modifier.term in found[modifier.scope]
    assert modifier.check is not None
    return CHECKS[modifier.check](text)


def rung_of(term: Term, folded: str, library: ClauseLibrary) -> int:
    """The ladder rung that the words show: the fairest step whose pattern occurs, else the term's default."""
    for rung, step in enumerate(term.ladder, start=1):
        if step.find is not None and library.compile(step.find).search(folded):
            return rung
    return term.default_rung
