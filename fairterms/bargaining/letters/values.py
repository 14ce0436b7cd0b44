"""A letter, ready to be put into any form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fairterms.analyzer.values import Finding
from fairterms.bargaining.values import Citation


@dataclass(frozen=True, slots=True)
class Sender:
    """What only the person knows; what is left empty becomes a blank, or is read from the contract.

    ``started`` is the day from which the contract's period for an answer runs: of signing, or on which a notice came.
    """

    name: str = ""
    address: str = ""
    account: str = ""
    today: date | None = None
    started: date | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """``paragraphs`` in order; ``mails`` to write to; ``blanks`` are what a person has to fill in, as they stand in the text.

    ``notes`` are for the member alone and stand in no form of the letter; ``citations`` are the records that it leans on;
    ``quotes`` the findings whose words it quotes.
    """

    kind: str
    subject: str
    to: tuple[str, ...]
    sender: tuple[str, ...]
    date: str
    paragraphs: tuple[str, ...]
    mails: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    quotes: tuple[Finding, ...] = ()


class NothingToWrite(Exception):  # noqa: N818 - it names what the person has in hand
    """A letter that this contract gives no ground for, in one line that a person can act on."""
