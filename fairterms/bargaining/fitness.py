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
_ENOUGH = 500  # words from which the missing of such words says anything; at that rate two or three would be expected
UNNAMED_SIDES = "who gives and who takes could not be made out in this contract; ask a person"
_WHOLE_CONTRACT = 200  # words; a clause or two that somebody pasted are shorter, and name nobody
OTHER_BUSINESS = (
    "this contract seems to be between firms and hardly speaks of a creator's work, for which the ready changes are made; "
    "ask a person"
)

_RECITAL = re.compile(
    r"\bis desirous of\b|\bis willing to grant such\b|^\W*(?:\(?[A-Z]\)?[.)] )?(?:RECITALS?\b|WITNESSETH\b|WHEREAS\b|Whereas\b)|[;,] (?:and,? )?WHEREAS\b"
)
# What a printed page leaves in the middle of a sentence: rules, filing marks, blacked-out words.
_PAGE_MARKS = re.compile(
    r"-{4,}|_{4,}.{0,200}_{4,}|\bSource: [A-Z]|\[[*…]+\]|\* \* \*|\bEXHIBIT [A-Z0-9.-]+ [A-Z]{3,}", re.DOTALL
)
# A table of contents that was read as one sentence.
_CONTENTS = re.compile(r"(?:\b\d+\.\d+\.? [A-Z][^.]{2,60}? \d+ .*){3}|(?:\. ?){5}", re.DOTALL)
# What happens when the law or a storm keeps a side from its duties; changes of rights do not belong there.
_FORCE_MAJEURE = re.compile(r"\b(?:prevented|hampered|interrupted)\b[^.;]{0,120}\bby reason of\b", re.IGNORECASE)
# An item or heading of a few words without a verb or an end, to which no condition can be tied.
_FRAGMENT_WORDS = 15
_VERB = re.compile(
    r"\b(?:shall|will|may|must|can|is|are|was|were|be|has|have|had|does|do|grants?|agrees?|gives?|owns?|keeps?|retains?|"
    r"waives?|assigns?|licen[cs]es|transfers?|warrants?|pays?)\b",
    re.IGNORECASE,
)
# Such an item may still name a use that is given: "Create synthetic voices from the recordings".
_USE_ITEM = re.compile(
    r"^\W*(?:use|commercial use|create|generate|license|sublicense|train|fine-tune|distribute|modify|sell|share|display|publish|"
    r"reproduce|develop|improve)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r":\W*$")
# The heading of the next clause, taken for the end of this one: "by the laws of Iowa. 9.5 Assignment."
_HEADING_BEHIND = re.compile(r"[.;] +\(?(?:\d+(?:\.\d+)*|[A-Za-z])[.)]? +[A-Z][\w’' -]{2,50}\.?\s*$")
_ENDED = re.compile(r"[.;,!?][\"”’)*]*(?: (?:and|or))?\s*$")
_NO_END = re.compile(r"[\w,]\s*$")
_GOES_ON = re.compile(
    r"\b(?:a|an|as|at|by|for|from|in|of|on|that|the|to|under|which|with)\s*$|[^;,]\s(?:and|or)\s*$|\bif any\s*$"
)
# Where one of several sentences ends that were read as one.
_INNER_END = re.compile(
    r"(?<!\bInc)(?<!\bLtd)(?<!\bCo)(?<!\bCorp)(?<!\bNo)(?<!\bSec)(?<=[\w)”\"]{2})\.\s+(?:\w{1,2}[.)]\s+)?[A-Z][a-z]+ "
)
_PARAGRAPH_ENDS = re.compile(r"\s*$|[ \t]*\n\s*(?![a-z(])")
_SMALL_START = re.compile(r"^\W*(?:\(?\w{1,4}[.)]\s+)?[a-z]")


def no_drafts_for(analysis: Analysis) -> str:
    """Why nothing should be drafted for this contract, "" where something may be.

    Either nobody could tell who gives and who takes, or firms deal with each other over something else than what creators
    make: shares, drugs, machines. A clause on its own is too short to tell.
    """
    text, parties = analysis.document.text, analysis.parties
    words = len(text.split())
    if (
        words >= _WHOLE_CONTRACT
        and not parties.names("creator")
        and "creator" not in (parties.i, parties.we, parties.you)
    ):
        return UNNAMED_SIDES
    if is_between_firms(analysis) and 1000 * len(_CREATIVE.findall(text)) < _FEW * words:
        return OTHER_BUSINESS
    return ""


def is_between_firms(analysis: Analysis) -> bool:
    """Whether a whole contract names a giving side that is, or may be, a firm; a clause on its own is taken for a person's."""
    return len(analysis.document.text.split()) >= _ENOUGH and not creator_is_a_person(analysis.parties)


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
    if _FORCE_MAJEURE.search(sentence):
        return "this sentence says what holds when something outside prevents a side; ask a person to draft a change"
    few = len(sentence.split()) <= _FRAGMENT_WORDS and not _ENDED.search(sentence)
    if few and not _VERB.search(sentence) and not _USE_ITEM.search(sentence):
        return "these words are an item or a heading and no sentence; ask a person to draft the change"
    if _GOES_ON.search(sentence) or (
        _NO_END.search(sentence) and not (_SMALL_START.search(sentence) or _PARAGRAPH_ENDS.match(following))
    ):
        return "the end of this sentence could not be made out; ask a person to draft the change"
    if _INNER_END.search(sentence, at):
        return "several sentences were read as one here; ask a person to draft the change"
    return ""
