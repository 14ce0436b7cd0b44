"""Which contracts and sentences a change may be drafted for, and which need a person."""

from __future__ import annotations

import re

from fairterms.analyzer.parties.roles import creator_is_a_person
from fairterms.analyzer.values import Analysis

_CREATIVE = re.compile(
    r"\b(?:artists?|authors?|photograph\w*|illustrat\w+|artworks?|music\w*|songs?|recordings?|films?|videos?|footage|"
    r"performances?|performers?|likeness\w*|portrait|voice|images?|pictures?|endors\w+|celebrit\w+|content|copyrights?|"
    r"publi(?:sh|cation)\w*|books?|manuscripts?|episodes?|broadcast\w*|television|stream\w*|creative|characters?|scripts?|"
    r"stories|articles?(?= (?:and|or|about|on))|webcast|podcast\w*|advertis\w+|media)\b",
    re.IGNORECASE,
)
_FEW = (
    5  # such words in a thousand; of forty agreements between firms those on shares, drugs, machines and cars had fewer
)
OTHER_BUSINESS = (
    "this contract seems to be between firms and hardly speaks of a creator's work, for which the library's changes are made; "
    "ask a person"
)

_RECITAL = re.compile(
    r"^\W*(?:\(?[A-Z]\)?[.)] )?(?:RECITALS?\b|WITNESSETH\b|WHEREAS\b|Whereas\b)|[;,] (?:and,? )?WHEREAS\b"
)
# What a printed page leaves in the middle of a sentence: rules, filing marks, blacked-out words.
_PAGE_MARKS = re.compile(
    r"-{4,}|_{4,}.{0,200}_{4,}|\bSource: [A-Z]|\[[*…]+\]|\* \* \*|\bEXHIBIT [A-Z0-9.-]+ [A-Z]{3,}", re.DOTALL
)
# A table of contents that was read as one sentence.
_CONTENTS = re.compile(r"(?:\b\d+\.\d+\.? [A-Z][^.]{2,60}? \d+ .*){3}|(?:\. ?){5}", re.DOTALL)
_LEAD_IN = re.compile(r":\W*$")
# The heading of the next clause, taken for the end of this one: "by the laws of Iowa. 9.5 Assignment."
_HEADING_BEHIND = re.compile(r"[.;] +\(?(?:\d+(?:\.\d+)*|[A-Za-z])[.)]? +[A-Z][\w’' -]{2,50}\.?\s*$")
_NO_END = re.compile(r"[\w,]\s*$")
_GOES_ON = re.compile(r"\b(?:a|an|as|at|by|for|from|in|of|on|that|the|to|under|which|with)\s*$|[^;,]\s(?:and|or)\s*$")
# Where one of several sentences ends that were read as one.
_INNER_END = re.compile(
    r"(?<!\bInc)(?<!\bLtd)(?<!\bCo)(?<!\bCorp)(?<!\bNo)(?<!\bSec)(?<=[\w)”\"]{2})\.\s+(?:\w{1,2}[.)]\s+)?[A-Z][a-z]+ "
)
_PARAGRAPH_ENDS = re.compile(r"\s*$|[ \t]*\n\s*(?![a-z(])")
_SMALL_START = re.compile(r"^\W*(?:\(?\w{1,4}[.)]\s+)?[a-z]")


def is_other_business(analysis: Analysis) -> bool:
    """Whether firms deal with each other over something else than what creators make: shares, drugs, machines."""
    if creator_is_a_person(analysis.parties):
        return False
    text = analysis.document.text
    return 1000 * len(_CREATIVE.findall(text)) < _FEW * len(text.split())


def unfit(sentence: str, following: str = "", at: int = 0) -> str:
    """Why no change should be drafted for these words of a contract, "" where one may be.

    The analyzer may read a recital, the head of a list or words that a page break has torn; a change of them would not
    make a sentence that can be sent. ``following`` is the text behind the sentence, which tells whether it goes on, and
    ``at`` the place in the sentence up to which the words at fault reach.
    """
    if _RECITAL.search(sentence):
        return "a recital binds nobody; the change belongs into the clause that carries it out, so ask a person"
    if _PAGE_MARKS.search(sentence) or _CONTENTS.search(sentence):
        return "marks of the printed page stand within this sentence; ask a person to draft the change"
    if _HEADING_BEHIND.search(sentence):
        return "the heading of another clause stands behind this sentence; ask a person to draft the change"
    if _LEAD_IN.search(sentence):
        return "these words only lead in a list; ask a person to draft the change for its items"
    if _GOES_ON.search(sentence) or (
        _NO_END.search(sentence) and not (_SMALL_START.search(sentence) or _PARAGRAPH_ENDS.match(following))
    ):
        return "the end of this sentence could not be made out; ask a person to draft the change"
    if _INNER_END.search(sentence, at):
        return "several sentences were read as one here; ask a person to draft the change"
    return ""
