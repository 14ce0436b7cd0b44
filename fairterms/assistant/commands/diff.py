"""fairterms diff: what changed between two versions."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fairterms.assistant.commands.common import DONE, TO_PUT_RIGHT, open_for, write_text

if TYPE_CHECKING:
    from fairterms.assistant.commands.common import Commands


def add(commands: Commands) -> None:
    diff = commands.add_parser("diff", help="what changed for you between two versions of a contract")
    diff.add_argument("old", metavar="OLD", help="the version before")
    diff.add_argument("new", metavar="NEW", help="the version now")
    diff.add_argument("--format", choices=("text", "json"), default="text", help="form of the answer (text)")
    diff.add_argument("--output", type=Path, metavar="PATH", help="write it there instead of to the screen")
    diff.add_argument("--password", metavar="P", help="password of protected files")
    diff.set_defaults(run=_diff)


def _diff(options: argparse.Namespace) -> int:
    from fairterms.reports.versions import render_versions

    assistant = open_for()
    old, new = (assistant.read(Path(file), password=options.password) for file in (options.old, options.new))
    text = render_versions(assistant.versions(old, new), options.format)
    if not write_text(text, options.output):
        return TO_PUT_RIGHT
    for document in (old, new):
        if document.unread_pages:
            pages = ", ".join(map(str, document.unread_pages))
            print(f"{document.name}: pages {pages} could not be read and were not compared", file=sys.stderr)
    return DONE
