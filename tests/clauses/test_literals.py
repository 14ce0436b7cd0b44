"""The quick look that spares a search never hides what the search would find."""

from __future__ import annotations

import pytest

from fairterms.analyzer.fold import fold
from fairterms.clauses.literals import has_needed, needs_of
from fairterms.clauses.load import load_library

LIBRARY = load_library()


@pytest.mark.parametrize("term", LIBRARY.terms, ids=lambda term: term.id)
def test_what_a_signal_finds_passes_the_quick_look(term) -> None:  # type: ignore[no-untyped-def]
    texts = [fold(text) for text in (*term.examples, *term.counterexamples)]
    hidden = [
        (signal.id, text)
        for signal in (*term.signals, *term.protective)
        for text in texts
        if LIBRARY.compile(signal.find).search(text) and not LIBRARY.may_match(signal.find, text)
    ]
    assert hidden == []


@pytest.mark.parametrize(
    ("pattern", "text", "worth_searching"),
    [
        pytest.param(r"\bperpetual(?:ly)?\b", "a licence for two years", False, id="the word is not there"),
        pytest.param(r"\bperpetual(?:ly)?\b", "a perpetually growing archive", True, id="an ending may follow"),
        pytest.param(r"train\w*[^.]{0,40}models?", "train staff", False, id="both words are needed"),
        pytest.param(r"(?:train|teach)\w* (?:a )?models?", "teach a model", True, id="one of several words is enough"),
        pytest.param(r"(?:colou?r|tint)", "the tint", True, id="a letter that may be missing"),
        pytest.param(r"(?:secret )?recording", "a recording", True, id="words that may be missing are not needed"),
        pytest.param(r"\w+ing\b", "anything", True, id="nothing is needed where any word may stand"),
    ],
)
def test_a_search_is_spared_only_where_it_would_find_nothing(pattern: str, text: str, worth_searching: bool) -> None:
    assert has_needed(text, needs_of(pattern)) is worth_searching
