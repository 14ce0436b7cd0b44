"""A negotiation so far, as text: what is open, what is agreed, and what the other side brought in of itself."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from fairterms.bargaining.rounds.values import News, Outcome, Point, Talks
from fairterms.reports import words

_WIDTH = 100
_OUTCOMES: dict[Outcome, str] = {
    "asked": "asked, no answer yet",
    "accepted": "accepted",
    "rejected": "rejected: the contract’s words stand",
    "changed": "answered with other words",
    "taken out": "the words at fault were taken out",
}
_SHORT = 300  # letters of a clause; the files hold the rest


def render_rounds(talks: Talks) -> str:
    return "\n".join(_lines(talks)) + "\n"


def _lines(talks: Talks) -> Iterator[str]:
    count = len(talks.rounds)
    yield from wrap(
        f"{talks.name}: {words.counted(count, 'version', 'versions')} came back since {talks.began.isoformat()}.",
        _WIDTH,
    )
    agreed = [point for point in talks.points if point.status == "agreed"]
    yield f"Open: {len(talks.open_points)}. Agreed for now: {len(agreed)}."
    for heading, points in (("Open points", talks.open_points), ("Agreed for now, until the whole is signed", agreed)):
        if points:
            yield from ("", heading.upper())
        for point in points:
            yield from _point(point)
    news = talks.rounds[-1].news if talks.rounds else ()
    if news:
        yield from ("", "NEW IN THE LAST VERSION, AND NOT ASKED FOR")
    for one in news:
        yield from _news(one)
    yield ""
    yield "This is not legal advice."


def _point(point: Point) -> Iterator[str]:
    place = f" ({words.clean(point.section)})" if point.section else ""
    titles = "; ".join(words.clean(title) for title in point.titles)
    yield from wrap(f"{point.number}. {titles}{place}: {_OUTCOMES[point.outcome]}", _WIDTH, subsequent_indent="   ")
    if point.status == "open":
        yield from _told(f"Asked ({point.strength})", point.proposed)
    if point.outcome == "changed":
        yield from _told("Their words", point.answer)
    if point.left:
        left = ", ".join(f"{title} ({severity})" for title, severity in sorted(point.left.items()))
        yield f"   ! Still found in it: {left}"


def _news(news: News) -> Iterator[str]:
    yield from _told("Taken out" if news.gone else "Put in", news.words, mark="- ")
    for risk in news.risks:
        yield f"   ! {risk}"


def _told(label: str, said: str, mark: str = "   ") -> Iterator[str]:
    said = words.clean(said)
    short = said if len(said) <= _SHORT else said[:_SHORT].rsplit(" ", 1)[0] + " ..."
    yield from wrap(f"{mark}{label}: {short}", _WIDTH, subsequent_indent="   ", break_long_words=False)
