"""The figures that are published are counted as the rules of the labelled data say."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import yaml

from benchmarks import acord, contract_nli, tosdr
from benchmarks.__main__ import TASKS
from benchmarks.creator import Gold, gold_of, meets, run, tally
from fairterms.analyzer.values import Finding, Span

SHARED = Path(__file__).parents[2] / "shared" / "data"
TEXT = "You grant us a perpetual licence. Your details stay secret for ever. Heading."
RISK, TRAP, TOPIC = Span(0, 33), Span(34, 69), Span(70, 78)
GOLD = [
    Gold(RISK, "risk", "perpetual_term"),
    Gold(TRAP, "decoy", "perpetual_term"),
    Gold(TOPIC, "neutral", "perpetual_term"),
]


def finding(term: str, span: Span) -> Finding:
    return Finding(
        id=f"{term}-{span.start}", term=term, title=term, polarity="risk", severity="high", confidence=0.9,
        level="certain", span=span, quote=TEXT[span.start : span.end], why="",
    )  # fmt: skip


def counted(findings: list[Finding]) -> tuple[int, int, int, int, int, int]:
    result, _ = tally(
        "a", TEXT, findings, GOLD, {"perpetual_term": ["perpetual_term"]}, {"hidden_terms": ["perpetual_term"]},
        frozenset({"perpetual_term"}),
    )  # fmt: skip
    return result.true, result.false, result.decoy, result.neutral, result.found.total(), result.missed.total()


@pytest.mark.parametrize(
    ("findings", "counts"),
    [
        pytest.param([], (0, 0, 0, 0, 0, 1), id="a miss"),
        pytest.param([finding("perpetual_term", RISK)], (1, 0, 0, 0, 1, 0), id="found"),
        pytest.param([finding("perpetual_term", TRAP)], (0, 0, 1, 0, 0, 1), id="a decoy hit"),
        pytest.param([finding("perpetual_term", TOPIC)], (0, 0, 0, 1, 0, 1), id="neutral counts neither way"),
        pytest.param([finding("perpetual_term", Span(20, 60))], (0, 0, 1, 0, 0, 1), id="less than half of the shorter"),
        pytest.param([finding("hidden_terms", TRAP)], (0, 0, 0, 0, 0, 1), id="a term known on the side is left out"),
        pytest.param([finding("hidden_terms", RISK)], (1, 0, 0, 0, 1, 0), id="and counts when it is right"),
    ],
)
def test_findings_are_counted_as_the_labelling_rules_say(findings: list[Finding], counts: tuple[int, ...]) -> None:
    assert counted(findings) == counts


def test_two_spans_meet_at_half_of_the_shorter() -> None:
    assert meets(Span(0, 10), Span(5, 100))
    assert not meets(Span(0, 10), Span(6, 100))


def test_labels_are_told_from_decoys_and_neutral_spans() -> None:
    entries = [{"start": 0, "end": 1, "label": label} for label in ("x", "decoy:x", "neutral:x")]
    assert [gold.kind for gold in gold_of(entries)] == ["risk", "decoy", "neutral"]


FLOORS = yaml.safe_load((Path(__file__).parents[1] / "benchmarks" / "floors.yaml").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the labelled data do not lie beside the project")
@pytest.mark.parametrize("task", FLOORS)
def test_no_figure_falls_under_its_floor(task: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FAIRTERMS_FOLDER", str(tmp_path))
    floor = FLOORS[task]
    figures = TASKS[task](SHARED / floor["data"], None, 0)
    assert {name: figures[name] for name, least in floor["at least"].items() if figures[name] < least} == {}
    assert {name: figures[name] for name, most in floor["at most"].items() if figures[name] > most} == {}


def test_a_file_without_answers_gives_predictions_and_no_score(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FAIRTERMS_FOLDER", str(tmp_path))
    data, out = tmp_path / "plain.jsonl.gz", tmp_path / "out.jsonl"
    with gzip.open(data, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": "one", "text": TEXT}) + "\n")
    run(data, out, 0)
    assert "precision" not in capsys.readouterr().out
    (line,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert line["id"] == "one"
    assert line["schema"] == "fairterms.report/1"


def test_a_clause_is_right_when_all_its_risks_are_found_and_nothing_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FAIRTERMS_FOLDER", str(tmp_path))
    (tmp_path / "labels.yaml").write_text(
        "terms: {auto_renewal: [renews], perpetual_term: [endless], moral_rights_waiver: [moral]}\nalso: {}\n"
    )
    clauses = [
        {"id": "a", "text": "You waive all moral rights in the drawings.", "labels": ["moral"]},
        {"id": "b", "text": "You waive all moral rights in the drawings.", "labels": ["moral", "endless"]},
        {"id": "c", "text": "You waive all moral rights in the drawings.", "labels": ["decoy:moral"]},
        {"id": "d", "text": "You waive all moral rights in the drawings.", "labels": ["neutral:moral"]},
        {"id": "e", "text": "The Artist draws three pictures.", "labels": ["decoy:endless"]},
    ]
    data = tmp_path / "clauses.jsonl.gz"
    with gzip.open(data, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(clause) + "\n" for clause in clauses)
    assert TASKS["clauses"](data, None, 9) == {"right": 3 / 5}
    told = capsys.readouterr().out
    assert "b: missed endless" in told
    assert "c: false moral_rights_waiver" in told


def test_quotations_are_counted_by_their_label(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data = tmp_path / "quotes.jsonl.gz"
    quotes = [
        ("a", "You shall indemnify us against all claims that arise from your content.", "indemnity"),
        ("b", "We answer your letters within two days.", "indemnity"),
        ("c", "You keep the copyright in everything that you upload.", "FAIR_creator_keeps_ownership"),
    ]
    with gzip.open(data, "wt", encoding="utf-8") as lines:
        for id, text, label in quotes:
            lines.write(json.dumps({"id": id, "text": text, "creator_label": label}) + "\n")
    tosdr.run(data, tmp_path / "out.jsonl", 0)
    printed = capsys.readouterr().out
    assert "risks found: 1 of 2" in printed
    assert "fair ones called risks: 0 of 1" in printed
    assert [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_text().splitlines()] == ["a", "b", "c"]


def test_clauses_are_ranked_for_a_question_within_its_pool(tmp_path: Path) -> None:
    files = {
        "corpus": [
            {"_id": "cap", "text": "The Supplier's liability shall not exceed the fees paid in the last year."},
            {"_id": "law", "text": "This agreement is governed by the law of Portugal."},
            {"_id": "pay", "text": "The Client pays within thirty days."},
        ],
        "queries": [{"_id": "q", "text": "cap on liability", "long": "A clause that caps the liability of a supplier"}],
        "qrels.valid": [
            {"query_id": "q", "corpus_id": "law", "score": 0},
            {"query_id": "q", "corpus_id": "pay", "score": 0},
            {"query_id": "q", "corpus_id": "cap", "score": 4},
        ],
    }
    for name, entries in files.items():
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(entry) + "\n" for entry in entries)
    assert acord.run(tmp_path, tmp_path / "out.jsonl", 0) == {"valid": 1.0}
    ranked = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert max(ranked, key=lambda line: line["score"])["doc_id"] == "cap"


def test_gains_and_losses_against_an_earlier_run_are_told_case_by_case(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FAIRTERMS_FOLDER", str(tmp_path))
    data, earlier = tmp_path / "one.jsonl.gz", tmp_path / "earlier.jsonl"
    spans = [{"start": 0, "end": 33, "label": "perpetual_term"}]
    with gzip.open(data, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": "one", "text": TEXT, "spans": spans}) + "\n")
    (tmp_path / "labels.yaml").write_text("terms: {perpetual_term: [perpetual_term]}\nalso: {}\n", encoding="utf-8")
    earlier.write_text(json.dumps({"id": "one", "findings": []}) + "\n", encoding="utf-8")
    run(data, None, 0, earlier)
    printed = capsys.readouterr().out
    assert "mended since the earlier run: 1, and 0 in the blind half" in printed
    assert "one: missed: perpetual_term: You grant us a perpetual licence." in printed
    assert "spoilt since the earlier run: 0" in printed


# Two invented agreements: one full of exceptions, one full of bans without any.
LENIENT = """1. "Confidential Information" means commercial and technical information that the Discloser hands over orally or in writing, whether or not it is marked as confidential.
2. The Recipient shall not use the Confidential Information except for the review of the script.
3. The Recipient shall not disclose the Confidential Information to anyone other than its employees and its lawyers.
4. The Recipient shall not copy the Confidential Information except as needed for the review.
5. On termination of this Agreement the Recipient shall return or destroy all Confidential Information, except that it may retain one copy for its archives.
6. These duties do not apply to information that the Recipient develops independently or lawfully receives from a third party.
7. Where a court orders the disclosure of Confidential Information, the Recipient shall first give the Discloser notice.
8. Nothing in this Agreement grants the Recipient any licence to the Confidential Information.
9. The duties of the Recipient survive the termination of this Agreement.
"""
STRICT = """1. "Confidential Information" means technical data that is marked as confidential when it is handed over.
2. The Recipient may use the Confidential Information for any purpose.
3. The Recipient shall not disclose the Confidential Information to its employees or to any third party without the consent of the Discloser.
4. The Recipient shall not photograph or copy the Confidential Information.
5. On request the Recipient shall return all Confidential Information without keeping a copy.
6. Neither party shall disclose the existence of this Agreement.
7. The Recipient shall refrain from reverse engineering the samples, and shall not hire or solicit any employee of the Discloser.
8. No duty under this Agreement survives its termination.
"""
SAID = {
    "LENIENT": {
        "Entailment": (3, 4, 5, 7, 8, 12, 13, 15, 16, 17, 19, 20),
        "Contradiction": (1, 2),
        "NotMentioned": (10, 11, 18),
    },
    "STRICT": {
        "Entailment": (1, 2, 10, 11, 18),
        "Contradiction": (4, 5, 7, 17, 19, 20),
        "NotMentioned": (3, 8, 12, 13, 15, 16),
    },
}


def test_exceptions_and_denials_decide_what_an_agreement_says(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data, out = tmp_path / "agreements.jsonl.gz", tmp_path / "out.jsonl"
    answers = {name: {f"nda-{n}": choice for choice, ns in said.items() for n in ns} for name, said in SAID.items()}
    plain = [{"id": name, "text": text} for name, text in (("LENIENT", LENIENT), ("STRICT", STRICT))]
    with gzip.open(data, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(entry) + "\n" for entry in plain)
    assert contract_nli.run(data, out, 0) == {}
    assert "accuracy" not in capsys.readouterr().out
    read = {line["id"]: line for line in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    assert {name: line["choices"] for name, line in read.items()} == answers
    start, end = read["LENIENT"]["spans"]["nda-20"]
    assert "one copy for its archives" in LENIENT[start:end]

    labelled = [entry | {"choices": answers[entry["id"]], "spans": []} for entry in plain]
    with gzip.open(data, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(entry) + "\n" for entry in labelled)
    figures = contract_nli.run(data, None, 0)
    assert figures["accuracy"] == figures["holds macro f1"] == figures["contradicted f1"] == 1
    assert figures["quoted"] == 0
