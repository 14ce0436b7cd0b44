"""Periods of time, told apart by what is said of them: how long a thing lasts, how long before, and how long after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from fairterms.analyzer.facts.dates import find_dates
from fairterms.analyzer.facts.found import Found, of_one
from fairterms.analyzer.facts.numbers import NUMBER, agreed, readings, tidy
from fairterms.analyzer.values import Scalar

Sort = Literal["duration", "notice", "deadline", "other"]

_PERIOD = re.compile(
    rf"(?<![\w.,$€£])(?:(?P<other>{NUMBER})(?:\s(?:or|to)\s|(?<=\d)\s?-\s?(?=\d)))?(?P<number>{NUMBER}|an?)(?:\s*\(\s*(?P<again>{NUMBER})\s*\))?"
    r"[\s-]*(?P<sort>(?:(?:calendar|business|working|banking|consecutive|full|clear|whole|complete|additional|further"
    r"|successive|more|other)[\s-]+)*)(?P<unit>years?|months?|weeks?|days?|hours?|minutes?)\b(?:'s|s'|')?"
)
_QUALIFIED = r"(?:(?:at least|not less than|no less than|no fewer than|not fewer than|a minimum of|minimum|at minimum|up to|no later than|not later than|no more than|not more than|about|approximately)\s+)?"

_NOTICE_AFTER = re.compile(
    r"\W{0,3}(?:of\s+)?(?:(?:advance|prior|previous|written|express|formal|clear|reasonable|electronic|e-?mail)[\s,-]+(?:and\s+|or\s+)?)*"
    r"(?:notices?|notification|warning)\b"
)
_AHEAD = re.compile(
    r"\s*(?:in advance|beforehand|ahead\b|before\b|prior to\b|previous to\b|earlier\b)\s*(?:of\s+)?(?P<event>[^,.;:()]*)"
)
_NOTICE_BEFORE = re.compile(
    rf"\bnotice(?:\s+period)?(?:\s+(?:of|is|shall be|will be|to be|in writing|for|to|the other (?:party|side))){{0,4}}:?\s+{_QUALIFIED}(?:a |the )?$"
)
_TELLING = re.compile(r"\b(?:notice|notif|inform|tell|advis|announc|warn|e-?mail|writ|let you know)[^.;]{0,140}$")

_EVENT = (
    r"(?P<event>[^,.;:()]{2,160}?)(?=\s*(?:[,.;:()]|$)|\s+(?:unless|if|whichever|either|whether|provided|and|but|shall|will|may|must"
    r"|by|failing|otherwise|without|to\s+(?:opt|object|reject|cancel|withdraw|request|ask|notify|tell|pay|terminate|decide|respond|accept|cure|remedy|appeal|send|return))\b)"
)
_RUNS_FROM = re.compile(
    rf"\s*(?:period\s+)?(?:starting|beginning|commencing|counted|counting|running)?\s*(?P<word>of|after|from|following|since|upon|as of|on|with)\s+{_EVENT}"
)
_WITHIN = re.compile(
    rf"(?:\bwithin|\binside|\b(?:no|not) later than|\bnot exceeding|\bby the end of)\s+(?:a (?:further |maximum )?(?:period|term|window) of\s+"
    rf"|the (?:first|next|following)\s+|the\s+)?{_QUALIFIED}$"
)
_LASTING = re.compile(
    rf"(?:\bfor|\b(?:terms?|periods?|duration|length) (?:of|is|shall be|will be)|\blasts?|\bruns?|\bcontinues?|\bvalid|\bexpires?|\bends?"
    rf"|\bterminates?|\breverts?|\bsurvives?|\bremains? in (?:force|effect)|\bterm:)\s+(?:a |the )?(?:(?:initial|further|first|total|maximum|minimum|fixed|period|term|of)\s+)*{_QUALIFIED}$"
)
_AFTER_THAT = re.compile(r"\b(?:after|following|in|net)\s+(?:a (?:further )?period of\s+|the\s+)?$")
_WINDOW = re.compile(
    r"[\s-]*(?:(?:long|written)\s+)?(?:cure|grace|payment|opt-?\s?out|objection|cooling-?\s?off|withdrawal|rescission|response|review|acceptance)\s+(?:period|window|right|term|time)\b"
)
_WINDOW_BEFORE = re.compile(
    rf"\b(?:cure|grace|payment|opt-?\s?out|objection|cooling-?\s?off|withdrawal|response|acceptance) (?:period|window|terms?|time)(?: of| is| shall be| will be|:)\s+{_QUALIFIED}$"
)
_PAST = re.compile(r"\b(?:preceding|prior|previous|last|past|trailing|every|each|per|once|twice|any)\s+(?:a )?$")
_IN_THE = re.compile(r"\b(?:in|during|over|within|for) the\s+$")
_PAST_AFTER = re.compile(r"\s*(?:period\s+)?(?:immediately\s+)?(?:before|preceding|prior to|leading up to)\b")
_AGE = re.compile(r"\s*(?:of age\b|old\b|or older\b|of (?:[a-z]+\s+){0,4}experience\b)")
_AGED = re.compile(r"\b(?:aged?(?: of)?|older than|under|over the age of)\s+$")
_RENEWING = re.compile(r"\b(?:renew|successive|extend|extension|further|additional)")
_OWED = re.compile(
    r"\b(?:pay|paid|due|payable|deliver|submit|return|delete|respond|remit|account|object|contest|claim|exercise)"
)

_FOR_EVER = re.compile(
    r"(?<!non-)(?<!not )(?<!not a )(?<!no )\bperpetual(?:ly)?\b|\bin perpetuity\b|\bfor ?ever\b|\bfor all time\b|\bunlimited in time\b"
    r"|\bwithout (?:any )?(?:time limit|limit(?:ation)? (?:of|in|as to) time)\b"
)
_COPYRIGHT = re.compile(
    r"\b(?:(?:full|entire|whole|legal|maximum|statutory|remaining|complete)\s+)*(?:term|duration|life|lifetime|period|length) of (?:the |all |any |its |such |legal )*"
    r"(?:copyrights?|protection)\b(?:\s+protection)?|\b(?:as|so) long as (?:the |any )?copyright\b"
)
_AGREEMENT = re.compile(
    r"\b(?:during|throughout|for) the (?:full |entire |whole )?(?:term|duration|life|lifetime)"
    r"(?:\s+(?:of|hereof)\s+(?:this|the|these|such)\s+(?:agreement|contract|licen[cs]e|terms|deal)\b|(?!\s+of\b)\b)"
)
_UNTIL = re.compile(
    r"\b(?:until|till|through|up to(?: and including)?|(?:expires?|ends?|terminates?|expiring|ending)(?: automatically)? on)\s+$"
)
_BY = re.compile(r"\b(?:by|(?:no|not) later than|on or before|before)\s+$")
_NO_NOTICE = re.compile(r"\bwithout (?:any |further |giving (?:you )?|prior |previous |advance |written )*notice\b")
_NET = re.compile(r"\bnet[\s-]+(?P<number>\d{1,3})\b(?!\s*(?:[%.,]\d|per ?cent|days?|months?))")


def find_durations(folded: str) -> Iterator[Found]:
    """How long a thing lasts: "for 3 years", "in perpetuity", "until 31 December 2027"."""
    for pattern, key in ((_FOR_EVER, "perpetual"), (_COPYRIGHT, "copyright_term"), (_AGREEMENT, "agreement_term")):
        for match in pattern.finditer(folded):
            yield Found(match.start(), match.end(), ((key, True),))
    for day in find_dates(folded):
        if _UNTIL.search(folded[max(day.start - 40, 0) : day.start]):
            value = dict(day.value)
            last: Scalar | None = value.get("date")
            yield Found(day.start, day.end, (("until", last),) if last else day.value)
    yield from _periods(folded, "duration")


def find_notices(folded: str) -> Iterator[Found]:
    """How long before a thing somebody is told; "without notice" is 0 days."""
    for match in _NO_NOTICE.finditer(folded):
        yield Found(match.start(), match.end(), (("days", 0),))
    yield from _periods(folded, "notice")


def find_deadlines(folded: str) -> Iterator[Found]:
    """By when a thing is due, with the event that the time runs from, or runs up to."""
    yield from _periods(folded, "deadline")
    for match in _NET.finditer(folded):
        yield Found(match.start(), match.end(), (("days", int(match["number"])), ("from", "not stated")))
    for day in find_dates(folded):
        if _BY.search(folded[max(day.start - 40, 0) : day.start]):
            yield Found(day.start, day.end, day.value)


def measured(folded: str) -> Iterator[tuple[Found, Sort]]:
    """Every period with a number in it, and what it is said to be."""
    for match in _PERIOD.finditer(folded):
        sort, extra = _sort(match, folded)
        for value in _values(match):
            yield Found(match.start(), match.end(), value + (extra if value[0][0] != "ambiguous" else ())), sort


def _periods(folded: str, wanted: Sort) -> Iterator[Found]:
    return (found for found, sort in measured(folded) if sort == wanted)


def _values(match: re.Match[str]) -> Iterator[tuple[tuple[str, Scalar], ...]]:
    unit = match["unit"].rstrip("s")
    key, factor = {"year": ("months", 12), "week": ("days", 7)}.get(unit, (f"{unit}s", 1))
    if re.search(r"business|working|banking", match["sort"]):
        key = f"business_{key}"
    number = match["number"]
    written = (1,) if number in ("a", "an") else agreed(number, match["again"])
    groups = [readings(match["other"]), written] if match["other"] else [written]
    for values in groups:
        yield of_one(tuple(tidy(value * factor) for value in values), key, key.replace("_", " "))


def _sort(match: re.Match[str], folded: str) -> tuple[Sort, tuple[tuple[str, Scalar], ...]]:
    before, after = folded[max(match.start() - 200, 0) : match.start()], folded[match.end() : match.end() + 200]
    loose = match["number"] in ("a", "an")  # "a year" is a figure only where the words around it make it one
    unit = match["unit"].rstrip("s")
    if unit == "year" and re.fullmatch(r"(?:19|20)\d\d", match["number"]):
        return "other", ()  # the calendar year 2019
    if _AGE.match(after) or _AGED.search(before):
        return "other", ()
    if _NOTICE_AFTER.match(after) or _NOTICE_BEFORE.search(before):
        return "notice", ()
    if _IN_THE.search(before) and _PAST_AFTER.match(after):
        return "other", ()
    ahead = _AHEAD.match(after)
    if ahead and _TELLING.search(before):
        return "notice", ()
    if _PAST.search(before):
        return "other", ()
    if ahead and ahead["event"].strip() and not _LASTING.search(before):
        return "deadline", (("before", _event(ahead["event"])),)
    if _WINDOW.match(after) or _WINDOW_BEFORE.search(before):
        return "deadline", (("from", "not stated"),)
    runs = _RUNS_FROM.match(after)
    if _WITHIN.search(before):
        return "deadline", (("from", _event(runs["event"]) if runs else "not stated"),)
    if runs and runs["word"] in ("of", "on", "with", "upon") and not _AFTER_THAT.search(before):
        runs = None
    lasting = _LASTING.search(before) is not None
    if (
        not lasting
        and (runs or _AFTER_THAT.search(before))
        and (unit in ("day", "week", "hour") or _OWED.search(before))
    ):
        return "deadline", (("from", _event(runs["event"]) if runs else "not stated"),)
    if unit in ("hour", "minute") or (loose and not lasting):
        return "other", ()
    extra: tuple[tuple[str, Scalar], ...] = (("from", _event(runs["event"])),) if runs else ()
    if _RENEWING.search(before[-45:]) or re.search(r"further|successive|additional", match["sort"]):
        extra += (("renewal", True),)
    return "duration", extra


_NEXT_CLAUSE = re.compile(r"(?P<last>[a-z'-]+) (?:the|each|any|all) ")
_GOES_ON = frozenset(
    [
        "of",
        "to",
        "by",
        "with",
        "in",
        "on",
        "from",
        "after",
        "before",
        "for",
        "at",
        "under",
        "between",
        "and",
        "or",
        "which",
        "when",
        "that",
    ]
)


def _event(words: str) -> str:
    """The event without its article, cut where the sentence goes on: "delivery | the artist grants"."""
    event = re.sub(r"^(?:the|its|any|such|a|an)\s+", "", " ".join(words.split()))
    if re.match(r"(?:you|we|it|they|i|he|she)\b", event):
        return event
    for match in _NEXT_CLAUSE.finditer(event):
        if match["last"] not in _GOES_ON and not match["last"].endswith("ing"):
            return event[: match.end("last")]
    return event
