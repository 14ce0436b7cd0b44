"""What several commands share: exit statuses, arguments, reading, and writing where the person says."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from fairterms.analyzer.values import Document
    from fairterms.assistant.service import Assistant
    from fairterms.bargaining.values import Package
    from fairterms.reports.values import Report

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

DONE, TO_PUT_RIGHT, WRONG_USAGE, RISK_FOUND = 0, 1, 2, 3


def add_model(command: argparse.ArgumentParser, help: str) -> None:
    command.add_argument("--model", metavar="PROVIDER:NAME[@ADDRESS]", help=help)
    command.add_argument(
        "--allow-remote",
        action="store_true",
        help="you agree that this contract's clauses, without names and sums, go to a model that runs elsewhere",
    )


def open_for(**given: object) -> Assistant:
    from fairterms.assistant.service import open_assistant
    from fairterms.assistant.settings import read_settings

    return open_assistant(read_settings(given))


def read_contract(options: argparse.Namespace, assistant: Assistant) -> Document:
    if options.file == "-":
        return assistant.read_text(sys.stdin.buffer.read().decode("utf-8", errors="replace"), name="standard input")
    return assistant.read(Path(options.file), password=options.password)


def show_stage(stage: str) -> None:
    print(f"\r\033[K{stage} ...", end="", file=sys.stderr, flush=True)


def write_text(text: str, output: Path | None) -> bool:
    if not text.endswith("\n"):
        text += "\n"
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return True
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"{output}: could not be written: {error.strerror}", file=sys.stderr)
        return False
    return True


def write_bytes(content: bytes, output: Path | None) -> bool:
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return True
    try:
        output.write_bytes(content)
    except OSError as error:
        print(f"{output}: could not be written: {error.strerror}", file=sys.stderr)
        return False
    return True


def day(text: str) -> date:
    from datetime import date

    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    from datetime import UTC, datetime

    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)


def told_of(package: Package, report: Report) -> Iterator[str]:
    """What a package answers and what it leaves, in a few lines."""
    titles = {finding.id: finding.title for finding in report.analysis.risks}
    answered = sum(len(change.answers) for change in package.changes)
    if not package.changes:
        yield "No change is proposed; the file holds the contract as it was."
    else:
        before, after = report.analysis.score.value, package.after.score.value
        yield f"Changes: {len(package.changes)}. Points answered: {answered}. Score: {before} before, {after} of 100 with them."
    for conflict in package.conflicts:
        yield f"Not changed, ask a person: {titles[conflict.finding]} ({conflict.because})"
    for finding in package.after.risks:
        if finding.severity in ("critical", "high"):
            yield f"Still there with all changes made: {finding.title} ({finding.severity})"
    yield "Read the file before you send it. This is not legal advice."
