"""One embedder and one knowledge base for all tests here, and no network for any of them."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from fairterms.analyzer.embed import Embedder, open_embedder
from fairterms.knowledge_base.search import KnowledgeBase, open_knowledge_base


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a test tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return open_embedder()


@pytest.fixture(scope="session")
def base(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    base = open_knowledge_base(embedder, folder=tmp_path_factory.mktemp("index"))
    yield base
    base.vectors.close()
