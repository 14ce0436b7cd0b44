"""Two versions of a contract: what is worse for the creator is told, what only looks different is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.readers import read, read_text
from fairterms.bargaining.versions import Versions, versions_of, without_noise
from fairterms.reports.versions import render_versions

SAMPLES = Path(__file__).parents[2] / "fairterms" / "data" / "samples"
OLD = """\
1. The Artist draws three pictures and delivers them by 1 May.

2. The Artist grants the Publisher a licence to print the pictures in this title for three years.

3. The Publisher pays 900 dollars within 30 days of delivery.

4. The Artist may revoke the licence on 60 days' notice.

5. Each side keeps the other's trade secrets for two years.
"""


def compared(old: str, new: str, analyzer: Analyzer) -> Versions:
    one, other = (analyze(read_text(text), analyzer) for text in (old, new))
    return without_noise(versions_of(one, other, analyzer.library))


def told(versions: Versions) -> dict[str, str]:
    return {effect.term: effect.turn for effect in versions.effects}


def test_the_same_text_has_changed_nothing(signals_only: Analyzer) -> None:
    versions = compared(OLD, OLD, signals_only)
    assert (versions.effects, versions.figures) == ((), ())
    assert {pair.kind for pair in versions.pairs} == {"same"}


def test_white_space_and_numbers_are_no_change(signals_only: Analyzer) -> None:
    spaced = OLD.replace("The Artist grants", "The   Artist\ngrants")
    for number in (5, 4, 3, 2, 1):
        spaced = (
            spaced.replace(f"{number}. ", f"{number + 1}. ", 1)
            if spaced.startswith(f"{number}. ") or f"\n{number}. " in spaced
            else spaced
        )
    versions = compared(OLD, spaced, signals_only)
    assert (versions.effects, versions.figures) == ((), ())
    assert {pair.kind for pair in versions.pairs} == {"same"}


def test_a_moved_clause_is_moved(signals_only: Analyzer) -> None:
    first, second, *rest = OLD.strip().split("\n\n")
    versions = compared(OLD, "\n\n".join([*rest, second, first]), signals_only)
    assert versions.effects == ()
    assert versions.count("moved") == 2
    assert versions.count("changed") == versions.count("added") == versions.count("removed") == 0


def test_new_rights_are_worse_and_shown_with_the_words(signals_only: Analyzer) -> None:
    new = OLD.replace("for three years", "in perpetuity, and may sublicense them to anyone")
    versions = compared(OLD, new, signals_only)
    assert told(versions)["perpetual_term"] == "worse"
    assert told(versions)["sublicensing_unlimited"] == "worse"
    effect = next(effect for effect in versions.effects if effect.term == "perpetual_term")
    assert "for three years" in effect.old
    assert "in perpetuity" in effect.new
    assert effect.before is None
    assert effect.after is not None
    assert ("duration", "three years") in {(figure.kind, figure.old) for figure in versions.figures}


def test_a_way_out_that_is_gone_is_worse(signals_only: Analyzer) -> None:
    versions = compared(
        OLD, OLD.replace("4. The Artist may revoke the licence on 60 days' notice.\n\n", ""), signals_only
    )
    assert told(versions)["irrevocable_grant"] == "worse"
    assert "this protection is gone" in {effect.because for effect in versions.effects}


def test_less_money_and_longer_waits_are_figures(signals_only: Analyzer) -> None:
    new = OLD.replace("900 dollars within 30 days", "700 dollars within 90 days")
    figures = compared(OLD, new, signals_only).figures
    assert {(figure.old, figure.new) for figure in figures} >= {("900 dollars", "700 dollars"), ("30 days", "90 days")}


def test_what_got_better_is_told_too(signals_only: Analyzer) -> None:
    worse = OLD.replace("for three years", "in perpetuity")
    versions = compared(worse, OLD, signals_only)
    assert told(versions)["perpetual_term"] == "better"
    assert versions.after.value > versions.before.value


@pytest.mark.parametrize("names", [("book_cover.pdf", "book_cover.docx"), ("data_app.md", "data_app.html")])
def test_the_same_contract_in_two_formats_is_the_same(names: tuple[str, str], signals_only: Analyzer) -> None:
    one, other = (analyze(read(SAMPLES / name), signals_only) for name in names)
    versions = without_noise(versions_of(one, other, signals_only.library))
    assert [effect.term for effect in versions.effects] == []


def test_both_forms_say_it(signals_only: Analyzer) -> None:
    new = OLD.replace("for three years", "in perpetuity")
    versions = compared(OLD, new, signals_only)
    text = render_versions(versions, "text")
    assert "WORSE FOR YOU" in text
    assert "[-for three years-]{+in perpetuity+}" in " ".join(text.replace("|", " ").split())
    assert text.count("not legal advice") == 1
    data = json.loads(render_versions(versions, "json"))
    assert data["schema"] == "fairterms.diff/1"
    assert data["effects"][0]["turn"] == "worse"
