"""Where the vectors of the facts are kept: one table of stores, one shape that callers see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class StoreUnavailable(Exception):  # noqa: N818 - it names what the person has to put right
    """A store's folder cannot be used; the message says why."""


class Store(Protocol):
    """Vectors under ids, found by likeness. What is asked of it may come from several threads."""

    def nearest(self, vector: Vectors, limit: int) -> tuple[tuple[str, float], ...]:
        """Up to ``limit`` ids with their cosine likeness, nearest first; equal likeness goes by id."""

    def close(self) -> None:
        """Let go of the folder. A closed store answers no more questions."""


# ids in the order of the vectors that the function computes; it is only called when the store has to be built.
Build = Callable[[], Vectors]
OpenStore = Callable[[Path | None, str, Sequence[str], Build], Store]


def _open_chroma(folder: Path | None, version: str, ids: Sequence[str], build: Build) -> Store:
    # Imported here, as chromadb takes .6 s to import and many commands need no vectors.
    from fairterms.knowledge_base.stores.chroma import open_store

    return open_store(folder, version, ids, build)


def _open_memory(folder: Path | None, version: str, ids: Sequence[str], build: Build) -> Store:
    from fairterms.knowledge_base.stores.memory import open_store

    return open_store(folder, version, ids, build)


STORES: dict[str, OpenStore] = {"chroma": _open_chroma, "memory": _open_memory}
