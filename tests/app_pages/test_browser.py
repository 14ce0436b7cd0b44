"""The app as a person meets it: started from the command line, in a real browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from fairterms.app_pages.texts import TEXTS

from .conftest import PACKAGE, SAMPLES

pytestmark = pytest.mark.browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 420, "height": 900}
QUOTE = "Artist conveys to Publisher, for the full term of copyright"
SLOW = 90_000  # milliseconds; the models are loaded with the first contract


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    environment = {
        **os.environ,
        "FAIRTERMS_FOLDER": str(folder / "cache"),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")])),
    }
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "fairterms", "app", "--port", str(port), "--headless"],
            cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        wait_until_up(f"http://localhost:{port}/_stcore/health", server, folder / "log")
        yield f"http://localhost:{port}"
        # What was read is nobody's business: the log may say that something failed, not what the contract says.
        assert QUOTE not in (folder / "log").read_text()
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def wait_until_up(health: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(health, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            assert server.poll() is None, log.read_text()
            time.sleep(0.5)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        # A machine that checks changes must not pass without having looked.
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium or Chrome is on the PATH; install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE, accept_downloads=True)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name=TEXTS.review).wait_for(timeout=SLOW)
    yield page
    context.close()


@pytest.fixture
def keep_picture(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Save a screenshot with the test's files, and in the folder $FAIRTERMS_SCREENSHOTS where that is set."""

    def keep(page: Page, name: str) -> None:
        page.wait_for_timeout(600)  # the scrolling is smooth
        path = tmp_path / f"{name}.png"
        page.screenshot(path=path)
        if folder := os.environ.get("FAIRTERMS_SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder)

    return keep


def review_file(page: Page, path: Path) -> None:
    give_file(page, path)
    page.get_by_role("button", name=TEXTS.review).click()
    page.locator(".ft-summary").wait_for(timeout=SLOW)
    page.locator(".st-key-answers").wait_for(timeout=SLOW)


def give_file(page: Page, path: Path) -> None:
    """Choose a file and wait until the server has it; its name stands there earlier."""
    with page.expect_response(lambda response: "upload_file" in response.url and response.ok):
        page.locator("input[type=file]").set_input_files(path)
    page.wait_for_timeout(500)


def test_a_pdf_goes_in_and_an_answer_and_a_report_come_out(page: Page, tmp_path: Path, keep_picture) -> None:  # type: ignore[no-untyped-def]
    keep_picture(page, "start")
    review_file(page, SAMPLES / "book_cover.pdf")
    keep_picture(page, "summary")

    card = page.locator(".ft-card", has_text=QUOTE).first
    finding = str(card.get_attribute("id")).removeprefix("card-")
    card.locator(".ft-show").click()
    expect(page.locator(f"#words-{finding}")).to_be_in_viewport()
    keep_picture(page, "passage")

    # The frame lies on the page's picture, over words, within the page.
    frame = page.locator(f'.ft-box[href="#card-{finding}"]').first.bounding_box()
    sheet = page.locator(".ft-sheet").first.bounding_box()
    assert frame is not None
    assert sheet is not None
    assert sheet["x"] < frame["x"] < frame["x"] + frame["width"] < sheet["x"] + sheet["width"]
    assert 5 < frame["height"] < 25

    page.locator(f"#words-{finding}").click()
    expect(card).to_be_in_viewport()

    page.locator(f".st-key-accept-{finding} button").click()
    expect(page.locator(".ft-answers ol li")).to_have_count(1)
    keep_picture(page, "accepted")
    page.locator(".st-key-answers").scroll_into_view_if_needed()
    keep_picture(page, "answers")

    page.locator(".st-key-put-together button").click()
    page.locator(".st-key-send-docx button").wait_for(timeout=SLOW)
    page.locator(".st-key-sending").scroll_into_view_if_needed()
    keep_picture(page, "sending")
    for form, name in (
        ("docx", "book_cover-changes.docx"),
        ("pdf", "book_cover-notes.pdf"),
        ("eml", "book_cover-letter.eml"),
    ):
        with page.expect_download() as download:
            page.locator(f".st-key-send-{form} button").click()
        assert download.value.suggested_filename == name

    for key, suffix in (("html", ".html"), ("markdown", ".md"), ("text", ".txt"), ("json", ".json")):
        with page.expect_download() as download:
            page.locator(f".st-key-download-{key} button").click()
        assert download.value.suggested_filename == f"book_cover-report{suffix}"
        download.value.save_as(tmp_path / f"report{suffix}")
        assert QUOTE in " ".join((tmp_path / f"report{suffix}").read_text(encoding="utf-8").split())
    with page.expect_download() as download:
        page.locator(".st-key-download-answers button").click()
    download.value.save_as(tmp_path / "answers.txt")
    answers = (tmp_path / "answers.txt").read_text(encoding="utf-8")
    assert QUOTE in answers
    assert TEXTS.instead_of in answers


def test_on_a_telephone_nothing_runs_off_the_side(page: Page, keep_picture) -> None:  # type: ignore[no-untyped-def]
    page.set_viewport_size(NARROW)
    keep_picture(page, "narrow-start")
    review_file(page, SAMPLES / "data_app.html")
    keep_picture(page, "narrow-summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert page.locator(".stMain").evaluate("main => main.scrollWidth <= main.clientWidth")
    page.locator(".ft-card").first.scroll_into_view_if_needed()
    keep_picture(page, "narrow-card")


def test_a_contracts_markup_is_shown_and_not_run(page: Page, tmp_path: Path, keep_picture) -> None:  # type: ignore[no-untyped-def]
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    nasty = "<script>alert(1)</script> $x$ :smile: [a](javascript:alert(1)) <img src=x onerror=alert(2)>"
    contract = tmp_path / "nasty :smile: $x$ [a](b).txt"
    contract.write_text(
        f"1. The Artist grants the Publisher a perpetual licence to use the Artwork {nasty} in all media."
    )
    review_file(page, contract)
    for shown in (".ft-text", ".ft-card", ".ft-title h1"):
        expect(page.locator(shown).first).to_contain_text(":smile:")
    expect(page.locator(".ft-text")).to_contain_text(nasty)
    assert page.locator('a[href^="javascript"]').count() == 0
    assert dialogs == []
    keep_picture(page, "nasty")


def test_a_file_that_cannot_be_read_is_named_as_it_is_called(page: Page, tmp_path: Path, keep_picture) -> None:  # type: ignore[no-untyped-def]
    empty = tmp_path / "empty :smile: $x$ *b*.txt"
    empty.write_bytes(b"")
    give_file(page, empty)
    page.get_by_role("button", name=TEXTS.review).click()
    alert = page.get_by_role("alert")
    expect(alert).to_be_visible(timeout=SLOW)
    assert alert.inner_text().replace("\u2060", "").strip() == f"{empty.name}: is empty; ask for the file again"
    keep_picture(page, "error")


def test_contracts_are_compared_and_a_cell_opens_its_words(page: Page, tmp_path: Path, keep_picture) -> None:  # type: ignore[no-untyped-def]
    page.get_by_role("link", name=TEXTS.compare_page).click()
    button = page.get_by_role("button", name=TEXTS.compare_button)
    button.wait_for(timeout=SLOW)
    files = [SAMPLES / "book_cover.pdf", SAMPLES / "fair_licence.docx", SAMPLES / "data_app.html"]
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_text(files[-1].name)).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(1000)  # the names stand there before the server has the files
    button.click()
    page.locator(".ft-compare").wait_for(timeout=SLOW)
    keep_picture(page, "compare")

    cell = page.locator(".ft-compare td.critical", has_text="copyright").first
    cell.locator("a").click()
    panel = page.locator(".ft-panel:target")
    expect(panel).to_be_in_viewport()
    expect(panel).to_contain_text(QUOTE)
    keep_picture(page, "compare-words")
    panel.locator(".ft-close").click()
    expect(panel).to_have_count(0)
    expect(cell).to_be_in_viewport()

    with page.expect_download() as download:
        page.locator(".st-key-download-grid-xlsx button").click()
    assert download.value.suggested_filename == "comparison.xlsx"
    download.value.save_as(tmp_path / "comparison.xlsx")
    assert (tmp_path / "comparison.xlsx").read_bytes().startswith(b"PK")

    page.set_viewport_size(NARROW)
    page.wait_for_timeout(600)
    assert page.locator(".stMain").evaluate("main => main.scrollWidth <= main.clientWidth")
    cell.scroll_into_view_if_needed()
    keep_picture(page, "compare-narrow")
