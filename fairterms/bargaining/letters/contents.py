"""What a contract tells a letter: whom to write to, what it is called, which words are meant, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fairterms.analyzer.facts import extract
from fairterms.analyzer.fold import fold
from fairterms.analyzer.values import Analysis, Finding, Role, Span
from fairterms.clauses.schema import FactKind

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TITLE_LENGTH = 90  # letters; a longer first line is text and no title
_PERIODS: tuple[FactKind, ...] = ("deadline", "notice", "duration")
_LONGEST_WINDOW = 120  # days; a longer period is no window for an answer
# Desks that deal with other matters.
_OTHER_DESKS = re.compile(
    r"(?:arbitration|copyright|dmca|abuse|press|jobs|careers|sales|billing|security|invoices?)[\w.+-]*@", re.I
)
_NOTICES = re.compile(r"\b(?:notices?|write to|reach us|contact|legal@|arbitration|privacy|opt[- ]?out)\b")
# A name that a person bears: two words or more with capitals, no word of a firm.
_PERSON = re.compile(r"^(?:[A-Z][\w'’.-]*\s){1,3}[A-Z][\w'’-]+$")
_FIRM = re.compile(
    r"\b(?:inc|llc|ltd|limited|gmbh|corp|corporation|company|co|ag|bv|plc|holdings?|press|studios?|games|media|group)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Window:
    """A period in which something has to be said: so many days, in the contract's words, and the day if it is known."""

    days: int
    words: str
    last_day: date | None


def title_of(analysis: Analysis) -> str:
    """What the contract calls itself, else the name of the file."""
    document = analysis.document
    for block in document.blocks[:2]:
        words = " ".join(document.quote(block.span).replace("**", "").strip("# ").split())
        if 3 < len(words) <= _TITLE_LENGTH and not words.endswith((".", ":", ";")):
            return words.title() if words.isupper() else words
    return document.name


def full_name(analysis: Analysis, role: Role) -> str:
    """The longest proper name of a side, "" where only a role is known ("the Artist")."""
    names = [name for name in analysis.parties.names(role) if " " in name and name[:1].isupper()]
    if role == "creator":
        names = [name for name in names if _PERSON.match(name) and not _FIRM.search(name)]
    else:
        known = [name for name in names if _FIRM.search(name)]
        names = known or [name for name in names if not fold(name).startswith(("the ", "our ", "this "))]
    return max(names, key=len, default="")


def mail_of(analysis: Analysis, near: Sequence[Span], desk: str) -> tuple[str, ...]:
    """E-mail addresses to write to: those of the ``desk``, a pattern, then those beside the words that the letter is about
    and those for notices, then any; none of desks for other matters."""
    text, wanted = analysis.document.text, re.compile(desk, re.I)
    found = [(match.group().rstrip("."), match.start()) for match in _MAIL.finditer(text)]
    own = [mail for mail, _ in found if wanted.search(mail)]
    found = [(mail, at) for mail, at in found if not _OTHER_DESKS.match(mail)]
    close = [mail for mail, at in found if any(span.start - 400 <= at <= span.end + 600 for span in near)]
    noticed = [mail for mail, at in found if _NOTICES.search(fold(text[max(at - 160, 0) : at + 60]))]
    return tuple(dict.fromkeys(own or close or noticed or [mail for mail, _ in found]))


def passages_for(
    analysis: Analysis, terms: Sequence[str], protective: Sequence[str], prefer: str | None, most: int = 3
) -> tuple[Finding, ...]:
    """The findings whose words the letter quotes, those with the preferred words first; each passage once."""
    asked: dict[Span, Finding] = {}
    for finding in analysis.findings:
        known = {"risk": terms, "protective": protective}.get(finding.polarity, ())
        if finding.span is not None and finding.term in known:
            asked.setdefault(finding.span, finding)
    wanted = re.compile(prefer) if prefer is not None else None

    def is_other(span: Span) -> bool:
        return wanted is not None and wanted.search(fold(analysis.document.quote(span))) is None

    return tuple(asked[span] for span in sorted(asked, key=lambda span: (is_other(span), span))[:most])


def window_of(analysis: Analysis, passages: Sequence[Finding], started: date | None) -> Window | None:
    """The period in days that the passages, or the sentences of their clauses, give for an answer."""
    for words in _around(analysis, passages):
        for kind in _PERIODS:
            for fact in extract(kind, words):
                days = dict(fact.value).get("days")
                if isinstance(days, int) and 0 < days <= _LONGEST_WINDOW:
                    last = started + timedelta(days=days) if started is not None else None
                    return Window(days, " ".join(words.split()), last)
    return None


def _around(analysis: Analysis, passages: Sequence[Finding]) -> Iterator[str]:
    for finding in passages:
        yield finding.quote or ""
    for finding in passages:
        for clause in analysis.clauses:
            if finding.span is not None and clause.span.contains(finding.span):
                yield from (analysis.document.quote(sentence) for sentence in clause.sentences)
