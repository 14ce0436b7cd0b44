"""Which sentences a change may be drafted for, and which need a person."""

from __future__ import annotations

import re

_RECITAL = re.compile(r"^\W*(?:\(?[A-Z]\)?[.)] )?(?:RECITALS?\b|WITNESSETH\b|WHEREAS\b|Whereas\b)|[;,] (?:and,? )?WHEREAS\b")
# What a printed page leaves in the middle of a sentence: rules, filing marks, blacked-out words.
_PAGE_MARKS = re.compile(r"-{4,}|_{4,}.{0,200}_{4,}|\bSource: [A-Z]|\[\*+\]|\bEXHIBIT [A-Z0-9.-]+ [A-Z]{3,}", re.DOTALL)
_LEAD_IN = re.compile(r":\W*$")
# The heading of the next clause, taken for the end of this one: "by the laws of Iowa. 9.5 Assignment."
_HEADING_BEHIND = re.compile(r"[.;] +\(?(?:\d+(?:\.\d+)*|[A-Za-z])[.)]? +[A-Z][\w’' -]{2,50}\.?\s*$")
_NO_END = re.compile(r"[\w,]\s*$")
_PARAGRAPH_ENDS = re.compile(r"\s*$|[ \t]*\n\s*(?![a-z(])")
_SMALL_START = re.compile(r"^\W*(?:\(?\w{1,4}[.)]\s+)?[a-z]")


def unfit(sentence: str, following: str = "") -> str:
    """Why no change should be drafted for these words of a contract, "" where one may be.

    The analyzer may read a recital, the head of a list or words that a page break has torn; a change of them would not
    make a sentence that can be sent. ``following`` is the text behind the sentence, which tells whether it goes on.
    """
    if _RECITAL.search(sentence):
        return "a recital binds nobody; the change belongs into the clause that carries it out, so ask a person"
    if _PAGE_MARKS.search(sentence):
        return "marks of the printed page stand within this sentence; ask a person to draft the change"
    if _HEADING_BEHIND.search(sentence):
        return "the heading of another clause stands behind this sentence; ask a person to draft the change"
    if _LEAD_IN.search(sentence):
        return "these words only lead in a list; ask a person to draft the change for its items"
    if _NO_END.search(sentence) and not (_SMALL_START.search(sentence) or _PARAGRAPH_ENDS.match(following)):
        return "the end of this sentence could not be made out; ask a person to draft the change"
    return ""
