"""A negotiation is kept in a file: what they accepted, refused, answered with other words, and slipped in."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from fairterms.assistant.cli import main
from fairterms.assistant.service import Assistant
from fairterms.bargaining.rounds.settle import agree
from fairterms.bargaining.rounds.values import Point, Talks, UnreadableTalks, read_talks, write_talks
from fairterms.reports.rounds import render_rounds

CONTRACT = """\
Agreement between Harrow Lane Ltd (the "Publisher") and Jane Roe (the "Author").

1. Delivery. The Author delivers the Work by 1 May. The Publisher pays the Author 900 dollars within 30 days of delivery.

2. Rights. The Author grants the Publisher a perpetual, worldwide licence to print the Work in any medium.

3. Machines. The Publisher may use the Work to train machine-learning models.

4. Moral rights. The Author waives all moral rights in the Work.

5. Copies. The Author gets five free copies of each edition.

6. Law. The law of New York applies to this agreement.
"""
DAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def talks(assistant: Assistant) -> Talks:
    report = assistant.review(assistant.read_text(CONTRACT, name="work.txt"))
    return assistant.begin_rounds(report, assistant.package(report), day=DAY)


def returned(talks: Talks, *changes: tuple[str, str]) -> str:
    text = talks.sent
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def answered(assistant: Assistant, talks: Talks, text: str) -> Talks:
    return assistant.take_answer(talks, assistant.read_text(text, name="back.txt"), day=DAY)


def point(talks: Talks, term: str) -> Point:
    return next(point for point in talks.points if term in point.terms)


def test_a_version_that_takes_everything_leaves_nothing_open(assistant: Assistant, talks: Talks) -> None:
    after = answered(assistant, talks, talks.sent)
    assert {p.outcome for p in after.points} == {"accepted"}
    assert after.open_points == ()
    assert after.rounds[0].news == ()


def test_a_version_that_takes_nothing_leaves_everything_open(assistant: Assistant, talks: Talks) -> None:
    after = answered(assistant, talks, CONTRACT)
    assert {p.outcome for p in after.points} == {"rejected"}
    assert len(after.open_points) == len(talks.points)
    assert after.rounds[0].news == ()


def test_renumbering_and_white_space_are_no_answer(assistant: Assistant, talks: Talks) -> None:
    moved = returned(talks, ("3A. ", "4. "), ("4. Moral", "9. Moral"), ("\n\n", "\n\n\n"))
    after = answered(assistant, talks, moved)
    assert {p.outcome for p in after.points} == {"accepted"}
    assert after.rounds[0].news == ()


def test_each_kind_of_answer_is_told_apart(assistant: Assistant, talks: Talks) -> None:
    training, waiver = point(talks, "ai_training_explicit"), point(talks, "moral_rights_waiver")
    new = "The Author shall indemnify the Publisher against all claims without limit."
    after = answered(
        assistant,
        talks,
        returned(
            talks,
            (training.proposed, training.old.rstrip(".") + ", but only after telling the Author by e-mail."),
            (waiver.proposed, waiver.old),
            ("5. Copies. The Author gets five free copies of each edition.", f"5. Claims. {new}"),
        ),
    )
    changed = point(after, "ai_training_explicit")
    assert (changed.outcome, changed.status) == ("changed", "open")
    assert "telling the Author by e-mail" in changed.answer
    assert changed.left == {"Your work may train AI": "high"}
    assert (point(after, "moral_rights_waiver").outcome, point(after, "perpetual_term").status) == (
        "rejected",
        "agreed",
    )
    news = after.rounds[0].news
    assert [(one.gone, one.words.split(". ")[-1].strip()) for one in news] == [
        (False, new),
        (True, "The Author gets five free copies of each edition."),
    ]
    assert news[0].risks == ("You pay when somebody makes a claim",)
    shown = render_rounds(after)
    for words in (
        "answered with other words",
        "rejected",
        "Still found in it",
        "Put in: ",
        "Taken out: ",
        "not legal advice",
    ):
        assert words in shown


def test_the_next_round_asks_for_less_only_where_the_person_says_so(assistant: Assistant, talks: Talks) -> None:
    training, waiver = point(talks, "ai_training_explicit"), point(talks, "moral_rights_waiver")
    text = returned(talks, (training.proposed, training.old), (waiver.proposed, waiver.old))
    after = answered(assistant, talks, text)
    report = assistant.review(assistant.read_text(text, name="back.txt"))
    following, package = assistant.ask_again(after, report, fallback=frozenset([waiver.number]))
    assert {
        answer.finding.rsplit("-", 1)[0]: answer.strength for change in package.changes for answer in change.answers
    } == {
        "ai_training_explicit": "fair",
        "moral_rights_waiver": "fallback",
    }
    assert point(following, "moral_rights_waiver").strength == "fallback"
    assert point(following, "moral_rights_waiver").number == waiver.number
    assert len(following.points) == len(talks.points)
    # The second version is answered in its turn, and the first round's agreements hold.
    last = answered(assistant, following, following.sent)
    assert last.open_points == ()
    assert len(last.rounds) == 2


def test_what_was_agreed_and_is_taken_back_is_open_again(assistant: Assistant, talks: Talks) -> None:
    after = answered(assistant, talks, talks.sent)
    waiver = point(talks, "moral_rights_waiver")
    back = answered(assistant, after, returned(talks, (waiver.proposed, waiver.old)))
    assert [p.number for p in back.open_points] == [waiver.number]


def test_a_person_may_take_an_answer_as_it_is(assistant: Assistant, talks: Talks) -> None:
    waiver = point(talks, "moral_rights_waiver")
    text = returned(talks, (waiver.proposed, waiver.old))
    taken = agree(answered(assistant, talks, text), {waiver.number})
    assert taken.open_points == ()
    again = answered(assistant, taken, text)
    assert again.open_points == ()


def test_the_file_comes_back_as_it_was_and_another_is_one_line(talks: Talks) -> None:
    assert read_talks(write_talks(talks)) == talks
    assert json.loads(write_talks(talks))["schema"] == "fairterms.rounds/1"
    with pytest.raises(UnreadableTalks, match="rounds begin"):
        read_talks('{"schema": "fairterms.report/1"}')


@pytest.mark.slow
def test_the_command_keeps_a_negotiation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contract, back = tmp_path / "work.txt", tmp_path / "back.txt"
    first, second, marked = tmp_path / "one.json", tmp_path / "two.json", tmp_path / "next.docx"
    contract.write_text(CONTRACT)
    back.write_text(CONTRACT)
    assert main(["rounds", "begin", str(contract), "--output", str(first)]) == 0
    assert main(["rounds", "answer", str(first), str(back), "--output", str(second), "--redline", str(marked)]) == 0
    shown = capsys.readouterr().out
    assert "rejected: the contract’s words stand" in shown
    assert marked.read_bytes().startswith(b"PK")
    assert read_talks(second.read_bytes()).open_points
    assert main(["rounds", "answer", str(first), str(back), "--agree", "99"]) == 1
    assert "there is no point 99" in capsys.readouterr().err
    assert main(["rounds", "answer", str(contract), str(back)]) == 1
    assert "not a file of rounds" in capsys.readouterr().err
