"""fairterms app: the app in a browser, on this machine only."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from fairterms.assistant.commands.common import DONE

if TYPE_CHECKING:
    from fairterms.assistant.commands.common import Commands


def add(commands: Commands) -> None:
    app = commands.add_parser("app", help="open the app in a browser, on this machine only")
    app.add_argument("--port", type=int, metavar="N", help="port to listen on (8501)")
    app.add_argument("--headless", action="store_true", help="do not open a browser window")
    app.set_defaults(run=_app)


def _app(options: argparse.Namespace) -> int:
    # The app stands above the command line, so it is started as a program of its own and not imported.
    import subprocess

    command = [sys.executable, "-m", "fairterms.app_pages.launch"]
    command += ["--port", str(options.port)] if options.port else []
    command += ["--headless"] if options.headless else []
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return DONE
