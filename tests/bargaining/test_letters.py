"""Letters go to the right place, quote the contract, count days rightly, and tell what a person has to fill in."""

from __future__ import annotations

import email
from datetime import date
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from fairterms.analyzer.readers import read
from fairterms.assistant.service import Assistant
from fairterms.bargaining.letters.forms import render_letter
from fairterms.bargaining.letters.templates import KINDS, TONES, templates
from fairterms.bargaining.letters.values import Letter, NothingToWrite, Sender
from fairterms.knowledge_base.ingest import load_facts
from fairterms.reports.values import Report

SAMPLES = Path(__file__).parents[2] / "fairterms" / "data" / "samples"
TODAY = date(2026, 3, 10)


@pytest.fixture(scope="module")
def reports(assistant: Assistant) -> dict[str, Report]:
    names = ("data_app.md", "photo_host.html", "book_cover.docx", "fair_licence.txt", "model_plan.pdf")
    return {name: assistant.review(assistant.read(SAMPLES / name)) for name in names}


def letter_of(
    kind: str, report: Report, assistant: Assistant, *, tone: str = "plain", place: str | None = None, **given: object
) -> Letter:
    sender = Sender(**{"today": TODAY, **given})  # type: ignore[arg-type]
    return assistant.letter(kind, report, sender, tone=tone, jurisdiction=place)


def words(letter: Letter) -> str:
    return render_letter(letter, "txt").decode()


def test_the_opt_out_of_arbitration_names_the_last_day_and_the_desk(
    reports: dict[str, Report], assistant: Assistant
) -> None:
    letter = letter_of(
        "arbitration-opt-out", reports["data_app.md"], assistant, started=date(2026, 3, 1), account="amara24"
    )
    text = words(letter)
    assert "they end on 31 March 2026" in text
    assert letter.mails[0] == "arbitration-desk@lumoyo.example"
    assert letter.to == ("Lumoyo Data Holdings",)
    assert "amara24" in text
    assert letter.blanks == ("[your name]", "[your address]")


def test_days_are_counted_over_a_leap_day(reports: dict[str, Report], assistant: Assistant) -> None:
    letter = letter_of("arbitration-opt-out", reports["data_app.md"], assistant, started=date(2028, 2, 10))
    assert "they end on 11 March 2028" in words(letter)


def test_a_day_that_nobody_knows_is_a_blank(reports: dict[str, Report], assistant: Assistant) -> None:
    letter = letter_of("arbitration-opt-out", reports["data_app.md"], assistant)
    assert "[day on which the 30 days began]" in letter.blanks
    assert "[your account name or contract number]" in letter.blanks
    assert any("--from" in note for note in letter.notes)


def test_a_refusal_answers_the_words_that_take_silence_for_consent(
    reports: dict[str, Report], assistant: Assistant
) -> None:
    letter = letter_of(
        "refusal", reports["photo_host.html"], assistant, tone="firm", place="US-IL", started=date(2026, 3, 3)
    )
    text = words(letter)
    assert "“If you do not tell us within 45 days" in text
    assert "they end on 17 April 2026" in text
    assert "Illinois Biometric Information Privacy Act" in text
    assert {citation.id for citation in letter.citations} >= {"il_bipa"}
    assert any("unverified" in note for note in letter.notes)
    assert not any("unverified" in paragraph for paragraph in letter.paragraphs)


@pytest.mark.parametrize(
    ("place", "said", "unsaid"),
    [
        ("DE", "article 17 of the General Data", "Illinois"),
        ("US-IL", "Illinois", "Regulation"),
        ("GB", "article 17 of the General Data", "Illinois"),
    ],
)
def test_only_the_law_of_the_readers_place_is_cited(
    place: str, said: str, unsaid: str, reports: dict[str, Report], assistant: Assistant
) -> None:
    text = words(letter_of("deletion", reports["data_app.md"], assistant, place=place))
    assert said in text
    assert unsaid not in text


def test_a_letter_goes_to_the_desk_for_its_matter(reports: dict[str, Report], assistant: Assistant) -> None:
    assert letter_of("deletion", reports["data_app.md"], assistant).mails[0] == "help@lumoyo.example"
    assert letter_of("deletion", reports["model_plan.pdf"], assistant).mails[0] == "privacy@taskwillow.example"
    assert letter_of("information-request", reports["model_plan.pdf"], assistant).mails[0] == "legal@taskwillow.example"
    assert all(
        not mail.startswith("copyright@") for mail in letter_of("refusal", reports["photo_host.html"], assistant).mails
    )


@pytest.mark.parametrize("place", [None, "KE"])
def test_where_no_record_helps_a_person_is_named(
    place: str | None, reports: dict[str, Report], assistant: Assistant
) -> None:
    letter = letter_of("deletion", reports["data_app.md"], assistant, place=place)
    assert letter.citations == ()
    assert any("ask a person" in note for note in letter.notes)


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_is_whole_and_holds_nothing_internal(
    kind: str, tone: str, reports: dict[str, Report], assistant: Assistant
) -> None:
    report = reports["data_app.md"]
    letter = letter_of(kind, report, assistant, tone=tone, place="DE", name="Amara Otieno")
    text = words(letter)
    contract = " ".join(report.analysis.document.text.replace("**", "").split())
    assert not any(mark in text for mark in ("{", "}", "<", ">", "None", "  "))
    assert "Lumoyo Data Holdings" in text
    assert text.rstrip().endswith("Amara Otieno")
    for finding in letter.quotes:
        shown = " ".join((finding.quote or "").replace("**", "").split())
        assert shown in contract
        assert shown[:100] in text
    for term in assistant.library.terms:
        for inside in (term.positions.fallback.text, term.positions.walk_away, term.why):
            assert inside not in text
    assert "2026" in text


def test_a_counter_proposal_gives_the_old_words_the_new_ones_and_the_reason(
    reports: dict[str, Report], assistant: Assistant
) -> None:
    report = reports["book_cover.docx"]
    letter = letter_of("counter-proposal", report, assistant)
    package = assistant.package(report)
    text = words(letter)
    assert letter.sender[0] == "Nadia Brandl"
    for change in package.changes:
        assert " ".join(change.text.split())[:80] in " ".join(text.split())
        assert all(answer.reason in text for answer in change.answers)
    assert "24 March 2026" in text


def test_questions_follow_what_the_contract_shows(reports: dict[str, Report], assistant: Assistant) -> None:
    text = words(letter_of("information-request", reports["data_app.md"], assistant, place="DE"))
    asked = templates().questions
    assert asked["data_resale"] in text
    assert asked["opaque_pool_split"] not in text
    assert "articles 13 to 15" in text


def test_there_is_no_letter_without_ground(reports: dict[str, Report], assistant: Assistant) -> None:
    with pytest.raises(NothingToWrite, match="no arbitration clause was found"):
        letter_of("arbitration-opt-out", reports["book_cover.docx"], assistant)


def test_an_e_mail_is_a_draft_to_the_right_desk(reports: dict[str, Report], assistant: Assistant) -> None:
    letter = letter_of("arbitration-opt-out", reports["data_app.md"], assistant, name="Amara Otieno")
    message = email.message_from_bytes(render_letter(letter, "eml"), policy=default)
    assert isinstance(message, EmailMessage)
    assert message["To"] == "arbitration-desk@lumoyo.example"
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == "Opt-out of arbitration: Lumoyo Clips Contributor Terms"
    assert "I opt out of the arbitration clause" in message.get_content()


def test_a_letter_in_word_holds_the_same_words(reports: dict[str, Report], assistant: Assistant) -> None:
    letter = letter_of("refusal", reports["photo_host.html"], assistant)
    document = read(render_letter(letter, "docx"), name="letter.docx")
    assert document.text.split() == words(letter).split()


def test_every_record_and_term_that_the_letters_name_exists(assistant: Assistant) -> None:
    known = {term.id for term in assistant.library.terms}
    texts = templates()
    named = {term for letter in texts.letters.values() for term in (*letter.terms, *letter.protective)} | set(
        texts.questions
    )
    assert named <= known
    shipped = {fact.id for fact in load_facts()}
    assert {id for by_kind in texts.law.values() for id in by_kind} <= shipped
    assert set(texts.law) <= set(KINDS)
