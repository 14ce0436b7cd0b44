"""The file of a negotiation, which the person saves: every point with what was asked and what came back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fairterms.bargaining.values import Strength

Outcome = Literal["asked", "accepted", "rejected", "changed", "taken out"]
Status = Literal["open", "agreed"]


class UnreadableTalks(Exception):  # noqa: N818 - it names what the person has in hand
    """A file that is not the record of a negotiation; the message says what to do."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Point(_Kept):
    """One thing that was asked for. ``old`` is the contract's sentence, "" where a clause was to be added.

    ``terms`` are the ids of what it answers; ``answer`` the other side's words for it, "" before they answered or where they
    took it out; ``left`` the severities of what the answer still shows, by title.
    """

    number: Annotated[int, Field(ge=1)]
    terms: tuple[str, ...]
    titles: tuple[str, ...]
    section: str
    old: str
    proposed: str
    strength: Strength
    status: Status = "open"
    outcome: Outcome = "asked"
    answer: str = ""
    left: dict[str, str] = {}


class News(_Kept):
    """Words of the other side that nobody asked for, or words of the contract that they took out; with the risks in them."""

    words: str
    gone: bool
    risks: tuple[str, ...]


class Round(_Kept):
    """One version that came back: its file, the day, and what is new in it."""

    name: str
    sha256: str
    day: date
    news: tuple[News, ...]


class Talks(_Kept):
    """A negotiation so far. ``contract`` is the text that the first changes were asked of, ``sent`` the text last sent."""

    schema_: Annotated[Literal["fairterms.rounds/1"], Field(alias="schema")] = "fairterms.rounds/1"
    name: str
    sha256: str
    began: date
    contract: str
    sent: str
    points: tuple[Point, ...]
    rounds: tuple[Round, ...] = ()

    @property
    def open_points(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.status == "open")


def read_talks(data: str | bytes) -> Talks:
    """Raises ``UnreadableTalks``."""
    try:
        return Talks.model_validate_json(data)
    except ValidationError as error:
        raise UnreadableTalks(
            "this is not a file of rounds that FairTerms wrote; begin one with: fairterms rounds begin CONTRACT"
        ) from error


def write_talks(talks: Talks) -> str:
    return talks.model_dump_json(by_alias=True, indent=2) + "\n"
