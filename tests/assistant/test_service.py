"""What the assistant keeps, and what it does not."""

from __future__ import annotations

import gc

from fairterms.assistant.service import Assistant

SECRET = "You grant Quillfeather Holdings a perpetual licence to the memoirs of Ottoline Brackwater."


def test_the_words_of_a_contract_do_not_outlive_its_review(assistant: Assistant) -> None:
    assistant.review(assistant.read_text(SECRET))
    gc.collect()
    kept = [thing for thing in gc.get_objects() if type(thing) is dict and SECRET in thing]
    assert kept == []


def test_the_stages_are_told_in_their_order(assistant: Assistant) -> None:
    stages: list[str] = []
    assistant.review(assistant.read_text(SECRET), progress=stages.append)
    assert stages == ["analyzing", "comparing", "proposing"]


def test_a_reader_without_a_place_is_told_that_law_of_several_places_is_shown(assistant: Assistant) -> None:
    document = assistant.read_text(SECRET)
    assert any("jurisdiction" in caveat for caveat in assistant.review(document).caveats)
    assert not any("jurisdiction" in caveat for caveat in assistant.review(document, jurisdiction="US-CA").caveats)


def test_every_risk_has_comparables_or_says_that_there_are_none(assistant: Assistant) -> None:
    report = assistant.review(assistant.read_text(SECRET), jurisdiction="KE", medium="text")
    for finding in report.analysis.risks:
        assert report.comparables[finding.id] or report.notes[finding.id]
    assert any("KE" in note for notes in report.notes.values() for note in notes)
