"""What fair agreements, laws and public rates say, each with its source, date and status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FactKind = Literal["precedent", "law", "rate"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from. ``url`` is "" where no address was looked up."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact to cite in a negotiation.

    ``jurisdictions`` are ISO 3166 codes (``US``, ``US-CA``, ``DE``, ``EU``), empty for none in particular; ``media``
    are words like ``voice`` or ``text``, empty for all. ``checked`` is true only when a person compared the fact with
    its source; ``recalled`` facts were written from memory and are never shown as certain. A rate names ``payer``,
    ``payee`` (``creator`` or ``platform``), ``unit`` and ``currency``, so that a platform's price is never taken for
    a creator's pay.
    """

    id: str
    kind: FactKind
    title: str
    says: str
    use: str
    source: Source
    date: str
    jurisdictions: tuple[str, ...]
    status: str
    checked: bool
    recalled: bool
    terms: tuple[str, ...]
    media: tuple[str, ...] = ()
    amount: str = ""
    currency: str = ""
    unit: str = ""
    payer: str = ""
    payee: str = ""
    licensed: str = ""

    @property
    def standing(self) -> str:
        """The status line to show beside every citation."""
        check = "checked" if self.checked else "unverified"
        origin = ", from memory" if self.recalled else ""
        return f"{self.status}, {check}{origin}"


@dataclass(frozen=True, slots=True)
class Match:
    """A fact found for a question, with the reason it was found; ``score`` only orders matches of one search."""

    fact: Fact
    score: float
    because: str
