"""Sums of money with their currency and unit, percentages with what they are of, and the caps made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fairterms.analyzer.facts.counts import find_counts
from fairterms.analyzer.facts.found import Found, of_one
from fairterms.analyzer.facts.numbers import FIGURE, NUMBER, Number, agreed, readings, tidy
from fairterms.analyzer.facts.periods import measured
from fairterms.analyzer.values import Scalar

# A bare dollar sign names no country, so it stays what it is.
_SIGNS = {
    "us$": "USD", "u.s.$": "USD", "usd": "USD", "usd$": "USD", "a$": "AUD", "au$": "AUD", "aud": "AUD", "c$": "CAD",
    "ca$": "CAD", "cad": "CAD", "nz$": "NZD", "nzd": "NZD", "hk$": "HKD", "s$": "SGD", "$": "$", "eur": "EUR",
    "euro": "EUR", "€": "EUR", "gbp": "GBP", "£": "GBP", "chf": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK",
    "pln": "PLN", "jpy": "JPY", "inr": "INR", "₹": "INR", "¥": "¥",
}  # fmt: skip
_CODE = r"(?:usd|eur|euro|gbp|cad|aud|nzd|chf|sek|nok|dkk|pln|jpy|inr)\b"
# "A$" is Australian only where the letter touches the sign.
_SIGN = rf"(?:(?<![a-z])(?:u\.s\.|usd?)\s?\$|(?<![a-z])(?:au|a|ca|c|nz|hk|s)\$|[$€£¥₹]|(?<![a-z]){_CODE})"
_UNIT = (
    r"(?:(?:(?P<land{0}>u\.s\.|us|united states|american|canadian|australian|new zealand|hong kong)\s+)?(?P<coin{0}>dollars?|cents?)\b"
    r"|(?P<plain{0}>euros?|(?:british )?pounds?(?: sterling)?|pence|yen|swiss francs?|us\$|usd|eur|gbp|cad|aud|nzd|chf)\b|(?P<mark{0}>[€£¢]|(?<=\d)p\b))"
)
_LANDS = {
    "u.s.": "USD", "us": "USD", "united states": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD",
    "new zealand": "NZD", "hong kong": "HKD",
}  # fmt: skip
_COINS: dict[str, tuple[str, float]] = {
    "pound": ("GBP", 1), "pounds": ("GBP", 1), "pound sterling": ("GBP", 1), "pounds sterling": ("GBP", 1),
    "british pound": ("GBP", 1), "british pounds": ("GBP", 1), "pence": ("GBP", 0.01), "p": ("GBP", 0.01),
    "yen": ("JPY", 1), "swiss franc": ("CHF", 1), "swiss francs": ("CHF", 1), "¢": ("cents", 1), "€": ("EUR", 1),
    "£": ("GBP", 1),
}  # fmt: skip
_RANGE = rf"(?:\s?(?:-|to|and)\s?(?:{_SIGN}\s?)?(?P<other>{FIGURE}))?"

# "ten thousand dollars ($10,000)", "ten thousand ($10,000) dollars"
_TWICE = re.compile(
    rf"(?P<number>{NUMBER})\s*{_UNIT.format(1)}?\s*\(\s*(?P<sign>{_SIGN})?\s?(?P<again>{FIGURE})\s*{_UNIT.format(2)}?\s*\)(?:\s*{_UNIT.format(3)})?"
)
_SIGNED = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<number>{NUMBER}){_RANGE}(?:\s*\((?P<again>{NUMBER})(?:\s+\w+)?\))?(?:\s?(?P<plain1>{_CODE}))?"
)
_NAMED = re.compile(
    rf"(?<![\w.,])(?P<number>{NUMBER})(?:(?:\sto\s|(?<=\d)\s?-\s?(?=\d))(?P<other>{NUMBER}))?\s?{_UNIT.format(1)}"
)

_THING = (
    r"(?:(?:[\d,]+|thousand|hundred|million)\s+[a-z]+|(?:(?:finished|recorded|accepted|delivered|published|printed|completed|usable"
    r"|approved|audio|video|licensed|sold|full|calendar|additional|individual)\s+)*[a-z]+(?:-[a-z]+)*)"
)
_PER = re.compile(
    rf"\s*(?:\([^()]{{0,40}}\)\s*)?(?:(?:net|gross|flat|only|plus vat|or more)\s+)?(?:(?:per|for each|for every|each|every|/)\s*(?P<thing>{_THING})"
    r"|an?\s+(?P<common>minute|hour|day|week|month|year|word|image|picture|photo(?:graph)?|title|book|track|song|page|line|piece|clip|download|stream|copy|episode|session|article)\b"
    r"|(?P<often>hourly|daily|weekly|monthly|quarterly|yearly|annually)\b|(?P<alone>each)\b)"
)
_NO_THING = frozenset(["of", "party", "side", "cent", "such", "and", "which", "to", "the", "is", "are"])
_RATE_BEFORE = re.compile(
    r"\b(?:(?P<often>hourly|daily|weekly|monthly|quarterly|yearly|annual)|(?:per[\s-](?P<thing>[a-z]+)))\s+(?:[a-z]+\s+){1,3}(?:of|is|at)\s+$"
)
_OFTEN = {
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year",
    "annually": "year", "annual": "year", "annum": "year",
}  # fmt: skip

_PERCENT = r"(?:%|per ?cent(?:um)?\b|percentage points?\b)"
_SHARE = re.compile(
    rf"(?<![\w.,])(?:(?P<other>{NUMBER})\s?{_PERCENT}?\s?(?:-|to|and|or)\s?)?(?P<number>{NUMBER})\s*(?:\(\s*(?P<inside>{NUMBER})\s*{_PERCENT}?\s*\)\s*)?{_PERCENT}"
    rf"(?:\s*\(\s*(?P<again>{NUMBER})\s*{_PERCENT}?\s*\))?"
)
_SHARE_BRACKETED = re.compile(rf"(?P<number>{NUMBER})\s*\(\s*(?P<again>{FIGURE})\s*{_PERCENT}\s*\)")
_HALF = re.compile(r"\b(?:one[\s-])?half (?=of\b)|\b(?P<half>50)\s?/\s?50\b")
_STOP = (
    r"for|from|in|by|after|under|per|that|which|if|when|as|is|are|shall|will|may|and|or|paid|received|earned|generated|derived"
    r"|actually|less|with|to|on|during|arising|attributable|exceeding|unless|collected|the company|the publisher|we|you|it|but|within|where"
)
_EMPTY = r"for|from|in|by|per|that|which|if|is|are|shall|will|may|and|or|to|we|you|it|this|these|them|\d"
_OF = re.compile(
    rf"\s*(?:\([^()]{{0,60}}\)\s*)?(?:(?:share|royalty|royalties|commission|fee|cut|portion|stake|interest)\s+)?(?:of|on)\s+(?:(?:the|all|any|such|a|an|its|our|their|each|your)\s+)*+"
    rf"(?P<of>(?!(?:{_EMPTY})\b)[a-z0-9'/-]+(?:\s+(?!(?:{_STOP})\b)[a-z0-9'/-]+){{0,5}})"
)

_CAP = re.compile(
    r"\b(?:not|never|nor|neither|no)\b[^.;]{0,90}?\b(?:exceed(?:s|ing)?|be (?:greater|more|higher) than)\b|\b(?:limited|capped|restricted)\s+(?:to|at)\b"
    r"|\b(?:cap|ceiling|maximum|limit)(?:\s+[a-z]+){0,3}?\s+(?:of|at|is|shall be|will be)\b|\bno greater than\b|\bin excess of\b"
    r"|\b(?:no|not) more than\b|\bat most\b|\bup to a maximum of\b"
)
_SENTENCE_END = re.compile(r";|\.(?!\d)|\n\s*\n")
_NO_CAP = re.compile(
    r"(?:\bnot|\bwithout|\bwithout being|\bnot be|\bn't|\bnor|\bnever|\bneither)(?:\s+be(?:ing)?)?\s+$"
)
_NEAR = ("no more than", "not more than", "at most", "up to a maximum of")
_BASIS = re.compile(
    r"\b(?P<what>amounts?|fees?|sums?|consideration|remuneration|compensation|payments?|price|charges?|royalt(?:y|ies)|advance)\b"
    r"[^.;]{0,50}?\b(?P<done>paid|payable|received|due|earned)\b"
)
_LAST = re.compile(r"\b(?:preceding|prior|previous|last|past)\s+(?:calendar\s+)?(?P<unit>year|month)\b")
_WEIGHT = re.compile(r"\bweigh\w*\s+(?:[a-z]+\s+)?$")


def find_amounts(folded: str) -> Iterator[Found]:
    """Every sum with its currency, and the unit it is paid for where one is named."""
    taken: list[tuple[int, int]] = []
    for form in (_TWICE, _SIGNED, _NAMED):
        for match in form.finditer(folded):
            currency, factor = _currency(match)
            if not currency or any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if _WEIGHT.search(folded[max(match.start() - 40, 0) : match.start()]):
                continue
            taken.append((match.start(), match.end()))
            per = _per(folded, match.start(), match.end())
            parts = match.groupdict()
            pairs = [agreed(parts["number"], parts.get("again"))]
            if parts.get("other"):
                pairs.append(readings(parts["other"]))
            for values in pairs:
                value = of_one(tuple(tidy(v * factor) for v in values), "amount", currency)
                known = (("currency", currency),) if value[0][0] == "amount" else ()
                yield Found(match.start(), match.end(), (*value, *known, *per))


def find_shares(folded: str) -> Iterator[Found]:
    """Every percentage, with what it is a percentage of where that is said."""
    taken: list[tuple[int, int]] = []
    for form in (_SHARE_BRACKETED, _SHARE, _HALF):
        for match in form.finditer(folded):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append((match.start(), match.end()))
            parts = match.groupdict()
            groups: list[tuple[Number, ...]] = [(50,)]
            if form is not _HALF:
                groups = [agreed(parts["number"], parts.get("inside"), parts.get("again"))]
                if parts.get("other"):
                    groups.insert(0, readings(parts["other"]))
            of = _OF.match(folded[match.end() : match.end() + 200])
            whole = (("of", " ".join(of["of"].split())),) if of else _per(folded, match.start(), match.end())
            for values in groups:
                yield Found(match.start(), match.end(), (*of_one(values, "percent", "percent"), *whole))


def find_caps(folded: str) -> Iterator[Found]:
    """The most that something may come to: a sum, a share, a number of things, or what was paid in some months."""
    seen: set[tuple[int, int]] = set()
    triggers = list(_CAP.finditer(folded))
    limits = [found for find in (find_amounts, find_shares, find_counts) for found in find(folded)] if triggers else []
    for trigger in triggers:
        words = trigger.group(0)
        denied = _NO_CAP.search(folded[max(trigger.start() - 30, 0) : trigger.start()]) is not None
        if words == "in excess of":
            if not denied:
                continue
        elif denied and words.startswith(("limited", "capped", "restricted")):
            continue  # "including but not limited to"
        reach = 20 if words in _NEAR else 160
        start = trigger.end()
        end = _SENTENCE_END.search(folded, start)
        stop = min(end.start() if end else len(folded), start + reach + 60)
        inside = (found for found in limits if start < found.end and found.start < stop)
        for found in (*inside, *_bases(folded, start, stop)):
            if found.start - start <= reach and (found.start, found.end) not in seen:
                seen.add((found.start, found.end))
                yield Found(found.start, found.end, tuple(pair for pair in found.value if pair[0] != "limit"))


def _bases(folded: str, start: int, stop: int) -> Iterator[Found]:
    """ "The fees paid in the preceding 12 months": a cap that moves with the money."""
    for match in _BASIS.finditer(folded, start, stop):
        rest = folded[match.end() : match.end() + 110]
        period = next((found for found, _ in measured(rest)), None)
        past = _LAST.search(rest)
        value: tuple[tuple[str, Scalar], ...] = (("basis", f"{match['what']} {match['done']}"),)
        if period is not None:
            yield Found(match.start(), match.end() + period.end, (*value, period.value[0]))
        elif past is not None:
            months = ("months", 12 if past["unit"] == "year" else 1)
            yield Found(match.start(), match.end() + past.end(), (*value, months))
        else:
            yield Found(match.start(), match.end(), value)


def _currency(match: re.Match[str]) -> tuple[str, float]:
    """The currency and what its coin is worth; "" where none is named. A bare dollar sign gives way to a name."""
    parts = match.groupdict()
    named: list[tuple[str, float]] = []
    for place in "123":
        coin, plain, mark = (parts.get(f"{name}{place}") for name in ("coin", "plain", "mark"))
        if coin:
            land = _LANDS.get(parts[f"land{place}"] or "", "")
            cents = coin.startswith("cent")
            named.append((land or ("cents" if cents else "$"), 0.01 if cents and land else 1))
        elif plain:
            named.append(_COINS.get(plain) or (_SIGNS.get(plain) or _SIGNS[plain.rstrip("s")], 1))
        elif mark:
            named.append(_COINS[mark])
    if parts.get("sign"):
        named.append((_SIGNS[re.sub(r"\s", "", parts["sign"])], 1))
    return next((name for name in named if name[0] != "$"), named[0] if named else ("", 1))


def _per(folded: str, start: int, end: int) -> tuple[tuple[str, Scalar], ...]:
    """The unit behind the sum, else the one before it ("an hourly rate of")."""
    after = _PER.match(folded[end : end + 120])
    if after:
        thing = after["thing"] or after["common"] or after["often"] or after["alone"]
        thing = " ".join(thing.split())
        if thing.split()[0] not in _NO_THING:
            return (("per", _OFTEN.get(thing, thing)),)
    before = _RATE_BEFORE.search(folded[max(start - 80, 0) : start])
    if before:
        thing = before["often"] or before["thing"]
        return (("per", _OFTEN.get(thing, thing)),)
    return ()
