"""The compare page: contracts come in, the grid shows them, and what cannot be read is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from fairterms.app_pages.session import run_comparison
from fairterms.app_pages.texts import TEXTS

from .conftest import OpenApp
from .test_review import drawn

RISKY = "1. You grant us a perpetual, irrevocable licence to use your Content for any purpose.\n"
MILDER = "1. You grant us a licence to use your Content for the full term of copyright.\n"
BOTH = (("risky.txt", RISKY), ("milder.txt", MILDER))


def _page() -> None:
    from fairterms.app_pages.compare import show_comparison

    show_comparison()


@pytest.fixture
def page(open_app: OpenApp, tmp_path: Path) -> AppTest:
    """The compare page in a session of its own; ``open_app`` has set the environment."""
    return AppTest.from_function(_page, default_timeout=90).run()


def compare(app: AppTest, *files: tuple[str, str]) -> AppTest:
    app.file_uploader(key="contracts").set_value([(name, text.encode(), "text/plain") for name, text in files])
    app.run()
    return app.button(key="compare").click().run()


def problems(app: AppTest) -> list[str]:
    return [error.value.replace("\\", "").replace("\u2060", "") for error in app.error]


def test_two_contracts_stand_side_by_side_and_each_cell_opens_its_words(page: AppTest) -> None:
    html = drawn(compare(page, *BOTH))
    assert not page.exception
    assert 'data-contract="risky.txt"' in html
    assert 'href="#perpetual_term-1"' in html
    panel = html.partition('id="perpetual_term-1"')[2].partition("</aside>")[0]
    assert f"<blockquote>{RISKY.removeprefix('1. ').strip()}</blockquote>" in panel
    assert 'href="#at-perpetual_term-1"' in panel
    assert 'id="at-perpetual_term-1"' in html


def test_the_comparison_can_be_taken_away_in_every_form(page: AppTest) -> None:
    compare(page, *BOTH)
    assert [button.label for button in page.get("download_button")] == list(TEXTS.compare_formats.values())


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_compared(page: AppTest) -> None:
    html = drawn(compare(page, *BOTH, ("empty.txt", "")))
    assert "empty.txt: is empty" in html
    assert 'data-contract="milder.txt"' in html
    assert problems(page) == []


def test_one_readable_file_is_nothing_to_compare(page: AppTest) -> None:
    compare(page, BOTH[0], ("empty.txt", ""))
    assert problems(page) == ["empty.txt: is empty; ask for the file again", TEXTS.compare_too_few]
    assert page.file_uploader(key="contracts").value


@pytest.mark.parametrize("count", [0, 1, 21])
def test_too_few_or_too_many_contracts_are_not_begun(count: int, page: AppTest) -> None:
    compare(page, *((f"{number}.txt", RISKY) for number in range(count)))
    assert problems(page) == [TEXTS.compare_count.format(least=2, most=20, count=count)]


def test_other_contracts_can_be_compared_next(page: AppTest) -> None:
    compare(page, *BOTH)
    page.button(key="compare-others").click().run()
    assert page.file_uploader(key="contracts") is not None
    assert "data-contract" not in drawn(page)


def test_a_contracts_markup_is_shown_and_not_run(page: AppTest) -> None:
    nasty = RISKY.replace("Content", "Content <script>alert(1)</script>")
    html = drawn(compare(page, ("<b>x.txt", nasty), BOTH[1]))
    assert "<script" not in html
    assert "<b>x.txt" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_comparison_is_given_back_and_kept_nowhere(open_app: OpenApp) -> None:
    seen: list[str] = []
    side, unread = run_comparison([(name, text.encode()) for name, text in BOTH], progress=seen.append)
    assert side is not None
    assert (seen, unread) == (["risky.txt", "milder.txt"], ())
