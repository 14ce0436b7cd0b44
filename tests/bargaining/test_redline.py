"""Tracked changes: rejecting gives the old file, accepting the proposal, and what others wrote stays theirs."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from lxml import etree

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.readers import Source, UnreadableDocument, read
from fairterms.analyzer.readers.docx import Places, W, open_places
from fairterms.analyzer.values import Document, Span
from fairterms.bargaining.edits import apply_edits
from fairterms.bargaining.package import pack
from fairterms.bargaining.propose import propose
from fairterms.bargaining.redline import Original, Signature, Unmarkable, mark_original
from fairterms.bargaining.redline.settle import settle
from fairterms.bargaining.redline.word import mark_up
from fairterms.bargaining.values import Change, Edit, Package

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "fairterms" / "data" / "samples"
REAL = ROOT.parent / "shared" / "data" / "real_files"
SIGNED = Signature("Nadia Brandl", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC))
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def package_of(file: Path, analyzer: Analyzer) -> tuple[Original, Package]:
    document = read(file)
    analysis = analyze(document, analyzer)
    return Original(file.read_bytes(), document), pack(analysis, propose(analysis, analyzer), analyzer)


def settled(data: bytes, *, accept: bool) -> tuple[Any, str]:
    """The document part after one answer to all our marks, and the text that a reader then sees."""
    places = open_places(Source("a.docx", data, ".docx"))
    settle(places.document, author=SIGNED.author, date=SIGNED.stamp, accept=accept)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            is_main = entry.filename == places.main
            new.writestr(entry, etree.tostring(places.document) if is_main else old.read(entry))
    return places.document, open_places(Source("a.docx", out.getvalue(), ".docx")).text


def shape(document: Any) -> list[tuple[bytes, list[tuple[bytes, str]]]]:
    """Paragraphs with their properties, and their words by formatting and by the marks around them; comments left out."""
    found = []
    for paragraph in document.iter(f"{W}p"):
        runs: list[tuple[bytes, str]] = []
        for run in paragraph.iter(f"{W}r"):
            if next(run.iterancestors(f"{W}p")) is not paragraph or run.find(f"{W}commentReference") is not None:
                continue
            properties = run.find(f"{W}rPr")
            marks = b" ".join(a.tag.encode() for a in run.iterancestors(f"{W}ins", f"{W}del", f"{W}hyperlink"))
            look = marks + (etree.tostring(properties, method="c14n") if properties is not None else b"")
            words = "".join(
                child.text or "" if child.tag in (f"{W}t", f"{W}delText") else f"<{etree.QName(child).localname}>"
                for child in run
                if child.tag != f"{W}rPr"
            )
            if runs and runs[-1][0] == look:
                runs[-1] = look, runs[-1][1] + words
            elif words:
                runs.append((look, words))
        own = paragraph.find(f"{W}pPr")
        plain = etree.tostring(own, method="c14n") if own is not None else b""
        plain = re.sub(rb"<w:rPr[^>]*></w:rPr>", b"", plain)
        found.append((re.sub(rb"<w:pPr[^>]*></w:pPr>", b"", plain), runs))
    return found


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", ["book_cover.docx", "author_addendum.docx", "fair_licence.docx"])
def test_both_answers_to_the_marks_are_right(name: str, signals_only: Analyzer) -> None:
    original, package = package_of(SAMPLES / name, signals_only)
    assert package.changes
    marked = mark_original(original, package, SIGNED, form="docx")
    rejected, text = settled(marked, accept=False)
    assert text == original.document.text
    assert shape(rejected) == shape(open_places(Source(name, original.data, ".docx")).document)
    assert settled(marked, accept=True)[1] == package.after.document.text


def test_parts_that_are_not_concerned_keep_their_bytes(signals_only: Analyzer) -> None:
    original, package = package_of(SAMPLES / "book_cover.docx", signals_only)
    before, after = (parts_of(data) for data in (original.data, mark_original(original, package, SIGNED, form="docx")))
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        "word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels",
    }  # fmt: skip
    assert set(before) <= set(after)


def test_a_comment_says_why_in_words_for_the_other_side(signals_only: Analyzer) -> None:
    original, package = package_of(SAMPLES / "book_cover.docx", signals_only)
    parts = parts_of(mark_original(original, package, SIGNED, form="docx"))
    comments = etree.fromstring(parts["word/comments.xml"])
    assert len(comments) == len(package.changes)
    assert {comment.get(f"{W}author") for comment in comments} == {"Nadia Brandl"}
    assert comments[0].get(f"{W}initials") == "NB"
    said = "".join(comments.itertext())
    assert all(answer.reason in said for change in package.changes for answer in change.answers)
    anchored = {e.get(f"{W}id") for e in etree.fromstring(parts["word/document.xml"]).iter(f"{W}commentReference")}
    assert anchored == {comment.get(f"{W}id") for comment in comments}


@pytest.mark.parametrize("name", ["book_cover.docx", "game_voice.pdf", "data_app.md", "photo_host.html"])
def test_nothing_internal_leaves_the_house(name: str, signals_only: Analyzer) -> None:
    original, package = package_of(SAMPLES / name, signals_only)
    forms = ["docx", "pdf"] if name.endswith(".pdf") else ["docx"]
    for form in forms:
        data = mark_original(original, package, SIGNED, form=form)
        if form == "pdf":
            pages = pypdf.PdfReader(io.BytesIO(data)).pages
            everything = " ".join(str(note.get_object()) for page in pages for note in page.get("/Annots", []))
        else:
            everything = " ".join(
                etree.tostring(etree.fromstring(part), method="text", encoding="unicode") + part.decode()
                for part in parts_of(data).values()
                if part.startswith(b"<")
            )
        everything = " ".join(everything.split())
        for risk in {finding.term for finding in package.after.risks} | {
            a.finding.rpartition("-")[0] for c in package.changes for a in c.answers
        }:
            term = signals_only.library.term(risk)
            for inside in (term.positions.fallback.text, term.positions.walk_away, term.positions.fair.text, term.why):
                assert inside not in everything


def test_the_same_changes_give_the_same_bytes(signals_only: Analyzer) -> None:
    original, package = package_of(SAMPLES / "book_cover.docx", signals_only)
    assert mark_original(original, package, SIGNED, form="docx") == mark_original(
        original, package, SIGNED, form="docx"
    )


@pytest.mark.parametrize(
    "name",
    ["data_app.md", "data_app.html", "photo_host.html", "author_addendum.txt", "game_voice.pdf", "model_plan.pdf"],
)
def test_a_contract_in_another_format_gets_a_clean_word_copy(name: str, signals_only: Analyzer) -> None:
    original, package = package_of(SAMPLES / name, signals_only)
    marked = mark_original(original, package, SIGNED, form="docx")
    _, text = settled(marked, accept=False)
    _, proposed = settled(marked, accept=True)
    headings = [block for block in original.document.blocks if block.kind == "heading"]
    styles = [
        style.get(f"{W}val") or "" for style in open_places(Source("a", marked, ".docx")).document.iter(f"{W}pStyle")
    ]
    assert len([style for style in styles if style.startswith("Heading")]) == len(headings)
    if name.endswith(".md"):
        assert "**" not in text
        assert not re.search(r"^#", text, re.MULTILINE)
    else:
        assert text.split() == original.document.text.split()
        assert proposed.split() == package.after.document.text.split()


def test_notes_stand_at_the_words_of_the_members_own_pdf(signals_only: Analyzer) -> None:
    original, package = package_of(SAMPLES / "game_voice.pdf", signals_only)
    noted = mark_original(original, package, SIGNED, form="pdf")
    assert noted.startswith(original.data)
    assert read(noted, name="a.pdf").text == original.document.text
    reader = pypdf.PdfReader(io.BytesIO(noted))
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert len(notes) >= len(package.changes)
    change = next(change for change in package.changes if change.span is not None)
    note = next(note for note in notes if change.text in note["/Contents"])
    assert note["/T"] == "Nadia Brandl"
    assert change.answers[0].reason in note["/Contents"]
    page = next(page for page in reader.pages if any(one.get_object() == note for one in page.get("/Annots", [])))
    left, bottom, right, top = (float(side) for side in note["/Rect"])
    inside: list[str] = []

    def visit(words: str, outer: Sequence[float], inner: Sequence[float], *_: object) -> None:
        x, y = outer[4] + inner[4], outer[5] + inner[5]
        if left - 40 <= x <= right and bottom - 2 <= y <= top + 2:
            inside.append(words)

    page.extract_text(visitor_text=visit)
    assert original.document.quote(change.span).split()[0] in " ".join(inside)


def test_notes_go_into_a_pdf_only(signals_only: Analyzer) -> None:
    original, package = package_of(SAMPLES / "data_app.md", signals_only)
    with pytest.raises(Unmarkable, match=r"data_app\.md: notes can be put into a PDF only; ask for OUT\.docx"):
        mark_original(original, package, SIGNED, form="pdf")


def word_file(body: str, **parts: str) -> bytes:
    """A Word file with this body; more parts by name."""
    spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        archive.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def run(words: str, look: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def marked(data: bytes, old: str, new: str) -> Any:
    """The document part with ``old`` replaced by ``new`` under marks, which were checked both ways."""
    source = Source("a.docx", data, ".docx")
    text = open_places(source).text
    start = text.index(old)
    out = mark_up(source, [Change((Edit(Span(start, start + len(old)), new),), "", ())], SIGNED)
    rejected, before = settled(out, accept=False)
    assert before == text
    assert shape(rejected) == shape(open_places(source).document)
    assert settled(out, accept=True)[1] == apply_edits(text, (Edit(Span(start, start + len(old)), new),))
    return open_places(Source("a.docx", out, ".docx")).document


def words_in(element: Any) -> str:
    return "".join(part.text or "" for part in element.iter(f"{W}t", f"{W}delText"))


def ours(document: Any, tag: str) -> list[Any]:
    return [mark for mark in document.iter(f"{W}{tag}") if mark.get(f"{W}author") == SIGNED.author]


def test_new_words_look_like_those_they_replace() -> None:
    data = word_file(f"<w:p>{run('a ')}{run('perpetual', '<w:b/>')}{run(' licence to print')}</w:p>")
    (mark,) = ours(marked(data, "perpetual", "two-year"), "ins")
    assert mark.find(f".//{W}b") is not None
    (mark,) = ours(marked(data, "licence", "permission"), "ins")
    assert mark.find(f".//{W}b") is None


def test_a_change_across_formatted_runs_keeps_what_is_left_of_each() -> None:
    data = word_file(f"<w:p>{run('for any ')}{run('purpose ', '<w:i/>')}{run('whatsoever, now')}</w:p>")
    document = marked(data, "any purpose whatsoever", "the agreed purpose")
    assert [words_in(mark) for mark in ours(document, "del")] == ["any purpose whatsoever"]


def test_marks_of_others_stay_theirs() -> None:
    theirs = 'w:author="Their Counsel" w:date="2026-01-01T00:00:00Z"'
    data = word_file(
        f'<w:p>{run("a ")}<w:del w:id="1" {theirs}><w:r><w:delText>limited </w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {theirs}>{run("perpetual, irrevocable licence")}</w:ins>{run(" to print")}</w:p>'
    )
    document = marked(data, "perpetual", "two-year")
    others = [mark for mark in document.iter(f"{W}ins", f"{W}del") if mark.get(f"{W}author") == "Their Counsel"]
    assert {mark.get(f"{W}date") for mark in others} == {"2026-01-01T00:00:00Z"}
    assert all(mark.getparent().tag != f"{W}ins" for mark in ours(document, "ins"))
    kept = [mark for mark in others if mark.tag == f"{W}ins"]
    assert "".join(map(words_in, kept)) == "perpetual, irrevocable licence"


def test_a_footnote_and_a_field_in_the_way_stay() -> None:
    data = word_file(
        f'<w:p>{run("paid once")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(" and never again, see ")}'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _a </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("Section 7")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(".")}</w:p>'
    )
    document = marked(data, "paid once and never again", "paid for each use")
    (note,) = document.iter(f"{W}footnoteReference")
    assert note.getparent().getparent().tag != f"{W}del"
    document = marked(data, "never again, see Section 7", "never")
    struck = ours(document, "del")
    assert sum(len(list(mark.iter(f"{W}fldChar"))) for mark in struck) == 3
    assert sum(len(list(mark.iter(f"{W}delInstrText"))) for mark in struck) == 1


def test_a_new_clause_takes_no_automatic_number_and_no_heading() -> None:
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="700"/></w:pPr>'
    rest = f"<w:p>{run('The end.')}</w:p>"
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>'
    )
    parts = {"word/numbering.xml": numbering, "word/_rels/document.xml.rels": relations}
    data = word_file(f"<w:p>{number}{run('You may print.')}</w:p>{rest}", **parts)
    source = Source("a.docx", data, ".docx")
    text = open_places(source).text
    assert text == "1. You may print.\n\nThe end."
    end = text.index("\n\n")
    out = mark_up(source, [Change((Edit(Span(end, end), "\n\n1A. Credit. Name the author."),), "", ())], SIGNED)
    assert settled(out, accept=False)[1] == text
    assert settled(out, accept=True)[1] == "1. You may print.\n\n1A. Credit. Name the author.\n\nThe end."


def test_a_new_clause_at_the_very_end_can_be_rejected() -> None:
    data = word_file(f"<w:p>{run('You may print.')}</w:p><w:sectPr/>")
    source = Source("a.docx", data, ".docx")
    out = mark_up(source, [Change((Edit(Span(14, 14), "\n\nCredit. Name the author."),), "", ())], SIGNED)
    assert settled(out, accept=False)[1] == "You may print."
    assert settled(out, accept=True)[1] == "You may print.\n\nCredit. Name the author."


def drawn(document: Document, places: Places, lot: random.Random) -> list[Change]:
    """Changes of words drawn by lot, at most one a block."""
    changes = []
    for block in lot.sample(document.blocks, min(len(document.blocks), lot.randint(1, 8))):
        words = [
            (block.span.start + match.start(), block.span.start + match.end())
            for match in re.finditer(r"\S+", document.quote(block.span))
            if all(places.at[block.span.start + place] is not None for place in range(match.start(), match.end()))
        ]
        if len(words) < 3:
            continue
        first = lot.randrange(1, len(words) - 1)
        last = min(len(words) - 2, first + lot.choice((0, 1, 3, 8)))
        span = Span(words[first][0], words[last][1])
        # Cells cannot be joined by a change of words, and a cell that is emptied whole is none to a reader.
        cells = document.text[: span.start].rstrip().endswith("|"), document.text[span.end :].lstrip().startswith("|")
        if re.search(r"[\n|]", document.quote(span)) or any(cells):
            continue
        edit = (
            Edit(Span(span.end, span.end), " new words")
            if lot.random() < 0.3
            else Edit(span, lot.choice(("", "other words")))
        )
        changes.append(Change((edit,), "", ()))
    return sorted(changes, key=lambda change: change.edits[0].span)


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the real files do not lie beside the project")
def test_every_real_word_file_survives_changes_drawn_by_lot() -> None:
    seen = 0
    for file in sorted(REAL.glob("*.docx")):
        data, source = file.read_bytes(), Source(file.name, file.read_bytes(), ".docx")
        try:
            document = read(data, name=file.name)
        except UnreadableDocument:
            continue
        places = open_places(source)
        before = shape(places.document)
        for seed in range(8):
            changes = drawn(document, places, random.Random(seed))
            out = mark_up(source, changes, SIGNED)
            rejected, text = settled(out, accept=False)
            assert text == document.text, (file.name, seed)
            assert shape(rejected) == before, (file.name, seed)
            edits = tuple(edit for change in changes for edit in change.edits)
            assert settled(out, accept=True)[1].split() == apply_edits(document.text, edits).split(), (file.name, seed)
        seen += 1
    assert seen >= 25


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_program_opens_what_is_written(signals_only: Analyzer, tmp_path: Path) -> None:
    names = ("book_cover.docx", "data_app.md", "game_voice.pdf")
    for name in names:
        original, package = package_of(SAMPLES / name, signals_only)
        (tmp_path / f"{name}.docx").write_bytes(mark_original(original, package, SIGNED, form="docx"))
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "pdf",
        "--outdir",
    ]
    files = [str(tmp_path / f"{name}.docx") for name in names]
    subprocess.run([*command, str(tmp_path), *files], check=True, capture_output=True, timeout=240)
    for name in names:
        text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / f"{name}.pdf").pages)
        assert len(text) > 3000


def test_a_sentence_that_runs_over_two_paragraphs_becomes_one() -> None:
    data = word_file(f"<w:p>{run('Pay comes late and')}</w:p><w:p>{run('without interest. The end.')}</w:p>")
    source = Source("a.docx", data, ".docx")
    text = open_places(source).text
    start, end = text.index("late"), text.index(". The end")
    out = mark_up(source, [Change((Edit(Span(start, end), "within 30 days"),), "", ())], SIGNED)
    assert settled(out, accept=False)[1] == text
    assert settled(out, accept=True)[1] == "Pay comes within 30 days. The end."
