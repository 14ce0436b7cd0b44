"""What came of asking a chat model: the shapes of its answers, and the record that a reader is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, Field

Use = Literal["wording", "explanation", "summary", "letter"]


class Rewording(BaseModel):
    """One sentence of a contract, worded better."""

    sentence: Annotated[str, Field(max_length=6000)]


class Said(BaseModel):
    """A sentence of an explanation, with the words of the clause and the record that it rests on, where it rests on any."""

    text: Annotated[str, Field(max_length=400)]
    quote: Annotated[str, Field(max_length=400)] = ""
    fact: Annotated[str, Field(max_length=60)] = ""


class Explanation(BaseModel):
    """A point in plain words."""

    sentences: Annotated[list[Said], Field(min_length=1, max_length=3)]


class Told(BaseModel):
    """A sentence of a summary, with the numbers of the points that it speaks of."""

    text: Annotated[str, Field(max_length=400)]
    points: Annotated[list[int], Field(max_length=12)]


class Summary(BaseModel):
    """A contract's points in a few sentences."""

    sentences: Annotated[list[Told], Field(min_length=1, max_length=5)]


class Paragraph(BaseModel):
    """A paragraph of a letter."""

    paragraph: Annotated[str, Field(max_length=2000)]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that did not reach the report, and why; ``finding`` is "" for what belongs to no single point."""

    use: Use
    finding: str
    because: str


@dataclass(frozen=True, slots=True)
class ModelWork:
    """What a model was asked and what was used of it; all else in the report is the library's own wording.

    ``explanations`` go by finding. ``stopped`` says why it was not asked further, "" when it was asked everything.
    """

    name: str
    asked: int
    used: int
    refusals: tuple[Refusal, ...] = ()
    explanations: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How much a model would be asked: calls, and tokens both ways (four letters a token, as providers count English)."""

    calls: int
    tokens: int
