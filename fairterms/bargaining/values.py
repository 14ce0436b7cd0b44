"""What to ask for: counter-proposals as edits of the contract's own words, and contracts side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fairterms.analyzer.values import Analysis, Document, Level, Provenance, Score, Severity, Span, StatedFact
from fairterms.clauses.schema import Group

Strength = Literal["fair", "fallback"]
# "missing": the contract needs a protection and has none; "not_found": it says nothing, and that is no fault by itself.
CellState = Literal["found", "unclear", "missing", "protected", "not_found"]
Standing = Literal["better", "same", "worse"]
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
    ``author`` is "library", "you" for the person's own words, or the name of the model that worded it. ``rationale`` is for the member; ``reason`` is what the
    other side may read.
    """

    finding: str
    strength: Strength
    edits: tuple[Edit, ...]
    text: str
    rationale: str
    citations: tuple[Citation, ...]
    verified: bool
    unverified_because: str = ""
    reason: str = ""
    author: str = "library"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the contract, answering one finding or several: a sentence (``span``) or, with None, a new clause.

    ``edits`` do not overlap those of other changes; ``text`` is the sentence or clause after them.
    """

    edits: tuple[Edit, ...]
    text: str
    answers: tuple[CounterProposal, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A finding that was to be answered and is not, and why."""

    finding: str
    because: str


@dataclass(frozen=True, slots=True)
class Package:
    """Changes that stand side by side, in text order, what could not be joined, and the contract read again with them."""

    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    after: Analysis

    @property
    def edits(self) -> tuple[Edit, ...]:
        return tuple(edit for change in self.changes for edit in change.edits)


@dataclass(frozen=True, slots=True)
class CellWords:
    """Words that a cell rests on, and where they stand; of a missing protection, those that make it necessary."""

    text: str
    protects: bool
    level: Level
    rung: int | None = None
    span: Span | None = None
    page: int | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one contract says about one term: the worst of it, with the words.

    ``rung`` is the step of the term's ladder, 1 (best) to 5; None for what was not found and for what is unclear.
    ``standing`` compares it with the row's median, None where there is nothing to compare. ``is_worst`` marks the
    row's worst cell, or cells. ``also_protects`` credits protective wording beside the risk.
    """

    state: CellState
    rung: int | None = None
    severity: Severity | None = None
    facts: tuple[StatedFact, ...] = ()
    words: tuple[CellWords, ...] = ()
    findings: tuple[str, ...] = ()
    also_protects: bool = False
    standing: Standing | None = None
    is_worst: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One term over all contracts. ``best``, ``median`` and ``worst`` are of the cells with a rung, None without any."""

    term: str
    title: str
    group: Group
    cells: tuple[Cell, ...]
    best: int | None = None
    median: float | None = None
    worst: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One contract of the comparison; ``name`` tells it from the others also where two files are called the same."""

    name: str
    document: Document
    score: Score | None
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that could not be compared, and the one line that says why."""

    name: str
    because: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Terms by contracts. Rungs are never averaged into one score; ``nowhere`` are terms that no contract speaks of."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    nowhere: tuple[tuple[str, str], ...]
    unread: tuple[UnreadFile, ...]
    provenance: Provenance
