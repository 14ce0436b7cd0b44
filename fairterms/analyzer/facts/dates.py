"""Days of the calendar, in ISO form; a day that can be read in two ways is said to be ambiguous."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from fairterms.analyzer.facts.found import Found

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b{_DAY}(?:\s+day)?(?:\s+of)?[\s,.-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})\b",
        rf"\b{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})\b",
        r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b",
        # Two digits after a dot are more often the number of a clause.
        r"(?<![\d./-])(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|(?<=/)\d{2})(?![\d/-])",
        rf"\b{_MONTH},?\s+(?P<year>\d{{4}})\b",
    )
)


def find_dates(folded: str) -> Iterator[Found]:
    """Every date, in text order.

    >>> [dict(found.value) for found in find_dates("from 1 may 2027 to 03/04/2028")]
    [{'date': '2027-05-01'}, {'ambiguous': True, 'could_be': ('2028-03-04', '2028-04-03')}]
    """
    taken: list[Found] = []
    for form in _FORMS:
        for match in form.finditer(folded):
            found = Found(match.start(), match.end(), _value(match))
            if not any(found.overlaps(other) for other in taken):
                taken.append(found)
    yield from sorted((found for found in taken if found.value), key=lambda found: found.start)


def _value(match: re.Match[str]) -> tuple[tuple[str, str | bool | tuple[str, ...]], ...]:
    """Empty where the calendar has no such day."""
    parts = match.groupdict()
    if "first" in parts:
        days = sorted(set(_readings(int(parts["first"]), int(parts["second"]), parts["year"])))
        if len(days) == 1 and len(parts["year"]) == 4:
            return (("date", days[0]),)
        return (("ambiguous", True), ("could_be", tuple(days))) if days else ()
    month = parts["month"]
    number = int(month) if month.isdigit() else next(n for n, name in enumerate(_MONTHS, 1) if name[:3] == month[:3])
    if "day" not in parts:
        return (("date", f"{parts['year']}-{number:02}"),)
    day = _iso(int(parts["year"]), number, int(parts["day"]))
    return (("date", day),) if day else ()


def _readings(first: int, second: int, year: str) -> Iterator[str]:
    full = int(year) if len(year) == 4 else 2000 + int(year)
    orders = [(full, second, first), (full, first, second)]
    if len(year) == 2:
        orders.append((2000 + first, second, int(year)))
    yield from filter(None, (_iso(*order) for order in orders))


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
