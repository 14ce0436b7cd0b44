"""The calendar as an iCalendar file (RFC 5545), which every calendar program reads."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time, timedelta

from icalendar import Alarm, Event
from icalendar import Calendar as File

from fairterms.bargaining.calendar.values import Calendar, Entry

_AHEAD = timedelta(days=14)  # of a last day, time enough to write a letter and to ask a person


def render_calendar(calendar: Calendar) -> bytes:
    """One whole-day event an entry, with the contract's words; a reminder two weeks before a last day. The same calendar
    gives the same bytes."""
    file = File()
    file.add("prodid", "-//FairTerms//calendar//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    for entry in calendar.entries:
        file.add_component(_event(entry, calendar))
    written: bytes = file.to_ical()
    return written


def _event(entry: Entry, calendar: Calendar) -> Event:
    event = Event()
    key = f"{calendar.contract}|{entry.day}|{entry.title}|{entry.words}"
    event.add("uid", f"{hashlib.sha256(key.encode()).hexdigest()[:24]}@fairterms")
    # The standard asks for a time of making; the day itself keeps the bytes the same.
    event.add("dtstamp", datetime.combine(entry.day, time(), UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", f"{entry.title}: {calendar.contract}")
    section = f"\n{entry.section}" if entry.section else ""
    event.add(
        "description",
        f"“{entry.words}”{section}\n\nWorked out: {entry.worked_out}. Check it against the contract; this is not legal advice.",
    )
    event.add("transp", "TRANSPARENT")
    if entry.kind in ("answer", "notice"):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", -_AHEAD)
        event.add_component(alarm)
    return event
