"""The invariants of the JSON report, over every contract at hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from invariants import broken_invariants

from fairterms.assistant.service import Assistant
from fairterms.reports import RENDERERS, render

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
SAMPLES = sorted(path for path in (ROOT / "fairterms/data/samples").iterdir() if path.suffix not in (".yaml", ".py"))
CUAD = sorted((SHARED / "cuad" / "pdf").glob("*.pdf"))
CREATOR = SHARED / "creator_gold" / "dev.jsonl.gz"


def check(assistant: Assistant, path: Path) -> None:
    document = assistant.read(path)
    report = assistant.review(document)
    told = render(report, "json", with_text=True)
    assert broken_invariants(json.loads(told), document.text) == []
    assert "text" not in json.loads(render(report, "json"))["document"]
    assert str(path.parent) not in told
    for form in RENDERERS:
        assert render(report, form, with_text=True) == render(report, form, with_text=True)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_gives_the_promised_json(path: Path, assistant: Assistant) -> None:
    check(assistant, path)


def test_the_same_file_gives_the_same_bytes(assistant: Assistant) -> None:
    path = ROOT / "fairterms/data/samples/book_cover.pdf"
    first, second = (render(assistant.review(assistant.read(path)), "json", with_text=True) for _ in range(2))
    assert first == second


@pytest.mark.slow
@pytest.mark.parametrize("path", CUAD, ids=lambda path: path.stem[:40])
def test_a_commercial_contract_gives_the_promised_json(path: Path, assistant: Assistant) -> None:
    check(assistant, path)


@pytest.mark.slow
@pytest.mark.skipif(not CREATOR.exists(), reason="the contracts of creators are not at hand")
def test_a_creator_contract_gives_the_promised_json(assistant: Assistant, tmp_path: Path) -> None:
    with gzip.open(CREATOR, "rt", encoding="utf-8") as lines:
        contracts = [json.loads(line) for line in lines]
    for contract in contracts:
        path = tmp_path / f"{contract['id']}.md"
        path.write_text(contract["text"], encoding="utf-8", newline="")
        assert assistant.read(path).text == contract["text"]
        check(assistant, path)
