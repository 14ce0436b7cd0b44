"""What a person reads in a report, in each of its forms."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from factories import CONTRACT, document, drawings_report, fact, finding, match, proposal, report, span_of
from invariants import broken_invariants

from fairterms.analyzer.values import Compound, Document, Span
from fairterms.bargaining.values import STRENGTHS, Citation, Edit
from fairterms.reports import RENDERERS, UnknownForm, render
from fairterms.reports.values import NOT_LEGAL_ADVICE, Report

GOLDEN = Path(__file__).parents[1] / "golden"
SUFFIX = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}
HUMAN = ("text", "markdown", "html")
GRANT = "The Artist grants the Studio a perpetual and irrevocable licence to use the Drawings."


def read(told: str) -> str:
    """The words as a reader sees them, without wrapping and escapes."""
    return " ".join(re.sub(r"\\(?=[^\w\s])", "", told).split())


@pytest.mark.parametrize("form", RENDERERS)
def test_a_whole_report_reads_as_a_person_has_read_it(form: str) -> None:
    told = render(drawings_report(), form, with_text=form in ("json", "html"))
    path = GOLDEN / f"drawings.{SUFFIX[form]}"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(told, encoding="utf-8")
        pytest.fail("the golden files were rewritten; read them, then run without UPDATE_GOLDEN")
    assert told == path.read_text(encoding="utf-8")


def test_the_hand_made_report_keeps_the_invariants() -> None:
    data = json.loads(render(drawings_report(), "json", with_text=True))
    assert broken_invariants(data, CONTRACT) == []


def test_an_unknown_form_is_one_readable_line() -> None:
    with pytest.raises(UnknownForm, match=r"^pdf: no such form of a report; choose one of text, markdown, html, json$"):
        render(drawings_report(), "pdf")


@pytest.mark.parametrize("form", HUMAN)
def test_the_closing_sentence_stands_once_and_last(form: str) -> None:
    told = re.sub(r"<[^>]+>|\*", "", read(render(drawings_report(), form)))
    assert told.count(NOT_LEGAL_ADVICE) == 1
    assert told.rstrip().endswith(NOT_LEGAL_ADVICE)


@pytest.mark.parametrize("form", HUMAN)
@pytest.mark.parametrize(
    ("made", "step"),
    [
        pytest.param(drawings_report(), "Get help before you sign.", id="something critical"),
        pytest.param(report([finding("a-1", GRANT)], document=document()), "Ask for changes.", id="something high"),
        pytest.param(
            report([finding("a-1", GRANT, level="ask_a_person", severity="low")], document=document()),
            "Get help before you sign. A person should look at what the program was not sure about.",
            id="only unsure points",
        ),
        pytest.param(
            report(document=document()),
            "Nothing found by this library; a person should still read it.",
            id="nothing found",
        ),
        pytest.param(
            report(
                [finding("a-1", GRANT, severity="low")],
                document=document(),
                compounds=[Compound("both", ("a-1",), "critical", "Together.")],
            ),
            "Get help before you sign.",
            id="worse together than alone",
        ),
    ],
)
def test_the_next_step_fits_what_was_found_and_never_says_to_sign(made: Report, step: str, form: str) -> None:
    told = read(render(made, form))
    assert step in told
    assert not re.search(r"(?<!before you )\b(?:sign it|safe to sign|can sign|may sign|looks fine)", told)


UNREAD = document(unread=(2, 3), pages=4, warnings=("pages 2 and 3 could not be read: they hold pictures",))
GERMAN = document(language="de", warnings=("the text does not look English; findings may be missing",))
PARTLY_READ = [
    pytest.param(UNREAD, id="pages of pictures"),
    pytest.param(GERMAN, id="another language"),
    pytest.param(document(" \n", language="und", warnings=("the text does not look English",)), id="no words at all"),
]


@pytest.mark.parametrize("form", HUMAN)
@pytest.mark.parametrize("made", PARTLY_READ)
def test_what_was_not_read_never_sounds_like_good_news(made: Document, form: str) -> None:
    told = read(render(report(document=made), form)).lower()
    assert "nothing found" not in told
    assert "no point to settle was found" not in told
    assert "what could not be read" in told
    assert "get help before you sign" in told


def test_unread_pages_are_named_before_any_point() -> None:
    told = render(report([finding("a-1", GRANT)], document=UNREAD), "text")
    assert told.index("Pages 2 and 3 could not be read: they hold pictures.") < told.index("SETTLE THESE FIRST")


@pytest.mark.parametrize("form", HUMAN)
@pytest.mark.parametrize("made", PARTLY_READ)
def test_a_contract_that_was_partly_read_gets_no_score(made: Document, form: str) -> None:
    told = read(re.sub(r"<style>.*?</style>", "", render(report(document=made), form), flags=re.S))
    assert "No score: part of the contract could not be read." in told
    assert not re.search(r"\b100\b|\(A\)|<b>\d+</b>|Grades?\b|None", told)


def test_a_contract_that_was_partly_read_keeps_its_points_in_the_json() -> None:
    assert json.loads(render(report(document=GERMAN), "json"))["score"]["value"] == 100


@pytest.mark.parametrize("form", HUMAN)
def test_a_caveat_is_told_once(form: str) -> None:
    warning = GERMAN.warnings[0]
    made = report(document=GERMAN, caveats=(warning, "No jurisdiction was given.", warning.capitalize() + "."))
    told = read(render(made, form))
    assert told.count("does not look English") == 1
    assert told.count("No jurisdiction was given.") == 1


WAIVER = "No waiver of this agreement binds the Artist."


def small_print(times: int) -> Report:
    """A contract that says the same protective sentence so many times, the later ones with another quote or break."""
    sentences = [WAIVER, *(WAIVER.replace(" of ", "\n of ") for _ in range(times - 1))]
    text = "\n\n".join(sentences)
    findings = []
    place = 0
    for number, sentence in enumerate(sentences, start=1):
        there = finding(f"waiver-{number}", sentence, text=sentence, polarity="protective", title="Rights given up")
        span = Span(place, place + len(sentence))
        findings.append(replace(there, span=span))
        place = span.end + 2
    return report(findings, document=document(text))


@pytest.mark.parametrize("form", HUMAN)
@pytest.mark.parametrize(("times", "more"), [(2, "and 1 more place"), (153, "and 152 more places")])
def test_the_same_protective_words_are_listed_once(form: str, times: int, more: str) -> None:
    told = read(render(small_print(times), form))
    assert told.count(WAIVER) == 1
    assert told.count(f"{more})" if form != "html" else f"{more}<") == 1


def test_every_place_of_the_same_words_links_to_their_one_card() -> None:
    told = render(small_print(3), "html", with_text=True)
    assert told.count('href="#point-waiver-1"') == 3


@pytest.mark.parametrize("form", HUMAN)
def test_a_smaller_point_without_a_draft_still_shows_the_words(form: str) -> None:
    small = finding("late_payment-1", GRANT, severity="low")
    aims = [proposal(small.id, (), GRANT, strength=strength, problem="nothing fits") for strength in STRENGTHS]
    told = read(render(report([small], document=document(), proposals=aims), form))
    assert GRANT in told.replace(" | ", " ")
    assert told.count("There is no draft") == 1
    assert "What to ask for" in told
    assert "If they say no, at least" in told


@pytest.mark.parametrize("form", HUMAN)
def test_the_parts_come_in_the_order_of_their_weight(form: str) -> None:
    told = re.sub(r"<nav.*?</nav>", "", render(drawings_report(), form).lower()).partition("next step")[2]
    headings = (
        "keep in mind", "settle these first", "what is missing", "worse together", "ask a person", "good for you",
        "smaller points", "where this comes from", "who is who", "how the score is made", "made with",
    )  # fmt: skip
    places = [told.index(heading) for heading in headings]
    assert places == sorted(places)


def test_the_summary_counts_what_is_to_settle() -> None:
    told = read(render(drawings_report(), "text"))
    assert (
        "1 critical, 1 high and 1 medium points to settle; 1 protection is missing; 1 passage to ask a person about."
        in told
    )


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("text", "a [-perpetual and irrevocable-] {+two-year+} licence"),
        ("markdown", "a ~~perpetual and irrevocable~~ **two-year** licence"),
        ("html", "a <del>perpetual and irrevocable</del> <ins>two-year</ins> licence"),
    ],
)
def test_a_counter_proposal_shows_what_goes_out_and_what_comes_in(form: str, words: str) -> None:
    assert words in read(render(drawings_report(), form))


@pytest.mark.parametrize("form", HUMAN)
def test_an_unverified_draft_says_so_and_why_in_plain_words(form: str) -> None:
    told = read(render(drawings_report(), form))
    assert "Unverified draft. Do not send it before a person has read it. Why: the draft stands at step 4 of 5" in told
    assert "There is no draft: none of the ready changes fits this sentence. Let a person word it." in told
    assert "plan of the library" not in told
    assert "rung" not in told


@pytest.mark.parametrize("form", HUMAN)
def test_what_a_platform_earned_is_never_shown_as_pay_for_creators(form: str) -> None:
    told = read(render(drawings_report(), form))
    assert told.count("25 EUR per drawing, to the creator, from Modelworks.") == 1
    assert told.count("25 EUR per drawing, to a platform, not to creators, from Modelworks.") == 1


@pytest.mark.parametrize("form", HUMAN)
def test_every_fact_shows_date_place_and_that_nobody_checked_it(form: str) -> None:
    told = read(render(drawings_report(), form))
    assert told.count("2024-05; Germany and European Union; in force, unverified, from memory") >= 3
    assert "2024-05; Germany and European Union; in force, checked" in told


def test_a_citation_that_is_no_comparable_is_still_shown() -> None:
    cited = Citation("x", "Invented Act", "1999", "US-CA", "in force, unverified", False, "")
    draft = proposal("a-1", (Edit(span_of("perpetual"), "brief"),), "x", citations=(cited,))
    told = read(render(report([finding("a-1", GRANT)], document=document(), proposals=[draft]), "text"))
    assert "Invented Act (1999; California; in force, unverified)" in told


def test_no_line_of_the_text_form_is_wider_than_88_columns() -> None:
    long = " ".join(["The Artist gives everything away for ever and a day."] * 30)
    made = report(
        [finding("a-1", long, text=long)], document=document(long), comparables={"a-1": (match(fact("law")),)}
    )
    for line in render(made, "text", with_text=True).splitlines():
        assert len(line) <= 88 or " " not in line.strip()


HOSTILE = (
    '<script>alert(1)</script> The Artist grants {{ secrets }} [all rights](javascript:alert(2)) "for" <b>ever</b> '
    "![x](http://evil.example/p.png) $x^2$ `code` ~~gone~~ **bold** & <!-- so --> \x1b[31mred\u202e."
)


def hostile_report() -> Report:
    draft = proposal("<i>-1", (Edit(span_of("<b>ever</b>", HOSTILE), '<img src=x onerror="x">'),), "x")
    found = finding("<i>-1", HOSTILE, text=HOSTILE, title="<u>t</u>", section="<h1>", key="[all rights]")
    evil = replace(fact("law"), source=replace(fact("law").source, url='javascript:alert("3")'))
    return report(
        [found],
        document=document(HOSTILE, name='"><script>n</script>.txt'),
        proposals=[draft],
        comparables={found.id: (match(evil),)},
        caveats=("<script>c</script>",),
    )


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_no_word_of_a_contract_acts_in_the_web_page() -> None:
    page = _Tags()
    page.feed(render(hostile_report(), "html", with_text=True))
    assert page.open == []
    assert not {"script", "img", "b ", "u", "i", "iframe", "link"} & set(page.tags)
    assert all(link.startswith(("#", "https://", "http://")) for link in page.links)
    assert "evil.example" not in "".join(page.links)
    assert "<script>alert(1)</script> The Artist grants {{ secrets }} [all rights](javascript:alert(2))" in page.words


def test_the_web_page_asks_for_nothing_from_outside() -> None:
    told = render(drawings_report(), "html", with_text=True)
    assert not re.search(r"<(?:script|link|img|iframe)|@import|url\(", told)
    assert "default-src 'none'" in told


def test_passages_of_the_contract_link_to_their_point() -> None:
    told = render(drawings_report(), "html", with_text=True)
    assert 'href="#point-perpetual_term-1" title="Point 1, Critical: Rights that never end">The Artist grants' in told
    assert set(re.findall(r'href="#([^"]+)"', told)) <= set(re.findall(r'id="([^"]+)"', told))


def test_the_web_page_without_text_holds_only_the_quoted_words() -> None:
    assert "3. Fee" not in render(drawings_report(), "html")


def test_no_word_of_a_contract_acts_in_markdown() -> None:
    told = render(hostile_report(), "markdown")
    assert not re.search(r"(?<!\\)<(?!https://)", told)
    assert r"\[all rights\]" in told
    assert not re.search(r"(?<!\\)\]\(", told)
    assert not re.search(r"(?<!\\)[`$]", told)


def test_a_contract_cannot_steer_a_terminal() -> None:
    told = render(hostile_report(), "text", with_text=True)
    assert "\x1b" not in told
    assert "\u202e" not in told


def test_the_contract_in_markdown_cannot_leave_its_fence() -> None:
    text = "Before.\n````\n# Not a heading\n```\nAfter."
    told = render(report(document=document(text)), "markdown", with_text=True)
    assert f"\n`````text\n{text}\n`````\n" in told
