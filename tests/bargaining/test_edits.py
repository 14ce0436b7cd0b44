"""Small changes of words that leave a clean sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairterms.bargaining.edits import apply_edits, as_edits, changed_share, mend, strike
from fairterms.clauses.load import ClauseLibrary
from fairterms.clauses.schema import Operation, Plan

NAMES = {"creator": "the Artist", "Creator": "The Artist", "company": "the Publisher", "work": "the Artwork"}


@pytest.mark.parametrize(
    ("words", "struck", "left"),
    [
        pytest.param(
            "a perpetual, irrevocable licence", "perpetual", "an irrevocable licence", id="first adjective, article"
        ),
        pytest.param("a perpetual, irrevocable licence", "irrevocable", "a perpetual licence", id="last adjective"),
        pytest.param("to use, modify and sell the Work", "modify", "to use and sell the Work", id="middle of three"),
        pytest.param("to use, modify and sell the Work", "sell", "to use and modify the Work", id="last of three"),
        pytest.param("to use, modify and sell the Work", "use", "to modify and sell the Work", id="first of three"),
        pytest.param("to use and sell the Work", "sell", "to use the Work", id="last of two"),
        pytest.param("to use and sell the Work", "use", "to sell the Work", id="first of two"),
        pytest.param("to use, modify, and sell the Work", "sell", "to use and modify the Work", id="serial comma"),
        pytest.param("an irrevocable licence", "irrevocable", "a licence", id="alone"),
        pytest.param(
            "The licence is irrevocable.", "irrevocable", "The licence is.", id="a predicate is the plan's own fault"
        ),
        pytest.param(
            "to use it in print, now known or later devised, and to authorise others",
            ", now known or later devised",
            "to use it in print, and to authorise others",
            id="an aside between commas leaves the comma and the rest of the list",
        ),
        pytest.param(
            "a licence, through several tiers, to host it",
            ", through several tiers",
            "a licence to host it",
            id="an aside before what its noun is for takes both commas",
        ),
        pytest.param(
            "We may change the terms at any time, but will tell you.",
            "at any time",
            "We may change the terms, but will tell you.",
            id="an adverb before a new clause leaves the comma",
        ),
        pytest.param(
            "non-exclusive, worldwide, and royalty-free",
            "worldwide",
            "non-exclusive and royalty-free",
            id="two adjectives left need no comma",
        ),
    ],
)
def test_striking_a_word_takes_its_comma_or_and_along(words: str, struck: str, left: str) -> None:
    start = words.index(struck)
    assert strike(words, start, start + len(struck)) == left


@pytest.mark.parametrize(
    ("operation", "sentence", "after"),
    [
        pytest.param(
            Operation(append=", for two years"),
            "You grant us a licence.",
            "You grant us a licence, for two years.",
            id="append",
        ),
        pytest.param(
            Operation(append=", with consent"),
            "modify the Work; and",
            "modify the Work, with consent; and",
            id="append to an item",
        ),
        pytest.param(
            Operation(add="{Creator} may end it."),
            "It is free.",
            "It is free. The Artist may end it.",
            id="add a sentence",
        ),
        pytest.param(
            Operation(replace="in perpetuity", by="for two years"),
            "Publisher may use it in\nperpetuity.",
            "Publisher may use it for two years.",
            id="replace over a line end",
        ),
        pytest.param(
            Operation(after="the work", by=" for {company}"),
            "Use of the Work is free.",
            "Use of the Work for the Publisher is free.",
            id="after",
        ),
    ],
)
def test_an_operation_changes_what_it_names(
    operation: Operation, sentence: str, after: str, library: ClauseLibrary
) -> None:
    plan = Plan(edits=(operation,), because="a reason")
    assert mend(sentence, plan, NAMES, library) == after


def test_a_plan_that_changes_nothing_is_no_cure(library: ClauseLibrary) -> None:
    plan = Plan(edits=(Operation(strike="irrevocable"),), because="a reason")
    assert mend("You grant us a licence.", plan, NAMES, library) is None


def test_a_whole_sentence_does_not_replace_an_item_that_completes_a_list(library: ClauseLibrary) -> None:
    plan = Plan(edits=(Operation(sentence="This licence ends."),), because="a reason")
    assert mend("modify the Work;", plan, NAMES, library, whole=False) is None


@given(st.text(alphabet="abc ,.’\n", max_size=60), st.text(alphabet="abd ,.", max_size=60), st.integers(0, 9))
def test_the_edits_turn_one_text_into_the_other(before: str, after: str, offset: int) -> None:
    edits = as_edits(before, after, offset)
    text = "x" * offset + before + "y"
    assert apply_edits(text, edits) == "x" * offset + after + "y"
    assert all(one.span.end <= other.span.start for one, other in pairwise(edits))


def test_a_struck_word_is_a_small_change() -> None:
    before = "You grant us a perpetual licence to show the photographs that you upload on our website."
    assert changed_share(before, before.replace("perpetual ", "")) == pytest.approx(1 / 16)
    assert changed_share(before, "Quite another sentence.") == 1.0
