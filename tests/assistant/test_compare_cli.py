"""``fairterms compare`` as a person meets it: what is written where, and the exit status."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from fairterms.assistant.cli import main

RISKY = "You grant us a perpetual, irrevocable licence to use your Content for any purpose.\n"
MILDER = "You grant us a licence to use your Content for two years; either side may end it on 30 days' notice.\n"


@pytest.fixture(autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRTERMS_FOLDER", str(tmp_path_factory.getbasetemp() / "fairterms"))
    monkeypatch.setenv("FAIRTERMS_SIMILARITY", "false")  # the encoder takes seconds and is tested where it stands


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, text in (("risky.txt", RISKY), ("milder.md", MILDER), ("empty.txt", "")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / name) for name in ("risky.txt", "milder.md", "empty.txt")]


def test_two_contracts_go_in_and_their_terms_come_out(
    files: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["compare", *files[:2], "--format", "json"]) == 0
    printed = capsysbinary.readouterr()
    told = json.loads(printed.out)
    assert [contract["name"] for contract in told["contracts"]] == ["risky.txt", "milder.md"]
    row = next(row for row in told["rows"] if row["term"] == "perpetual_term")
    assert row["cells"][0]["state"] == "found"
    assert row["cells"][0]["facts"]["duration"][0]["perpetual"] is True
    assert printed.err == b""
    assert str(Path(files[0]).parent) not in printed.out.decode()


def test_a_file_that_cannot_be_read_is_one_line_and_the_rest_is_compared(
    files: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["compare", *files]) == 1
    printed = capsysbinary.readouterr()
    assert printed.err.decode() == "empty.txt: is empty; ask for the file again\n"
    assert "2 contracts side by side" in printed.out.decode()
    assert "Not compared: empty.txt" in printed.out.decode()


def test_one_readable_file_is_nothing_to_compare(files: list[str], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["compare", files[0], files[2]]) == 1
    printed = capsysbinary.readouterr()
    assert printed.out == b""
    assert "nothing to compare" in printed.err.decode()


def test_one_file_alone_is_wrong_usage(files: list[str], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["compare", files[0]]) == 2
    assert "two contracts or more" in capsysbinary.readouterr().err.decode()


@pytest.mark.parametrize("arguments", [["compare"], ["compare", "a.txt", "b.txt", "--format", "rtf"]])
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_the_ending_of_the_file_says_the_form(files: list[str], tmp_path: Path) -> None:
    target = tmp_path / "grid.xlsx"
    assert main(["compare", *files[:2], "--output", str(target)]) == 0
    book = openpyxl.load_workbook(io.BytesIO(target.read_bytes()))
    assert [cell.value for cell in book["Comparison"][1]][3:] == ["risky.txt", "milder.md"]


def test_a_place_that_cannot_be_written_is_one_line_and_status_1(
    files: list[str], tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["compare", *files[:2], "--output", str(tmp_path / "nowhere" / "grid.csv")]) == 1
    assert b"could not be written" in capsysbinary.readouterr().err


def test_a_comparison_needs_no_network(no_network: None, files: list[str], tmp_path: Path) -> None:
    assert main(["compare", *files[:2], "--output", str(tmp_path / "grid.csv")]) == 0
    assert (tmp_path / "grid.csv").read_text(encoding="utf-8-sig").startswith("group,term,title")
