"""The comparison as plain text: term by term, one contract under the other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from fairterms.bargaining.values import Comparison
from fairterms.reports import words
from fairterms.reports.grid.table import NOWHERE, UNREAD, Table, TableCell, TableRow, tabulate

WIDTH = 88
_MOST_WORDS = 260  # characters of a passage; the whole stands in the other forms


def render_text(comparison: Comparison) -> str:
    """The grid in lines of 88 columns; contracts that say nothing about a term share one line."""
    return "\n".join(_lines(tabulate(comparison))) + "\n"


def _lines(table: Table) -> Iterator[str]:
    yield table.title
    yield "=" * len(table.title)
    yield ""
    for column in table.columns:
        yield from _wrapped(f"{column.name}: {column.score}", "- ", "  ")
        for note in column.notes:
            yield from _wrapped(note, "  ", "  ")
    for line in table.unread:
        yield from _wrapped(f"{UNREAD}: {line}", "! ", "  ")
    yield ""
    yield from _wrapped(table.reading)
    for group in table.groups:
        yield from ("", "", group.heading.upper(), "-" * len(group.heading))
        for row in group.rows:
            yield from _row(row)
    if table.nowhere:
        yield from ("", "")
        yield from _wrapped(f"{NOWHERE}: {table.nowhere}.")
    yield ""
    yield from table.versions
    yield ""
    yield from _wrapped(table.closing)


def _row(row: TableRow) -> Iterator[str]:
    yield ""
    yield from _wrapped(f"{row.title}{f' ({row.summary})' if row.summary else ''}")
    for cell in row.cells:
        if cell.state != "not_found":
            yield from _cell(cell)
    silent = [cell.column for cell in row.cells if cell.state == "not_found"]
    if silent:
        yield from _wrapped(f"  not found in {words.joined(silent)}", "", "    ")


def _cell(cell: TableCell) -> Iterator[str]:
    yield from _wrapped(f"{'>' if cell.is_worst else ' '} {cell.column}: {cell.in_short}", "", "    ")
    for said in cell.words[:1]:
        quote = said.text if len(said.text) <= _MOST_WORDS else said.text[: _MOST_WORDS - 1].rstrip() + "…"
        place = " – ".join(part for part in (said.where, said.about) if part)
        yield from _wrapped(f"“{quote}”{f' ({place})' if place else ''}", "    | ", "    | ")
    more = len(cell.words) - 1
    if more > 0:
        yield f"    and {words.counted(more, 'more passage', 'more passages')}"


def _wrapped(text: str, first: str = "", later: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
    )
