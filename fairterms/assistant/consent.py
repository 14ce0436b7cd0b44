"""The record of every time a person let a contract's words go to a model elsewhere: when, which file, which model."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path


class NoRecord(Exception):  # noqa: N818 - it says what could not be done
    """The consent could not be written down, so nothing was sent; the message says where and why."""


def record_consent(folder: Path, sha256: str, model: str, calls: int) -> None:
    """Add a line to ``consents.jsonl``. It names the contract by its checksum alone and holds none of its words.

    Raises ``NoRecord``.
    """
    line = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "contract": sha256, "model": model, "calls": calls}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "consents.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
    except OSError as error:
        raise NoRecord(
            f"{folder}: your consent could not be recorded ({error.strerror}), so nothing was sent"
        ) from error
