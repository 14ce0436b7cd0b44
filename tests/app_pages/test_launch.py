"""How the app is started: on this machine only, silent, and without details of errors on the page."""

from __future__ import annotations

from fairterms.app_pages.launch import FRAME, command


def test_the_app_listens_here_only_and_reports_nothing() -> None:
    line = command(8123, headless=True, max_megabytes=20)
    assert "--server.address=localhost" in line
    assert "--browser.gatherUsageStats=false" in line
    assert "--client.showErrorDetails=none" in line


def test_the_given_port_and_size_are_used() -> None:
    line = command(8123, headless=True, max_megabytes=20)
    assert {"--server.port=8123", "--server.maxUploadSize=20", "--server.headless=true"} <= set(line)
    assert "--server.port=8501" in command(None, headless=False, max_megabytes=20)


def test_the_frame_stays_a_frame() -> None:
    assert len(FRAME.read_text(encoding="utf-8").splitlines()) < 40
