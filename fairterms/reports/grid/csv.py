"""The comparison as CSV for any spreadsheet: a line for each term, and for each contract the same seven columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from fairterms.bargaining.values import Comparison
from fairterms.reports.grid.table import Table, TableCell, as_text, tabulate

_FIELDS = ("value", "step", "severity", "compared", "page", "section", "words")


def render_csv(comparison: Comparison) -> str:
    """The grid; a value that begins like a formula gets an apostrophe before it, as spreadsheets write text."""
    table = tabulate(comparison)
    page = io.StringIO()
    # A byte order mark, or spreadsheets take the quotation marks of a contract for something else.
    page.write("\ufeff")
    writer = csv.writer(page, lineterminator="\r\n")
    for line in _lines(table, comparison):
        writer.writerow([as_text(value) for value in line])
    return page.getvalue()


def _lines(table: Table, comparison: Comparison) -> Iterator[list[str]]:
    yield ["group", "term", "title", "best", "middle", "worst"] + [
        f"{column.name}: {field}" for column in table.columns for field in _FIELDS
    ]
    rows = iter(comparison.rows)
    for group in table.groups:
        for drawn in group.rows:
            row = next(rows)
            told = ["" if rung is None else f"{rung:g}" for rung in (row.best, row.median, row.worst)]
            cells = zip(drawn.cells, row.cells, strict=True)
            yield [group.heading, row.term, drawn.title, *told] + [
                value
                for cell, source in cells
                for value in _fields(cell, source.rung, source.words[0].page if source.words else None,
                                     source.words[0].section if source.words else None)
            ]  # fmt: skip
    for line in table.unread:
        yield ["not compared", "", line]


def _fields(cell: TableCell, rung: int | None, page: int | None, section: str | None) -> list[str]:
    step = str(rung) if cell.state == "found" else cell.label
    compared = "; ".join(part for part in (cell.compared, cell.credit) if part)
    words = " | ".join(said.text for said in cell.words)
    return [
        cell.value, step, cell.severity, compared, "" if page is None else str(page), " ".join((section or "").split()), words
    ]  # fmt: skip
