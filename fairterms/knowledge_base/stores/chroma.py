"""The store in a Chroma folder: built once for each version of facts and model, then only read (door to chromadb)."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import chromadb
from chromadb.api.client import Client
from chromadb.config import Settings
from chromadb.errors import ChromaError

from fairterms.knowledge_base.stores import Build, Store, StoreUnavailable, Vectors

_COLLECTION = "facts"
_FINISHED = "vectors-"
_UNFINISHED = "building-"
# How many neighbours the index looks at: more than there are facts, so that its answer is exact and not approximate.
_BREADTH = 1000


class ChromaStore:
    def __init__(self, client: Client, collection: chromadb.Collection) -> None:
        self._client = client
        self._collection = collection
        self._count = collection.count()

    def nearest(self, vector: Vectors, limit: int) -> tuple[tuple[str, float], ...]:
        wanted = min(limit, self._count)
        if wanted <= 0:
            return ()
        answer = self._collection.query(query_embeddings=vector.reshape(1, -1), n_results=wanted, include=["distances"])
        distances = answer["distances"]
        assert distances is not None  # asked for above
        scored = zip(answer["ids"][0], (1.0 - distance for distance in distances[0]), strict=True)
        return tuple(sorted(scored, key=lambda pair: (-pair[1], pair[0])))

    def close(self) -> None:
        self._client.close()


def open_store(folder: Path | None, version: str, ids: Sequence[str], build: Build) -> Store:
    """The store of this version in ``folder``; without a folder it lives as long as the process.

    Chroma is not safe for several writing processes. So each process builds in a folder of its own and moves the
    finished folder into place in one step; nobody ever writes to a finished one.
    """
    if folder is None:
        client = cast(Client, chromadb.EphemeralClient(settings=_settings()))
        # Clients without a folder share one database inside a process.
        name = f"{_COLLECTION}-{version}-{os.urandom(4).hex()}"
        return ChromaStore(client, _fill(client, name, version, ids, build))
    finished = folder / f"{_FINISHED}{version}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not finished.is_dir():
            _build_beside(folder, finished, version, ids, build)
        client = _open_client(finished)
        collection = client.get_collection(_COLLECTION, embedding_function=None)
    except (OSError, ChromaError) as error:
        raise StoreUnavailable(f"the folder {folder.name} cannot be used ({type(error).__name__})") from error
    if collection.count() != len(ids) or (collection.metadata or {}).get("version") != version:
        client.close()
        raise StoreUnavailable(f"the folder {folder.name} holds a damaged store")
    return ChromaStore(client, collection)


def _build_beside(folder: Path, finished: Path, version: str, ids: Sequence[str], build: Build) -> None:
    place = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
    try:
        client = _open_client(place)
        _fill(client, _COLLECTION, version, ids, build)
        client.close()
        try:
            place.rename(finished)
        except OSError:
            # Another process was first with the same version: its work is as good as ours.
            if not finished.is_dir():
                raise
    finally:
        shutil.rmtree(place, ignore_errors=True)
    for older in folder.glob(f"{_FINISHED}*"):
        if older != finished:
            # Whoever still reads it keeps its open files; where the system refuses, the next build tries again.
            shutil.rmtree(older, ignore_errors=True)


def _fill(client: Client, name: str, version: str, ids: Sequence[str], build: Build) -> chromadb.Collection:
    # Without embedding_function=None Chroma would download a model of its own.
    collection = client.create_collection(
        name, metadata={"hnsw:space": "cosine", "hnsw:search_ef": _BREADTH, "version": version}, embedding_function=None
    )
    vectors = build()
    step = client.get_max_batch_size()
    for start in range(0, len(ids), step):
        collection.add(ids=list(ids[start : start + step]), embeddings=vectors[start : start + step])
    return collection


def _open_client(folder: Path) -> Client:
    # Declared as an interface that leaves out close().
    return cast(Client, chromadb.PersistentClient(str(folder), settings=_settings()))


def _settings() -> Settings:
    return Settings(anonymized_telemetry=False)
