"""The texts of the letters, read once and checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml
from pydantic import Field

from fairterms.clauses.schema import Prose, Strict

KINDS = (
    "counter-proposal", "refusal", "information-request", "revocation", "training-opt-out", "arbitration-opt-out", "deletion",
)  # fmt: skip
TONES = ("plain", "firm")


class Template(Strict):
    """A kind of letter. ``terms`` are what it is about, ``prefer`` the passages of these that it quotes first, and
    ``protective`` the terms whose protective words it quotes as well; ``desk`` is how a fitting
    e-mail address looks."""

    title: Prose
    subject: Prose
    plain: str
    firm: str
    terms: tuple[str, ...] = ()
    prefer: str | None = None
    protective: tuple[str, ...] = ()
    desk: str = "legal|notices?|contracts?"
    reply_days: int = Field(default=14, gt=0)


class Templates(Strict):
    """All letters, what they may say of the law by kind and record, and the questions by term."""

    letters: Mapping[str, Template]
    law: Mapping[str, Mapping[str, Prose]]
    questions: Mapping[str, Prose]


@cache
def templates() -> Templates:
    text = resources.files(__package__ or "").joinpath("templates.yaml").read_text(encoding="utf-8")
    stored = yaml.safe_load(text)
    return Templates(letters={kind: stored[kind] for kind in KINDS}, law=stored["law"], questions=stored["questions"])
