"""Arguments in, one call to the assistant, text out: the command ``fairterms``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from fairterms import __version__
from fairterms.assistant.commands import app, calendar, compare, diff, letter, redline, review, rounds, search, terms
from fairterms.assistant.commands.common import DONE, TO_PUT_RIGHT

# In the order in which --help shows them.
_COMMANDS = (review, compare, redline, letter, calendar, diff, rounds, terms, search, app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 1 something to put right, 2 wrong usage, 3 such a risk found."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console would refuse the typographic quotes of a contract
            stream.reconfigure(encoding="utf-8", errors="replace")
    # Imported after the arguments were read, so that --help and a typing error answer at once.
    from fairterms.assistant.service import ExpectedErrors

    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except ExpectedErrors as error:
        print(error, file=sys.stderr)
        return TO_PUT_RIGHT
    except BrokenPipeError:
        # The reader of our output, `head` say, has seen enough.
        sys.stderr.close()
        return DONE


def entry() -> None:
    """The console script: ``main``, with its answer as the exit status."""
    sys.exit(main())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fairterms",
        description="Reads a contract put before a creator: what is risky, what is missing, and what to ask for instead. "
        "Nothing leaves this machine. It is not legal advice.",
    )
    parser.add_argument("--version", action="version", version=f"fairterms {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands)
    return parser
