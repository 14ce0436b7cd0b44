"""Days from days: months that end early, business days, years with a leap day, ends and anniversaries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import numpy as np
from dateutil.relativedelta import relativedelta

Period = Mapping[str, object]  # as the facts give it: days, business_days, months


def months_on(day: date, months: int) -> date:
    """The same day of a later (or earlier) month, its last day where it has no such day.

    >>> months_on(date(2028, 2, 29), 12)
    datetime.date(2029, 2, 28)
    """
    return day + relativedelta(months=months)


def last_day(began: date, months: int) -> date:
    """The last day of a period of months that begins on a day: two years from 1 March 2026 end on 28 February 2028 or 29.

    >>> last_day(date(2026, 3, 1), 24)
    datetime.date(2028, 2, 29)
    """
    return months_on(began, months) - timedelta(days=1)


def moved(day: date, period: Period, *, back: bool = False) -> date | None:
    """The day so far on, or back; None for a period of another kind. Business days are Monday to Friday, holidays unknown.

    >>> moved(date(2026, 7, 3), {"business_days": 10})
    datetime.date(2026, 7, 17)
    >>> moved(date(2028, 3, 1), {"days": 90}, back=True)
    datetime.date(2027, 12, 2)
    >>> moved(date(2027, 3, 1), {"days": 90}, back=True)
    datetime.date(2026, 12, 1)
    """
    sign = -1 if back else 1
    days, business, months = (period.get(name) for name in ("days", "business_days", "months"))
    if isinstance(days, int):
        return day + timedelta(days=sign * days)
    if isinstance(business, int):
        moved_on = np.busday_offset(np.datetime64(day), sign * business, roll="backward" if back else "forward")
        found: date = moved_on.astype(date)
        return found
    if isinstance(months, int):
        return months_on(day, sign * months)
    return None


def told(period: Period) -> str:
    """The period in words.

    >>> told({"months": 24}), told({"business_days": 1})
    ('2 years', '1 business day')
    """
    for name, word in (("days", "day"), ("business_days", "business day"), ("months", "month")):
        number = period.get(name)
        if isinstance(number, int):
            if name == "months" and number % 12 == 0:
                number, word = number // 12, "year"
            return f"{number} {word}{'' if number == 1 else 's'}"
    return ""


def ends_of(every: str, after: date, count: int) -> Iterator[date]:
    """The next ends of calendar months, quarters, half-years or years, the first not before ``after``."""
    step = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[every]
    end = date(after.year, 1, 1)
    while True:
        end = months_on(end, step)
        if end - timedelta(days=1) >= after:
            break
    for _ in range(count):
        yield end - timedelta(days=1)
        end = months_on(end, step)
