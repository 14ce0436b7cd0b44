"""The report: an analysis, the counter-proposals to it, and what a reader must know about both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fairterms.analyzer.values import Analysis
from fairterms.bargaining.model.values import ModelWork
from fairterms.bargaining.values import CounterProposal
from fairterms.knowledge_base.values import Match

NOT_LEGAL_ADVICE = (
    "This report is information for your own decision and for talks with your union or lawyer. It is not legal advice."
)


@dataclass(frozen=True, slots=True)
class Report:
    """``comparables`` maps a finding's id to what others fairly got, law and rates; ``notes`` say what was not found.

    ``model`` is what a chat model worded, None where none was asked.
    """

    analysis: Analysis
    proposals: tuple[CounterProposal, ...]
    comparables: Mapping[str, tuple[Match, ...]] = field(default_factory=dict)
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()
    model: ModelWork | None = None

    def proposals_for(self, finding: str) -> tuple[CounterProposal, ...]:
        return tuple(proposal for proposal in self.proposals if proposal.finding == finding)
