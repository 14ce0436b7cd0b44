"""How bad a finding is: the term's severity, moved in named steps by what stands around it."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import chain, islice

from fairterms.analyzer.checks import CHECKS, SCOPE_CHECKS, Scope
from fairterms.analyzer.score import move
from fairterms.analyzer.values import Severity, SeverityStep
from fairterms.clauses.load import ClauseLibrary
from fairterms.clauses.schema import Modifier, Term

MOST_STEPS = 2  # in each direction: the severity method of the term library
_OVERRIDES = re.compile(
    r"\b(?:notwithstanding|despite|regardless of) (?:anything|any (?:other|contrary) (?:provision|term|clause|agreement))\b"
)
_OVERRIDING = "It goes before whatever the rest of the contract says."


def judge_severity(
    term: Term, start: Severity, scope: Scope, found: dict[str, Set[str]], library: ClauseLibrary
) -> tuple[Severity, tuple[SeverityStep, ...]]:
    """The severity after at most two steps up and two down, and why each was taken.

    ``found`` holds the ids of the risks found in the ``sentence``, the ``clause`` and the ``contract``.
    """
    steps: list[SeverityStep] = []
    severity = start
    up = [_OVERRIDING] if _OVERRIDES.search(scope.sentence) else []
    for modifiers, others, direction in (
        (term.raises, (*up, *scope.set_aside), 1),
        (term.lowers, scope.taken_back, -1),
    ):
        reasons = (because for modifier in modifiers if (because := _reason(modifier, scope, found, library)))
        for because in islice(chain(others, reasons), MOST_STEPS):
            after = move(severity, direction)
            if after != severity:
                steps.append(SeverityStep(severity, after, because))
                severity = after
    return severity, tuple(steps)


def _reason(modifier: Modifier, scope: Scope, found: dict[str, Set[str]], library: ClauseLibrary) -> str:
    """Why the modifier counts, with the place that shows it where that is another clause; "" where it does not count."""
    if modifier.check in SCOPE_CHECKS:
        if not SCOPE_CHECKS[modifier.check](scope):
            return ""
        return f"{modifier.because.rstrip('.')} ({scope.survival})." if scope.survival else modifier.because
    if modifier.term is not None:
        return modifier.because if modifier.term in found[modifier.scope] else ""
    if _applies(modifier, getattr(scope, modifier.scope), library):
        return modifier.because
    if modifier.scope == "clause":
        place = next((place for place in scope.places if _applies(modifier, place.text, library)), None)
        if place is not None:
            return f"{modifier.because.rstrip('.')} ({place.name}, to which this refers)."
    return ""


def _applies(modifier: Modifier, text: str, library: ClauseLibrary) -> bool:
    if modifier.unless is not None and library.compile(modifier.unless).search(text):
        return False
    if modifier.find is not None:
        return library.compile(modifier.find).search(text) is not None
    assert modifier.check is not None
    return CHECKS[modifier.check](text)


def rung_of(term: Term, folded: str, library: ClauseLibrary) -> int:
    """The ladder rung that the words show: the fairest step whose pattern occurs, else the term's default."""
    for rung, step in enumerate(term.ladder, start=1):
        if step.find is not None and library.compile(step.find).search(folded):
            return rung
    return term.default_rung
