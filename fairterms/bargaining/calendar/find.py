"""From a contract to its calendar: the term and its end, notices before it, answers, payments, statements, checks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fairterms.analyzer.facts import extract
from fairterms.analyzer.fold import fold
from fairterms.analyzer.values import Analysis, Clause, Span
from fairterms.bargaining.calendar.reckon import Period, ends_of, last_day, months_on, moved, told
from fairterms.bargaining.calendar.values import Calendar, Entry, EntryKind, Undated
from fairterms.bargaining.letters.contents import passages_for, title_of, window_of
from fairterms.bargaining.letters.templates import templates

_PREAMBLE = 2500  # letters in which a contract says from when it holds
_ROUNDS = 3  # renewals, statements and checks that are written out ahead
# The day that the contract gives itself, and other days that only date a paper.
_OWN_DAY = re.compile(
    r"(?:\bthis [^.;]{0,80}?\b(?:dated|made|entered into|effective|concluded)\b[^.;]{0,60}|\beffective date\b[^.;]{0,40}|\b(?:commenc|begin|start)\w*\b[^.;]{0,30})$"
)
_PAPER = re.compile(
    r"\b(?:dated|as of|version of|made on|sent\b[^.;]{0,40} on|opened (?:in|on)|arranged [^.;]{0,20}for|date:|agreed [^.;]{0,60} on|signed on|published on|last updated:?)\W*$"
)
_TERM = re.compile(
    r"\b(?:initial term|term|agreement|contract|licen[cs]e|appointment|engagement)\b[^.;]{0,80}?\b(?:is|for|of|runs?|lasts?|continues?|means?|period)\b"
)
_FROM_THE_START = re.compile(r"\b(?:effective date|date of (?:this|the) \w+|signing|signature|commencement)\b")
_RENEWS = re.compile(r"\b(?:renew\w*|extend(?:s|ed)? (?:automatically|itself)|roll(?:s|ed)? over|prolong\w*)\b")
_AT_THE_END = re.compile(r"\b(?:end|expiry|expiration|expires?|term|renewal|renews?|period)\b")
_ANNIVERSARY = re.compile(r"\banniversar(?:y|ies)\b")
_EVERY = re.compile(
    r"\b(?:each|every|the|a|any)\s+(?:(?:calendar|accounting|royalty|financial|contract)\s+)?(month|quarter|half[- ]year|year)\b"
)
_CHECK = re.compile(r"\b(?:audit|inspect|examin|check the books|verify)\w*")
_YEARLY = re.compile(
    r"\b(?:once (?:a|per|each|every|in any) (?:\w+ )?year|each year|every year|annual(?:ly)?|once in (?:any|every) twelve)"
)
# What a day is for, by the words around it; the first that fits.
_FOR: tuple[tuple[EntryKind, str, re.Pattern[str]], ...] = (
    ("renewal", "Renewal", _RENEWS),
    ("notice", "Notice", re.compile(r"\b(?:notice|object|opt(?:s|ed|ing)?[- ]out|opt(?:s|ed|ing)?[- ]in|cancel\w*|withdraw\w*|revok\w*)\b")),
    ("payment", "Payment", re.compile(r"\b(?:pay(?:s|able|ment|ments)?|paid|fees?|royalt\w+|instal\w+|invoice\w*|advance)\b")),
    ("statement", "Statement", re.compile(r"\b(?:statements?|reports?|accounts?)\b")),
    ("delivery", "Delivery", re.compile(r"\b(?:deliver\w*|submit\w*|hand(?:s|ed)? (?:in|over)|deadline|due|recording|session|shoot)\b")),
    ("end", "End", re.compile(r"\b(?:expir\w*|ends?|until|till|through|terminat\w*|to)\b")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its section; ``dates`` are the days that it names, in ISO form."""

    span: Span
    words: str
    section: str

    @property
    def folded(self) -> str:
        return fold(self.words)


def calendar_of(analysis: Analysis, *, began: date | None = None, today: date) -> Calendar:
    """The days of a contract. ``began`` is the day that it runs from, or on which a notice came, as the person says it; else
    the day that the contract itself names, where it names one."""
    sentences = [_sentence(analysis, clause, span) for clause in analysis.clauses for span in clause.sentences]
    start = began or _began(analysis)
    term = _term(sentences)
    end, by = _end(term, start)
    entries: list[Entry] = []
    undated: list[Undated] = []
    if term is not None and end is None:
        counted = next(
            (str(p["from"]) for p in _periods("duration", term) if "from" in p), "the day on which the contract begins"
        )
        undated.append(Undated("End of the term", term.words, term.section, counted))
    if term is not None and end is not None:
        entries.append(Entry("end", end, "The term ends", term.words, term.section, by))
    for sentence in sentences:
        for found in _days_in(sentence, start, end, term, today, analysis):
            (entries if isinstance(found, Entry) else undated).append(found)  # type: ignore[arg-type]
    for found in _answers(analysis, began):
        (entries if isinstance(found, Entry) else undated).append(found)  # type: ignore[arg-type]
    unique = {(entry.day, entry.title, entry.words): entry for entry in entries}
    named = {(one.title, one.words): one for one in undated}
    ordered = tuple(sorted(unique.values(), key=lambda entry: (entry.day, entry.kind, entry.words)))
    return Calendar(title_of(analysis), start, ordered, tuple(named.values()))


def _sentence(analysis: Analysis, clause: Clause, span: Span) -> _Sentence:
    words = " ".join(analysis.document.quote(span).replace("**", "").split())
    return _Sentence(span, words, clause.section.replace("**", "").strip())


def _began(analysis: Analysis) -> date | None:
    """The day that the beginning of the contract names as its own, None where it names none."""
    text = analysis.document.text[:_PREAMBLE]
    for fact in extract("date", text):
        day = dict(fact.value).get("date")
        if isinstance(day, str) and fact.span is not None and _OWN_DAY.search(fold(text[: fact.span.start])):
            return _read(day)
    return None


def _read(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:  # a month or a year alone is no day
        return None


def _dates(sentence: _Sentence) -> list[tuple[date, int]]:
    """The days that a sentence names, with the place of each."""
    found = []
    for fact in extract("date", sentence.words):
        day = dict(fact.value).get("date")
        read = _read(day) if isinstance(day, str) else None
        if read is not None and fact.span is not None:
            found.append((read, fact.span.start))
    return found


def _periods(kind: str, sentence: _Sentence) -> Iterator[Period]:
    for fact in extract(kind, sentence.words):  # type: ignore[arg-type]
        yield dict(fact.value)


def _term(sentences: Sequence[_Sentence]) -> _Sentence | None:
    """The sentence that says how long the contract runs."""
    for sentence in sentences:
        if _TERM.search(sentence.folded) and any(
            isinstance(period.get("months"), int) and "renewal" not in period
            for period in _periods("duration", sentence)
        ):
            return sentence
    return None


def _end(term: _Sentence | None, start: date | None) -> tuple[date | None, str]:
    """The last day of the term, and how it was worked out."""
    if term is None:
        return None, ""
    dates = [day for day, _ in _dates(term)]
    if len(dates) >= 2 and dates[0] < dates[-1]:
        return dates[-1], "named in the contract"
    periods = [p for p in _periods("duration", term) if isinstance(p.get("months"), int) and "renewal" not in p]
    months, counted = periods[0]["months"], str(periods[0].get("from", ""))
    begins = dates[0] if dates else start if not counted or _FROM_THE_START.search(counted) else None
    if begins is None or not isinstance(months, int):
        return None, ""
    return last_day(begins, months), f"{told({'months': months})} from {_day(begins)}"


def _days_in(
    sentence: _Sentence, start: date | None, end: date | None, term: _Sentence | None, today: date, analysis: Analysis
) -> Iterator[Entry | Undated]:
    folded = sentence.folded
    in_preamble = sentence.span.end <= _PREAMBLE and start is not None
    for day, place in _dates(sentence):
        if (
            sentence is term
            or (in_preamble and day == start)
            or (start is not None and day < start)
            or _PAPER.search(folded[:place])
        ):
            continue
        kind, title = _kind(folded, place)
        yield Entry(kind, day, title, sentence.words, sentence.section, "named in the contract")
    for period in (*_periods("notice", sentence), *_periods("deadline", sentence)):
        if "date" in period or not told(period):
            continue
        yield from _period_in(sentence, period, start, end, term, today)
    if _CHECK.search(folded) and _YEARLY.search(folded) and start is not None:
        for year in range(1, _ROUNDS + 1):
            day = months_on(start, 12 * year)
            yield Entry(
                "audit",
                day,
                "The yearly check of the books is open",
                sentence.words,
                sentence.section,
                f"{year} years from {_day(start)}" if year > 1 else f"one year from {_day(start)}",
            )


def _period_in(
    sentence: _Sentence, period: Period, start: date | None, end: date | None, term: _Sentence | None, today: date
) -> Iterator[Entry | Undated]:
    folded = sentence.folded
    before, counted = str(period.get("before", "")), str(period.get("from", ""))
    if before or (_RENEWS.search(folded) and "from" not in period) or (_ANNIVERSARY.search(folded) and not counted):
        about = before or folded
        if _ANNIVERSARY.search(about):
            yield from _before_anniversaries(sentence, period, start)
        elif _AT_THE_END.search(about):
            yield from _before_the_end(sentence, period, start, end, term)
        return
    every = _EVERY.search(counted)
    if every is not None and counted.startswith(("end", "the end", "close", "each", "every")):
        unit = every.group(1).replace(" ", "-")
        for close in ends_of(unit, start or today, _ROUNDS):
            day = moved(close, period)
            if day is not None:
                kind, title = _kind(folded, len(folded))
                by = f"{told(period)} from the end of the {unit} on {_day(close)}"
                yield Entry(kind, day, title, sentence.words, sentence.section, by)
    elif counted and counted != "not stated":
        kind, title = _kind(folded, len(folded))
        if kind in ("payment", "statement", "notice", "renewal"):
            yield Undated(f"{title}: {told(period)}", sentence.words, sentence.section, counted)


def _before_anniversaries(sentence: _Sentence, period: Period, start: date | None) -> Iterator[Entry | Undated]:
    if start is None:
        yield Undated(
            f"Notice: {told(period)} before the anniversary",
            sentence.words,
            sentence.section,
            "the anniversary of the day on which the contract begins",
        )
        return
    for year in range(1, _ROUNDS + 1):
        anniversary = months_on(start, 12 * year)
        day = moved(anniversary, period, back=True)
        if day is not None:
            by = f"{told(period)} before the anniversary on {_day(anniversary)}"
            yield Entry("notice", day, "Last day for notice", sentence.words, sentence.section, by)


def _before_the_end(
    sentence: _Sentence, period: Period, start: date | None, end: date | None, term: _Sentence | None
) -> Iterator[Entry | Undated]:
    """The last day on which a notice is in time: the whole period lies between it and the end of the term."""
    if end is None:
        yield Undated(f"Notice: {told(period)} before the end", sentence.words, sentence.section, "the end of the term")
        return
    renewal = next(
        (p["months"] for p in _periods("duration", sentence) if "renewal" in p and isinstance(p.get("months"), int)),
        None,
    )
    if renewal is None and term is not None and _RENEWS.search(sentence.folded):
        renewal = next((p["months"] for p in _periods("duration", term) if isinstance(p.get("months"), int)), None)
    rounds = _ROUNDS if isinstance(renewal, int) else 1
    for count in range(rounds):
        close = last_day(end + timedelta(days=1), count * renewal) if isinstance(renewal, int) and count else end
        day = moved(close, period, back=True)
        if day is None:
            continue
        yield Entry(
            "notice",
            day,
            "Last day for notice",
            sentence.words,
            sentence.section,
            f"{told(period)} before the end of the term on {_day(close)}",
        )
        if isinstance(renewal, int):
            yield Entry(
                "renewal",
                close + timedelta(days=1),
                "Renews unless notice was given",
                sentence.words,
                sentence.section,
                f"the day after the term ends on {_day(close)}",
            )


def _answers(analysis: Analysis, began: date | None) -> Iterator[Entry | Undated]:
    """Periods in which silence or a step not taken binds: refusals, and opt-outs of arbitration."""
    for kind in ("refusal", "arbitration-opt-out"):
        template = templates().letters[kind]
        passages = [
            finding
            for finding in passages_for(analysis, template.terms, (), template.prefer)
            if template.prefer is not None and re.search(template.prefer, fold(finding.quote or ""))
        ]
        window = window_of(analysis, passages, began) if passages else None
        if window is None:
            continue
        section = (passages[0].section or "").replace("**", "").strip()
        title = f"Last day: {template.title.lower()}"
        if window.last_day is not None and began is not None:
            yield Entry(
                "answer", window.last_day, title, window.words, section, f"{window.days} days from {_day(began)}"
            )
        else:
            yield Undated(
                f"{title}, {window.days} days",
                window.words,
                section,
                "the day that the contract names; give it with --from",
            )


def _kind(folded: str, place: int) -> tuple[EntryKind, str]:
    """What a day at that place of a sentence is for: the words before it decide, then those behind."""
    for words in (folded[:place], folded):
        for kind, title, pattern in _FOR:
            if pattern.search(words):
                return kind, title
    return "date", "Date"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
