"""How many counter-proposals read as cured, how much of the clause they change, and whether their grammar holds."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from fairterms.analyzer.values import Document
from fairterms.assistant.service import Assistant, open_assistant
from fairterms.bargaining.edits import changed_share

_SUFFIXES = (".pdf", ".docx", ".html", ".txt", ".md")
# Agreements by which creators or their like give rights, of a file in which each contract has a type.
_TYPES = ("License", "Endorsement", "Sponsorship", "Promotion", "Collaboration")
_MANY = 40  # of such agreements, those whose names hash lowest
_NUMBER = re.compile(r"^\d[\w.]*\s+")
# What the checker calls taste or does not know in contracts is no fault of grammar.
_TASTE = frozenset({"Spelling", "Readability", "Style", "Enhancement", "WordChoice"})


def run(data: Path, predictions: Path | None, show_errors: int) -> None:
    """Propose for every risk of the contracts in ``data`` (a folder, or a labelled file) and say what held."""
    assistant, grammar = open_assistant(), _Grammar()
    verified: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    without: Counter[str] = Counter()
    package: Counter[str] = Counter()
    shares: list[float] = []
    checked = clean = 0
    failures: list[str] = []
    lines = []
    for document in _documents(data, assistant):
        report = assistant.review(document)
        findings = {finding.id: finding for finding in report.analysis.risks}
        for proposal in report.proposals:
            finding = findings[proposal.finding]
            if not proposal.edits:
                failures.append(
                    f"{document.name}: {proposal.finding} ({proposal.strength}), no draft: {proposal.unverified_because}"
                )
                without[proposal.strength] += 1
                continue
            asked[proposal.strength] += 1
            verified[proposal.strength] += proposal.verified
            if proposal.strength == "fair" and finding.quote is not None and proposal.verified:
                shares.append(changed_share(finding.quote, proposal.text))
            faults = grammar.new_faults(finding.quote or "", _NUMBER.sub("", proposal.text))
            checked += 1
            clean += not faults
            failures += [f"{document.name}: {proposal.finding} ({proposal.strength}): {fault}" for fault in faults]
            if not proposal.verified:
                failures.append(
                    f"{document.name}: {proposal.finding} ({proposal.strength}): {proposal.unverified_because}"
                )
            lines.append(
                {
                    "file": document.name,
                    "finding": proposal.finding,
                    "term": finding.term,
                    "strength": proposal.strength,
                    "verified": proposal.verified,
                    "grammar": faults,
                    "clause": finding.quote,
                    "draft": proposal.text,
                }
            )
        together = assistant.package(report)
        package["contracts"] += 1
        package["points without an answer"] += len(together.conflicts)
        package["critical or high points left"] += sum(
            finding.severity in ("critical", "high") for finding in together.after.risks
        )
    for strength in asked:
        print(
            f"{strength:<9} verified {verified[strength]} of {asked[strength]} drafts ({verified[strength] / asked[strength]:.1%}), "
            f"no draft for {without[strength]} points"
        )
    if shares:
        print(f"median share of the clause's words that a fair edit changes: {median(shares):.2f}")
    if checked:
        print(f"no grammar fault that the clause did not have: {clean} of {checked} ({clean / checked:.1%})")
    print("all fair changes put together: " + ", ".join(f"{count} {what}" for what, count in package.items()))
    for failure in failures[:show_errors]:
        print(failure)
    if predictions is not None:
        predictions.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def draw(predictions: Path, count: int, seed: int = 0) -> list[dict[str, Any]]:
    """``count`` drafts for a reader, drawn by lot from what ``run`` wrote: at most one of a clause and strength."""
    lines = [json.loads(line) for line in predictions.read_text(encoding="utf-8").splitlines()]
    seen: dict[tuple[str, str, str], dict[str, Any]] = {}
    for line in lines:
        seen.setdefault((line["file"], line["clause"] or line["draft"], line["strength"]), line)
    return random.Random(seed).sample(list(seen.values()), min(count, len(seen)))


class _Grammar:
    """An offline checker of English; what it finds in a draft and not in the clause is the draft's fault."""

    def __init__(self) -> None:
        import harper

        self._linter = harper.Linter(dialect=harper.Dialect.AMERICAN)

    def new_faults(self, clause: str, draft: str) -> list[str]:
        left = self._faults(draft) - self._faults(clause)
        return [f"{kind}: {words!r}" for kind, words in left]

    def _faults(self, text: str) -> Counter[tuple[str, str]]:
        return Counter(
            (lint.lint_kind, lint.problem_text)
            for lint in self._linter.lint(text, language="plaintext")
            if lint.lint_kind not in _TASTE
        )


def _documents(data: Path, assistant: Assistant) -> Iterator[Document]:
    if data.is_dir():
        yield from (assistant.read(path) for path in sorted(data.iterdir()) if path.suffix.lower() in _SUFFIXES)
        return
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines if line.strip()]
    if entries and "contract_type" in entries[0]:
        chosen = [entry for entry in entries if any(kind in entry["contract_type"] for kind in _TYPES)]
        entries = sorted(chosen, key=lambda entry: hashlib.sha256(entry["doc_id"].encode()).hexdigest())[:_MANY]
    for entry in entries:
        yield assistant.read(entry["text"].encode(), name=f"{entry.get('doc_id') or entry['id']}.md")
