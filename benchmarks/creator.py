"""Findings against labelled creator contracts: precision, recall, F1 and decoy rate."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from fairterms.analyzer.values import Finding, Span
from fairterms.assistant.service import open_assistant
from fairterms.reports import render

# Scored, and read by nobody who writes rules or examples; the gap to the others shows memorised wording.
SCORED_BLIND = frozenset({"kick", "soullab", "voicewunder", "photobucket"})
MEETS = 0.5  # of the shorter span; from the labelling rules of the data


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled span: ``kind`` is risk, decoy or neutral, ``label`` the type without its prefix."""

    span: Span
    kind: str
    label: str


@dataclass(slots=True)
class Tally:
    """Counts over documents: ``found``, ``missed`` and ``uncovered`` by label, ``shown`` and ``right`` by term."""

    true: int = 0
    false: int = 0
    decoy: int = 0
    neutral: int = 0
    decoy_spans: int = 0
    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    uncovered: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        for name in ("true", "false", "decoy", "neutral", "decoy_spans"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("found", "missed", "uncovered", "shown", "right"):
            getattr(self, name).update(getattr(other, name))

    def figures(self) -> dict[str, float]:
        judged = self.true + self.decoy + self.false
        wanted = self.found.total() + self.missed.total()
        precision = self.true / judged if judged else 0.0
        recall = self.found.total() / wanted if wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        decoys = 100 * self.decoy / self.decoy_spans if self.decoy_spans else 0.0
        return {"precision": precision, "recall": recall, "f1": f1, "decoys per 100": decoys}


@dataclass(frozen=True, slots=True)
class Error:
    """A miss, a false alarm or a decoy hit, for reading."""

    document: str
    kind: str
    what: str
    words: str
    weight: float


@dataclass(slots=True)
class Changes:
    """Errors of an earlier run that are gone, and new ones; of documents that nobody reads only the number."""

    mended: list[Error] = field(default_factory=list)
    spoilt: list[Error] = field(default_factory=list)
    hidden: Counter[str] = field(default_factory=Counter)

    def add(self, before: Iterable[Error], now: Iterable[Error], *, show: bool) -> None:
        old, new = ({(e.document, e.kind, e.what, e.words): e for e in errors} for errors in (before, now))
        for name, cases in (("mended", old.keys() - new.keys()), ("spoilt", new.keys() - old.keys())):
            if show:
                getattr(self, name).extend((old | new)[case] for case in sorted(cases))
            else:
                self.hidden[name] += len(cases)

    def print(self) -> None:
        for name, cases in (("mended", self.mended), ("spoilt", self.spoilt)):
            print(f"{name} since the earlier run: {len(cases)}, and {self.hidden[name]} in the blind half")
            for case in cases:
                print(f"  {case.document}: {case.kind}: {case.what}: {' '.join(case.words.split())[:120]}")


def _findings_of(predictions: Path) -> dict[str, list[Finding]]:
    """The findings of an earlier run's reports, by document, with what the scoring asks of them."""
    with predictions.open(encoding="utf-8") as lines:
        reports = [json.loads(line) for line in lines if line.strip()]
    return {
        report["id"]: [
            Finding(
                id=entry["id"], term=entry["term"], title=entry["title"], polarity=entry["polarity"], severity=entry["severity"],
                confidence=entry["confidence"], level=entry["level"], quote=entry["quote"], why=entry["why"],
                span=Span(entry["start"], entry["end"]) if entry["start"] is not None else None,
            )
            for entry in report["findings"]
        ]
        for report in reports
    }  # fmt: skip


def meets(one: Span, other: Span) -> bool:
    """Whether two spans overlap by at least half of the shorter."""
    overlap = min(one.end, other.end) - max(one.start, other.start)
    return overlap > 0 and overlap >= MEETS * min(len(one), len(other))


def gold_of(spans: Iterable[Mapping[str, Any]]) -> list[Gold]:
    golds = []
    for entry in spans:
        kind, _, label = entry["label"].rpartition(":")
        golds.append(Gold(Span(entry["start"], entry["end"]), kind or "risk", label))
    return golds


def tally(
    document: str,
    text: str,
    findings: Sequence[Finding],
    golds: Sequence[Gold],
    may_match: Mapping[str, Sequence[str]],
    also: Mapping[str, Sequence[str]],
    covered: frozenset[str],
) -> tuple[Tally, list[Error]]:
    """Score one document as the rules of the labelled data say."""
    result, errors = Tally(), []
    risks = [finding for finding in findings if finding.polarity == "risk" and finding.span is not None]
    matched: set[int] = set()
    for finding in risks:
        assert finding.span is not None
        labels = [*may_match.get(finding.term, ()), *also.get(finding.term, ())]
        meeting = [(index, gold) for index, gold in enumerate(golds) if meets(finding.span, gold.span)]
        right = [index for index, gold in meeting if gold.kind == "risk" and gold.label in labels]
        matched.update(right)
        words = (finding.quote or "")[:300]
        if right:
            result.true += 1
            result.right[finding.term] += 1
            result.shown[finding.term] += 1
        elif finding.term not in may_match:
            continue  # a term that the labels know only on the side counts when right, and is left out when not
        elif any(gold.kind == "neutral" and gold.label in labels for _, gold in meeting):
            result.neutral += 1
        elif any(gold.kind == "decoy" and gold.label in labels for _, gold in meeting):
            result.decoy += 1
            result.shown[finding.term] += 1
            errors.append(Error(document, "decoy", finding.term, words, 1 + finding.confidence))
        else:
            result.false += 1
            result.shown[finding.term] += 1
            errors.append(Error(document, "false alarm", finding.term, words, finding.confidence))
    for index, gold in enumerate(golds):
        if gold.kind == "decoy":
            result.decoy_spans += gold.label in covered
        elif gold.kind == "risk" and gold.label not in covered:
            result.uncovered[gold.label] += 1
        elif gold.kind == "risk":
            (result.found if index in matched else result.missed)[gold.label] += 1
            if index not in matched:
                words = text[gold.span.start : gold.span.end][:300]
                errors.append(Error(document, "missed", gold.label, words, 0.9))
    return result, errors


def run(
    data: Path, predictions: Path | None, show_errors: int, against: Path | None = None, measures: Path | None = None
) -> dict[str, float]:
    """Review every document of ``data``; print and return figures where it holds answers, write reports where asked to.

    ``against`` are the predictions of an earlier run: what was mended and what was spoilt since is then told case by case.
    ``measures`` is the file that the reports read what they say of each kind of finding from.
    """
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    labels_file = data.with_name("labels.yaml")
    labels = (
        yaml.safe_load(labels_file.read_text(encoding="utf-8")) if labels_file.exists() else {"terms": {}, "also": {}}
    )
    assistant = open_assistant()
    terms = {term.id for term in assistant.library.terms}
    covered = frozenset(label for term, names in labels["terms"].items() if term in terms for label in names)
    halves = {"read": Tally(), "blind": Tally()}
    errors: list[Error] = []
    reports = []
    earlier = _findings_of(against) if against is not None else {}
    changes = Changes()
    for document in documents:
        report = assistant.review(assistant.read(document["text"].encode(), name=f"{document['id']}.md"))
        if predictions is not None:
            reports.append({"id": document["id"], **json.loads(render(report, "json"))})
        if "spans" in document:
            result, wrong = tally(
                document["id"],
                document["text"],
                report.analysis.findings,
                gold_of(document["spans"]),
                labels["terms"],
                labels["also"],
                covered,
            )
            blind = document["id"] in SCORED_BLIND
            halves["blind" if blind else "read"].add(result)
            # The words of the blind half stay unread, also in the list of errors.
            errors += wrong if not blind else []
            if document["id"] in earlier:
                _, before = tally(
                    document["id"],
                    document["text"],
                    earlier[document["id"]],
                    gold_of(document["spans"]),
                    labels["terms"],
                    labels["also"],
                    covered,
                )
                changes.add(before, wrong, show=not blind)
            print(f"{document['id']:<14}{_line(result)}")
    if predictions is not None:
        predictions.write_text(
            "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in reports), encoding="utf-8"
        )
    if any("spans" in document for document in documents):
        _print_totals(halves)
    for error in sorted(errors, key=lambda error: -error.weight)[:show_errors]:
        print(f"{error.document}: {error.kind}: {error.what}: {' '.join(error.words.split())}")
    if against is not None:
        changes.print()
    both = Tally()
    for half in halves.values():
        both.add(half)
    if measures is not None:
        _write_measures(measures, both, labels["terms"], sum("spans" in document for document in documents))
    return {**both.figures(), **{f"{name} f1": half.figures()["f1"] for name, half in halves.items()}}


def _write_measures(path: Path, both: Tally, labels: Mapping[str, Sequence[str]], contracts: int) -> None:
    """Precision and recall by term as counts; terms without a label of their own, or without a case, are left out."""
    terms = {}
    for term, names in sorted(labels.items()):
        found, missed = (sum(counter[name] for name in names) for counter in (both.found, both.missed))
        if both.shown[term] or found or missed:
            counts = {"shown": both.shown[term], "right": both.right[term], "labelled": found + missed, "found": found}
            terms[term] = counts
    stored = {"date": date.today().strftime("%-d %B %Y"), "contracts": contracts, "terms": terms}
    header = "# Written by `python -m benchmarks creator --data FILE --measures THIS`; read by fairterms/reports/measured.py.\n"
    path.write_text(
        header + yaml.safe_dump(stored, sort_keys=False, default_flow_style=None, width=120), encoding="utf-8"
    )


def _line(result: Tally) -> str:
    figures = result.figures()
    counts = f"true {result.true:3} false {result.false:3} decoy {result.decoy:2} missed {result.missed.total():3}"
    return "  ".join(f"{name} {value:6.3f}" for name, value in figures.items()) + "  " + counts


def _print_totals(halves: Mapping[str, Tally]) -> None:
    both = Tally()
    for name, half in halves.items():
        both.add(half)
        print(f"{name + ' half':<14}{_line(half)}")
    print(f"{'all':<14}{_line(both)}")
    for label in sorted({*both.found, *both.missed}):
        print(f"  {label:<44} found {both.found[label]:3} of {both.found[label] + both.missed[label]:3}")
    if both.uncovered:
        print("not covered by any term yet:", ", ".join(f"{label} {n}" for label, n in sorted(both.uncovered.items())))
