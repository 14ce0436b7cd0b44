"""The judgements a library file can call for by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fairterms.analyzer.checks import subject
from fairterms.analyzer.checks.connections import Place, says_it_survives
from fairterms.analyzer.detect import mutual
from fairterms.analyzer.values import Parties


@dataclass(frozen=True, slots=True)
class Scope:
    """What a check may look at: folded texts from narrow to wide, who is who, and what other clauses have to do with it.

    ``places`` are the clauses that the clause refers to, ``survival`` the words of a list by which it outlives the
    contract, ``taken_back`` and ``set_aside`` the reasons that other clauses give for a step down or up.
    """

    sentence: str
    clause: str
    contract: str
    parties: Parties
    places: tuple[Place, ...] = ()
    survival: str = ""
    taken_back: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()


def survives_the_end(scope: Scope) -> bool:
    """Whether the clause goes on after the contract: it says so, or a survival list names it by its number."""
    return bool(scope.survival) or says_it_survives(scope.clause)


Check = Callable[[str], bool]

# A check is asked about the text of the scope that the library file names.
CHECKS: dict[str, Check] = {
    "about_voice_or_likeness": subject.about_voice_or_likeness,
    "about_personal_data": subject.about_personal_data,
    "online_terms": subject.online_terms,
    "about_ai": subject.about_ai,
    "is_mutual": mutual.is_mutual,
}
# Some need more than a text: the whole scope with what other clauses say about it.
SCOPE_CHECKS: dict[str, Callable[[Scope], bool]] = {
    "survives_the_end": survives_the_end,
}
