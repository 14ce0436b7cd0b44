"""The numbers inside a term: amounts, periods, percentages, places, as the contract writes them; never guessed."""

from __future__ import annotations

import re

_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|eighteen|twenty(?:[- ](?:one|four))?|thirty(?:[- ]six)?"
    r"|forty[- ]five|fifty|sixty|seventy|ninety|ninety[- ]nine|hundred)"
)
_PATTERNS = {
    "duration": re.compile(
        rf"\b{_NUMBER}(?:\s*\(\d+\))?[\s-]+(?:years?|months?)\b|\bin perpetuity\b|\bperpetual(?:ly)?\b|\bfull term of (?:the )?copyright\b"
    ),
    "notice": re.compile(rf"\b{_NUMBER}(?:\s*\(\d+\))?[\s-]+(?:calendar |business |working )?days?(?:'s?)?\b"),
    "share": re.compile(rf"\b{_NUMBER}(?:\s*\(\d+\))?\s*(?:%|per ?cent(?:um)?\b)"),
    "amount": re.compile(
        r"(?:(?:usd|eur|gbp|us)\s?\$?|[$€£])\s?\d[\d,]*(?:\.\d+)?|\b\d[\d,]*(?:\.\d+)?\s?(?:us )?(?:dollars?|euros?|pounds?|cents?|usd|eur|gbp)\b"
    ),
    "territory": re.compile(r"\bworldwide\b|\bthroughout the (?:world|universe)\b|\bworld[- ]wide\b|\buniverse\b"),
}


def extract(kinds: tuple[str, ...], text: str, folded: str) -> tuple[tuple[str, str], ...]:
    """The facts of the kinds asked for, in the contract's own words; several of one kind are joined by a semicolon.

    >>> extract(("notice",), "on 30 days' notice", "on 30 days' notice")
    (('notice', '30 days'),)
    """
    found: list[tuple[str, str]] = []
    for kind in kinds:
        values = dict.fromkeys(" ".join(text[m.start() : m.end()].split()) for m in _PATTERNS[kind].finditer(folded))
        if values:
            found.append((kind, "; ".join(values)))
    return tuple(found)
