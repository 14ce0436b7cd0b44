"""The review page: what comes in, what is kept, and what a person sees when something is wrong."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Event

import pypdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from streamlit.testing.v1 import AppTest

from fairterms.app_pages.answers import answers_text
from fairterms.app_pages.session import Decision, run_review
from fairterms.app_pages.texts import TEXTS
from fairterms.app_pages.widgets import numbers_of
from fairterms.reports.values import NOT_LEGAL_ADVICE

from .conftest import SAMPLES, OpenApp

RISKY = (
    "Licence Agreement between Pia Brandl (the “Artist”) and Kite Press Ltd (the “Publisher”).\n\n"
    "1. The Artist grants the Publisher a perpetual, worldwide licence to reproduce the Artwork.\n\n"
    "2. The Artist keeps a copy of the Artwork.\n"
)
GERMAN = (
    "Der Künstler überträgt der Firma alle Rechte an dem Werk für immer und wird dafür nicht bezahlt. Die Firma darf"
    " das Werk auch mit einer Maschine bearbeiten und an andere weitergeben, ohne den Künstler zu fragen.\n"
)
HARMLESS = "The hall is hired for the evening. The hirer leaves it clean.\n"
PERPETUAL = "perpetual_term-1"


def drawn(app: AppTest) -> str:
    """All HTML of the page."""
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def paste(app: AppTest, text: str) -> AppTest:
    app.segmented_control(key="way").set_value("paste")
    app.text_area(key="pasted").set_value(text)
    return app.button(key="read").click().run()


def upload(app: AppTest, name: str, data: bytes, mime: str = "application/octet-stream") -> AppTest:
    app.file_uploader(key="file").set_value([(name, data, mime)])
    app.run()
    return app.button(key="read").click().run()


def test_pasted_text_is_shown_with_its_risky_words_marked(open_app: OpenApp) -> None:
    app = paste(open_app(), RISKY)
    assert not app.exception
    html = drawn(app)
    assert "<mark>The Artist grants the Publisher a perpetual, worldwide licence" in html
    assert f'id="card-{PERPETUAL}"' in html
    assert f'href="#words-{PERPETUAL}"' in html
    assert f'id="words-{PERPETUAL}"' in html


def test_an_uploaded_pdf_is_shown_as_pictures_of_its_pages(open_app: OpenApp) -> None:
    app = upload(open_app(), "book_cover.pdf", (SAMPLES / "book_cover.pdf").read_bytes(), "application/pdf")
    html = drawn(app)
    assert 'src="data:image/png;base64,' in html
    assert 'class="ft-box ft-critical"' in html
    assert "Artist conveys to Publisher, for the full term of copyright" in html


def test_a_sample_can_be_tried_without_a_file(open_app: OpenApp) -> None:
    app = open_app()
    app.segmented_control(key="way").set_value("sample")
    app.radio(key="sample").set_value("fair_licence").run()
    app.button(key="read").click().run()
    assert not app.exception
    assert "fair_licence.docx" in drawn(app)
    # The sample's own place is used, so nobody is told to name theirs.
    assert "No jurisdiction was given" not in drawn(app)


def test_the_page_says_once_that_it_is_no_legal_advice_and_never_that_one_may_sign(open_app: OpenApp) -> None:
    html = unescape(drawn(paste(open_app(), HARMLESS)))
    assert html.count(NOT_LEGAL_ADVICE) == 1
    assert TEXTS.none_found in html
    assert "safe to sign" not in html.lower()


def test_an_empty_file_is_one_readable_line_and_stays_where_it_was(open_app: OpenApp) -> None:
    app = upload(open_app(), "empty.txt", b"")
    assert [error.value.replace("\\", "").replace("\u2060", "") for error in app.error] == [
        "empty.txt: is empty; ask for the file again"
    ]
    assert not app.exception
    assert app.file_uploader(key="file").value is not None


def test_nothing_given_says_what_to_give(open_app: OpenApp) -> None:
    app = open_app().button(key="read").click().run()
    assert [error.value for error in app.error] == [TEXTS.nothing_given]


def test_a_file_under_a_password_asks_for_it_and_then_opens(
    open_app: OpenApp, tmp_path_factory: pytest.TempPathFactory
) -> None:
    locked = tmp_path_factory.mktemp("locked") / "locked.pdf"
    writer = pypdf.PdfWriter(clone_from=SAMPLES / "book_cover.pdf")
    writer.encrypt("maple leaf", algorithm="AES-256")
    writer.write(locked)
    app = open_app()
    assert [field.key for field in app.text_input] == []
    upload(app, "locked.pdf", locked.read_bytes(), "application/pdf")
    assert [error.value for error in app.error] == [TEXTS.password_wanted]
    app.text_input(key="password").set_value("oak")
    app.button(key="read").click().run()
    assert [error.value for error in app.error] == [TEXTS.password_wrong]
    app.text_input(key="password").set_value("maple leaf")
    app.button(key="read").click().run()
    assert not app.error
    assert 'src="data:image/png;base64,' in drawn(app)


def test_an_accepted_proposal_is_listed_and_can_be_taken_back(open_app: OpenApp) -> None:
    app = paste(open_app(), RISKY)
    app.button(key=f"accept-{PERPETUAL}").click().run()
    assert app.session_state["review"].decisions[PERPETUAL].answer == "accepted"
    assert '<section class="ft-answers"' in drawn(app)
    assert "<ol><li" in drawn(app)
    app.button(key=f"undo-{PERPETUAL}").click().run()
    assert "<ol><li" not in drawn(app)


def test_edited_words_are_kept_as_they_were_typed(open_app: OpenApp) -> None:
    app = paste(open_app(), RISKY)
    app.button(key=f"edit-{PERPETUAL}").click().run()
    app.text_area(key=f"words-{PERPETUAL}-fair").set_value("For one year, *at most*, <b>please</b>.").run()
    app.button(key=f"keep-{PERPETUAL}").click().run()
    assert app.session_state["review"].decisions[PERPETUAL].text == "For one year, *at most*, <b>please</b>."
    assert "For one year, *at most*, &lt;b&gt;please&lt;/b&gt;." in drawn(app)
    # Another click elsewhere on the page changes nothing about it.
    app.segmented_control(key="order").set_value("place").run()
    assert app.session_state["review"].decisions[PERPETUAL].answer == "edited"


def test_a_dropped_proposal_is_not_asked_for(open_app: OpenApp) -> None:
    app = paste(open_app(), RISKY)
    app.button(key=f"drop-{PERPETUAL}").click().run()
    assert app.session_state["review"].decisions[PERPETUAL].answer == "dropped"
    assert "<ol><li" not in drawn(app)


def test_the_fallback_is_another_draft_than_the_fair_one(open_app: OpenApp) -> None:
    app = paste(open_app(), RISKY)
    fair = drawn(app)
    app.segmented_control(key=f"strength-{PERPETUAL}").set_value("fallback").run()
    assert "five-year" in drawn(app)
    assert "five-year" not in fair


def test_pages_without_text_are_named_and_never_called_harmless(open_app: OpenApp) -> None:
    app = upload(open_app(), "scan.pdf", half_scanned(), "application/pdf")
    html = unescape(drawn(app))
    assert TEXTS.none_found_unread in html
    assert TEXTS.none_found not in html
    assert TEXTS.page_unread in html
    assert TEXTS.help_unread.format(pages="2") in html
    assert TEXTS.no_score in html
    assert TEXTS.of_hundred not in html


def test_a_contract_in_another_language_gets_no_score_and_no_good_news(open_app: OpenApp) -> None:
    html = unescape(drawn(paste(open_app(), GERMAN)))
    assert TEXTS.no_score in html
    assert TEXTS.help_partly in html
    assert TEXTS.none_found not in html
    assert TEXTS.ask_protected not in html
    assert TEXTS.of_hundred not in html


def test_the_same_protective_words_are_listed_once(open_app: OpenApp) -> None:
    keeps = "The Artist keeps the copyright in the Artwork."
    html = drawn(paste(open_app(), RISKY + "".join(f"\n{number}. {keeps}\n" for number in range(3, 7))))
    protections = html[html.index('<section class="ft-protects"') :].partition("</section>")[0]
    assert protections.count(f"<blockquote>{keeps}") == 1
    assert TEXTS.more_places.format(count=3) in protections
    # The mark at each of the four places leads to it.
    assert set(re.findall(r'href="#(card-[^"]+)"', html)) <= set(re.findall(r'id="(card-[^"]+)"', html))


def test_a_contract_waits_for_the_one_before_it_and_says_so(open_app: OpenApp) -> None:
    open_app()
    first_began, may_go_on = Event(), Event()
    seen: list[str] = []

    def hold(stage: str) -> None:
        if stage == "analyzing":
            first_began.set()
            may_go_on.wait(60)

    def watch(stage: str) -> None:
        seen.append(stage)
        may_go_on.set()

    def review(progress: Callable[[str], None]) -> None:
        run_review(lambda a: a.read_text(HARMLESS), jurisdiction=None, medium=None, progress=progress)

    with ThreadPoolExecutor() as threads:
        first = threads.submit(review, hold)
        assert first_began.wait(60)
        review(lambda stage: seen.append(stage) if stage == "reading" else watch(stage))
        first.result(60)
    assert seen == ["reading", "waiting", "analyzing", "comparing", "proposing"]
    assert set(seen) == set(TEXTS.stages)


def test_the_same_old_words_stand_once_in_the_answers(open_app: OpenApp) -> None:
    app = upload(open_app(), "book_cover.pdf", (SAMPLES / "book_cover.pdf").read_bytes(), "application/pdf")
    review = app.session_state["review"]
    risks = review.report.analysis.risks
    span = next(finding.span for finding in risks if "full term of copyright" in (finding.quote or ""))
    same = [finding for finding in risks if finding.span == span]
    assert len(same) > 1
    for finding in same:
        review.decisions[finding.id] = Decision("edited", "fair", f"Other words for {finding.id}.")
    text = answers_text(review, numbers_of(review.report.analysis))
    assert text.count("full term of copyright") == 1
    assert all(f"Other words for {finding.id}." in text for finding in same)


def test_a_long_contract_begins_with_its_marked_pages(open_app: OpenApp) -> None:
    app = upload(open_app(), "long.pdf", long_contract(pages=15), "application/pdf")
    assert sorted(app.session_state["review"].pictures) == [7]
    app.toggle(key="all-pages").set_value(True).run()
    assert sorted(app.session_state["review"].pictures) == list(range(1, 16))


def half_scanned() -> bytes:
    """A PDF with a page of harmless text and a page that is a picture."""
    picture = Image.new("L", (600, 800), 255)
    for line in range(40, 760, 16):
        picture.paste(40, (60, line, 540, line + 6))
    out = io.BytesIO()
    sheet = Canvas(out)
    sheet.drawString(72, 700, HARMLESS.strip())
    sheet.showPage()
    sheet.drawImage(ImageReader(picture), 0, 0, 595, 842)
    sheet.showPage()
    sheet.save()
    return out.getvalue()


def long_contract(*, pages: int) -> bytes:
    """A PDF with one risky sentence, on page 7."""
    out = io.BytesIO()
    sheet = Canvas(out)
    for page in range(1, pages + 1):
        sheet.drawString(
            72, 700, f"The hall number {page} is hired for the evening. The hirer leaves it clean and dry."
        )
        if page == 7:
            sheet.drawString(
                72, 650, "The Artist grants the Publisher a perpetual, worldwide licence to reproduce the Artwork."
            )
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def test_two_sessions_do_not_see_each_others_contract(open_app: OpenApp) -> None:
    mine, other = paste(open_app(), RISKY), open_app()
    assert "review" not in other.session_state
    assert "perpetual" not in drawn(other)
    paste(other, HARMLESS)
    assert "perpetual" not in drawn(other)
    mine.run()
    assert "perpetual" in drawn(mine)
    assert "hirer" not in drawn(mine)


def test_another_contract_forgets_the_first(open_app: OpenApp) -> None:
    app = paste(open_app(), RISKY)
    app.button(key="another").click().run()
    assert "review" not in app.session_state
    assert "perpetual" not in drawn(app)
    assert app.button(key="read")


def test_accepted_answers_are_put_together_and_taken_away(open_app: OpenApp) -> None:
    app = upload(open_app(), "book_cover.docx", (SAMPLES / "book_cover.docx").read_bytes())
    assert not [button for button in app.button if button.key == "put-together"]
    for key in ("perpetual_term-1", "broad_grant-1", "missing_training_limit-1"):
        app.button(key=f"accept-{key}").click().run()
    app.button(key="put-together").click().run()
    assert not app.exception
    package = app.session_state["review"].package
    assert {answer.finding for change in package.changes for answer in change.answers} == {
        "perpetual_term-1", "broad_grant-1", "missing_training_limit-1",
    }  # fmt: skip
    told = TEXTS.package.format(changes=len(package.changes), points=3, before=0, after=package.after.score.value)
    assert told in drawn(app)
    app.text_input(key="author").set_value("Nadia Brandl").run()
    files = app.session_state["review"].files
    assert files["docx|Nadia Brandl"].startswith(b"PK")
    assert b"Nadia Brandl" in files["eml|Nadia Brandl"]
    assert "pdf|Nadia Brandl" not in files
    # Another answer makes it a package that has to be put together anew.
    app.button(key="undo-perpetual_term-1").click().run()
    assert app.button(key="put-together")


def test_the_persons_own_words_go_into_the_file_as_they_are(open_app: OpenApp) -> None:
    app = paste(open_app(), RISKY)
    app.button(key=f"edit-{PERPETUAL}").click().run()
    app.text_area(key=f"words-{PERPETUAL}-fair").set_value("1. The Artist lends the Artwork for one evening.").run()
    app.button(key=f"keep-{PERPETUAL}").click().run()
    app.button(key="put-together").click().run()
    assert not app.exception
    (change,) = app.session_state["review"].package.changes
    assert change.text == "1. The Artist lends the Artwork for one evening."
    assert app.session_state["review"].files["docx|"].startswith(b"PK")
