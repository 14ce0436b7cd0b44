"""A contract's sentences and list items as the trained heads read them."""

from __future__ import annotations

from collections.abc import Sequence

from fairterms.analyzer.detect.features import Line
from fairterms.analyzer.values import Clause, Span


def lines_of(text: str, clauses: Sequence[Clause]) -> tuple[list[Line], list[Span]]:
    """Every sentence in text order, with the two headings nearest above it and its neighbours; and where it stands."""
    spans: list[Span] = []
    headings: list[str] = []
    for clause in clauses:
        above = [*clause.path[-2:], clause.section if clause.section not in clause.path else ""]
        spans += clause.sentences
        headings += [" ".join(above)] * len(clause.sentences)
    return in_order([text[span.start : span.end] for span in spans], headings), spans


def in_order(texts: Sequence[str], headings: Sequence[str]) -> list[Line]:
    """Texts that follow each other, each with those beside it."""
    before, after = ["", *texts[:-1]], [*texts[1:], ""]
    return [Line(*parts) for parts in zip(texts, headings, before, after, strict=True)]
