"""What every test may ask for: the library, the parser and an assistant, opened once; and no network."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from fairterms.analyzer.detect.tools import Analyzer, open_analyzer
from fairterms.analyzer.language import Parser, open_language
from fairterms.assistant.service import Assistant, open_assistant
from fairterms.assistant.settings import Settings
from fairterms.clauses.load import ClauseLibrary, load_library

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def library() -> ClauseLibrary:
    return load_library()


@pytest.fixture(scope="session")
def parser() -> Parser:
    return open_language()


@pytest.fixture(scope="session")
def signals_only(library: ClauseLibrary, parser: Parser) -> Analyzer:
    """The analyzer without the encoder: what the library's own signals find."""
    return open_analyzer(library, parser)


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(Settings(folder=tmp_path_factory.mktemp("fairterms")))


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every socket that would leave this machine is an error."""

    class Refused(socket.socket):
        def __init__(self, *_: object, **__: object) -> None:
            raise AssertionError("something opened a socket")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something asked for the network")

    monkeypatch.setattr(socket, "socket", Refused)
    for name in ("create_connection", "create_server", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
