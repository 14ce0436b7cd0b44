"""fairterms calendar: the days that a contract sets."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fairterms.assistant.commands.common import DONE, TO_PUT_RIGHT, WRONG_USAGE, day, open_for, write_bytes

if TYPE_CHECKING:
    from fairterms.assistant.commands.common import Commands


def add(commands: Commands) -> None:
    calendar = commands.add_parser("calendar", help="write the days that a contract sets into a calendar file")
    calendar.add_argument("file", metavar="FILE", help="the contract, in any form that review reads")
    calendar.add_argument("--output", type=Path, required=True, metavar="OUT.ics", help="the calendar file")
    calendar.add_argument("--from", dest="began", type=day, metavar="YYYY-MM-DD", help="from when the contract runs")
    calendar.add_argument("--password", metavar="P", help="password of a protected file")
    calendar.set_defaults(run=_calendar)


def _calendar(options: argparse.Namespace) -> int:
    """Writes the days that can be worked out, and names those of which only the person knows the beginning."""
    from datetime import date

    from fairterms.bargaining.calendar.ics import render_calendar

    if options.output.suffix.lower() != ".ics":
        print("usage: fairterms calendar FILE --output OUT.ics", file=sys.stderr)
        return WRONG_USAGE
    assistant = open_for()
    document = assistant.read(Path(options.file), password=options.password)
    calendar = assistant.calendar(document, began=options.began, today=date.today())
    if not write_bytes(render_calendar(calendar), options.output):
        return TO_PUT_RIGHT
    for entry in calendar.entries:
        print(f"{entry.day.isoformat()}  {entry.title} ({entry.worked_out})", file=sys.stderr)
    for one in calendar.undated:
        print(f"no date     {one.title}, counted from: {one.counts_from}", file=sys.stderr)
    if calendar.began is None:
        print("The contract does not say from when it runs; name the day with --from.", file=sys.stderr)
    print(
        "Holidays are not known here. Check each day against the contract. This is not legal advice.", file=sys.stderr
    )
    return DONE
