"""Sentences with what is needed to understand them: the lead-in of their list and the clause around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fairterms.analyzer.fold import fold
from fairterms.analyzer.values import Clause, Span

_LONGEST_LEAD_IN = 900  # characters; a longer one would push its items out of what the parser reads


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with what is needed to understand it.

    ``lead_in`` is the unfinished sentence above a list item ("The Artist grants the Publisher the right to:");
    ``clause`` the folded text of the whole clause with its headings. ``span`` is that of the sentence itself.
    """

    span: Span
    text: str
    lead_in: str
    clause: str

    @property
    def full(self) -> str:
        """What the parser reads: the lead-in, then the sentence."""
        return f"{self.lead_in} {self.text}" if self.lead_in else self.text

    @property
    def shift(self) -> int:
        """How far the sentence begins inside ``full``."""
        return len(self.full) - len(self.text)


def passages_of(text: str, clauses: Sequence[Clause]) -> tuple[Passage, ...]:
    """Every sentence with its lead-in and its clause, in text order.

    A lead-in is an unfinished sentence ("The Artist shall not:"). It belongs to the items below it, which begin small
    or stand behind a list mark, and not to the next full paragraph.
    """
    passages: list[Passage] = []
    open_lead_ins: list[tuple[int, str]] = []  # (level of its clause, words)
    for clause in clauses:
        context = fold(" \n ".join([*clause.path, clause.heading, text[clause.span.start : clause.span.end]]))
        while open_lead_ins and open_lead_ins[-1][0] >= clause.level:
            open_lead_ins.pop()
        above = open_lead_ins[-1][1] if open_lead_ins else ""
        here, goes_on = "", False
        for position, sentence in enumerate(clause.sentences):
            words = text[sentence.start : sentence.end]
            marked = position == 0 and text[clause.span.start : sentence.start].strip() != ""
            lead_in = (here or above) if words[:1].islower() or marked or goes_on else ""
            passages.append(Passage(sentence, words, lead_in, context))
            end = words.rstrip()
            goes_on = bool(here) and end.endswith((";", ",", "; and", "; or"))
            if end.endswith(":") and len(end) < _LONGEST_LEAD_IN:
                here, goes_on = end[:-1], True
                open_lead_ins.append((clause.level, here))
    return tuple(passages)


def binds(passage: Passage, folded: str) -> bool:
    """Whether a passage can bind anybody: headings and recitals do not."""
    return not _is_title(passage.text) and _RECITAL.match(folded) is None


# "WHEREAS the Company wishes to use the songs": a recital. One in which somebody gives, or announces to give, is read.
_RECITAL = re.compile(
    r"\W*(?:(?:witnesseth|recitals?|background)\W+(?:that\W+)?)?(?:\(?\w\)\s+)?whereas\b"
    r"(?!.*\b(?:hereby|grants?|gives?|assigns?|licen[cs]es|waives?|transfers?|agrees?|consents?|permits?|may|shall|will)\b)",
    re.DOTALL,
)
_PREDICATE = re.compile(
    r"\b(?:Grants?(?! of\b)|Gives?|Assigns?|Waives?|May|Shall|Will|Agrees?|Is|Are|Can|Must|Licenses)\b", re.I
)


def _is_title(text: str) -> bool:
    """ "No Refunds; Right to Edit the Work": a heading that the contract does not mark as one."""
    words = re.findall(r"[A-Za-z]{4,}", text)
    if text.rstrip().endswith(".") and _PREDICATE.search(text):
        return False
    return 2 <= len(words) <= 20 and not text.isupper() and all(word[0].isupper() for word in words)
