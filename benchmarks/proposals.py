"""How many counter-proposals read as cured, and how much of the clause they change."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from statistics import median

from fairterms.analyzer.values import Document
from fairterms.assistant.service import Assistant, open_assistant
from fairterms.bargaining.edits import changed_share

_SUFFIXES = (".pdf", ".docx", ".html", ".txt", ".md")


def run(data: Path, predictions: Path | None, show_errors: int) -> None:
    """Propose for every risk of the contracts in ``data`` (a folder, or a labelled file) and say what held."""
    assistant = open_assistant()
    verified: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    shares: list[float] = []
    failures: list[str] = []
    lines = []
    for document in _documents(data, assistant):
        report = assistant.review(document)
        findings = {finding.id: finding for finding in report.analysis.risks}
        for proposal in report.proposals:
            finding = findings[proposal.finding]
            asked[proposal.strength] += 1
            verified[proposal.strength] += proposal.verified
            if proposal.strength == "fair" and finding.quote is not None and proposal.verified:
                shares.append(changed_share(finding.quote, proposal.text))
            if not proposal.verified:
                failures.append(
                    f"{document.name}: {proposal.finding} ({proposal.strength}): {proposal.unverified_because}"
                )
            lines.append(
                {
                    "file": document.name,
                    "finding": proposal.finding,
                    "strength": proposal.strength,
                    "verified": proposal.verified,
                }
            )
    for strength in asked:
        print(
            f"{strength:<9} verified {verified[strength]} of {asked[strength]} ({verified[strength] / asked[strength]:.1%})"
        )
    if shares:
        print(f"median share of the clause's words that a fair edit changes: {median(shares):.2f}")
    for failure in failures[:show_errors]:
        print(failure)
    if predictions is not None:
        predictions.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def _documents(data: Path, assistant: Assistant) -> list[Document]:
    if data.is_dir():
        return [assistant.read(path) for path in sorted(data.iterdir()) if path.suffix.lower() in _SUFFIXES]
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines if line.strip()]
    return [assistant.read(entry["text"].encode(), name=f"{entry['id']}.md") for entry in entries]
