"""The comparison as one web page without scripts or outside parts: the grid, and below it the words of every cell."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from fairterms.bargaining.values import Comparison
from fairterms.reports import words
from fairterms.reports.grid.table import NOWHERE, UNREAD, Table, TableCell, TableRow, tabulate
from fairterms.reports.html import escape

_STANDING_MARKS = {"better": "▲", "same": "=", "worse": "▼"}


def render_html(comparison: Comparison) -> str:
    """The grid for screen and print; every word of a contract is escaped."""
    return "\n".join(_page(tabulate(comparison))) + "\n"


def _page(table: Table) -> Iterator[str]:
    folder = resources.files("fairterms.reports")
    style = folder.joinpath("style.css").read_text(encoding="utf-8")
    style += folder.joinpath("grid", "grid.css").read_text(encoding="utf-8")
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield (
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
    )
    yield '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">'
    yield f'<title>{escape(table.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main class="wide">'
    yield f'<header>\n<p class="kicker">FairTerms</p>\n<h1>{escape(table.title)}</h1>'
    for column in table.columns:
        notes = "".join(f"<br>{escape(note)}" for note in column.notes)
        yield f'<p class="contract-line"><b>{escape(column.name)}</b>: {escape(column.score)}<small>{notes}</small></p>'
    if table.unread:
        yield f'<section class="notice unread">\n<h2>{UNREAD}</h2>\n<ul>'
        yield from (f"<li>{escape(line)}</li>" for line in table.unread)
        yield "</ul>\n</section>"
    yield f'<p class="intro reading">{escape(table.reading)}</p>\n</header>'
    yield '<div class="scroll" tabindex="0" role="region" aria-label="Grid">'
    yield from grid(table)
    yield "</div>"
    if table.nowhere:
        yield f'<p class="aside">{NOWHERE}: {escape(table.nowhere)}.</p>'
    yield "<h2>The words</h2>"
    yield from _all_words(table)
    yield f'<footer><p class="aside">{escape("; ".join(table.versions))}</p>'
    yield f'<p class="closing">{escape(table.closing)}</p></footer>\n</main>\n</body>\n</html>'


def grid(table: Table) -> Iterator[str]:
    """The table itself; a cell with words links to the element with its anchor."""
    yield '<table class="grid">\n<thead><tr><th scope="col">Term</th>'
    yield from (f'<th scope="col">{escape(column.name)}</th>' for column in table.columns)
    yield "</tr></thead>"
    for group in table.groups:
        yield f'<tbody>\n<tr class="group"><th scope="rowgroup" colspan="{len(table.columns) + 1}"><span>{escape(group.heading)}</span></th></tr>'
        for row in group.rows:
            yield f'<tr><th scope="row">{escape(row.title)}<span class="steps">{escape(row.summary)}</span></th>'
            yield from (_cell(cell) for cell in row.cells)
            yield "</tr>"
        yield "</tbody>"
    yield "</table>"


def cell_anchor(cell: TableCell) -> str:
    """The place of a cell in the grid; its ``anchor`` is that of its words."""
    return f"at-{cell.anchor}"


def _cell(cell: TableCell) -> str:
    chip = f'<span class="label">{escape(cell.severity)}</span>' if cell.severity else ""
    mark = next((sign for word, sign in _STANDING_MARKS.items() if cell.standing.startswith(word)), "=")
    parts = [f'<b class="state">{escape(cell.label)}</b> {chip}']
    parts += [f'<span class="value">{escape(cell.value)}</span>'] if cell.value else []
    if cell.standing:
        parts.append(f'<span class="mark"><span aria-hidden="true">{mark} </span>{escape(cell.standing)}</span>')
    parts += [f'<span class="worst">{escape(cell.worst)}</span>'] if cell.worst else []
    parts += [f'<span class="credit">{escape(cell.credit)}</span>'] if cell.credit else []
    told = "".join(parts)
    if cell.words:
        told = f'<a href="#{escape(cell.anchor)}">{told}</a>'
    name = f"{cell.tone}{' is-worst' if cell.is_worst else ''}"
    return f'<td class="{name}" id="{escape(cell_anchor(cell))}" data-contract="{escape(cell.column)}">{told}</td>'


def _all_words(table: Table) -> Iterator[str]:
    for group in table.groups:
        for row in group.rows:
            yield from _row_words(row)


def _row_words(row: TableRow) -> Iterator[str]:
    with_words = [cell for cell in row.cells if cell.words]
    if with_words:
        yield f'<section class="passages">\n<h3>{escape(row.title)}</h3>'
        for cell in with_words:
            yield f'<article id="{escape(cell.anchor)}" class="{cell.tone}">'
            back = f'<a href="#{escape(cell_anchor(cell))}">{escape(cell.column)}</a>'
            yield f"<h4>{back}: {escape(cell.in_short)}</h4>"
            yield from passages(cell)
            yield "</article>"
        yield "</section>"


def passages(cell: TableCell) -> Iterator[str]:
    """The words of a cell, each with its place."""
    for said in cell.words:
        place = words.joined([part for part in (said.where, said.about) if part])
        told = f'<p class="aside">{escape(words.capital(place))}</p>' if place else ""
        yield f"<blockquote>{escape(said.text)}</blockquote>{told}"
