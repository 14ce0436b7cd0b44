"""fairterms rounds: a negotiation, kept in a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fairterms.assistant.commands.common import DONE, TO_PUT_RIGHT, open_for, told_of, write_bytes, write_text

if TYPE_CHECKING:
    from fairterms.assistant.commands.common import Commands


def add(commands: Commands) -> None:
    rounds = commands.add_parser("rounds", help="keep a negotiation: what was asked, what came back, what is next")
    steps = rounds.add_subparsers(title="steps", required=True, metavar="STEP")
    begin = steps.add_parser("begin", help="write down what is asked for first")
    begin.add_argument("file", metavar="FILE", help="the contract, in any form that review reads")
    begin.add_argument("--output", type=Path, required=True, metavar="TALKS.json", help="the file of the negotiation")
    begin.add_argument("--strength", choices=("fair", "fallback"), default="fair", help="what to ask for (fair)")
    begin.add_argument("--password", metavar="P", help="password of a protected file")
    begin.set_defaults(run=_rounds_begin)
    answer = steps.add_parser("answer", help="compare a version that came back with what was asked")
    answer.add_argument("talks", metavar="TALKS.json", type=Path, help="the file of the negotiation")
    answer.add_argument("file", metavar="RETURNED", help="the version that came back")
    answer.add_argument("--output", type=Path, metavar="TALKS.json", help="write the file with the answers there")
    answer.add_argument("--agree", type=int, nargs="+", default=[], metavar="N", help="points whose answer you take")
    answer.add_argument("--fallback", type=int, nargs="+", default=[], metavar="N", help="points to ask less for")
    answer.add_argument(
        "--redline", type=Path, metavar="OUT.docx", help="write the next changes into the version that came back"
    )
    answer.add_argument("--author", default="Creator", metavar="NAME", help="whose name the marks bear (Creator)")
    answer.add_argument("--password", metavar="P", help="password of a protected file")
    answer.set_defaults(run=_rounds_answer)


def _rounds_begin(options: argparse.Namespace) -> int:
    from datetime import date

    from fairterms.bargaining.rounds.values import write_talks
    from fairterms.reports.rounds import render_rounds

    assistant = open_for()
    report = assistant.review(assistant.read(Path(options.file), password=options.password))
    package = assistant.package(report, strength=options.strength)
    talks = assistant.begin_rounds(report, package, day=date.today())
    if not write_text(write_talks(talks), options.output):
        return TO_PUT_RIGHT
    sys.stdout.write(render_rounds(talks))
    return DONE


def _rounds_answer(options: argparse.Namespace) -> int:
    """Shows what became of each point; what is asked next goes into a file where one is named."""
    from datetime import UTC, date, datetime

    from fairterms.bargaining.redline import Original, Signature
    from fairterms.bargaining.rounds.settle import agree
    from fairterms.bargaining.rounds.values import read_talks, write_talks
    from fairterms.reports.rounds import render_rounds

    assistant = open_for()
    try:
        talks = read_talks(options.talks.read_bytes())
    except OSError as error:
        print(f"{options.talks}: could not be read: {error.strerror}", file=sys.stderr)
        return TO_PUT_RIGHT
    unknown = sorted({*options.agree, *options.fallback} - {point.number for point in talks.points})
    if unknown:
        print(f"there is no point {unknown[0]} in {options.talks}", file=sys.stderr)
        return TO_PUT_RIGHT
    document = assistant.read(Path(options.file), password=options.password)
    talks = agree(assistant.take_answer(talks, document, day=date.today()), frozenset(options.agree))
    sys.stdout.write(render_rounds(talks))
    if document.unread_pages:
        pages = ", ".join(map(str, document.unread_pages))
        print(f"{document.name}: pages {pages} could not be read and were not compared", file=sys.stderr)
    if options.redline is not None:
        report = assistant.review(document)
        talks, package = assistant.ask_again(talks, report, fallback=frozenset(options.fallback))
        original = Original(Path(options.file).read_bytes(), document, options.password)
        marked = assistant.redline(original, package, Signature(options.author, datetime.now(UTC)))
        if not write_bytes(marked, options.redline):
            return TO_PUT_RIGHT
        for line in told_of(package, report):
            print(line, file=sys.stderr)
    if options.output is not None and not write_text(write_talks(talks), options.output):
        return TO_PUT_RIGHT
    return DONE
