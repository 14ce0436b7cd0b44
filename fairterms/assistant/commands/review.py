"""fairterms review: one contract, and what to settle in it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fairterms.assistant.commands.common import (
    DONE,
    RISK_FOUND,
    TO_PUT_RIGHT,
    WRONG_USAGE,
    add_model,
    open_for,
    read_contract,
    show_stage,
    write_bytes,
    write_text,
)

if TYPE_CHECKING:
    from fairterms.assistant.commands.common import Commands
    from fairterms.assistant.service import Assistant
    from fairterms.reports.values import Report

_FORMATS = ("text", "markdown", "html", "json", "pdf", "brief")
_SEVERITIES = ("critical", "high", "medium")


def add(commands: Commands) -> None:
    review = commands.add_parser("review", help="read one contract and report what to settle")
    review.add_argument(
        "file", metavar="FILE", help="PDF, DOCX, HTML, text or Markdown; - reads text from standard input"
    )
    review.add_argument(
        "--format", choices=_FORMATS, default="text",
        help="form of the report (text); brief is a PDF of two pages at most",
    )  # fmt: skip
    review.add_argument("--output", type=Path, metavar="PATH", help="write the report there instead of to the screen")
    review.add_argument("--with-text", action="store_true", help="put the contract's own text into the report")
    review.add_argument("--password", metavar="P", help="password of a protected file")
    review.add_argument("--jurisdiction", metavar="CODE", help="where you work, as an ISO 3166 code: US-CA, DE")
    review.add_argument(
        "--medium", help="what you give: text, illustration, photography, music, voice, screen, games, ..."
    )
    add_model(review, "a chat model that may word drafts and reasons better, such as ollama:qwen3")
    review.add_argument(
        "--fail-on", choices=_SEVERITIES, help="exit with status 3 when such a risk, or a worse one, is found"
    )
    review.set_defaults(run=_review)


def _review(options: argparse.Namespace) -> int:
    from fairterms.reports import PAPER, render, render_paper

    if options.format in PAPER and options.output is None and sys.stdout.isatty():
        print(f"usage: fairterms review FILE --format {options.format} --output PATH.pdf", file=sys.stderr)
        return WRONG_USAGE
    assistant = open_for(
        jurisdiction=options.jurisdiction,
        medium=options.medium,
        model=options.model,
    )
    document = read_contract(options, assistant)
    watching = sys.stderr.isatty()
    report = assistant.review(document, progress=show_stage if watching else lambda stage: None)
    if watching:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if assistant.settings.model is not None:
        report = _worded(assistant, report, options, watching=watching)
    if options.format in PAPER:
        written = write_bytes(render_paper(report, options.format, with_text=options.with_text), options.output)
    else:
        written = write_text(render(report, options.format, with_text=options.with_text), options.output)
    if not written:
        return TO_PUT_RIGHT
    return _status(report, options.fail_on)


def _worded(assistant: Assistant, report: Report, options: argparse.Namespace, *, watching: bool) -> Report:
    """The report after the model's turn; what it costs is told before, and what came of it after."""
    from fairterms.reports.words import cost

    settings = assistant.settings
    print(f"{settings.model}: {cost(assistant.estimate(report), settings.model_price)}", file=sys.stderr)
    show: Callable[[int], None] = (lambda asked: show_stage(f"asked {asked}")) if watching else lambda asked: None
    report = assistant.let_model_word(report, allow_remote=options.allow_remote, progress=show)
    if watching:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if (work := report.model) is not None:
        print(f"{work.name}: asked {work.asked}, used {work.used}, refused {len(work.refusals)}", file=sys.stderr)
        if work.stopped:
            print(f"{work.stopped}; the library's own wording stands", file=sys.stderr)
    return report


def _status(report: Report, fail_on: str | None) -> int:
    if fail_on is None:
        return DONE
    from fairterms.analyzer.values import SEVERITIES

    document = report.analysis.document
    least = next(place for place, severity in enumerate(SEVERITIES) if severity == fail_on)
    found = [risk.severity for risk in report.analysis.risks] + [both.severity for both in report.analysis.compounds]
    if document.unread_pages:
        # Whatever was found in the rest, the question cannot be answered for the whole.
        pages = ", ".join(str(page) for page in document.unread_pages)
        print(f"{document.name}: pages {pages} could not be read, so nothing can be ruled out", file=sys.stderr)
        return TO_PUT_RIGHT
    return RISK_FOUND if any(SEVERITIES.index(severity) >= least for severity in found) else DONE
