"""Small builders for the values that tests hand to a stage, with invented people and words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from fairterms.analyzer.score import score
from fairterms.analyzer.values import (
    Analysis,
    Block,
    Box,
    Compound,
    Direction,
    Document,
    Evidence,
    Finding,
    Level,
    Parties,
    Party,
    Polarity,
    Provenance,
    Severity,
    SeverityStep,
    Span,
    StatedFact,
)
from fairterms.bargaining.values import Citation, CounterProposal, Edit, Strength
from fairterms.knowledge_base.values import Fact, FactKind, Match, Source
from fairterms.reports.values import Report

CONTRACT = """1. Grant
The Artist grants the Studio a perpetual and irrevocable licence to use the Drawings.

2. Models
The Studio may use the Drawings to train machine-learning models.

3. Fee
The Studio pays the Artist 400 euros within 60 days.

4. Copyright
The Artist keeps the copyright in the Drawings.
"""


def document(
    text: str = CONTRACT,
    *,
    name: str = "drawings.txt",
    unread: Sequence[int] = (),
    pages: int = 0,
    language: str = "en",
    warnings: Sequence[str] = (),
) -> Document:
    return Document(
        name=name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        format="txt",
        text=text,
        blocks=(Block(Span(0, len(text)), "paragraph", "paragraph 1"),),
        pages=pages,
        unread_pages=tuple(unread),
        language=language,
        warnings=tuple(warnings),
    )


def span_of(words: str, text: str = CONTRACT) -> Span:
    """Where the words stand; they must stand there once."""
    assert text.count(words) == 1, words
    return Span(text.index(words), text.index(words) + len(words))


def finding(
    id: str,
    quote: str | None,
    *,
    text: str = CONTRACT,
    title: str = "Rights that never end",
    polarity: Polarity = "risk",
    severity: Severity = "high",
    level: Level = "certain",
    why: str = "A price agreed once pays for ever.",
    key: str | None = None,
    steps: tuple[SeverityStep, ...] = (),
    facts: tuple[StatedFact, ...] = (),
    evidence: tuple[Evidence, ...] = (),
    page: int | None = None,
    section: str | None = None,
    boxes: tuple[Box, ...] = (),
    direction: Direction | None = None,
) -> Finding:
    span = span_of(quote, text) if quote is not None else None
    if key is not None and span is not None:
        start = text.index(key, span.start)
        evidence = (Evidence("signal:test", key, Span(start, start + len(key)), 0.9),)
    return Finding(
        id=id,
        term=id.rpartition("-")[0],
        title=title,
        polarity=polarity,
        severity=severity,
        confidence={"certain": 0.9, "likely": 0.7, "ask_a_person": 0.4}[level],
        level=level,
        span=span,
        quote=quote,
        why=why,
        rung=None if polarity == "protective" else 5,
        page=page,
        section=section,
        boxes=boxes,
        evidence=evidence,
        steps=steps,
        facts=facts,
        direction=direction or (Direction("creator", "company", "company", "contract") if quote is not None else None),
    )


def proposal(
    finding: str,
    edits: tuple[Edit, ...],
    text: str,
    *,
    strength: Strength = "fair",
    problem: str = "",
    citations: tuple[Citation, ...] = (),
    author: str = "library",
) -> CounterProposal:
    return CounterProposal(
        finding=finding,
        strength=strength,
        edits=edits,
        text=text,
        rationale="The use gets an end.",
        citations=citations,
        verified=not problem,
        unverified_because=problem,
        author=author,
    )


def fact(id: str, kind: FactKind = "law", *, payee: str = "", checked: bool = False) -> Fact:
    """An invented fact; a rate is 25 EUR a drawing, paid to ``payee``."""
    is_rate = kind == "rate"
    return Fact(
        id=id,
        kind=kind,
        title=f"Title of {id}",
        says=f"What {id} says.",
        use="",
        source=Source(f"Gazette on {id}", f"https://example.org/{id}"),
        date="2024-05",
        jurisdictions=("DE", "EU"),
        status="in force",
        checked=checked,
        recalled=not checked,
        terms=("perpetual_term",),
        amount="25" if is_rate else "",
        currency="EUR" if is_rate else "",
        unit="drawing" if is_rate else "",
        payer="Modelworks" if is_rate else "",
        payee=payee,
    )


def match(fact: Fact, because: str = "cited for this term") -> Match:
    return Match(fact, 1.0, because)


def report(
    findings: Sequence[Finding] = (),
    *,
    document: Document,
    proposals: Sequence[CounterProposal] = (),
    compounds: Sequence[Compound] = (),
    comparables: Mapping[str, tuple[Match, ...]] | None = None,
    notes: Mapping[str, tuple[str, ...]] | None = None,
    caveats: tuple[str, ...] = (),
) -> Report:
    analysis = Analysis(
        document=document,
        clauses=(),
        parties=Parties((Party("creator", ("Artist",)), Party("company", ("Studio", "Inkhouse Studio Ltd")))),
        findings=tuple(findings),
        compounds=tuple(compounds),
        score=score(findings, compounds),
        provenance=Provenance("library-1", "0.0.0", ("parser 1", "encoder 2")),
        caveats=caveats,
    )
    return Report(analysis, tuple(proposals), comparables or {}, notes or {}, caveats)


def drawings_report() -> Report:
    """A review of ``CONTRACT`` with every kind of point: the one behind the golden files."""
    grant = "The Artist grants the Studio a perpetual and irrevocable licence to use the Drawings."
    models = "The Studio may use the Drawings to train machine-learning models."
    fee = "The Studio pays the Artist 400 euros within 60 days."
    own = "The Artist keeps the copyright in the Drawings."
    fair = "The Artist grants the Studio a two-year licence to use the Drawings."
    fallback = "The Artist grants the Studio a five-year licence to use the Drawings."
    limit = "2A Training. The Studio trains no model with the Drawings."
    law = fact("german_law")
    end = span_of(models).end
    findings = (
        finding(
            "perpetual_term-1",
            grant,
            severity="critical",
            key="perpetual",
            section="1 Grant",
            facts=(
                StatedFact("duration", (("perpetual", True),), "perpetual", span_of("perpetual")),
                StatedFact("notice", (("none_found", True),)),
            ),
            direction=Direction("creator", "company", "company"),
            steps=(SeverityStep("high", "critical", "It cannot be taken back either."),),
        ),
        finding("irrevocable_grant-1", grant, title="No way to take it back", key="irrevocable", section="1 Grant"),
        finding(
            "ai_training_implied-1",
            models,
            title="Your work may train AI",
            level="ask_a_person",
            section="2 Models",
        ),
        finding("late_payment-1", fee, title="Paid late", severity="medium", key="60 days", section="3 Fee"),
        finding("copyright_assignment-1", own, title="Your copyright changes hands", polarity="protective"),
        finding(
            "missing_training_limit-1",
            None,
            title="No limit on AI training",
            polarity="absent",
            level="likely",
            why="Nothing says what models may do with your work.",
            evidence=(Evidence("gate", models, span_of(models)),),
        ),
    )
    drafts = (
        proposal(
            "perpetual_term-1",
            (Edit(span_of("perpetual and irrevocable"), "two-year"),),
            fair,
            citations=(Citation("german_law", law.title, law.date, "DE, EU", law.standing, False, law.source.url),),
        ),
        proposal(
            "perpetual_term-1",
            (Edit(span_of("perpetual and irrevocable"), "five-year"),),
            fallback,
            strength="fallback",
            problem="the draft stands on rung 4, the fallback is rung 3",
        ),
        proposal(
            "irrevocable_grant-1",
            (),
            grant,
            problem="no plan of the library fits this wording; ask a person to draft the change",
        ),
        proposal("late_payment-1", (Edit(span_of("60"), "30"),), fee.replace("60", "30")),
        proposal("missing_training_limit-1", (Edit(Span(end, end), f"\n\n{limit}"),), limit),
    )
    return report(
        findings,
        document=document(),
        proposals=drafts,
        compounds=(
            Compound(
                "forever_and_unstoppable",
                ("perpetual_term-1", "irrevocable_grant-1"),
                "critical",
                "There is no way out.",
            ),
        ),
        comparables={
            "perpetual_term-1": (
                match(fact("union_deal", "precedent", checked=True)),
                match(law),
                match(fact("artist_rate", "rate", payee="creator"), "similar wording"),
                match(fact("platform_rate", "rate", payee="platform")),
            )
        },
        notes={"irrevocable_grant-1": ("No precedent for this term is in the knowledge base.",)},
        caveats=("No jurisdiction was given.",),
    )
