"""Trained heads: what they say of an invented contract, and that what was trained is what is evaluated."""

from __future__ import annotations

from pathlib import Path

import lightgbm
import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.training.boosting import trees_of
from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.detect.features import Line, rows_of
from fairterms.analyzer.detect.heads import CLAUSES, UNFAIR, Head, open_head, open_reader, save_head
from fairterms.analyzer.detect.learned import kinds, learn
from fairterms.analyzer.detect.lines import in_order
from fairterms.analyzer.detect.tools import open_analyzer
from fairterms.analyzer.language import open_language
from fairterms.analyzer.readers import read_text
from fairterms.assistant.service import Assistant
from fairterms.clauses.load import load_library

CONTRACT = (
    "This Agreement is made between Ada Quill, a writer, and Northlight Books Ltd.",
    "The Writer hereby grants to the Publisher an exclusive, irrevocable and perpetual licence to use the Stories.",
    "The Publisher shall pay the Writer ten percent of its net receipts from the Stories every quarter.",
    "This Agreement shall be governed by the laws of the State of New York.",
    "Neither party may assign this Agreement without the prior written consent of the other.",
    "The parties met in a café by the harbour and talked about the weather.",
)
TERMS = (
    "Welcome to our shop.",
    "We may change these terms at any time, and by going on using the service you accept the new ones.",
    "We are not liable for any damage whatsoever, even if we were told of it.",
    "You can reach our helpers on weekdays.",
)


def probabilities(head: Head, texts: tuple[str, ...]) -> npt.NDArray[np.float32]:
    return head.probabilities(in_order(texts, [""] * len(texts)), open_reader())


def test_each_clause_of_a_contract_is_most_likely_of_its_own_kind() -> None:
    head = open_head(CLAUSES)
    found = probabilities(head, CONTRACT)
    for kind, line in (
        ("License Grant", 1),
        ("Irrevocable Or Perpetual License", 1),
        ("Revenue/Profit Sharing", 2),
        ("Governing Law", 3),
        ("Anti-Assignment", 4),
    ):
        of_kind = found[:, head.kinds.index(kind)]
        assert of_kind.argmax() == line, kind
        assert of_kind[line] >= head.cuts[head.kinds.index(kind)], kind
    assert found[5].max() < 0.05


def test_unfair_sentences_of_terms_of_service_are_told_from_the_others() -> None:
    head = open_head(UNFAIR)
    told = probabilities(head, TERMS) >= head.cuts
    assert [[kind for kind, here in zip(head.kinds, line, strict=True) if here] for line in told] == [
        [],
        ["Unilateral change"],
        ["Limitation of liability"],
        [],
    ]


def test_two_looks_at_the_same_contract_give_the_same_numbers_to_the_last_bit() -> None:
    head = open_head(CLAUSES)
    assert np.array_equal(probabilities(head, CONTRACT), probabilities(head, CONTRACT))


def test_a_text_without_lines_has_no_probabilities() -> None:
    head = open_head(CLAUSES)
    assert head.probabilities([], open_reader()).shape == (0, len(head.kinds))


@pytest.mark.parametrize("path", [CLAUSES, UNFAIR])
def test_a_head_is_the_same_after_it_was_written_and_opened(path: Path, tmp_path: Path) -> None:
    head = open_head(path)
    save_head(head, tmp_path / "head.npz")
    again = open_head(tmp_path / "head.npz")
    assert np.array_equal(probabilities(head, CONTRACT), probabilities(again, CONTRACT))
    assert again.credit


def test_groups_of_words_do_not_depend_on_case_or_on_the_number_itself() -> None:
    one, other = rows_of([Line("Pay 30 days after INVOICE")]), rows_of([Line("pay 45 Days after invoice")])
    assert np.array_equal(one.columns, other.columns)


def test_plain_trees_say_what_the_library_that_grew_them_says() -> None:
    rng = np.random.default_rng(0)
    columns = rng.normal(size=(3000, 6)).astype(np.float32)
    wanted = columns[:, 0] + columns[:, 1] * columns[:, 2] > 0.3
    columns[rng.random(columns.shape) < 0.1] = np.nan
    data = lightgbm.Dataset(columns, label=wanted.astype(np.float32))
    booster = lightgbm.train({"objective": "binary", "num_leaves": 15, "verbosity": -1}, data, num_boost_round=50)
    assert np.allclose(
        trees_of(booster.dump_model()).log_odds(columns), booster.predict(columns, raw_score=True), atol=1e-6
    )


def test_the_library_names_only_kinds_that_a_head_knows() -> None:
    assert {kind for term in load_library().terms for kind in term.learned} <= kinds().keys()


def test_an_exclusivity_that_no_rule_knows_is_shown_to_a_person_with_what_it_rests_on() -> None:
    words = "During the Term, the Athlete shall play exclusively in footwear supplied by the Company."
    text = f"ENDORSEMENT AGREEMENT between Northlight Shoes Ltd. (“Company”) and Ada Quill (“Athlete”).\n\n1. Term\n\n{words}\n"
    document = read_text(text, "shoes")
    rules = open_analyzer(load_library(), open_language())
    both = open_analyzer(load_library(), open_language(), learn=learn)
    assert not [f for f in analyze(document, rules).risks if f.term in ("exclusivity", "noncompete_similar_work")]
    (finding,) = [f for f in analyze(document, both).risks if f.term in ("exclusivity", "noncompete_similar_work")]
    assert finding.quote == words
    assert finding.level == "ask_a_person"
    assert finding.evidence[0].kind.startswith("learned:")


def test_a_draft_for_words_that_only_a_head_knows_is_never_called_verified(assistant: Assistant) -> None:
    text = (
        "ENDORSEMENT AGREEMENT between Northlight Shoes Ltd. (“Company”) and Ada Quill (“Athlete”).\n\n1. Term\n\n"
        "During the Term, the Athlete shall play exclusively in footwear supplied by the Company.\n"
    )
    report = assistant.review(assistant.read_text(text))
    (finding,) = [f for f in report.analysis.risks if f.evidence[0].kind == "learned:Exclusivity"]
    drafts = report.proposals_for(finding.id)
    assert drafts
    assert not any(draft.verified for draft in drafts)
    assert any(model.startswith("heads@") for model in report.analysis.provenance.models)
