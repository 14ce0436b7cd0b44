"""A fact as the searches find it: where in the text handed to them, and its value."""

from __future__ import annotations

from dataclasses import dataclass

from fairterms.analyzer.values import Scalar


@dataclass(frozen=True, slots=True)
class Found:
    """A value and the offsets of its words in the text that was searched."""

    start: int
    end: int
    value: tuple[tuple[str, Scalar], ...]

    def overlaps(self, other: Found) -> bool:
        return self.start < other.end and other.start < self.end


def of_one(values: tuple[int | float, ...], key: str, unit: str = "") -> tuple[tuple[str, Scalar], ...]:
    """The value under its key; where the words leave it open, what it could be.

    >>> of_one((36,), "months"), of_one((30, 60), "days", "days")
    ((('months', 36),), (('ambiguous', True), ('could_be', ('30 days', '60 days'))))
    """
    if len(values) == 1:
        return ((key, values[0]),)
    return (("ambiguous", True), ("could_be", tuple(f"{value} {unit}".strip() for value in values)))
