"""What the other side gets to see beside the changes: who asks, when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fairterms.analyzer.values import Document
from fairterms.bargaining.values import Change

_MOST_CITED = 3  # facts named in a comment: more is for the report


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose marks these are, and from when."""

    author: str
    date: datetime

    @property
    def stamp(self) -> str:
        return self.date.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.author.split() if word[0].isalnum())[:3].upper() or "FT"


@dataclass(frozen=True, slots=True)
class Original:
    """The file that the member got, and what was read in it."""

    data: bytes
    document: Document
    password: str | None = None


class Unmarkable(Exception):  # noqa: N818 - it names what the person has in hand
    """A file whose changes could not be marked so that both answers to them are right; nothing is written then."""


def reasons(change: Change) -> list[str]:
    """Why the change is asked for, and on what it rests, for the other side to read: no fallback, no limit of ours."""
    because = list(dict.fromkeys(answer.reason for answer in change.answers if answer.reason))
    cited: dict[str, str] = {}
    for answer in change.answers:
        for citation in answer.citations[:_MOST_CITED]:
            about = ", ".join(part for part in (citation.date, citation.jurisdiction) if part)
            unchecked = "" if citation.checked else "; not verified by us"
            cited.setdefault(citation.id, f"{citation.title} ({about}{unchecked})")
    sources = "; ".join(list(cited.values())[:_MOST_CITED])
    return because + ([f"Compare: {sources}"] if sources else [])
