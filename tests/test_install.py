"""A plain installation works from another folder, with its data, and carries no tests or benchmarks."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    return next(folder.glob("fairterms-*.whl"))


@pytest.mark.slow
def test_the_wheel_holds_the_data_and_neither_tests_nor_benchmarks(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in ("clauses/library/duration/perpetual_term.yaml", "clauses/words.yaml", "data/samples/samples.yaml"):
        assert f"fairterms/{part}" in names
    assert any(name.startswith("fairterms/data/law/") for name in names)
    assert not [name for name in names if name.split("/")[0] in ("tests", "benchmarks", "docs")]


@pytest.mark.slow
def test_an_installation_reviews_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)]
    subprocess.run(install, check=True)
    sample = site / "fairterms" / "data" / "samples" / "book_cover.pdf"
    # The package comes from the plain installation alone, its libraries from the environment around it.
    code = (
        f"import sys; sys.path.insert(0, {str(site)!r}); import fairterms; assert {str(site)!r} in fairterms.__file__;"
        f"from fairterms.assistant.cli import main; sys.exit(main(['review', {str(sample)!r}]))"
    )
    environment = {"FAIRTERMS_FOLDER": str(tmp_path / "cache"), "PATH": "", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "full term of copyright" in " ".join(done.stdout.split())
