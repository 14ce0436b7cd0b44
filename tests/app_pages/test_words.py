"""What the app says stands in one catalogue, and what a contract says is never taken for markup."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from html.parser import HTMLParser
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from fairterms.analyzer.values import Analysis
from fairterms.app_pages import passages, widgets
from fairterms.app_pages.passages import passages_of, text_html
from fairterms.app_pages.texts import TEXTS, Texts
from fairterms.app_pages.widgets import numbers_of, plain
from fairterms.assistant.service import Assistant
from fairterms.assistant.settings import Settings

PAGES = Path(widgets.__file__).parent
# The catalogue itself, and the launcher, whose words are for a terminal.
DRAWN = sorted(path for path in PAGES.glob("*.py") if path.name not in ("texts.py", "launch.py", "__init__.py"))
FRAME = PAGES.parent / "streamlit_app.py"

NASTY = "<script>alert(1)</script> $x$ :smile: [a](javascript:alert(1)) <img src=x onerror=alert(2)> *b* ![c](http://d)"


class Elements(HTMLParser):
    """The elements of a piece of HTML and the addresses in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words += data


def literals(source: str) -> list[str]:
    """Every string of a module but its docstrings, an f-string as one with gaps."""
    tree = ast.parse(source)
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            skipped.add(node.body[0].value)  # type: ignore[attr-defined]
        if isinstance(node, ast.JoinedStr):
            skipped.update(node.values)
    found = []
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            found.append("".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return found


def is_shown(literal: str) -> bool:
    """Whether a string would be read as words: two words in a row, or one with a capital, outside of tags and CSS."""
    words = re.sub(r"<style>.*?</style>", " ", literal, flags=re.S)
    words = re.sub(r"<[^<>]*(?:>|$)|^[^<>]*>", " ", words)
    words = re.sub(r"(?:left|top|width|height):\{\};?", " ", words)
    if re.fullmatch(r"(?:ft-[\w-]+ ?)+|[\w.:/{}-]+|\W*", words.strip()) and not re.match(r"[A-Z][a-z]", words.strip()):
        return False
    return re.search(r"[A-Za-z]{2,} +[A-Za-z]{2,}|\b[A-Z][a-z]+", words) is not None


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.name)
def test_no_page_says_anything_that_is_not_in_the_catalogue(path: Path) -> None:
    assert [literal for literal in literals(path.read_text(encoding="utf-8")) if is_shown(literal)] == []


@pytest.mark.parametrize("literal", ["Accept", "<p>Your answers</p>", "of the contract", '<b class="x">Page {}</b>'])
def test_the_check_for_words_sees_them(literal: str) -> None:
    assert is_shown(literal)


def test_every_entry_of_the_catalogue_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in [*DRAWN, FRAME])
    assert [entry.name for entry in fields(Texts) if not re.search(rf"TEXTS\.{entry.name}\b", source)] == []


def test_no_text_says_to_sign() -> None:
    said = [str(getattr(TEXTS, entry.name)) for entry in fields(Texts)]
    assert [words for words in said if re.search(r"\b(?:sign|signing|safe|fine)\b", words, re.I)] == []


def test_a_contracts_markup_is_shown_and_not_run(tmp_path: Path) -> None:
    analysis = nasty_analysis(tmp_path)
    html = text_html(analysis.document, passages_of(analysis), numbers_of(analysis))
    seen = Elements(html)
    assert "script" not in seen.names
    assert "img" not in seen.names
    assert seen.handlers == []
    assert all(address.startswith("#") for address in seen.addresses)
    assert NASTY in seen.words


def test_a_proposal_for_nasty_words_is_shown_as_words(tmp_path: Path) -> None:
    assistant = open_quick(tmp_path)
    report = assistant.review(assistant.read_text(nasty_contract()))
    finding = next(f for f in report.analysis.risks if f.span is not None)
    proposal = report.proposals_for(finding.id)[0]
    seen = Elements(widgets.difference(proposal, finding, report.analysis.document))
    assert seen.names <= {"ins", "del", "span"}
    assert "<script>alert(1)</script>" in seen.words


def test_an_error_line_is_plain_in_markdown() -> None:
    line = plain("<script>.txt $x$ :smile: [a](javascript:alert(1))\n# b")
    assert "\n" not in line
    assert not re.search(r"(?<!\\)[$\[\]()<>*_`#]", line)
    assert ":smile:" not in line


def test_every_finding_of_a_contract_has_one_place_in_it(tmp_path: Path) -> None:
    analysis = nasty_analysis(tmp_path)
    html = text_html(analysis.document, passages_of(analysis), numbers_of(analysis))
    for finding in analysis.findings:
        if finding.span is not None:
            assert html.count(f'id="{passages.words_anchor(finding)}"') == 1


def nasty_contract() -> str:
    return f"1. The Artist grants the Publisher a perpetual licence to use the Artwork called {NASTY} in all media.\n"


def nasty_analysis(folder: Path) -> Analysis:
    assistant = open_quick(folder)
    return assistant.review(assistant.read_text(nasty_contract())).analysis


def open_quick(folder: Path) -> Assistant:
    return Assistant(Settings(folder=folder, similarity=False))


def test_where_there_is_no_draft_the_card_says_what_to_ask_for() -> None:
    def page() -> None:
        from factories import drawings_report

        from fairterms.app_pages.widgets import draw_proposal

        report = drawings_report()
        (aim,) = report.proposals_for("irrevocable_grant-1")
        finding = next(f for f in report.analysis.findings if f.id == aim.finding)
        draw_proposal(aim, finding, report.analysis.document)

    (card,) = AppTest.from_function(page).run().get("html")
    words = Elements(str(card.proto.body)).words
    assert words == f"{TEXTS.aims['fair']} The use gets an end.! {TEXTS.no_draft}"
