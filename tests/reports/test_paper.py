"""The report on paper: two pages for the creator, and the whole, as files that open and say what the screen says."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from fairterms.assistant.cli import main
from fairterms.assistant.service import Assistant
from fairterms.reports import UnknownForm, render_paper
from fairterms.reports.outline import outline
from fairterms.reports.values import NOT_LEGAL_ADVICE, Report
from tests.factories import document


@pytest.fixture(scope="module")
def report(assistant: Assistant) -> Report:
    sample = next(sample for sample in assistant.samples() if sample.file == "game_voice.pdf")
    return assistant.review(assistant.read(sample.data, name=sample.file), jurisdiction="US-CA")


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages).split())


def test_the_creators_report_fits_on_two_pages_and_says_what_matters(report: Report) -> None:
    data = render_paper(report, "brief")
    assert len(pypdf.PdfReader(BytesIO(data)).pages) <= 2
    said, told = text_of(data), outline(report)
    assert told.next_step in said
    assert said.count(NOT_LEGAL_ADVICE) == 1
    worst = [
        card for section in told.sections if not section.short for card in section.cards if card.tone == "critical"
    ]
    for card in worst[:5]:
        assert card.title in said
    assert "Ask for:" in said
    assert "If they say no" not in said


@pytest.mark.slow
def test_a_contract_with_very_many_points_still_fits(assistant: Assistant) -> None:
    clause = "{n}. The Artist grants the Company a perpetual, irrevocable licence to use the Drawings in any medium, waives all moral rights, and the Company may train AI models with them and sell them on to anyone for no further payment."
    text = "\n\n".join(clause.format(n=number) for number in range(1, 31))
    data = render_paper(assistant.review(assistant.read_text(text)), "brief")
    assert len(pypdf.PdfReader(BytesIO(data)).pages) <= 2
    assert "Also found" in text_of(data)


def test_the_whole_report_holds_every_point_every_draft_and_every_source(report: Report) -> None:
    said = re.sub(r"\W+", "", text_of(render_paper(report, "pdf")))
    told = outline(report)
    for section in told.sections:
        assert re.sub(r"\W+", "", section.heading) in said
        for card in section.cards:
            assert re.sub(r"\W+", "", card.title) in said
            for draft in card.drafts:
                assert re.sub(r"\W+", "", draft.label) in said
    for source in told.sources:
        assert re.sub(r"\W+", "", source.title) in said


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert render_paper(report, "brief") == render_paper(report, "brief")
    assert render_paper(report, "pdf") == render_paper(report, "pdf")


def test_letters_that_the_font_lacks_do_not_break_the_page(assistant: Assistant) -> None:
    text = "1. Ševčík <b>grants</b> & 株式会社 a perpetual licence “worldwide” — to the Drawings\u202f−\u200b5."
    said = text_of(render_paper(assistant.review(document(text)), "pdf"))
    assert "evčík" in said
    assert "<b>grants</b> &" in said


def test_the_command_writes_paper_and_an_unknown_form_is_one_line(tmp_path: Path, report: Report) -> None:
    contract, out = tmp_path / "c.txt", tmp_path / "brief.pdf"
    contract.write_text("The Artist grants the Company a perpetual licence to the Drawings.")
    assert main(["review", str(contract), "--format", "brief", "--output", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    with pytest.raises(UnknownForm, match="choose one of pdf, brief"):
        render_paper(report, "papyrus")
