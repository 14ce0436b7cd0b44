"""Who gives, who receives and who gains by found words, as far as the sentence or the roles of the contract tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fairterms.analyzer.detect.mutual import is_mutual
from fairterms.analyzer.detect.polarity import actor, beneficiary, is_duty
from fairterms.analyzer.language import folded_text
from fairterms.analyzer.values import Direction, Parties, Role, Side

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPPOSITE: dict[Side | None, Side] = {"creator": "company", "company": "creator"}


def direction_of(doc: Doc, start: int, end: int, parties: Parties, *, bound: bool = False) -> Direction:
    """What the sentence itself says; ``bound`` where the words are known to be a duty or a waiver of the one who acts."""
    if is_mutual(folded_text(doc)):
        return Direction("both", "both", "both")
    doer: Role | None = actor(doc, start, end, parties)
    if bound or is_duty(doc, start, end):
        other = _OPPOSITE.get(doer)
        return Direction(doer, other, other)
    gains: Role | None = beneficiary(doc, start, end, parties)
    giver: Side | None = doer if doer is not None and doer != gains else _OPPOSITE.get(gains)
    return Direction(giver, gains, gains)


def settled(read: Direction | None, polarity: Literal["risk", "protective"], parties: Parties) -> Direction:
    """The sentence's direction, or where it tells none, or the opposite of what the finding means, the contract's.

    A risk is at the creator's cost and a protection in the creator's favour, so where the contract knows both sides,
    these stand in. Where it does not, nothing is said.
    """
    worse: Side = "creator" if polarity == "risk" else "company"
    better = _OPPOSITE[worse]
    if read is not None and read.beneficiary != worse and read.giver != better and not read.is_unclear:
        return read
    if read is not None and "other" in (read.giver, read.receiver):
        return read
    if not {"creator", "company"} <= {party.role for party in parties.parties}:
        if read is not None and read.beneficiary is None and read.giver == worse:
            return read
        return Direction(None, None, None, "contract")
    return Direction(worse, better, better, "contract")
