"""Days of a contract: worked out rightly, over leap years too, with the words that set them, and never guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar as File

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.readers import read, read_text
from fairterms.bargaining.calendar.find import calendar_of
from fairterms.bargaining.calendar.ics import render_calendar
from fairterms.bargaining.calendar.values import Calendar

SAMPLES = Path(__file__).parents[2] / "fairterms" / "data" / "samples"
TODAY = date(2026, 3, 2)
CONTRACT = """\
Licence Agreement

This Licence Agreement is entered into as of 1 March 2026 between Petra Holm (the "Author") and Nordlicht Press Ltd (the "Publisher").

1. Term. This agreement runs for two years and renews for further periods of one year each unless either party gives notice at least ninety (90) days before the end of the then-current term.

2. Exit. The Author may end this agreement on sixty days' notice before any anniversary of the effective date.

3. Money. The Publisher pays a fee of 900 euros on 15 June 2026. Statements are sent within 45 days after the end of each calendar quarter.

4. Books. The Author may inspect the books once a year.

5. Sales. The Publisher pays each share within 30 days of delivery of the print file.
"""


def calendar(text: str, analyzer: Analyzer, began: date | None = None) -> Calendar:
    return calendar_of(analyze(read_text(text), analyzer), began=began, today=TODAY)


@pytest.fixture(scope="module")
def whole(signals_only: Analyzer) -> Calendar:
    return calendar(CONTRACT, signals_only)


def days(calendar: Calendar, title: str) -> list[str]:
    return [entry.day.isoformat() for entry in calendar.entries if entry.title == title]


def test_the_term_ends_on_the_day_before_it_began_also_on_a_leap_day(whole: Calendar) -> None:
    assert whole.began == date(2026, 3, 1)
    assert days(whole, "The term ends") == ["2028-02-29"]


def test_notice_is_in_time_when_the_whole_period_lies_before_the_end(whole: Calendar) -> None:
    before_the_end = [entry.day.isoformat() for entry in whole.entries if "90 days before" in entry.worked_out]
    assert before_the_end == ["2027-12-01", "2028-11-30", "2029-11-30"]
    assert days(whole, "Renews unless notice was given") == ["2028-03-01", "2029-03-01", "2030-03-01"]


def test_days_before_the_anniversary_are_right_over_leap_years(whole: Calendar) -> None:
    anniversaries = [entry.day.isoformat() for entry in whole.entries if "60 days before" in entry.worked_out]
    assert anniversaries == ["2026-12-31", "2028-01-01", "2028-12-31"]


def test_payments_statements_and_checks(whole: Calendar) -> None:
    assert days(whole, "Payment") == ["2026-06-15"]
    assert days(whole, "Statement") == ["2026-05-15", "2026-08-14", "2026-11-14"]
    assert days(whole, "The yearly check of the books is open") == ["2027-03-01", "2028-03-01", "2029-03-01"]


def test_a_period_from_an_unknown_day_has_no_date(whole: Calendar) -> None:
    (one,) = whole.undated
    assert one.title == "Payment: 30 days"
    assert "delivery" in one.counts_from


def test_every_entry_has_the_words_that_set_it(whole: Calendar) -> None:
    text = " ".join(CONTRACT.split())
    assert all(entry.words in text for entry in whole.entries)
    assert all(entry.section for entry in whole.entries)


def test_without_a_first_day_nothing_is_guessed(signals_only: Analyzer) -> None:
    text = CONTRACT.replace(" is entered into as of 1 March 2026", " is made")
    found = calendar(text, signals_only)
    assert found.began is None
    assert days(found, "Last day for notice") == []
    assert {one.title for one in found.undated} >= {"End of the term", "Notice: 90 days before the end"}
    told = calendar(text, signals_only, date(2026, 3, 1))
    assert days(told, "The term ends") == ["2028-02-29"]


def test_a_term_from_an_event_is_not_counted_from_the_signing(signals_only: Analyzer) -> None:
    text = CONTRACT.replace(
        "This agreement runs for two years and", "This agreement runs for two years from publication of the book and"
    )
    assert days(calendar(text, signals_only), "The term ends") == []


@pytest.mark.parametrize(
    ("name", "began", "title", "day"),
    [
        ("data_app.md", date(2026, 3, 1), "Last day: opt-out of arbitration", "2026-03-31"),
        ("photo_host.html", date(2026, 3, 3), "Last day: refusal", "2026-04-17"),
        ("fair_licence.txt", None, "The term ends", "2029-02-28"),
        ("author_addendum.docx", None, "Notice", "2026-04-30"),
    ],
)
def test_the_samples_days(name: str, began: date | None, title: str, day: str, signals_only: Analyzer) -> None:
    found = calendar_of(analyze(read(SAMPLES / name), signals_only), began=began, today=TODAY)
    assert day in days(found, title)


def test_a_calendar_program_reads_the_file(whole: Calendar) -> None:
    data = render_calendar(whole)
    events = File.from_ical(data).walk("VEVENT")
    assert len(events) == len(whole.entries)
    first = next(event for event in events if "Last day for notice" in event["SUMMARY"])
    assert "sixty days' notice" in first["DESCRIPTION"]
    assert first.decoded("DTSTART") == date(2026, 12, 31)
    assert len(first.walk("VALARM")) == 1
    assert len({event["UID"] for event in events}) == len(events)
    assert render_calendar(whole) == data
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
