"""Tells whether a text is English, and which share of it is not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

# The commonest words of each language that the others lack or use far less.
_FUNCTION_WORDS = {
    "en": "the of and to in shall this any that by or be for with is as not such will under which it may are",
    "de": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch werden wird oder bei",
    "fr": "le la les des et du une dans est pour que qui sur par au aux ne pas ou ce cette vous nous sont",
    "es": "el los las y del que una por con para su al lo como se es más sus no este esta o cualquier",
    "it": "il di che la della per una un non del sono gli dei con alla nel delle si è le da ogni",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er door of om worden bij deze als",
    "pt": "os as de do da que e em um uma para com não por no na dos das ao se ou pelo pela",
}
_LANGUAGES = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"<[^<>]{0,200}>")
_UNSPACED = re.compile(r"\S+")
_IN_ADDRESSES = ("://", "www.", "@")
# Bilingual tables put the two languages side by side in one row.
_CELL_END = re.compile(r"\n| \| ")
# Letters of other scripts; what lies between is punctuation and the ligatures of English fonts.
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufeff]")

# In words. Two languages often share a paragraph; of 30 running words about 10 are function words (see below), and
# in fewer than 12 they may lack by chance.
_STRETCH, _LEAST = 30, 12
# A union agreement of 1 MB has 5,000 stretches; 2,000 of them, evenly spread, say the share as well.
_SAMPLE = 2000


@dataclass(frozen=True, slots=True)
class Judgement:
    """The language of most of a text, and the share of its running text that is in any other than English."""

    language: str
    foreign_share: float


def guess_language(text: str) -> str:
    """Name the language by its function words: "en", another that is known here, or "und" where none is sure.

    >>> guess_language("Der Künstler überträgt der Firma die Rechte an dem Werk und wird nicht bezahlt.")
    'de'
    """
    words = Counter(match.group().lower() for match in _WORD.finditer(text))
    total = sum(words.values())
    if not total:
        return "und"
    share = {name: sum(words[word] for word in common) / total for name, common in _LANGUAGES.items()}
    best = max(share, key=lambda name: share[name])
    # English contracts of CUAD have .30 to .45, their bare lists and tables .10; Hungarian has .01 of any language.
    if share["en"] >= 0.12 and share["en"] >= share[best] * 0.7:
        return "en"
    if total < 30 and share["en"] >= share[best]:  # too few words to judge, and none of them speaks against English
        ascii_share = sum(count for word, count in words.items() if word.isascii()) / total
        return "en" if ascii_share > 0.9 else "und"
    return best if best != "en" and share[best] >= 0.15 else "en" if share["en"] >= 0.08 else "und"


def judge(passages: Iterable[str]) -> Judgement:
    """Judge a text stretch by stretch, so that a second language does not hide behind the first."""
    whole = list(passages)
    stretches = [stretch for passage in whole for stretch in _stretches(passage)]
    letters: Counter[str] = Counter()
    for stretch in islice(stretches, 0, None, -(-len(stretches) // _SAMPLE) or 1):
        letters[_language_of(stretch)] += len(stretch)
    english = letters.pop("en", 0)
    del letters[""]
    foreign = letters.total()
    if not english and not foreign:  # lists and short lines only
        language = guess_language("\n".join(whole))
        return Judgement(language, float(language != "en"))
    # The other half of a bilingual contract says the same in up to a third more letters.
    language = "en" if foreign < 1.5 * english else letters.most_common(1)[0][0]
    return Judgement(language, foreign / (english + foreign))


def _stretches(passage: str) -> Iterator[str]:
    for cell in _CELL_END.split(_UNSPACED.sub(_without_address, _TAG.sub(" ", passage))):
        words = [match.start() for match in _WORD.finditer(cell)]
        if len(words) < _LEAST:
            # Chinese and Japanese have no spaces.
            if len(_OTHER_SCRIPT.findall(cell)) >= 2 * _LEAST:
                yield cell
            continue
        starts = [0, *words[_STRETCH : len(words) - _LEAST + 1 : _STRETCH]]
        for start, end in zip(starts, [*starts[1:], len(cell)], strict=True):
            yield cell[start:end]


def _without_address(match: re.Match[str]) -> str:
    word = match.group()
    return " " if any(mark in word for mark in _IN_ADDRESSES) else word


def _language_of(stretch: str) -> str:
    """The language of a few words; "" where they are names, headings or figures, which could be of any."""
    if len(_OTHER_SCRIPT.findall(stretch)) > len(stretch) / 3:
        return "und"
    language = guess_language(stretch)
    if language == "en":
        return language
    words = _WORD.findall(stretch)
    # Names and titles are written with capitals. English sentences of 12 words have no function word in rare cases,
    # and no accents then; 30 words of Hungarian have .3 to .5 of words with them.
    small = sum(word.islower() for word in words) / len(words)
    accented = sum(not word.isascii() for word in words) / len(words)
    if language == "und":
        lacks_english = not any(word.lower() in _LANGUAGES["en"] for word in words)
        is_foreign = accented > 0.15 or (lacks_english and len(words) >= 25)
    else:
        is_foreign = True
    return language if is_foreign and small > 0.45 else ""
