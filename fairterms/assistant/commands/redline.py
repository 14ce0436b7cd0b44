"""fairterms redline: the proposed changes in a file for the other side."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fairterms.assistant.commands.common import DONE, TO_PUT_RIGHT, WRONG_USAGE, moment, open_for, told_of, write_bytes

if TYPE_CHECKING:
    from fairterms.assistant.commands.common import Commands


def add(commands: Commands) -> None:
    redline = commands.add_parser("redline", help="write the proposed changes into a file for the other side")
    redline.add_argument("file", metavar="FILE", help="the contract, in any form that review reads")
    redline.add_argument(
        "--output", type=Path, metavar="OUT.docx|OUT.pdf", required=True,
        help="OUT.docx: tracked changes, in your own file if it is a Word file; OUT.pdf: notes in your own PDF",
    )  # fmt: skip
    redline.add_argument("--strength", choices=("fair", "fallback"), default="fair", help="what to ask for (fair)")
    redline.add_argument("--author", default="Creator", metavar="NAME", help="whose name the marks bear (Creator)")
    redline.add_argument("--date", type=moment, metavar="YYYY-MM-DD", help="the date that the marks bear (now)")
    redline.add_argument("--password", metavar="P", help="password of a protected file")
    redline.add_argument("--jurisdiction", metavar="CODE", help="where you work, as an ISO 3166 code: US-CA, DE")
    redline.add_argument("--medium", help="what you give, as in review")
    redline.set_defaults(run=_redline)


def _redline(options: argparse.Namespace) -> int:
    """Writes the file and says on standard error what it does, and what it leaves to a person."""
    from datetime import UTC, datetime

    from fairterms.bargaining.redline import Original, Signature

    form = options.output.suffix.lower().removeprefix(".")
    if form not in ("docx", "pdf"):
        print("usage: fairterms redline FILE --output OUT.docx|OUT.pdf", file=sys.stderr)
        return WRONG_USAGE
    assistant = open_for(jurisdiction=options.jurisdiction, medium=options.medium)
    document = assistant.read(Path(options.file), password=options.password)
    report = assistant.review(document)
    package = assistant.package(report, strength=options.strength)
    signature = Signature(options.author, options.date or datetime.now(UTC))
    original = Original(Path(options.file).read_bytes(), document, options.password)
    if not write_bytes(assistant.redline(original, package, signature, form=form), options.output):
        return TO_PUT_RIGHT
    for line in told_of(package, report):
        print(line, file=sys.stderr)
    return DONE
