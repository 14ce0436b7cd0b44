"""How heads are trained and measured."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.claudette import run as run_claudette
from benchmarks.cuad import Answer, Candidate, figures
from benchmarks.cuad import run as run_cuad
from benchmarks.training.__main__ import main
from benchmarks.training.encoder import Task, tune
from benchmarks.training.reliability import expected_calibration_error
from fairterms.analyzer.embed import Window, open_tokenizer


def candidate(text: str, score: float, contract: str = "a") -> Candidate:
    return Candidate(contract, "Exclusivity", text, 0, len(text), score)


def test_precision_is_told_at_four_fifths_of_the_answers() -> None:
    answers = [
        Answer("a", "Exclusivity", f"{word} is {word}’s alone") for word in ("one", "two", "three", "four", "five")
    ]
    right = [candidate(answer.text, 0.9 - place / 10) for place, answer in enumerate(answers)]
    wrong = [candidate("something else entirely", 0.65)]
    told = figures(right + wrong, answers)
    assert told["precision at 80 % recall"] == pytest.approx(5 / 6)  # all five are reached past the one that is wrong
    assert told["reach"] == 1.0


def test_half_of_the_words_make_an_answer_and_a_second_one_to_the_same_answer_is_not_counted_twice() -> None:
    answers = [Answer("a", "Exclusivity", "only to us"), Answer("b", "Exclusivity", "only to us")]
    told = figures(
        [candidate("only to us", 0.9), candidate("Only, to them", 0.8), candidate("nobody else", 0.7)], answers
    )
    assert told["reach"] == 0.5
    assert told["best f1"] == pytest.approx(
        2 / 3
    )  # one found, none wrong, one missed: both candidates are the same answer


def test_answers_without_any_candidate_are_all_missed() -> None:
    told = figures([], [Answer("a", "Exclusivity", "only to us", 0), Answer("b", "Exclusivity", "only to us", 1)])
    assert set(told.values()) == {0.0}


def test_the_calibration_error_is_the_distance_between_what_is_said_and_what_is_so() -> None:
    said = np.array([0.9] * 10 + [0.2] * 10, dtype=np.float32)
    so = np.array([True] * 9 + [False] + [True] * 4 + [False] * 6)
    assert expected_calibration_error(said, so) == pytest.approx(0.1, abs=1e-6)


def test_both_tasks_write_what_they_say_of_files_without_answers(tmp_path: Path) -> None:
    contract = (
        "1. Law\n\nThis Agreement is governed by the laws of the State of Ohio.\n\n2. Weather\n\nIt rained all day.\n"
    )
    rows = tmp_path / "contracts.jsonl.gz"
    with gzip.open(rows, "wt", encoding="utf-8") as out:
        out.write(json.dumps({"doc_id": "ohio", "text": contract}) + "\n")
    assert run_cuad(rows, tmp_path / "cuad.jsonl", 0) == {}
    found = [json.loads(line) for line in (tmp_path / "cuad.jsonl").read_text().splitlines()]
    best = max(found, key=lambda line: line["score"])
    assert best["label"] == "Governing Law"
    assert contract[best["start"] : best["end"]] == best["text"]

    with gzip.open(rows, "wt", encoding="utf-8") as out:
        for place, text in enumerate(("Welcome to our shop.", "We may change these terms at any time without notice.")):
            out.write(json.dumps({"id": f"shop-{place}", "doc_id": "shop", "text": text}) + "\n")
    assert run_claudette(rows, tmp_path / "claudette.jsonl", 0) == {}
    told = [json.loads(line) for line in (tmp_path / "claudette.jsonl").read_text().splitlines()]
    assert [line["labels"] for line in told] == [[], ["Unilateral change"]]


@pytest.mark.slow
def test_the_encoder_learns_and_learns_the_same_again() -> None:
    texts = ["The licence is perpetual.", "The licence ends after a year.", "It rains.", "The use never ends."] * 8
    rows = open_tokenizer()([Window(text) for text in texts])
    labels = np.array([[place % 4 in (0, 3)] for place in range(len(texts))])
    task = Task(rows, labels, np.arange(len(texts)) // 16)
    first, again = tune([task], (1,), "cpu"), tune([task], (1,), "cpu")
    assert np.array_equal(first.scores, again.scores)
    assert all(np.array_equal(first.layers[name], again.layers[name]) for name in first.layers)
    assert first.places.tolist() == list(range(16, 32))
    held_out = labels[first.places, 0]
    assert first.scores[held_out].min() > first.scores[~held_out].max()


CLAUSES = {
    "Governing Law": "This Agreement is governed by the laws of the State of {place}.",
    "Exclusivity": "The Writer shall write for nobody but the {place} Review during the term.",
    "Audit Rights": "The Writer may inspect the books of the {place} Review once a year.",
}
SENTENCES = {
    "Unilateral change": "We may change these terms for {place} at any time.",
    "Limitation of liability": "We are not liable for any loss in {place}.",
}
PLACES = (
    "Ohio",
    "Utah",
    "Maine",
    "Texas",
    "Nevada",
    "Iowa",
    "Idaho",
    "Kansas",
    "Oregon",
    "Alaska",
    "Hawaii",
    "Vermont",
)


@pytest.mark.slow
def test_one_command_trains_all_heads_and_trains_the_same_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cuad").mkdir()
    (tmp_path / "claudette_ml").mkdir()
    with gzip.open(tmp_path / "cuad/train.jsonl.gz", "wt", encoding="utf-8") as out:
        for place in PLACES:
            parts = [clause.format(place=place) for clause in CLAUSES.values()]
            text = "\n\n".join(f"{number}. Part\n\n{part}" for number, part in enumerate(parts, 1))
            spans = [
                {"start": text.index(part), "end": text.index(part) + len(part), "label": label}
                for label, part in zip(CLAUSES, parts, strict=True)
            ]
            out.write(json.dumps({"doc_id": place, "text": text, "spans": spans}) + "\n")
    with gzip.open(tmp_path / "claudette_ml/claudette_ml_en.train.jsonl.gz", "wt", encoding="utf-8") as out:
        for fold, place in enumerate(PLACES):
            for number, (label, sentence) in enumerate([*SENTENCES.items(), ("", "Welcome to {place}.")]):
                entry = {"id": f"{place}-{number}", "doc_id": place, "text": sentence.format(place=place)}
                labels = [label] if label else []
                levels = dict.fromkeys(labels, 2)
                out.write(
                    json.dumps({**entry, "labels": labels, "tag_levels": levels, "official_fold": fold % 5}) + "\n"
                )
    for run in ("one", "two"):
        main(["--data", str(tmp_path), "--work", str(tmp_path / f"work-{run}"), "--output", str(tmp_path / run)])
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == ["clauses.npz", "layers.npz", "unfair.npz"]
    for name in names:
        with np.load(tmp_path / "one" / name) as one, np.load(tmp_path / "two" / name) as two:
            assert one.files == two.files
            assert all(np.array_equal(one[part], two[part]) for part in one.files)
    told = capsys.readouterr().out
    assert "CUAD, held out" in told
    assert "CLAUDETTE-ML, held out" in told
