"""fairterms letter: a letter to the other side."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fairterms.assistant.commands.common import DONE, TO_PUT_RIGHT, WRONG_USAGE, add_model, day, open_for, write_bytes

if TYPE_CHECKING:
    from fairterms.assistant.commands.common import Commands

_LETTERS = (
    "counter-proposal", "refusal", "information-request", "revocation", "training-opt-out", "arbitration-opt-out", "deletion",
)  # fmt: skip


def add(commands: Commands) -> None:
    letter = commands.add_parser("letter", help="write a letter to the other side; nothing is sent")
    letter.add_argument("file", metavar="FILE", help="the contract, in any form that review reads")
    letter.add_argument("--kind", required=True, choices=_LETTERS, help="what the letter is for")
    letter.add_argument(
        "--output",
        type=Path,
        required=True,
        metavar="OUT.docx|OUT.txt|OUT.eml",
        help="where it is written, and its form",
    )
    letter.add_argument("--tone", choices=("plain", "firm"), default="plain", help="how it sounds (plain)")
    letter.add_argument("--strength", choices=("fair", "fallback"), default="fair", help="what to ask for (fair)")
    letter.add_argument("--name", default="", help="your name, where the contract does not say it")
    letter.add_argument("--address", default="", help="your address")
    letter.add_argument("--account", default="", help="your account name or contract number")
    letter.add_argument(
        "--from", dest="started", type=day, metavar="YYYY-MM-DD", help="when the time for an answer began"
    )
    letter.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the date of the letter (today)")
    letter.add_argument("--password", metavar="P", help="password of a protected file")
    letter.add_argument("--jurisdiction", metavar="CODE", help="where you work, as an ISO 3166 code: US-CA, DE")
    letter.add_argument("--medium", help="what you give, as in review")
    add_model(letter, "a chat model that may word the letter in your tone")
    letter.add_argument("--sound", metavar="TEXT", help="the tone for that model in your own words: short and friendly")
    letter.set_defaults(run=_letter)


def _letter(options: argparse.Namespace) -> int:
    """Writes the letter, and says on standard error what is left to fill in and to know."""
    from fairterms.bargaining.letters.forms import FORMS, render_letter
    from fairterms.bargaining.letters.values import Sender

    form = options.output.suffix.lower().removeprefix(".")
    if form not in FORMS:
        print("usage: fairterms letter FILE --kind KIND --output OUT.docx|OUT.txt|OUT.eml", file=sys.stderr)
        return WRONG_USAGE
    assistant = open_for(jurisdiction=options.jurisdiction, medium=options.medium, model=options.model)
    report = assistant.review(assistant.read(Path(options.file), password=options.password))
    sender = Sender(options.name, options.address, options.account, options.date, options.started)
    package = assistant.package(report, strength=options.strength) if options.kind == "counter-proposal" else None
    letter = assistant.letter(options.kind, report, sender, tone=options.tone, package=package)
    if options.model is not None:
        tone = options.sound or options.tone
        letter, work = assistant.let_model_word_letter(letter, report, tone=tone, allow_remote=options.allow_remote)
        print(f"{work.name}: asked {work.asked}, used {work.used}, refused {len(work.refusals)}", file=sys.stderr)
        for refusal in work.refusals:
            print(f"Not used: {refusal.because}", file=sys.stderr)
        if work.stopped:
            print(f"{work.stopped}; the letter stands as it was", file=sys.stderr)
    if not write_bytes(render_letter(letter, form), options.output):
        return TO_PUT_RIGHT
    if letter.blanks:
        print(f"Fill in before you send it: {', '.join(letter.blanks)}", file=sys.stderr)
    for note in letter.notes:
        print(note, file=sys.stderr)
    print("Read the letter before you send it. This is not legal advice.", file=sys.stderr)
    return DONE
