"""What a model's sentence has to pass: it may say only what it was given, and may not advise anybody to sign."""

from __future__ import annotations

import re

_FOREIGN = re.compile(
    r"https?:|www\.|\S@\S|</?[a-z!]|\]\(|```|javascript:|data:|[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e]", re.I
)
_ADVICE = re.compile(
    r"\b(?:you (?:can|may|should|must|ought to|need to|could) (?:[\w]+ ){0,3}?sign\b|(?:safe|fine|ok|okay|good|free|ready|recommended?) to sign"
    r"|(?:do not|don't|never|please|just|then|and|to) sign\b(?! (?:a|an|any) (?:new|separate|further))|^sign\b|sign (?:it|this|here|now|the (?:contract|agreement|deal))\b"
    r"|not legal advice|legal advice|(?:we|i) (?:recommend|advise|guarantee)|no (?:risks?|danger|problems?)\b|nothing to (?:worry|fear)"
    r"|(?:perfectly|completely|entirely|totally) (?:safe|fair|fine|harmless|standard)|as an ai|previous instructions|system prompt)",
    re.I,
)
_LAW = re.compile(
    r"\b(?:gdpr|ccpa|bipa|dmca|act of|directive|regulation|statute|constitution|supreme court|copyright act|u\.s\.c|illegal|unlawful|void|invalid|unenforceable|against the law|by law)\b|§|\barticle \d",
    re.I,
)
_QUOTED = re.compile(r"[“\"]([^”\"\n]{2,400})[”\"]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_CAPITAL = re.compile(r"(?<=[a-z,;:] )[A-Z][\w’'-]+")
_WORDS_FOR_NUMBERS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|third|quarter|double|twice)\b"
)


def fault_in(words: str, material: str, *, quotable: str) -> str:
    """Why a sentence may not be shown, "" when it may. ``material`` is all that the model was given, ``quotable`` the
    contract's own words, in which whatever it puts between quotation marks has to stand.
    """
    if len(words.split()) < 3:
        return "it says nothing"
    if _FOREIGN.search(words):
        return "it holds an address, markup or hidden letters"
    if _ADVICE.search(words):
        return "it advises on signing, or promises something"
    given = _plain(material)
    law = next((found.group() for found in _LAW.finditer(words) if found.group().lower() not in given), "")
    if law:
        return f"it speaks of law that it was given no record of ({law})"
    for quoted in _QUOTED.findall(words):
        if _plain(quoted).strip(" .,;") not in _plain(quotable):
            return "it quotes words that the contract does not hold"
    numbers = set(_NUMBER.findall(given)) | set(_WORDS_FOR_NUMBERS.findall(given))
    new = [
        number
        for number in (*_NUMBER.findall(words), *_WORDS_FOR_NUMBERS.findall(words.lower()))
        if number not in numbers
    ]
    if new:
        return f"it brings in a number that it was not given ({new[0]})"
    known = set(re.findall(r"\w+", given))
    for name in _CAPITAL.findall(words):
        if re.sub(r"['’]s?$", "", name).lower() not in known:
            return f"it brings in a name that it was not given ({name})"
    return ""


def _plain(text: str) -> str:
    """Small letters, plain marks and single spaces, so that only other words make a difference."""
    return " ".join(text.translate(str.maketrans("“”‘’–—", "\"\"''--")).replace("*", "").lower().split())
