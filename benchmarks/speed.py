"""Seconds and peak memory of a review, per stage and per page, beside bare text extraction."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from fairterms.assistant.service import Assistant, open_assistant

_SUFFIXES = (".pdf", ".docx", ".html", ".txt", ".md")


def run(data: Path, predictions: Path | None, show_errors: int) -> None:
    """Time each contract of the folder ``data``: once cold as a command, then warm in this process."""
    files = [data] if data.is_file() else sorted(path for path in data.iterdir() if path.suffix.lower() in _SUFFIXES)
    assistant = open_assistant()
    _review(assistant, files[0])  # models are loaded and caches of the library are filled here
    lines = []
    for path in files:
        stages = _review(assistant, path)
        stages["bare"] = _bare(path)
        lines.append({"file": path.name, **stages})
        pages = max(stages["pages"], 1)
        print(
            f"{path.name[:60]:<60} {int(stages['pages']):>4} pages  read {stages['read']:.2f}  analyze {stages['analyze']:.2f}"
            f"  compare {stages['compare']:.2f}  propose {stages['propose']:.2f}  warm {stages['warm']:.2f} s"
            f"  ({1000 * stages['warm'] / pages:.0f} ms a page, {stages['warm'] / max(stages['bare'], 1e-3):.0f} x bare text)"
        )
    cold = _cold(files[0])
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"cold command on {files[0].name}: {cold['seconds']:.1f} s, peak {cold['peak_mib']:.0f} MiB")
    print(f"this process, all files: peak {peak_mib:.0f} MiB")
    if predictions is not None:
        predictions.write_text("".join(json.dumps(line) + "\n" for line in [*lines, {"cold": cold}]), encoding="utf-8")


def _review(assistant: Assistant, path: Path) -> dict[str, float]:
    """Seconds of each stage of one review."""
    began = time.perf_counter()
    document = assistant.read(path)
    marks = [("read", began), ("analyze", time.perf_counter())]
    names = {"comparing": "compare", "proposing": "propose"}

    def progress(stage: str) -> None:
        if stage in names:
            marks.append((names[stage], time.perf_counter()))

    assistant.review(document, progress=progress)
    ended = time.perf_counter()
    ends = [at for _, at in marks[1:]] + [ended]
    stages = {name: end - start for (name, start), end in zip(marks, ends, strict=True)}
    return {**stages, "warm": ended - began, "pages": document.pages}


def _bare(path: Path) -> float:
    """Seconds that pypdf alone takes for the text; 0 for other formats."""
    if path.suffix.lower() != ".pdf":
        return 0.0
    import pypdf

    began = time.perf_counter()
    for page in pypdf.PdfReader(path).pages:
        page.extract_text()
    return time.perf_counter() - began


def _cold(path: Path) -> dict[str, float]:
    """Seconds and peak memory of the whole command in a process of its own."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "fairterms", "review", str(path)], check=True, stdout=subprocess.DEVNULL)
    peak_kib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"seconds": time.perf_counter() - began, "peak_mib": peak_kib / 1024}
