"""How well each kind of finding did on labelled contracts: the figures that stand beside it in reports and in the app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from fairterms.analyzer.values import Finding


@dataclass(frozen=True, slots=True)
class Measure:
    """Of the findings ``shown`` so many were ``right``; of the passages ``labelled`` so many were ``found``.

    Labels are wider than terms: a passage counts as found when any term of its label was found there.
    """

    shown: int
    right: int
    labelled: int
    found: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Measures by term, the day they were taken, and over how many contracts."""

    date: str
    contracts: int
    terms: Mapping[str, Measure]

    def of(self, finding: Finding) -> Measure | None:
        """The measure of a risk's kind; None for what the labelled contracts do not tell: protections and absences."""
        return self.terms.get(finding.term) if finding.polarity == "risk" else None


@cache
def measured() -> Measured:
    """What ``python -m benchmarks creator --measures`` wrote last."""
    text = resources.files("fairterms.data").joinpath("measured.yaml").read_text(encoding="utf-8")
    stored = yaml.safe_load(text)
    terms = {term: Measure(**counts) for term, counts in stored["terms"].items()}
    return Measured(stored["date"], stored["contracts"], terms)
