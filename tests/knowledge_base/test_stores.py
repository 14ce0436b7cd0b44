"""Every store answers alike: the same suite runs over all of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from fairterms.knowledge_base.stores import STORES, StoreUnavailable, Vectors

IDS = ["north", "east", "north_east"]


def compass() -> Vectors:
    half = 0.5**0.5
    return np.array([[0, 1], [1, 0], [half, half]], dtype=np.float32)


def never() -> Vectors:
    raise AssertionError("the vectors were computed again")


def vector(*numbers: float) -> Vectors:
    return np.array(numbers, dtype=np.float32)


@pytest.fixture(params=sorted(STORES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["in a folder", "without a folder"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    return tmp_path / "index" if request.param == "in a folder" else None


def test_the_nearest_come_first_with_their_cosine(name: str, folder: Path | None) -> None:
    store = STORES[name](folder, "one", IDS, compass)
    found = store.nearest(vector(0, 1), 3)
    assert [key for key, _ in found] == ["north", "north_east", "east"]
    assert [likeness for _, likeness in found] == pytest.approx([1.0, 0.5**0.5, 0.0], abs=1e-5)
    store.close()


@pytest.mark.parametrize(("limit", "count"), [(0, 0), (1, 1), (2, 2), (99, 3)])
def test_no_more_are_given_than_asked_for_or_known(name: str, folder: Path | None, limit: int, count: int) -> None:
    store = STORES[name](folder, "one", IDS, compass)
    assert len(store.nearest(vector(1, 0), limit)) == count
    store.close()


def test_equal_likeness_goes_by_id(name: str, folder: Path | None) -> None:
    store = STORES[name](folder, "one", ["b", "a"], lambda: np.array([[1, 0], [1, 0]], dtype=np.float32))
    assert [key for key, _ in store.nearest(vector(1, 0), 2)] == ["a", "b"]
    store.close()


def test_two_stores_do_not_see_each_other(name: str, folder: Path | None) -> None:
    other = folder.parent / "other" if folder else None
    first = STORES[name](folder, "one", IDS, compass)
    second = STORES[name](other, "one", ["alone"], lambda: np.array([[1, 0]], dtype=np.float32))
    assert len(first.nearest(vector(1, 0), 9)) == 3
    assert len(second.nearest(vector(1, 0), 9)) == 1
    first.close()
    second.close()


def test_a_built_folder_is_opened_again_without_computing(tmp_path: Path) -> None:
    STORES["chroma"](tmp_path, "one", IDS, compass).close()
    store = STORES["chroma"](tmp_path, "one", IDS, never)
    assert store.nearest(vector(1, 0), 1)[0][0] == "east"
    store.close()


def test_another_version_is_built_anew_and_the_old_one_goes(tmp_path: Path) -> None:
    STORES["chroma"](tmp_path, "one", IDS, compass).close()
    store = STORES["chroma"](tmp_path, "two", ["only"], lambda: np.array([[1, 0]], dtype=np.float32))
    assert [key for key, _ in store.nearest(vector(1, 0), 5)] == ["only"]
    assert [path.name for path in tmp_path.iterdir()] == ["vectors-two"]
    store.close()


def test_a_build_that_breaks_off_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        STORES["chroma"](tmp_path, "one", IDS, never)
    assert list(tmp_path.iterdir()) == []


def test_processes_that_build_at_the_same_time_all_get_a_whole_store(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, numpy as np\n"
        "from fairterms.knowledge_base.stores import STORES\n"
        "ids = [str(number) for number in range(200)]\n"
        "vectors = np.random.default_rng(7).normal(size=(200, 8)).astype(np.float32)\n"
        "vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)\n"
        "store = STORES['chroma'](pathlib.Path(sys.argv[1]), 'one', ids, lambda: vectors)\n"
        "assert len(store.nearest(vectors[7], 200)) == 200\n"
        "assert store.nearest(vectors[7], 1)[0][0] == '7'\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[1] for process in running] == ["", "", ""]
    assert [path.name for path in tmp_path.iterdir()] == ["vectors-one"]


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file")
    with pytest.raises(StoreUnavailable, match="index cannot be used"):
        STORES["chroma"](tmp_path / "index", "one", IDS, compass)


def test_a_damaged_folder_is_told(tmp_path: Path) -> None:
    place = tmp_path / "vectors-one"
    place.mkdir()
    (place / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreUnavailable, match="cannot be used"):
        STORES["chroma"](tmp_path, "one", IDS, compass)
