"""What to ask for: counter-proposals as edits of the contract's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fairterms.analyzer.values import Span

Strength = Literal["fair", "fallback"]
STRENGTHS: tuple[Strength, ...] = ("fair", "fallback")


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the words at ``span`` of ``Document.text``; an empty span inserts."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A fact as a proposal cites it."""

    id: str
    title: str
    date: str
    jurisdiction: str
    status: str
    checked: bool
    url: str


@dataclass(frozen=True, slots=True)
class CounterProposal:
    """A draft answer to one finding. ``text`` is the clause after the edits.

    ``verified`` says that the analyzer read the draft again and found it cured; ``unverified_because`` says why not.
    ``author`` is "library" or the name of the model that worded it.
    """

    finding: str
    strength: Strength
    edits: tuple[Edit, ...]
    text: str
    rationale: str
    citations: tuple[Citation, ...]
    verified: bool
    unverified_because: str = ""
    author: str = "library"
