"""A contract is cut along its own numbering, and each clause into its sentences."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fairterms.analyzer.readers import read, read_text
from fairterms.analyzer.segment import segment
from fairterms.analyzer.values import Block, Clause, Document, Span


def clauses(text: str) -> tuple[Clause, ...]:
    return segment(read_text(text))


def sentences(text: str) -> list[str]:
    document = read_text(text)
    return [document.quote(span) for clause in segment(document) for span in clause.sentences]


def outline(text: str) -> list[tuple[str, str]]:
    return [(clause.number, clause.heading) for clause in clauses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1. Licence\n\nThe Artist grants a licence.\n\n2. Fee\n\nThe Company pays.", [("1", "Licence"), ("2", "Fee")], id="numbered headings hold the paragraph under them"),
        pytest.param("1. Licence. The Artist grants a licence.\n\n2. Fee. The Company pays.", [("1", "Licence"), ("2", "Fee")], id="headings that run into the text"),
        pytest.param("## 3. Licence\n\nThe Artist grants.\n\n## 4. Fee\n\nPaid.", [("3", "Licence"), ("4", "Fee")], id="Markdown headings with numbers"),
        pytest.param("**3. Licence.** The Artist grants.\n\n**4. Fee.** Paid.", [("3", "Licence"), ("4", "Fee")], id="bold headings that run in"),
        pytest.param("**3. Licence**\n\nThe Artist grants.", [("3", "Licence")], id="a bold heading on its own line"),
        pytest.param("2. Licence\n\n2.1 The Artist grants a licence:\n\n(a) to print;\n\n(b) to sell.\n\n2.2 Paid.", [("2", "Licence"), ("2.1", ""), ("2.1(a)", ""), ("2.1(b)", ""), ("2.2", "")], id="letters in brackets take the number above"),
        pytest.param("1. One thing is this.\n(a) first,\n(i) inner;\n(ii) inner two;\n(b) second.", [("1", ""), ("1(a)", ""), ("1(a)(i)", ""), ("1(a)(ii)", ""), ("1(b)", "")], id="Roman numbers inside letters"),
        pytest.param("(g) one;\n\n(h) two;\n\n(i) three;\n\n(j) four.", [("(g)", ""), ("(h)", ""), ("(i)", ""), ("(j)", "")], id="the letter i after h is no Roman one"),
        pytest.param("ARTICLE IV\n\nLICENCE\n\nSection 4.1 Scope. The Artist grants.\n\nSection 4.2 Term. It ends.", [("ARTICLE IV", "LICENCE"), ("Section 4.1", "Scope"), ("Section 4.2", "Term")], id="articles and sections"),
        pytest.param("§ 3 Licence\n\nThe Artist grants.\n\n§ 4 Fee\n\nPaid.", [("§ 3", "Licence"), ("§ 4", "Fee")], id="paragraph signs"),
        pytest.param("A. Rights. The Artist grants.\n\nB. Fee. Paid.", [("A", "Rights"), ("B", "Fee")], id="large letters"),
        pytest.param("I. RIGHTS\n\nThe Artist grants.\n\nII. FEE\n\nPaid.", [("I", "RIGHTS"), ("II", "FEE")], id="large Roman numbers"),
        pytest.param("LICENCE\n\nThe Artist grants.\n\nFEE\n\nPaid.", [("", "LICENCE"), ("", "FEE")], id="headings in capitals"),
        pytest.param("You may not:\n\n* copy it;\n* sell it.", [("", ""), ("", ""), ("", "")], id="each bullet is a clause"),
        pytest.param("The year was good for both of the parties to this contract of\n2026. The fee rises.", [("", "")], id="a year at the start of a line"),
        pytest.param("The Company pays to the Artist, as is set out in Section\n2.1 The fee is due.", [("", "")], id="a reference that was wrapped"),
        pytest.param("The Artist gets for every one of the books that are sold a share of\n3.5 percent of the price.", [("", "")], id="a share that was wrapped"),
        pytest.param("3.5 percent of the price is paid.", [("", "")], id="a share at the start of a paragraph"),
        pytest.param("J. Smith signs for the Company.", [("", "")], id="an initial"),
        pytest.param("(c) 2026 Acme Books", [("", "")], id="a sign of copyright"),
        pytest.param("Section 4 applies to all uses.", [("", "")], id="a sentence about a section"),
        pytest.param("1. Territory: worldwide\n2. Term: perpetual", [("1", "Territory"), ("2", "Term")], id="a term sheet"),
        pytest.param("# Terms\n\n## Licence\n\nYou grant us a licence.", [("", "Terms"), ("", "Licence")], id="Markdown headings without numbers"),
        pytest.param("Limitation of Liability\n\nThe Company is not liable for any loss of the Artist at all.", [("", "Limitation of Liability")], id="a heading in title case"),
    ],
)  # fmt: skip
def test_clauses_follow_the_numbers_and_headings_of_the_contract(text: str, expected: list[tuple[str, str]]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Acme Inc. grants it. Acme Ltd. pays. Foo Co. and Bar Corp. agree.", ["Acme Inc. grants it.", "Acme Ltd. pays.", "Foo Co. and Bar Corp. agree."], id="companies"),
        pytest.param("The fee goes to Acme Inc. The Artist signs.", ["The fee goes to Acme Inc.", "The Artist signs."], id="a company at the end"),
        pytest.param("See No. 5 of the list. See Nos. 4 and 5. See Art. 7(3) here.", ["See No. 5 of the list.", "See Nos. 4 and 5.", "See Art. 7(3) here."], id="numbers"),
        pytest.param("Section 2.1(a) applies. The fee is $1.50. It is due on Jan. 5, 2026.", ["Section 2.1(a) applies.", "The fee is $1.50.", "It is due on Jan. 5, 2026."], id="sections, sums and dates"),
        pytest.param("All uses, e.g. The Daily News, i.e. the paper. Others pay.", ["All uses, e.g. The Daily News, i.e. the paper.", "Others pay."], id="for example"),
        pytest.param("It follows 17 U.S.C. 106 and Smith v. Jones. That is all.", ["It follows 17 U.S.C. 106 and Smith v. Jones.", "That is all."], id="laws and cases"),
        pytest.param("Mr. J. R. Smith signs. Dr. Jones does not.", ["Mr. J. R. Smith signs.", "Dr. Jones does not."], id="titles and initials"),
        pytest.param("Photos, films, etc. are included, cf. para. 3 and approx. 5 others. All else is out.", ["Photos, films, etc. are included, cf. para. 3 and approx. 5 others.", "All else is out."], id="short words"),
        pytest.param("It covers photos, films, etc. The Artist keeps the rest.", ["It covers photos, films, etc.", "The Artist keeps the rest."], id="etc. at the end"),
        pytest.param("All is in Exhibit A. The Artist signs it.", ["All is in Exhibit A.", "The Artist signs it."], id="an exhibit's letter at the end"),
        pytest.param("The fee rises on March\n15. The term does not change.", ["The fee rises on March\n15.", "The term does not change."], id="a number at the end of a sentence"),
        pytest.param('He said "Stop." Then she left. (It was late.) They agreed.', ['He said "Stop."', "Then she left.", "(It was late.)", "They agreed."], id="quotes and brackets"),
        pytest.param("The Artist grants:\n\n(a) a licence;\n\n(b) an option.", ["The Artist grants:", "a licence;", "an option."], id="a lead-in and its items"),
        pytest.param("> **Note.** You keep your rights.", ["You keep your rights."], id="quote marks and a bold label"),
        pytest.param("## 2. Fee\n\n* The Company pays.\n* It pays late.", ["The Company pays.", "It pays late."], id="bullets under a heading"),
        pytest.param("Territory: worldwide", ["Territory: worldwide"], id="a label stays with its value"),
        pytest.param("(a) Perpetual\n\n(b) Worldwide\n\n(c) Irrevocable", ["Perpetual", "Worldwide", "Irrevocable"], id="items of one word are no headings"),
        pytest.param("1. Photos\n2. Drawings\n3. Films\n\nAll of these belong to us.", ["Photos", "Drawings", "Films", "All of these belong to us."], id="a plain list has no headings"),
        pytest.param("## We may change these terms at any time and need not tell you.\n\nOk.", ["We may change these terms at any time and need not tell you.", "Ok."], id="a heading that is a sentence"),
        pytest.param("The Artist is not paid.\n\nthe Company is.", ["The Artist is not paid.", "the Company is."], id="a blank line ends a sentence"),
        pytest.param("The Artist keeps the right to be named in every copy of the work that\n\nis sold by the Company.", ["The Artist keeps the right to be named in every copy of the work that\n\nis sold by the Company."], id="a sentence that clearly goes on"),
        pytest.param("| Use | Fee |\n| --- | --- |\n| Web | 5 |", ["| Use | Fee |", "| Web | 5 |"], id="a table row is a sentence, its line is not"),
    ],
)  # fmt: skip
def test_sentences_end_where_a_person_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_the_path_names_the_headings_above_and_the_level_counts_them() -> None:
    text = (
        "# Terms\n\n## 2. Licence\n\n2.1 Scope. The Artist grants:\n\n(a) a licence;\n\nThis goes with it.\n\n"
        "## 3. Fee\n\nThe Company pays."
    )
    found = clauses(text)
    assert [(clause.number, clause.path, clause.level) for clause in found] == [
        ("", (), 1),
        ("2", ("Terms",), 2),
        ("2.1", ("Terms", "2 Licence"), 3),
        ("2.1(a)", ("Terms", "2 Licence", "2.1 Scope"), 4),
        ("", ("Terms", "2 Licence", "2.1 Scope"), 4),
        ("3", ("Terms",), 2),
    ]
    assert found[3].section == "2.1(a)"
    assert found[4].section == "2.1 Scope"


def test_a_list_that_starts_again_inside_a_clause_does_not_end_it() -> None:
    text = "2. Use\n\n2.1 The Artist may:\n\n1. print;\n\n2. sell;\n\n2.2 The rest is kept.\n\n3. Fee. It is paid."
    assert [clause.number for clause in clauses(text)] == ["2", "2.1", "2.1(1)", "2.1(2)", "2.2", "3"]


def test_an_exhibit_begins_a_new_numbering() -> None:
    text = "1. Fee. It is paid.\n\n2. End. It ends.\n\nEXHIBIT A\n\n1. List. It is long.\n\n2. More. It is longer."
    found = clauses(text)
    assert [clause.number for clause in found] == ["1", "2", "EXHIBIT A", "1", "2"]
    assert found[3].level == 2


def test_sentences_of_a_document_without_blocks_are_found_as_well() -> None:
    text = "1. Fee. It is paid.\n\n2. End. It ends."
    bare = Document("a", "0" * 64, "text", text, ())
    assert [clause.number for clause in segment(bare)] == ["1", "2"]
    gaps = Document("a", "0" * 64, "text", text, (Block(Span(0, 7), "paragraph", "line 1"),))
    assert "".join(gaps.quote(clause.span) for clause in segment(gaps)).replace("\n", "") != ""


# ---------------------------------------------------------------- what holds for any text

_TOKENS = [
    "1. ", "2. ", "2.1 ", "(a) ", "(i) ", "A. ", "IV. ", "Section 2 ", "ARTICLE I", "§ 3 ", "* ", "- ", "• ", "## ", "> ", "**",
    "__", "|", "---", "Licence", "LICENCE FEE", "The Artist grants", " a licence. ", "It ends", ". ", ": ", "; ", "Inc. ",
    "No. 5 ", "e.g. ", "\n", "\n\n", "\r\n", " ", "\t", "(c) 2026 ", "J. Smith ", "$1.50 ", "x", "“", "”", "\f", "...", "!",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_TOKENS), max_size=40).map("".join))
@example("** x")
@example("1. * (a) ")
@example("## \n\n> ")
@example("1. \n\nLicence1. 1. ")
def test_nothing_is_lost_and_nothing_is_said_twice(text: str) -> None:
    if not text.strip():
        return
    document = read_text(text)
    found = segment(document)
    assert all(before.span.end <= after.span.start for before, after in pairwise(found))
    covered = [False] * len(text)
    said = [False] * len(text)
    for clause in found:
        assert 0 <= clause.span.start < clause.span.end <= len(text)
        assert document.quote(clause.span) == document.quote(clause.span).strip()
        for position in range(clause.span.start, clause.span.end):
            covered[position] = True
        assert all(before.end <= after.start for before, after in pairwise(clause.sentences))
        for sentence in clause.sentences:
            assert clause.span.contains(sentence)
            assert len(sentence) > 0
            assert document.quote(sentence) == document.quote(sentence).strip()
            for position in range(sentence.start, sentence.end):
                said[position] = True
        silent = "".join(
            text[position] if not said[position] else " " for position in range(clause.span.start, clause.span.end)
        )
        # What no sentence holds is the clause's number, its heading, and marks.
        named = re.findall(r"\w+", f"{clause.number} {clause.heading}")
        assert set(re.findall(r"[^\W_]+", silent)) <= {part for word in named for part in re.findall(r"[^\W_]+", word)}
    assert all(covered[position] or text[position].isspace() for position in range(len(text)))


def test_ten_pages_are_cut_quickly() -> None:
    clause = "The Artist grants Acme Inc. a licence under Section 2.1(a), e.g. for books. It ends in 2026. "
    text = "\n\n".join(f"{number}. Title of It. {clause * 5}" for number in range(1, 65))
    assert len(text) > 30_000
    document = read_text(text)
    segment(document)
    start = time.perf_counter()
    segment(document)
    # 15 ms here; the bound leaves room for a busy machine.
    assert time.perf_counter() - start < 0.25


def test_word_headings_and_numbers_give_the_same_tree_as_typed_ones() -> None:
    html = "<html><h2>1. Licence</h2><p>The Artist grants:</p><ol type='a'><li>print;</li><li>web.</li></ol><h2>2. Fee</h2><p>Paid.</p>"
    found = segment(read(html.encode(), name="a.html"))
    assert [(clause.number, clause.heading) for clause in found] == [
        ("1", "Licence"),
        ("1.a", ""),
        ("1.b", ""),
        ("2", "Fee"),
    ]
