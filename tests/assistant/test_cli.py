"""The command line as a person meets it: what is printed where, and the exit status."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fairterms.assistant.cli import main

SAMPLES = Path(__file__).parents[2] / "fairterms" / "data" / "samples"
RISKY = "You grant us a perpetual, irrevocable licence to use your Content for any purpose.\n"
HARMLESS = "The hall is hired for the evening; the hirer leaves it clean.\n"


@pytest.fixture(autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRTERMS_FOLDER", str(tmp_path_factory.getbasetemp() / "fairterms"))


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_a_review_goes_to_standard_output_and_notes_do_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", write(tmp_path, "deal.txt", RISKY)]) == 0
    printed = capsys.readouterr()
    assert "perpetual, irrevocable licence" in printed.out
    assert printed.err == ""


def test_the_json_quotes_the_text_at_its_offsets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", write(tmp_path, "deal.txt", RISKY), "--format", "json", "--with-text"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["schema"] == "fairterms.report/1"
    assert report["document"]["text"] == RISKY
    quoted = [finding for finding in report["findings"] if finding["quote"] is not None]
    assert quoted
    assert all(report["document"]["text"][f["start"] : f["end"]] == f["quote"] for f in quoted)


def test_the_same_file_gives_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, "deal.txt", RISKY)
    outputs = []
    for _ in range(2):
        main(["review", file, "--format", "json"])
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    assert str(tmp_path) not in outputs[0]


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RISKY.encode())))
    assert main(["review", "-", "--format", "markdown"]) == 0
    assert "perpetual" in capsys.readouterr().out


def test_the_report_is_written_where_it_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "report.html"
    assert main(["review", write(tmp_path, "deal.md", RISKY), "--format", "html", "--output", str(target)]) == 0
    assert capsys.readouterr().out == ""
    assert "perpetual" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "fail_on", "status"),
    [
        pytest.param(RISKY, "critical", 3, id="such a risk is there"),
        pytest.param(HARMLESS, "medium", 0, id="no such risk"),
    ],
)
def test_fail_on_tells_scripts_about_risks(text: str, fail_on: str, status: int, tmp_path: Path) -> None:
    assert main(["review", write(tmp_path, "deal.txt", text), "--fail-on", fail_on]) == status


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("empty.txt", b"", "is empty", id="empty"),
        pytest.param("broken.pdf", b"%PDF-1.7 nothing more", "broken.pdf", id="damaged"),
        pytest.param("data.bin", bytes(range(256)) * 4, "data.bin", id="unknown"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_and_status_1(
    name: str, content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", write(tmp_path, name, content)]) == 1
    printed = capsys.readouterr()
    assert words in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_unread_pages_answer_no_question_about_risks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", str(half_scanned(tmp_path)), "--fail-on", "critical"]) == 1
    printed = capsys.readouterr()
    assert "2" in printed.err
    assert "could not be read" in printed.err
    assert "nothing found" not in printed.out.lower()


def half_scanned(folder: Path) -> Path:
    """A PDF with a page of text and a page that is a picture."""
    from PIL import Image, ImageDraw
    from reportlab.pdfgen.canvas import Canvas

    picture = Image.new("RGB", (800, 1000), "white")
    ImageDraw.Draw(picture).rectangle((80, 80, 700, 600), fill="black")
    picture.save(folder / "page.png")
    path = folder / "half.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "The hall is hired for the evening; the hirer leaves it clean and pays on the day.")
    canvas.showPage()
    canvas.drawImage(str(folder / "page.png"), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    return path


def test_a_missing_file_is_one_line_and_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(tmp_path / "nowhere.pdf")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["review"], ["review", "x.pdf", "--format", "rtf"], ["dance"]])
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_a_wrong_jurisdiction_says_what_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", write(tmp_path, "deal.txt", RISKY), "--jurisdiction", "UK"]) == 1
    assert "GB" in capsys.readouterr().err


def test_a_remote_model_is_refused_unless_it_is_allowed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", write(tmp_path, "deal.txt", RISKY), "--model", "openai:some-model"]) == 1
    assert "--allow-remote" in capsys.readouterr().err


def test_the_library_can_be_listed_shown_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["terms", "list"]) == 0
    assert "perpetual_term" in capsys.readouterr().out
    assert main(["terms", "show", "perpetual_term"]) == 0
    assert "Walk away from" in capsys.readouterr().out
    assert main(["terms", "show", "perpetual_terms"]) == 1
    assert "perpetual_term?" in capsys.readouterr().err


def test_a_search_in_plain_words_shows_source_date_and_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "how long do publishers license books to AI companies?"]) == 0
    out = capsys.readouterr().out
    assert "hc_microsoft" in out
    assert "unverified" in out
    assert "Source:" in out


def test_a_review_works_where_the_machine_has_no_network_at_all(tmp_path: Path) -> None:
    # A network namespace of its own has no way out, for native code neither.
    command = [sys.executable, "-m", "fairterms", "review", str(SAMPLES / "book_cover.pdf"), "--format", "json"]
    isolated = ["unshare", "--net", "--map-root-user", *command]
    if subprocess.run([*isolated[:3], "true"], capture_output=True, check=False).returncode != 0:
        isolated = command  # not every machine lets a user make a namespace; the test below holds there all the same
    environment = {**os.environ, "FAIRTERMS_FOLDER": str(tmp_path)}
    done = subprocess.run(isolated, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["findings"]


def test_a_review_needs_no_network(no_network: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(SAMPLES / "book_cover.pdf"), "--jurisdiction", "US-NY", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"]


def test_a_redline_is_written_and_told_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.docx"
    file = str(SAMPLES / "book_cover.docx")
    assert main(["redline", file, "--output", str(out), "--author", "Nadia Brandl", "--date", "2026-03-04"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Points answered: 11." in printed.err
    assert "not legal advice" in printed.err
    first = out.read_bytes()
    assert first.startswith(b"PK")
    assert main(["redline", file, "--output", str(out), "--author", "Nadia Brandl", "--date", "2026-03-04"]) == 0
    assert out.read_bytes() == first


def test_a_redline_that_cannot_be_had_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, "deal.txt", RISKY)
    assert main(["redline", file, "--output", str(tmp_path / "out.odt")]) == 2
    assert main(["redline", file, "--output", str(tmp_path / "out.pdf")]) == 1
    assert (
        capsys.readouterr().err.splitlines()[-1]
        == "deal.txt: notes can be put into a PDF only; ask for OUT.docx instead"
    )
    assert not (tmp_path / "out.pdf").exists()


def test_a_letter_is_written_and_its_blanks_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "letter.txt"
    arguments = ["letter", str(SAMPLES / "data_app.md"), "--kind", "arbitration-opt-out", "--output", str(out)]
    assert main([*arguments, "--from", "2026-03-01", "--date", "2026-03-04", "--name", "Amara Otieno"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Fill in before you send it: [your address]" in printed.err
    assert "arrives by 31 March 2026" in printed.err
    assert "I opt out of the arbitration clause" in out.read_text(encoding="utf-8")


def test_a_letter_that_cannot_be_had_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, "deal.txt", RISKY)
    assert main(["letter", file, "--kind", "arbitration-opt-out", "--output", str(tmp_path / "l.txt")]) == 1
    assert "no arbitration clause was found" in capsys.readouterr().err
    assert main(["letter", file, "--kind", "refusal", "--output", str(tmp_path / "l.pdf")]) == 2


def test_the_days_of_a_contract_are_written_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "days.ics"
    assert main(["calendar", str(SAMPLES / "data_app.md"), "--from", "2026-03-01", "--output", str(out)]) == 0
    assert "2026-03-31  Last day: opt-out of arbitration" in capsys.readouterr().err
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert main(["calendar", str(SAMPLES / "data_app.md"), "--output", str(tmp_path / "days.txt")]) == 2


def test_two_versions_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = write(tmp_path, "old.txt", HARMLESS), write(tmp_path, "new.txt", HARMLESS + "\n" + RISKY)
    assert main(["diff", old, new]) == 0
    assert "WORSE FOR YOU" in capsys.readouterr().out
    assert main(["diff", old, str(tmp_path / "none.txt")]) == 1
    assert "there is no such file" in capsys.readouterr().err
