"""What became of each point in the version that came back, and what is asked next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from difflib import SequenceMatcher

from fairterms.analyzer.values import SEVERITIES, Analysis, Finding, Span
from fairterms.bargaining.rounds.values import News, Outcome, Point, Round, Talks
from fairterms.bargaining.values import Change, Package, Strength
from fairterms.bargaining.versions import SIMILAR, key_of, sentences_of

_SHORT = 4  # words: a heading or a number is no change of substance
_GRAVE = SEVERITIES.index("medium")


def begin(analysis: Analysis, package: Package, day: date) -> Talks:
    """The record of what is asked for first."""
    asked = [point for change in package.changes for point in _points(change, analysis)]
    points = tuple(point.model_copy(update={"number": number}) for number, point in enumerate(asked, start=1))
    document = analysis.document
    return Talks(
        name=document.name, sha256=document.sha256, began=day, contract=document.text,
        sent=package.after.document.text, points=points,
    )  # fmt: skip


def take_answer(talks: Talks, sent: Analysis, first: Analysis, returned: Analysis, day: date) -> Talks:
    """The record with what a returned version says to each open point. ``sent`` and ``first`` are the readings of the texts
    that ``talks`` holds.

    What they accepted is agreed; what is agreed already and stands differently now is open again.
    """
    back = [(span, key) for span, key in sentences_of(returned)]
    # Headings too, which belong to no sentence: a clause may come back with its heading and another number.
    whole = f" {' '.join(filter(None, map(key_of, returned.document.text.splitlines())))} "
    known = {key for _, key in (*sentences_of(first), *sentences_of(sent))}
    claimed: set[Span] = set()
    points = [_answered(point, returned, back, whole, known, claimed) for point in talks.points]
    news = tuple(_news(first, sent, returned, back, known, claimed, points))
    turn = Round(name=returned.document.name, sha256=returned.document.sha256, day=day, news=news)
    return talks.model_copy(update={"points": tuple(points), "rounds": (*talks.rounds, turn)})


def agree(talks: Talks, numbers: Set[int]) -> Talks:
    """The person takes the answer to these points as it is."""
    return talks.model_copy(
        update={"points": tuple(p.model_copy(update={"status": "agreed"}) if p.number in numbers else p for p in talks.points)}
    )  # fmt: skip


def next_strengths(talks: Talks, returned: Analysis, fallback: Set[int]) -> Mapping[str, Strength]:
    """What to ask of the returned version, by its findings: the open points, and the risks in what is new.

    A point moves to the fallback only where its number is in ``fallback``.
    """
    asked: dict[str, Strength] = {}
    for point in talks.open_points:
        strength: Strength = "fallback" if point.number in fallback else point.strength
        for finding in returned.risks:
            if finding.term in point.terms and _belongs(finding, point):
                asked[finding.id] = strength
    new = {key_of(news.words) for news in (talks.rounds[-1].news if talks.rounds else ()) if not news.gone}
    for finding in returned.risks:
        if finding.quote is not None and key_of(finding.quote) in new:
            asked.setdefault(finding.id, "fair")
    return asked


def ask_again(talks: Talks, returned: Analysis, package: Package, fallback: Set[int]) -> Talks:
    """The record once the next changes are on their way: open points with their new words, and points for what is new."""
    points = list(talks.points)
    for fresh in (point for change in package.changes for point in _points(change, returned)):
        place = next((place for place, point in enumerate(points) if _continues(fresh, point)), None)
        if place is None:
            points.append(fresh.model_copy(update={"number": len(points) + 1}))
            continue
        old = points[place]
        strength = "fallback" if old.number in fallback else old.strength
        terms = tuple(dict.fromkeys((*old.terms, *fresh.terms)))
        points[place] = fresh.model_copy(update={"number": old.number, "strength": strength, "terms": terms})
    return talks.model_copy(
        update={"points": tuple(points), "sent": package.after.document.text, "contract": returned.document.text}
    )


def _points(change: Change, analysis: Analysis) -> Iterable[Point]:
    """What a change asks for: one point for a sentence, and one for each clause that is added."""
    findings = {finding.id: finding for finding in analysis.risks}
    place = change.edits[0].span.start
    clause = next((c for c in reversed(analysis.clauses) if c.span.start <= place), None)
    asked = (
        [(change.text, change.answers)]
        if change.span is not None
        else [(text, (answer,)) for text, answer in zip(change.text.split("\n\n"), change.answers, strict=True)]
    )
    for text, answers in asked:
        answered = [findings[answer.finding] for answer in answers if answer.finding in findings]
        yield Point(
            number=1,
            terms=tuple(dict.fromkeys(answer.finding.rsplit("-", 1)[0] for answer in answers)),
            titles=tuple(dict.fromkeys(finding.title for finding in answered)),
            section=clause.section if clause is not None else "",
            old=analysis.document.quote(change.span) if change.span is not None else "",
            proposed=text,
            strength=answers[0].strength,
        )


def _continues(fresh: Point, point: Point) -> bool:
    """Whether what is asked now is what an open point asked before."""
    if point.status == "agreed" or not set(fresh.terms) & set(point.terms):
        return False
    return (
        key_of(fresh.old) in (key_of(point.answer), key_of(point.old))
        if fresh.old
        else not point.old or not point.answer
    )


def _answered(
    point: Point, returned: Analysis, back: Sequence[tuple[Span, str]], whole: str, known: Set[str], claimed: set[Span]
) -> Point:
    outcome, span = _outcome(point, back, whole, known)
    if span is not None:
        claimed.add(span)
    answer = returned.document.quote(span) if span is not None else point.proposed if outcome == "accepted" else ""
    left = {
        finding.title: finding.severity
        for finding in returned.risks
        if finding.term in point.terms
        and SEVERITIES.index(finding.severity) >= _GRAVE
        and (
            finding.span == span
            if finding.span is not None and span is not None
            else not point.old and finding.span is None
        )
    }
    kept = point.status == "agreed" and key_of(answer) == key_of(point.answer)
    status = "agreed" if outcome == "accepted" or kept else "open"
    return point.model_copy(update={"outcome": outcome, "answer": answer, "left": left, "status": status})


def _outcome(
    point: Point, back: Sequence[tuple[Span, str]], whole: str, known: Set[str]
) -> tuple[Outcome, Span | None]:
    """What they did with a point, and the sentence that stands there now."""
    proposed, old = key_of(point.proposed), key_of(point.old) if point.old else ""
    parts = [key for part in re.split(r"(?<=[.?!])\s+|\n+", point.proposed) if (key := key_of(part))]
    if f" {proposed} " in whole or (parts and all(f" {part} " in whole for part in parts)):
        return "accepted", next(
            (span for span, key in back if key and key in proposed and len(key.split()) > _SHORT), None
        )
    same = next((span for span, key in back if old and key == old), None)
    if same is not None:
        return "rejected", same
    best, place = 0.0, None
    for span, key in back:
        if key in known and key != old:
            continue
        alike = max((_alike(key, other) for other in (proposed, old) if other), default=0.0)
        if alike > best:
            best, place = alike, span
    if place is not None and best >= SIMILAR:
        return "changed", place
    return ("taken out", None) if old else ("rejected", None)


def _news(
    first: Analysis,
    sent: Analysis,
    returned: Analysis,
    back: Sequence[tuple[Span, str]],
    known: Set[str],
    claimed: Set[Span],
    points: Sequence[Point],
) -> Iterable[News]:
    """What the other side wrote or took out of itself."""
    asked = " ".join(key_of(point.proposed) for point in points)
    for span, key in back:
        if key not in known and span not in claimed and len(key.split()) > _SHORT and key not in asked:
            risks = tuple(dict.fromkeys(f.title for f in returned.risks if f.span == span))
            yield News(words=returned.document.quote(span), gone=False, risks=risks)
    here = {key for _, key in back}
    touched = {key_of(point.old) for point in points}
    shown: dict[Span, list[Finding]] = {}
    for finding in first.findings:
        if finding.span is not None and finding.polarity == "protective":
            shown.setdefault(finding.span, []).append(finding)
    changed = {key for _, key in back if key not in known}
    for span, key in sentences_of(first):
        if key in here or key in touched or len(key.split()) <= _SHORT:
            continue
        if any(_alike(key, other) >= SIMILAR for other in changed):
            continue  # it is told above, in its new words
        lost = tuple(dict.fromkeys(f"Protection lost: {finding.title}" for finding in shown.get(span, ())))
        yield News(words=first.document.quote(span), gone=True, risks=lost)


def _belongs(finding: Finding, point: Point) -> bool:
    if finding.quote is None:
        return not point.old
    return key_of(finding.quote) in (key_of(point.answer), key_of(point.old))


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(a=one.split(), b=other.split(), autojunk=False).ratio()
