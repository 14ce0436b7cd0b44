"""The comparison as an Excel workbook: the grid, every passage behind it, and how to read it (door to openpyxl)."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from fairterms.bargaining.values import Comparison
from fairterms.reports.grid.table import NOWHERE, UNREAD, Table, TableCell, Tone, tabulate

_MADE = datetime(2000, 1, 1)  # a fixed time, so that the same comparison gives the same bytes
_LINE_HEIGHT, _HIGHEST = 15, 400  # points; Excel draws no row higher than 409
_LONGEST = 32_000  # characters; a cell of Excel holds 32,767
_FILLS: dict[Tone, str] = {
    "critical": "F6C9CD",
    "high": "FBDCC2",
    "medium": "FAEFC2",
    "low": "E4EAF1",
    "good": "D3ECDB",
    "unclear": "E8E2F4",
    "none": "FFFFFF",
}
_GRID, _WORDS, _ABOUT = "Comparison", "Words", "About"
_WORDS_HEAD = (
    "Contract",
    "Term",
    "What it comes to",
    "Step",
    "Severity",
    "Compared",
    "Values",
    "Where",
    "About these words",
    "Words",
)
_WORDS_WIDTH = (26, 32, 24, 7, 11, 24, 34, 26, 24, 90)
_TOP = Alignment(wrap_text=True, vertical="top")
_LINE = Side(style="thin", color="D6D2C8")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def render_xlsx(comparison: Comparison) -> bytes:
    """The workbook: panes frozen, each row of the grid linked to its words. Nothing of a contract is ever a formula."""
    table = tabulate(comparison)
    book = Workbook()
    grid = book.active
    assert isinstance(grid, Worksheet)
    grid.title = _GRID
    places = _draw_words(book.create_sheet(_WORDS), table, comparison)
    _draw_grid(grid, table, places)
    _draw_about(book.create_sheet(_ABOUT), table)
    book.properties.creator = "FairTerms"
    book.properties.title = table.title
    book.properties.created = book.properties.modified = _MADE
    return _packed(book)


def _draw_grid(sheet: Worksheet, table: Table, places: dict[str, int]) -> None:
    for column, name in enumerate(
        ("Term", "Steps of the row", "", *(column.name for column in table.columns)), start=1
    ):
        _head(_write(sheet, 1, column, name))
    line = 2
    for group in table.groups:
        for column in range(1, len(table.columns) + 4):
            band = _write(sheet, line, column, group.heading if column == 1 else "")
            band.font, band.fill = Font(bold=True, color="1F5C52"), _fill("E9F1EE")
        line += 1
        for row in group.rows:
            _write(sheet, line, 1, row.title).font = Font(bold=True)
            _write(sheet, line, 2, row.summary.replace(", ", "\n")).font = Font(color="5C636B")
            if row.term in places:
                # A link of its own: on a cell with several lines, LibreOffice would put them into one.
                link = _write(sheet, line, 3, "words")
                link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{_WORDS}'!A{places[row.term]}")
                link.font = Font(color="1D4F91", underline="single")
            for column, cell in enumerate(row.cells, start=4):
                drawn = _write(sheet, line, column, _told(cell))
                drawn.fill = _fill(_FILLS[cell.tone])
                drawn.font = Font(bold=cell.is_worst, color="8A8F96" if cell.state == "not_found" else "22262B")
            told = [_lines(row.title, 34), *(_lines(_told(cell), 38) for cell in row.cells)]
            sheet.row_dimensions[line].height = _LINE_HEIGHT * max(told)
            line += 1
    _widths(sheet, (34, 16, 8, *([38] * len(table.columns))))
    sheet.freeze_panes = "D2"
    _print_wide(sheet)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; not every program measures them itself when it opens the file."""
    return sum(max(1, -(-len(line) // (width - 4))) for line in text.split("\n"))


def _told(cell: TableCell) -> str:
    first = ", ".join(part for part in (cell.label, cell.severity) if part)
    return "\n".join(part for part in (first, cell.value, cell.compared, cell.credit) if part)


def _draw_words(sheet: Worksheet, table: Table, comparison: Comparison) -> dict[str, int]:
    """Every passage on a line of its own; the first line of each term."""
    for column, name in enumerate(_WORDS_HEAD, start=1):
        _head(_write(sheet, 1, column, name))
    places: dict[str, int] = {}
    rungs = {(row.term, place): cell.rung for row in comparison.rows for place, cell in enumerate(row.cells)}
    line = 2
    for row in (row for group in table.groups for row in group.rows):
        for place, cell in enumerate(row.cells):
            for said in cell.words:
                places.setdefault(row.term, line)
                told = (
                    cell.column, row.title, cell.label, rungs[row.term, place], cell.severity, cell.compared, cell.value,
                    said.where, said.about, said.text,
                )  # fmt: skip
                for column, value in enumerate(told, start=1):
                    _write(sheet, line, column, value)
                longest = max(_lines(str(value or ""), width) for value, width in zip(told, _WORDS_WIDTH, strict=True))
                sheet.row_dimensions[line].height = min(_LINE_HEIGHT * longest, _HIGHEST)
                line += 1
    _widths(sheet, _WORDS_WIDTH)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_WORDS_HEAD))}{max(line - 1, 1)}"
    _print_wide(sheet)
    return places


def _draw_about(sheet: Worksheet, table: Table) -> None:
    lines = [("", table.title), ("How to read it", table.reading)]
    for column in table.columns:
        lines.append((column.name, " ".join((column.score, *column.notes))))
    lines += [(UNREAD, line) for line in table.unread]
    lines += [(NOWHERE, table.nowhere)] if table.nowhere else []
    lines += [("Made with", version) for version in table.versions] + [("", table.closing)]
    for line, (name, told) in enumerate(lines, start=1):
        _write(sheet, line, 1, name).font = Font(bold=True)
        _write(sheet, line, 2, told)
    _widths(sheet, (34, 110))


def _write(sheet: Worksheet, line: int, column: int, value: str | int | None) -> SheetCell:
    cell = sheet.cell(line, column)
    assert isinstance(cell, SheetCell)
    if isinstance(value, str):
        cell.value = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
        # Text that begins with "=" would become a formula, here or when a person edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value
    cell.alignment, cell.border = _TOP, _BORDER
    return cell


def _head(cell: SheetCell) -> None:
    cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _fill("1F5C52")


def _fill(color: str) -> PatternFill:
    return PatternFill("solid", start_color=color, end_color=color)


def _widths(sheet: Worksheet, widths: tuple[int, ...]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _print_wide(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _packed(book: Workbook) -> bytes:
    """The workbook as a file whose parts carry no time of their own."""
    draft = io.BytesIO()
    with zipfile.ZipFile(draft, "w") as archive:
        ExcelWriter(book, archive).write_data()
    packed = io.BytesIO()
    with zipfile.ZipFile(draft) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, date_time=_MADE.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return packed.getvalue()
