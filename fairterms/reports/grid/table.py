"""What a comparison says in words, cell by cell; each form (text, CSV, XLSX, web page) only draws this table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from fairterms.bargaining.values import Cell, CellState, CellWords, Column, Comparison, Row, Standing
from fairterms.clauses.schema import Group
from fairterms.reports import words
from fairterms.reports.values import NOT_LEGAL_ADVICE

Tone = Literal["critical", "high", "medium", "low", "good", "none", "unclear"]

GROUPS: dict[Group, str] = {
    "grant": "What you give",
    "duration": "How long, and the way out",
    "ai": "AI",
    "money": "Money",
    "ownership": "Ownership",
    "likeness": "Voice, face and body",
    "transfer": "Passing it on",
    "ending": "The end of the contract",
    "liability": "Who pays for harm",
    "disputes": "Disputes",
    "changes": "Changed terms",
    "privacy": "Your data",
    "protection": "Protecting your work",
    "credit": "Your name",
    "collective": "Acting together",
}
_STATES: dict[CellState, str] = {
    "found": "step {rung} of 5",
    "unclear": "unclear: ask a person",
    "missing": "protection is missing",
    "protected": "protects you",
    "not_found": "not found",
}
STANDINGS: dict[Standing, str] = {
    "better": "better than the middle",
    "same": "as the middle",
    "worse": "worse than the middle",
}
WORST = "worst of the row"
ONLY = "the only one with it"
TITLE = "{count} contracts side by side"
READING = (
    "Step 1 is the fairest, step 5 the worst. “Not found” only says that the contract has no such words; “protection is "
    "missing” says that it needs them. Better and worse compare with the middle of the row. Compare like with like: the "
    "same use, time, place and pay."
)
NOWHERE = "Found in none of them"
UNREAD = "Not compared"
_FORMULA = re.compile(r"^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


@dataclass(frozen=True, slots=True)
class TableWords:
    """Words of the contract, and where they stand ("" where the file has neither pages nor sections)."""

    text: str
    where: str
    about: str


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell as a person reads it; ``anchor`` is unique in the table. Empty strings are left out by each form."""

    anchor: str
    column: str
    state: CellState
    label: str
    tone: Tone
    severity: str
    value: str
    standing: str
    is_worst: bool
    worst: str
    credit: str
    words: tuple[TableWords, ...]

    @property
    def compared(self) -> str:
        """How it stands in its row."""
        return ", ".join(part for part in (self.standing, self.worst) if part)

    @property
    def in_short(self) -> str:
        """The whole cell in one line, without the contract's words."""
        marks = [self.label, self.severity, self.value, self.compared, self.credit]
        return "; ".join(mark for mark in marks if mark)


@dataclass(frozen=True, slots=True)
class TableRow:
    term: str
    title: str
    summary: str
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class TableGroup:
    heading: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A contract: its name, its score in words, and what limits what is said about it."""

    name: str
    score: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    reading: str
    columns: tuple[TableColumn, ...]
    groups: tuple[TableGroup, ...]
    unread: tuple[str, ...]
    nowhere: str
    versions: tuple[str, ...]
    closing: str


def tabulate(comparison: Comparison) -> Table:
    """The comparison in words, nothing left out."""
    names = [words.clean(column.name) for column in comparison.columns]
    groups = []
    for group, rows in groupby(comparison.rows, key=lambda row: row.group):
        groups.append(TableGroup(GROUPS[group], tuple(_row(row, names) for row in rows)))
    made = comparison.provenance
    return Table(
        title=TITLE.format(count=len(names)),
        reading=READING,
        columns=tuple(_column(name, column) for name, column in zip(names, comparison.columns, strict=True)),
        groups=tuple(groups),
        unread=tuple(words.clean(file.because) for file in comparison.unread),
        nowhere="; ".join(words.clean(title) for _, title in comparison.nowhere),
        versions=(
            f"FairTerms {made.code}, clause library {made.library}",
            f"Models: {', '.join(made.models) or 'none'}",
        ),
        closing=NOT_LEGAL_ADVICE,
    )


def as_text(value: str) -> str:
    """A value that no spreadsheet takes for a formula when it opens a CSV file.

    >>> as_text("=HYPERLINK(1)"), as_text("a fee")
    ("'=HYPERLINK(1)", 'a fee')
    """
    return f"'{value}" if _FORMULA.match(value) else value


def _column(name: str, column: Column) -> TableColumn:
    notes = [words.sentence(words.clean(caveat)) for caveat in dict.fromkeys(column.caveats)]
    return TableColumn(name, words.NO_SCORE if column.score is None else words.score_words(column.score), tuple(notes))


def _row(row: Row, names: Sequence[str]) -> TableRow:
    summary = ""
    if row.median is not None and len([cell for cell in row.cells if cell.rung is not None]) > 1:
        summary = f"best {row.best}, middle {row.median:g}, worst {row.worst}"
    cells = (
        _cell(row.term, place, name, cell) for place, (name, cell) in enumerate(zip(names, row.cells, strict=True))
    )
    return TableRow(row.term, words.clean(row.title), summary, tuple(cells))


def _cell(term: str, place: int, name: str, cell: Cell) -> TableCell:
    tone: Tone = "none"
    if cell.state == "protected":
        tone = "good"
    elif cell.state == "unclear":
        tone = "unclear"
    elif cell.severity is not None:
        tone = cell.severity
    label = _STATES[cell.state].format(rung=cell.rung)
    if cell.rung is not None and cell.state != "found":
        label += f" (step {cell.rung} of 5)"
    shows_severity = cell.severity is not None and cell.state in ("found", "missing")
    return TableCell(
        anchor=f"{term}-{place + 1}",
        column=name,
        state=cell.state,
        label=label,
        tone=tone,
        severity=words.SEVERITY[cell.severity] if cell.severity is not None and shows_severity else "",
        value=words.told_facts(cell.facts, words.fact_value),
        standing=STANDINGS[cell.standing] if cell.standing else "",
        is_worst=cell.is_worst,
        worst=(WORST if cell.standing else ONLY) if cell.is_worst else "",
        credit="also holds words that protect you" if cell.also_protects else "",
        words=tuple(_words(cell, said) for said in cell.words),
    )


def _words(cell: Cell, said: CellWords) -> TableWords:
    section = words.clean(said.section) if said.section else ""
    place = [f"page {said.page}"] if said.page is not None else []
    place += [f"section “{section if len(section) <= 80 else section[:79].rstrip() + '…'}”"] if section else []
    about = ""
    if said.protects:
        about = "protects you"
    elif cell.state == "missing":
        about = "makes the missing protection necessary"
    elif said.level == "ask_a_person":
        about = "unclear"
    elif said.rung is not None and said.rung != cell.rung:
        about = f"step {said.rung} of 5"
    return TableWords(words.clean(said.text), ", ".join(place), about)
