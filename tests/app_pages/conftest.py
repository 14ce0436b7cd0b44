"""The app as its tests open it: the real assistant, with an index of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import fairterms

PACKAGE = Path(fairterms.__file__).parent
SAMPLES = PACKAGE / "data" / "samples"
FRAME = PACKAGE / "streamlit_app.py"

OpenApp = Callable[[], AppTest]


@pytest.fixture
def open_app(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> OpenApp:
    """A new session of the app; the sessions of one test share the models, as on one server."""
    monkeypatch.setenv("FAIRTERMS_FOLDER", str(tmp_path_factory.getbasetemp() / "fairterms"))
    # The encoder takes seconds and is tested where it stands.
    monkeypatch.setenv("FAIRTERMS_SIMILARITY", "false")
    return lambda: AppTest.from_file(str(FRAME), default_timeout=90).run()
