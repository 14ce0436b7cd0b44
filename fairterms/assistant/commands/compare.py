"""fairterms compare: several contracts side by side."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fairterms.assistant.commands.common import DONE, TO_PUT_RIGHT, WRONG_USAGE, open_for, show_stage, write_bytes

if TYPE_CHECKING:
    from fairterms.analyzer.values import Document
    from fairterms.assistant.commands.common import Commands

_GRID_FORMATS = ("text", "csv", "xlsx", "html", "json")


def add(commands: Commands) -> None:
    compare = commands.add_parser("compare", help="put the terms of several contracts side by side")
    compare.add_argument(
        "files", metavar="FILE", nargs="+", help="two contracts or more, in any form that review reads"
    )
    compare.add_argument(
        "--format", choices=_GRID_FORMATS, help="form of the comparison (as the ending of PATH says, else text)"
    )
    compare.add_argument("--output", type=Path, metavar="PATH", help="write it there instead of to the screen")
    compare.add_argument("--password", metavar="P", help="password of the protected files")
    compare.set_defaults(run=_compare)


def _compare(options: argparse.Namespace) -> int:
    """Compares what can be read; a file that cannot is one line, and the exit status then asks to put it right."""
    from fairterms.analyzer.readers import UnreadableDocument
    from fairterms.bargaining.values import UnreadFile
    from fairterms.reports.grid import render_grid

    if len(options.files) < 2:
        print("usage: fairterms compare FILE FILE...; a comparison needs two contracts or more", file=sys.stderr)
        return WRONG_USAGE
    form = options.format or _form_of(options.output)
    if form == "xlsx" and options.output is None and sys.stdout.isatty():
        print("usage: fairterms compare FILE FILE... --format xlsx --output PATH.xlsx", file=sys.stderr)
        return WRONG_USAGE
    assistant = open_for()
    documents: list[Document] = []
    unread: list[UnreadFile] = []
    for file in options.files:
        try:
            documents.append(assistant.read(Path(file), password=options.password))
        except UnreadableDocument as error:
            unread.append(UnreadFile(Path(file).name, str(error)))
            print(error, file=sys.stderr)
    if len(documents) < 2:
        print("fewer than two files could be read, so there is nothing to compare", file=sys.stderr)
        return TO_PUT_RIGHT
    watching = sys.stderr.isatty()
    comparison = assistant.compare(documents, unread=unread, progress=show_stage if watching else lambda stage: None)
    if watching:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if not write_bytes(render_grid(comparison, form), options.output):
        return TO_PUT_RIGHT
    return TO_PUT_RIGHT if unread else DONE


def _form_of(output: Path | None) -> str:
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    return ending if ending in _GRID_FORMATS else "text"
