"""Numbers as contracts write them: in figures of both traditions, in words, or in both."""

from __future__ import annotations

import re

Number = int | float

_SMALL = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_LARGE = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

FIGURE = (
    r"(?:\d{1,3}(?:[,.']\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)(?:\s?(?:thousand|million|billion)\b|[km]\b)?"
)
_NINETY_NINE = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]+(?:{'|'.join(list(_SMALL)[1:10])}))?|{'|'.join(list(_SMALL)[1:])})"
_HUNDREDS = rf"(?:(?:{'|'.join(list(_SMALL)[1:10])}|a)\s+hundred(?:[\s-]+(?:and\s+)?{_NINETY_NINE}\b)?|{_NINETY_NINE})"
_THOUSANDS = rf"(?:{_HUNDREDS}|a)\s+thousand(?:,?\s+(?:and\s+)?{_HUNDREDS}\b)?"
_LARGER = rf"(?:(?:{_HUNDREDS}|a)\s+million(?:,?\s+(?:and\s+)?(?:{_THOUSANDS}|{_HUNDREDS}))?|{_THOUSANDS})"
WORDS = rf"\b(?:{_LARGER}|{_HUNDREDS})\b(?:\s+and\s+a\s+half\b)?"
NUMBER = rf"(?:{FIGURE}|{WORDS})"


def readings(written: str) -> tuple[Number, ...]:
    """What a number may mean; more than one value where its marks leave it open.

    >>> readings("1,200.50"), readings("1.200,50"), readings("thirty-six"), readings("1.200")
    ((1200.5,), (1200.5,), (36,), (1200, 1.2))
    """
    written = " ".join(written.split())
    if not written[0].isdigit():
        return (_in_words(written),)
    match = re.fullmatch(r"([\d,.']*\d)\s?([a-z]*)", written)
    assert match is not None, written
    factor = {"k": 1_000, "m": 1_000_000, **_LARGE}.get(match.group(2), 1)
    return tuple(tidy(value * factor) for value in _figure(match.group(1)))


def agreed(*written: str | None) -> tuple[Number, ...]:
    """The one value of a number written twice, or every value where the two are at odds.

    >>> agreed("thirty-six", "36"), agreed("thirty", "60"), agreed("ten", None)
    ((36,), (30, 60), (10,))
    """
    options = [readings(text) for text in written if text]
    common = tuple(value for value in options[0] if all(value in option for option in options))
    return common or tuple(dict.fromkeys(value for option in options for value in option))


def tidy(value: float) -> Number:
    """Whole numbers without a decimal point, others without the dust of binary fractions."""
    value = round(value, 6)
    return int(value) if value == int(value) else value


def _figure(figure: str) -> tuple[Number, ...]:
    figure = figure.replace("'", "")
    marks = [mark for mark in figure if mark in ",."]
    if not marks:
        return (int(figure),)
    if len(set(marks)) == 2:
        decimal = marks[-1]
        thousands = "," if decimal == "." else "."
        return (float(figure.replace(thousands, "").replace(decimal, ".")),)
    whole, _, last = figure.rpartition(marks[0])
    if len(marks) > 1:
        return (int(figure.replace(marks[0], "")),)
    if len(last) != 3 or whole == "0":
        return (float(f"{whole}.{last}"),)
    if marks[0] == ",":
        return (int(whole + last),)
    return (int(whole + last), float(f"{whole}.{last}"))  # 1.200 is one thousand two hundred in half of Europe


def _in_words(words: str) -> Number:
    half = words.endswith(" and a half")
    total = current = 0
    for word in re.findall(r"[a-z]+", words.removesuffix(" and a half")):
        if word == "hundred":
            current = max(current, 1) * 100
        elif word in _LARGE:
            total += max(current, 1) * _LARGE[word]
            current = 0
        elif word not in ("and", "a"):
            current += _SMALL.get(word, 0) or _TENS.get(word, 0)
    return tidy(total + current + (0.5 if half else 0))
