"""Starts the app's own process, on this machine only, with telemetry off and error details kept for the log."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from fairterms.assistant.settings import Settings, read_settings, stay_silent

FRAME = Path(__file__).parent.parent / "streamlit_app.py"
PORT = 8501  # Streamlit's own

_OPTIONS = {
    "browser.gatherUsageStats": "false",
    "server.address": "localhost",
    # An installed package does not change while it runs, and the watcher would import every optional part of torch.
    "server.fileWatcherType": "none",
    # Otherwise the first start on a machine waits in the terminal for an email address.
    "server.showEmailPrompt": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "theme.base": "light",
    "theme.primaryColor": "#1f5c52",
    "theme.backgroundColor": "#fbfaf7",
    "theme.secondaryBackgroundColor": "#f1efe8",
    "theme.textColor": "#22262b",
    "theme.linkColor": "#1f5c52",
    "theme.borderColor": "#dcd8cc",
    "theme.baseRadius": "0.6rem",
    "theme.showWidgetBorder": "true",
}


def launch(port: int | None = None, *, headless: bool = False, settings: Settings | None = None) -> int:
    """Run the app until it is stopped; its exit status."""
    stay_silent()
    settings = settings or read_settings()
    try:
        return subprocess.run(
            command(port, headless=headless, max_megabytes=settings.max_megabytes), check=False
        ).returncode
    except KeyboardInterrupt:
        return 0


def command(port: int | None, *, headless: bool, max_megabytes: int) -> list[str]:
    """The command line that starts the app."""
    options = {
        **_OPTIONS,
        "server.port": str(port or PORT),
        "server.headless": "true" if headless else "false",
        "server.maxUploadSize": str(max_megabytes),
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(FRAME), *arguments]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m fairterms.app_pages.launch")
    parser.add_argument("--port", type=int)
    parser.add_argument("--headless", action="store_true")
    options = parser.parse_args(arguments)
    return launch(options.port, headless=options.headless)


if __name__ == "__main__":
    sys.exit(main())
