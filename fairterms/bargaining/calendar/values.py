"""Days to remember, each with the contract's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

EntryKind = Literal["answer", "notice", "renewal", "end", "payment", "statement", "audit", "delivery", "date"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A day, what it is for, the sentence that sets it with its section, and how it was worked out."""

    kind: EntryKind
    day: date
    title: str
    words: str
    section: str
    worked_out: str


@dataclass(frozen=True, slots=True)
class Undated:
    """A period whose first day the contract does not say."""

    title: str
    words: str
    section: str
    counts_from: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Entries by day; ``began`` is the day that the contract runs from, None where it is not known."""

    contract: str
    began: date | None
    entries: tuple[Entry, ...]
    undated: tuple[Undated, ...]
