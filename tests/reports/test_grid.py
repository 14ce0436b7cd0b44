"""The comparison in every form: read back as it was, the same bytes twice, and nothing of a contract ever runs."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import openpyxl
import pytest
from factories import document, finding, report, span_of

from fairterms.analyzer.values import StatedFact
from fairterms.bargaining.compare import compare
from fairterms.bargaining.values import Comparison, UnreadFile
from fairterms.clauses.load import ClauseLibrary
from fairterms.reports.grid import GRID_RENDERERS, UnknownGridForm, render_grid
from fairterms.reports.grid.table import ONLY, WORST

BAD = '=HYPERLINK("http://evil.example","click") perpetual <script>alert(1)</script> licence.'
GOOD = "The licence lasts three years."
TEXT = f"{BAD}\n{GOOD}\n"
YEARS = StatedFact("duration", (("months", 36), ("from", "delivery")), "three years", span_of("three years", TEXT))
NONE = StatedFact("notice", (("none_found", True),))


@pytest.fixture(scope="module")
def comparison(library: ClauseLibrary) -> Comparison:
    """Two contracts that speak of one term, one of them with words made for a spreadsheet, and one that is silent."""
    bad = replace(finding("perpetual_term-1", BAD, text=TEXT, severity="critical", page=3, section="=2 Grant"), rung=5)
    good = replace(finding("perpetual_term-1", GOOD, text=TEXT, severity="low", facts=(YEARS, NONE)), rung=2)
    paid = replace(finding("no_payment-1", GOOD, text=TEXT), rung=4)
    analyses = [
        report(findings, document=document(TEXT, name=name)).analysis
        for name, findings in (("+bad.pdf", (bad, paid)), ("good.docx", (good,)), ("silent.txt", ()))
    ]
    return compare(analyses, library, unread=[UnreadFile("scan.pdf", "scan.pdf: holds pictures of text")])


@pytest.mark.parametrize("form", GRID_RENDERERS)
def test_the_same_comparison_gives_the_same_bytes(form: str, comparison: Comparison) -> None:
    assert render_grid(comparison, form) == render_grid(comparison, form)


@pytest.mark.parametrize("form", [form for form in GRID_RENDERERS if form != "xlsx"])
def test_every_form_names_the_contracts_the_values_and_what_was_not_compared(form: str, comparison: Comparison) -> None:
    told = render_grid(comparison, form).decode()
    assert all(name in told for name in ("+bad.pdf", "good.docx", "silent.txt"))
    assert "holds pictures of text" in told
    assert ('"months": 36' if form == "json" else "36 months from delivery") in told


def test_the_workbook_carries_no_time_of_its_making(comparison: Comparison) -> None:
    with zipfile.ZipFile(io.BytesIO(render_grid(comparison, "xlsx"))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert re.findall(rb"\d{4}-\d\d-\d\dT", parts.read("docProps/core.xml")) == [b"2000-01-01T"] * 2


def test_an_unknown_form_is_one_readable_line(comparison: Comparison) -> None:
    with pytest.raises(UnknownGridForm, match="choose one of text, csv"):
        render_grid(comparison, "rtf")


def test_the_workbook_reads_back_with_terms_by_contracts(comparison: Comparison) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_grid(comparison, "xlsx")))
    grid = book["Comparison"]
    assert [cell.value for cell in grid[1]] == ["Term", "Steps of the row", None, "+bad.pdf", "good.docx", "silent.txt"]
    rows = {row[0].value: row for row in grid.iter_rows(min_row=2)}
    row = next(row for row in rows.values() if row[1].value == "best 2\nmiddle 3.5\nworst 5")
    assert row[3].value == f"step 5 of 5, Critical\nworse than the middle, {WORST}"
    assert "how long: 36 months from delivery; not said: notice" in str(row[4].value)
    assert row[5].value == "not found"
    assert grid.freeze_panes == "D2"
    assert all(20 < grid.column_dimensions[letter].width < 60 for letter in "DEF")
    assert "scan.pdf: holds pictures of text" in [cell.value for cell in book["About"]["B"]]


def test_each_row_of_the_workbook_leads_to_its_words(comparison: Comparison) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_grid(comparison, "xlsx")))
    linked = {row[0].value: row[2].hyperlink for row in book["Comparison"].iter_rows(min_row=2) if row[2].hyperlink}
    assert len(linked) == len(comparison.rows)
    for title, link in linked.items():
        sheet, _, place = link.location.partition("!")
        line = book[sheet.strip("'")][place].row
        contract, term, *_, words = (cell.value for cell in book["Words"][line])
        assert (contract, term) == ("+bad.pdf", title)
        assert words in (BAD, GOOD)


def test_no_word_of_a_contract_becomes_a_formula_in_the_workbook(comparison: Comparison) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_grid(comparison, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    dangerous = [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert {cell.value for cell in dangerous} >= {BAD, "+bad.pdf"}
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in dangerous)


def test_no_word_of_a_contract_becomes_a_formula_in_csv(comparison: Comparison) -> None:
    lines = list(csv.reader(io.StringIO(render_grid(comparison, "csv").decode("utf-8-sig"))))
    assert [value for line in lines for value in line if value[:1] in tuple("=+-@")] == []
    assert any(value == f"'{BAD}" for line in lines for value in line)


def test_the_csv_holds_each_cell_in_columns_of_its_own(comparison: Comparison) -> None:
    head, *lines = csv.reader(io.StringIO(render_grid(comparison, "csv").decode("utf-8-sig")))
    row = next(dict(zip(head, line, strict=True)) for line in lines if line[1] == "perpetual_term")
    assert (row["best"], row["middle"], row["worst"]) == ("2", "3.5", "5")
    assert row["good.docx: value"] == "how long: 36 months from delivery; not said: notice"
    assert (row["good.docx: step"], row["good.docx: compared"]) == ("2", "better than the middle")
    assert (row["'+bad.pdf: page"], row["'+bad.pdf: section"]) == ("3", "'=2 Grant")
    assert row["silent.txt: step"] == "not found"


class _Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.ids |= {value or "" for name, value in attrs if name == "id"}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_web_page_stands_alone_and_runs_nothing(comparison: Comparison) -> None:
    page = render_grid(comparison, "html").decode()
    seen = _Elements(page)
    assert seen.names & {"script", "img", "link", "iframe"} == set()
    assert BAD in seen.words
    assert seen.links
    assert all(link.removeprefix("#") in seen.ids for link in seen.links)
    assert "@media print" in page


def test_the_json_says_of_each_cell_what_it_is_and_where_its_words_stand(comparison: Comparison) -> None:
    told = json.loads(render_grid(comparison, "json"))
    assert told["schema"] == "fairterms.comparison/1"
    assert [contract["name"] for contract in told["contracts"]] == ["+bad.pdf", "good.docx", "silent.txt"]
    row = next(row for row in told["rows"] if row["term"] == "perpetual_term")
    assert (row["group"], row["best"], row["median"], row["worst"]) == ("duration", 2, 3.5, 5)
    assert [cell["state"] for cell in row["cells"]] == ["found", "found", "not_found"]
    assert [cell["standing"] for cell in row["cells"]] == ["worse", "better", None]
    for cell in row["cells"]:
        assert all(TEXT[words["start"] : words["end"]] == words["text"] for words in cell["words"])
    assert row["cells"][1]["facts"]["notice"] == "none_found"


def test_a_term_that_one_contract_alone_speaks_of_is_not_called_the_worst_of_a_row(comparison: Comparison) -> None:
    told = render_grid(comparison, "text").decode()
    assert ONLY in told
    assert told.count(WORST) == 1


def test_no_line_of_the_text_is_longer_than_a_terminal_is_wide(comparison: Comparison) -> None:
    assert max(map(len, render_grid(comparison, "text").decode().splitlines())) <= 88
