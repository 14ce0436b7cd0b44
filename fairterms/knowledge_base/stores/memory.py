"""The store without a database: one matrix in memory, gone with the process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from fairterms.knowledge_base.stores import Build, Store, Vectors


class MemoryStore:
    def __init__(self, ids: Sequence[str], vectors: Vectors) -> None:
        self._ids = tuple(ids)
        self._vectors = vectors

    def nearest(self, vector: Vectors, limit: int) -> tuple[tuple[str, float], ...]:
        likeness = self._vectors @ vector
        scored = sorted(zip(self._ids, likeness.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
        return tuple(scored[: max(limit, 0)])

    def close(self) -> None:
        self._ids = ()
        self._vectors = np.empty((0, self._vectors.shape[1]), dtype=np.float32)


def open_store(folder: Path | None, version: str, ids: Sequence[str], build: Build) -> Store:
    """A store of these vectors; ``folder`` and ``version`` are for stores that outlive the process."""
    return MemoryStore(ids, build())
