"""Every file format becomes the same kind of document, or one line that says what to do."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from fairterms.analyzer.readers import (
    READERS,
    Limits,
    UnreadableDocument,
    guess_language,
    is_partly_read,
    read,
    read_text,
)
from fairterms.analyzer.readers.pdf import render_page
from fairterms.analyzer.values import Document

DATA = Path(__file__).parents[2].parent / "shared" / "data"
SAMPLES = Path(__file__).parents[2] / "fairterms" / "data" / "samples"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

# A4 in points, and where the tests put their lines.
WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP, PITCH = 72.0, 100.0, 14.0


def pdf(*pages: Sequence[str], header: str = "", footer: str = "", font: str = "Helvetica") -> bytes:
    """A PDF with a line of text for each string; an empty string leaves a gap."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=True)
    for number, lines in enumerate(pages, 1):
        canvas.setFont(font, 10)
        if header:
            canvas.drawString(LEFT, HEIGHT - 40, header)
        for count, line in enumerate(lines):
            canvas.drawString(LEFT, HEIGHT - TOP - count * PITCH, line)
        if footer:
            canvas.drawString(LEFT, 30, footer.format(page=number, pages=len(pages)))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def turned(data: bytes, degrees: int) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(data)))
    for page in writer.pages:
        page.rotate(degrees)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture_page(canvas: Canvas) -> None:
    image = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(image).text((40, 40), "This Agreement is a picture of text.", fill=0)
    canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT)


def scan(*, stamp: str = "", text_pages: int = 0) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=True)
    for _ in range(text_pages):
        canvas.drawString(LEFT, HEIGHT - TOP, "The Artist keeps all rights that this Agreement does not name.")
        canvas.showPage()
    picture_page(canvas)
    if stamp:
        canvas.drawString(LEFT, HEIGHT - 20, stamp)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def encrypted(data: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(data)))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(body: str, *, parts: dict[str, str] | None = None, relations: str = "") -> bytes:
    """A Word file with this body, written as its XML, so that each case holds only what it is about."""
    out = io.BytesIO()
    names = (
        f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    linked = "".join(
        f'<Relationship Id="r{n}" Type="{office}/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts or {})
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{rels}"><Relationship Id="r" Type="{office}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>")
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{rels}">{linked}{relations}</Relationships>'
        )
        for name, content in (parts or {}).items():
            archive.writestr(f"word/{name}.xml", content.replace("NAMES", names))
    return out.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def numbered(text: str, level: int, numbering: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>')


def read_or_refusal(data: bytes, name: str, password: str | None = None) -> Document | str:
    try:
        return read(data, name=name, password=password)
    except UnreadableDocument as error:
        return str(error)


def quotes(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks]


# ---------------------------------------------------------------- what holds for all formats

SENTENCES = (
    "The Artist grants the Company a licence to print the work in the magazine.",
    "The Company pays the Artist a fee of EUR 500 for each use of the work.",
)


def _as_docx() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_heading("Licence Agreement", 1)
    for sentence in SENTENCES:
        document.add_paragraph(sentence)
    document.save(out)
    return out.getvalue()


SAME: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: pdf(["LICENCE AGREEMENT", "", SENTENCES[0], "", SENTENCES[1]]),
    "docx": _as_docx,
    "html": lambda: (
        f"<html><body><h1>Licence Agreement</h1><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p></body></html>".encode()
    ),
    "markdown": lambda: f"# Licence Agreement\n\n{SENTENCES[0]}\n\n{SENTENCES[1]}\n".encode(),
    "text": lambda: f"LICENCE AGREEMENT\n\n{SENTENCES[0]}\n\n{SENTENCES[1]}\n".encode(),
}
SUFFIX = {"markdown": "md", "text": "txt"}


def test_every_format_in_the_table_takes_part_in_the_common_tests() -> None:
    assert set(SAME) == set(READERS)


@pytest.mark.parametrize("format_name", READERS)
def test_every_format_gives_the_same_sentences_as_blocks_that_quote_the_text(format_name: str) -> None:
    document = read(SAME[format_name](), name=f"contract.{SUFFIX.get(format_name, format_name)}")
    assert document.format == format_name
    assert document.language == "en"
    assert document.warnings == ()
    assert quotes(document)[-2:] == list(SENTENCES)
    assert len(document.blocks) == 3
    assert all(
        before.span.end <= after.span.start for before, after in zip(document.blocks, document.blocks[1:], strict=False)
    )
    assert len(document.sha256) == 64


def test_the_same_bytes_give_the_same_document() -> None:
    data = SAME["pdf"]()
    assert read(data, name="a.pdf") == read(data, name="a.pdf")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        pytest.param("a.txt", b"", "a.txt: is empty", id="an empty file"),
        pytest.param("a.txt", b" \n\t\n", "a.txt: holds no text", id="only blanks"),
        pytest.param("a.txt", b"text\0with\0nul", "not known here; save it as DOCX or PDF", id="bytes that are no text"),
        pytest.param("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word or Office file; save it as DOCX", id="old Word"),
        pytest.param("a.rtf", rb"{\rtf1\ansi text}", "RTF file; save it as DOCX or PDF", id="rich text"),
        pytest.param("a.odt", b"PK\x03\x04" + b"mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument", id="OpenDocument"),
        pytest.param("a.zip", b"PK\x03\x04" + b"\0" * 60, "archive", id="an archive"),
        pytest.param("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "picture", id="a picture"),
        pytest.param("a.pdf", b"just words", "named as a PDF but is none", id="a PDF only by name"),
        pytest.param("a.docx", b"just words", "named as a Word file but is none", id="a Word file only by name"),
        pytest.param("a.docx", b"PK\x03\x04" + b"word/document.xml" * 9, "damaged Word file", id="a damaged Word file"),
        pytest.param("a.pdf", b"%PDF-1.7\n" + b"x" * 99, "damaged", id="a damaged PDF"),
        pytest.param("a.html", b"<html><script>1</script></html>", "holds no text", id="a page without words"),
        pytest.param(
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60 + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
            id="an encrypted Word file",
        ),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_ends_in_one_line_that_says_what_to_do(name: str, data: bytes, says: str) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        read(data, name=name)
    message = str(raised.value)
    assert says in message
    assert message.startswith(f"{name}: ")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        pytest.param("contract.txt", "pdf", id="a PDF named as text"),
        pytest.param("contract", "pdf", id="a PDF without a suffix"),
        pytest.param("contract.txt", "docx", id="a Word file named as text"),
        pytest.param("contract", "html", id="a web page without a suffix"),
        pytest.param("contract.terms", "text", id="text with a suffix of its own"),
    ],
)
def test_the_content_decides_the_format_before_the_name(name: str, format_name: str) -> None:
    assert read(SAME[format_name](), name=name).format == format_name


def test_files_that_are_not_there_or_too_large_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"^gone\.pdf: there is no such file$"):
        read(tmp_path / "gone.pdf")
    with pytest.raises(UnreadableDocument, match="is a folder"):
        read(tmp_path)
    big = tmp_path / "big.txt"
    big.write_text("word " * 1000)
    with pytest.raises(UnreadableDocument, match=r"^big\.txt: is larger than 0\.00\d+ MB"):
        read(big, limits=Limits(max_bytes=1000))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("The Artist grants the Company a licence to use the work in any of its books.", "en", id="English"),
        pytest.param("Fee: EUR 500\nTerm: 2 years\nTerritory: worldwide", "en", id="a short English term sheet"),
        pytest.param("Der Künstler räumt der Firma das Recht ein, das Werk zu nutzen, und wird dafür nicht bezahlt.", "de", id="German"),
        pytest.param("L'artiste cède à la société les droits sur les œuvres pour la durée du contrat et dans le monde.", "fr", id="French"),
        pytest.param("El artista cede a la empresa los derechos de la obra por el plazo que se indica en el contrato.", "es", id="Spanish"),
        pytest.param("L'artista cede alla società i diritti della sua opera per la durata del contratto e non è pagato.", "it", id="Italian"),
        pytest.param("A felhasználó elfogadja a feltételeket, ha nem ért egyet, ne használja a szolgáltatást többé, kérjük.", "und", id="Hungarian"),
        pytest.param("本契約は、作者と会社との間で締結される。", "und", id="Japanese"),
    ],
)  # fmt: skip
def test_the_language_is_told_by_its_small_words(text: str, language: str) -> None:
    assert guess_language(text) == language
    warned = any("does not look English" in warning for warning in read_text(text).warnings)
    assert warned == (language != "en")


ENGLISH = (
    "The Artist grants the Company a licence to print the work in the magazine, and the Company shall pay a fee for it "
    "within thirty days of the invoice. The Company may not pass the licence on to others. "
)
SPANISH = (
    "El Artista cede a la Empresa los derechos de reproducción de la obra por el plazo que se indica, y la Empresa no "
    "está obligada a pagar por ello más que una vez. Los derechos que se ceden son exclusivos para todo el mundo. "
)
HUNGARIAN = (
    "A művész a mű felhasználásának jogát átadja a társaságnak, és a társaság köteles a díjat a számla kézhezvételétől "
    "számított harminc napon belül megfizetni. "
)


@pytest.mark.parametrize(
    ("text", "language", "says"),
    [
        pytest.param("\n\n".join([ENGLISH * 3, SPANISH * 3]), "en", "about half of the text does not look English", id="one half after the other"),
        pytest.param(ENGLISH * 200 + "\n\n" + SPANISH * 60, "en", "about a quarter of the text does not look English", id="far behind the beginning"),
        pytest.param(ENGLISH * 3 + SPANISH * 2, "en", "of the text does not look English; findings may be missing there", id="in one paragraph"),
        pytest.param("\n".join([f"| {ENGLISH} | {SPANISH} |"] * 5), "en", "about half of the text does not look English", id="side by side in a table"),
        pytest.param("\n\n".join([ENGLISH, HUNGARIAN] * 4), "en", "of the text does not look English", id="a language of which no words are known"),
        pytest.param("\n\n".join([ENGLISH * 2, SPANISH * 4]), "es", "of the text does not look English", id="mostly Spanish"),
        pytest.param("\n\n".join([SPANISH] * 4), "es", "the text does not look English; findings may be missing: ask a person", id="Spanish only"),
    ],
)  # fmt: skip
def test_a_second_language_is_told_with_its_share(text: str, language: str, says: str) -> None:
    document = read_text(text)
    assert document.language == language
    assert [says in warning for warning in document.warnings] == [True]
    assert is_partly_read(document)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ENGLISH * 3, id="running text"),
        pytest.param(ENGLISH * 20 + "\n\n" + SPANISH, id="a short quote of a law"),
        pytest.param(ENGLISH + "\n\n" + "Müller Verlag GmbH, Königstraße 5, Köln; Éditions du Château SA, Rue de la Paix, Genève; Ana María Núñez, José Ibáñez", id="names and addresses"),
        pytest.param(ENGLISH + "\n\n" + "[Terms](https://example.org/les/conditions/de/la/plate-forme/et/des/services/du/site) " * 5, id="addresses of pages"),
    ],
)  # fmt: skip
def test_english_text_with_a_few_foreign_words_is_not_warned_about(text: str) -> None:
    document = read_text(text)
    assert (document.language, document.warnings) == ("en", ())
    assert not is_partly_read(document)


# ---------------------------------------------------------------- text and Markdown


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"One.\r\n\r\nTwo.\r\n", "One.\r\n\r\nTwo.\r\n", id="the line ends of Windows stay"),
        pytest.param(b"\xef\xbb\xbfOne.\n", "One.\n", id="only the byte order mark goes"),
        pytest.param("  “One” \t\n\n\n * Two\n".encode(), "  “One” \t\n\n\n * Two\n", id="blanks and quotes stay"),
        pytest.param("Zwölf".encode("utf-16"), "Zwölf", id="UTF-16 with a mark"),
    ],
)
def test_a_text_file_stays_as_it_is(data: bytes, text: str) -> None:
    assert read(data, name="a.txt").text == text
    assert read(data, name="a.md").text == text


def test_text_that_is_not_utf8_is_read_with_a_warning() -> None:
    document = read("The fee is 5 € and the “Work” is the Artist's.".encode("cp1252"), name="a.txt")
    assert document.text == "The fee is 5 € and the “Work” is the Artist's."
    assert "not UTF-8" in document.warnings[0]


def test_markdown_headings_items_and_table_rows_are_blocks_of_their_kind() -> None:
    text = "# Terms\n\nScope\n=====\n\nFirst line\nsecond line.\n* one\n* two\n1. three\n\n| a | b |\n|---|---|\n\nOn March\n\n---\n"
    document = read(text.encode(), name="a.md")
    assert [(block.kind, document.quote(block.span)) for block in document.blocks] == [
        ("heading", "# Terms"),
        ("heading", "Scope\n====="),
        ("paragraph", "First line\nsecond line."),
        ("list_item", "* one"),
        ("list_item", "* two"),
        ("list_item", "1. three"),
        ("table_row", "| a | b |"),
        ("table_row", "|---|---|"),
        ("paragraph", "On March"),
        ("paragraph", "---"),
    ]


def test_a_number_that_was_wrapped_to_a_new_line_begins_no_item() -> None:
    text = "This Agreement is made between the two parties below on the date of March\n15. It ends a year later."
    assert len(read_text(text).blocks) == 1


# ---------------------------------------------------------------- PDF


def test_a_sentence_that_goes_over_a_page_is_one_sentence_without_header_and_footer() -> None:
    pages = [
        [
            "1. Licence. The Artist grants the Company a licence to print the work in all of the books that",
            "bear its name. The Artist may show the work in a portfolio and keeps the right to be named by",
            "the Company wherever the work is printed, in letters of the usual size, and in all the books that",
        ],
        ["are published by the Company in the first year.", "", "2. Fee. The Company pays EUR 5 for every print."],
        ["3. End. This Agreement ends when the last of the books is sold.", "", "Signed in two copies."],
    ]
    document = read(
        pdf(*pages, header="Licence Agreement - draft of May", footer="Page {page} of {pages}"), name="a.pdf"
    )
    assert "draft of May" not in document.text
    assert "Page" not in document.text
    assert "in all the books that are published by the Company in the first year." in document.text
    assert document.pages == 3
    assert [block.page for block in document.blocks if document.quote(block.span).startswith(("1.", "2.", "3."))] == [
        1,
        2,
        3,
    ]


@pytest.mark.parametrize(
    ("first", "second", "read_as"),
    [
        pytest.param(
            "a licence that is inter-", "national and free", "that is international and free", id="a broken word"
        ),
        pytest.param(
            "a licence that is non-", "exclusive and free", "that is non-exclusive and free", id="a real compound"
        ),
        pytest.param("work of Anna Smith-", "Jones in print", "work of Anna Smith-Jones in print", id="a double name"),
        pytest.param("the years 2026-", "2028 in print", "the years 2026-2028 in print", id="a span of years"),
    ],
)
def test_words_broken_at_a_line_end_are_mended_and_compounds_are_kept(first: str, second: str, read_as: str) -> None:
    start = "The Artist grants the Company for the whole of the term and for all countries "
    document = read(
        pdf([start + first, second + " of charge for the Company in the whole of the world and at all times."]),
        name="a.pdf",
    )
    assert read_as in document.text


def test_ligatures_are_written_out() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    document = read(pdf(["The ﬁnal fee is speciﬁed in the ﬂoating list of the Company."], font="Vera"), name="a.pdf")
    assert document.text == "The final fee is specified in the floating list of the Company."


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_every_word_has_the_box_where_it_is_printed(rotate: int) -> None:
    lines = ["The Artist grants a licence.", "", "2. The Company pays within thirty days."]
    document = read(turned(pdf(lines), rotate), name="a.pdf")
    words = document.text.split()
    assert [document.quote(word.span) for word in document.words] == words
    box = next(word.box for word in document.words if document.quote(word.span) == "Artist")
    left = LEFT + pdfmetrics.stringWidth("The ", "Helvetica", 10)
    expected = {
        0: (left, TOP),
        90: (HEIGHT - TOP, left),
        180: (WIDTH - left, HEIGHT - TOP),
        270: (TOP, WIDTH - left),
    }[rotate]
    # The base line's start lies on the edge of the box, wherever the page is turned to.
    assert box.x0 - 3 <= expected[0] <= box.x1 + 3
    assert box.y0 - 3 <= expected[1] <= box.y1 + 3
    assert box.page == 1


def test_paragraphs_end_where_a_line_ends_early_or_a_number_begins() -> None:
    lines = [
        "1. Licence. The Artist grants the Company a licence to print the work in the magazine and on",
        "its web page, as set out in Section",
        "2.1 below, for the whole of the term and in all of the countries that are named in the list at",
        "the end.",
        "2. Fee. The Company pays.",
        "(a) EUR 500 at signature;",
        "(b) EUR 300 at publication.",
    ]
    assert quotes(read(pdf(lines), name="a.pdf")) == [" ".join(lines[:4]), *lines[4:]]


def test_a_password_is_asked_for_and_used() -> None:
    data = encrypted(SAME["pdf"](), "secret")
    with pytest.raises(UnreadableDocument, match=r"^x\.pdf: is protected by a password; give it with --password$"):
        read(data, name="x.pdf")
    with pytest.raises(UnreadableDocument, match="protected by a password, and the one given is wrong"):
        read(data, name="x.pdf", password="guess")
    assert SENTENCES[0] in read(data, name="x.pdf", password="secret").text
    assert SENTENCES[0] in read(encrypted(SAME["pdf"](), ""), name="x.pdf").text


def test_pages_that_are_pictures_are_unread_and_blank_pages_are_not() -> None:
    with pytest.raises(
        UnreadableDocument, match=r"^scan\.pdf: its pages hold pictures of text, not text; ask for the original"
    ):
        read(scan(), name="scan.pdf")
    with pytest.raises(UnreadableDocument, match="pictures of text"):
        read(scan(stamp="Envelope 1234-ABCD"), name="scan.pdf")
    mixed = read(scan(text_pages=1), name="mixed.pdf")
    assert mixed.unread_pages == (2,)
    assert mixed.warnings[0].startswith("page 2 could not be read")
    blank = read(pdf(["The Artist keeps all rights."], []), name="blank.pdf")
    assert blank.unread_pages == ()
    with pytest.raises(UnreadableDocument, match="pages are blank"):
        read(pdf([]), name="blank.pdf")


def test_more_pages_than_the_limit_are_one_line() -> None:
    with pytest.raises(UnreadableDocument, match="has 3 pages, more than 2"):
        read(pdf(["a"], ["b"], ["c"]), name="a.pdf", limits=Limits(max_pages=2))


def test_a_long_repeated_footer_is_mentioned() -> None:
    footer = "By using this page the Artist agrees to every rule that the Company may publish at any time"
    pages = [[f"The Artist grants a licence to the Company for the {book}."] for book in ("novel", "atlas", "diary")]
    document = read(pdf(*pages, footer=footer), name="a.pdf")
    assert "header or footer of 18 words" in document.warnings[0]


def test_bullets_drawn_after_the_text_go_back_to_their_lines() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=True)
    for count, line in enumerate(("The Artist may", "print the work;", "sell the work.")):
        canvas.drawString(LEFT + 20 * (count > 0), HEIGHT - TOP - 20 * count, line)
    for count in (1, 2):
        canvas.drawString(LEFT, HEIGHT - TOP - 20 * count, "•")
    canvas.save()
    assert quotes(read(out.getvalue(), name="a.pdf")) == ["The Artist may", "• print the work;", "• sell the work."]


def test_a_page_can_be_drawn_as_a_picture() -> None:
    data = encrypted(SAME["pdf"](), "secret")
    picture = Image.open(io.BytesIO(render_page(data, 1, scale=2, password="secret")))
    assert picture.size == (round(WIDTH * 2), round(HEIGHT * 2))


_AT_ONCE = """
import sys, threading
from pathlib import Path
from fairterms.analyzer.readers import read
from fairterms.analyzer.readers.pdf import render_page

data = Path(sys.argv[1]).read_bytes()
done = []

def draw():
    done.extend(len(render_page(data, page, scale=0.3)) > 100 for page in (1, 2, 3) * 40)

def read_it():
    done.extend(len(read(data, name="a.pdf").words) > 1000 for _ in range(6))

threads = [threading.Thread(target=work) for work in (draw, draw, read_it, read_it)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit(0 if done == [True] * 252 else 3)
"""


def test_pages_can_be_drawn_while_others_read(tmp_path: Path) -> None:
    # In a process of its own: pdfium used by two threads at a time ends the process.
    lines = [f"{count}. {SENTENCES[count % 2]}" for count in range(48)]
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf(lines, lines, lines))
    ran = subprocess.run([sys.executable, "-c", _AT_ONCE, str(file)], timeout=120, check=False, capture_output=True)
    assert (ran.returncode, ran.stderr) == (0, b"")


@settings(max_examples=25, deadline=None)
@given(cut=st.integers(10, 2000), flip=st.integers(0, 2000))
def test_a_damaged_pdf_is_read_or_refused_in_one_line(cut: int, flip: int) -> None:
    data = bytearray(SAME["pdf"]())
    data[flip % len(data)] ^= 0x55
    for damaged in (bytes(data), bytes(data[: max(10, len(data) - cut)])):
        result = read_or_refusal(damaged, "a.pdf")
        assert isinstance(result, Document) or "\n" not in result


def _share_of_words_with_their_box(data: bytes, document: Document) -> float:
    """How many words of the text have a box in which pdfium finds just that word."""
    found = 0
    with pypdfium2.PdfDocument(data) as pages:
        textpages = [page.get_textpage() for page in pages]
        heights = [page.get_height() for page in pages]
        for word in document.words:
            box = word.box
            middle = heights[box.page - 1] - (box.y0 + box.y1) / 2
            inside = textpages[box.page - 1].get_text_bounded(box.x0 + 0.3, middle - 1, box.x1 - 0.3, middle + 1)
            wanted = re.sub(r"[\W_]", "", document.quote(word.span))
            found += wanted in re.sub(r"[\W_]", "", inside)
        for textpage in textpages:
            textpage.close()
    return found / max(1, len(document.text.split()))


def test_the_boxes_of_a_small_file_hold_its_words() -> None:
    data = pdf([f"{SENTENCES[0]} {count}" for count in range(40)], [f"{SENTENCES[1]} {count}" for count in range(40)])
    assert _share_of_words_with_their_box(data, read(data, name="a.pdf")) == 1


# ---------------------------------------------------------------- Word

NUMBERING = """<w:numbering NAMES>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%4)"/></w:lvl>
<w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%5."/></w:lvl>
<w:lvl w:ilvl="5"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>"""

STYLES = """<w:styles NAMES>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Child"><w:name w:val="Clause"/><w:basedOn w:val="H2"/></w:style>
</w:styles>"""


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        pytest.param(
            f"<w:p>{run('The Artist ')}<w:ins>{run('never ')}</w:ins><w:del><w:r><w:delText>always</w:delText></w:r></w:del>"
            f"<w:moveTo>{run('agrees')}</w:moveTo><w:moveFrom>{run('gone')}</w:moveFrom>{run('.')}</w:p>",
            ["The Artist never agrees."],
            id="tracked changes are read as accepted",
        ),
        pytest.param(
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('The Artist')}</w:p>{paragraph('agrees.')}",
            ["The Artist agrees."],
            id="a deleted paragraph mark joins two paragraphs",
        ),
        pytest.param(
            f"<w:p>{run('See ')}<w:hyperlink>{run('our terms')}</w:hyperlink><w:smartTag>{run(' of May')}</w:smartTag>"
            f"<w:sdt><w:sdtPr/><w:sdtContent>{run(' 2026')}</w:sdtContent></w:sdt>{run('.')}</w:p>",
            ["See our terms of May 2026."],
            id="links, tags and content controls",
        ),
        pytest.param(
            f"<w:sdt><w:sdtContent>{paragraph('In a control.')}</w:sdtContent></w:sdt>",
            ["In a control."],
            id="a paragraph in a content control",
        ),
        pytest.param(
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx><w:txbxContent>"
            f"{paragraph('In a box.')}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
            f"{paragraph('In a box.')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            f"{run('Beside it.')}</w:p>",
            ["Beside it.", "In a box."],
            id="a text box comes once",
        ),
        pytest.param(
            f"<w:tbl><w:tr><w:tc>{paragraph('Fee')}</w:tc><w:tc>{paragraph('EUR 5')}</w:tc></w:tr>"
            f"<w:tr><w:tc>{paragraph('A paragraph in a frame.')}</w:tc></w:tr></w:tbl>",
            ["Fee | EUR 5", "A paragraph in a frame."],
            id="rows of a table, and a table that is only a frame",
        ),
        pytest.param(
            f"<w:p>{run('One')}<w:r><w:br/></w:r>{run('Two')}<w:r><w:tab/></w:r>{run('three')}<w:r><w:noBreakHyphen/></w:r>"
            f"{run('four')}</w:p>",
            ["One\nTwo\tthree-four"],
            id="breaks, tabs and hard hyphens",
        ),
        pytest.param(
            f"<w:p>{run('Seen.')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r></w:p>",
            ["Seen."],
            id="hidden text is left out",
        ),
        pytest.param(
            "".join(
                (
                    numbered("Grant", 0),
                    numbered("Scope", 1),
                    numbered("Term", 1),
                    numbered("print", 2),
                    numbered("online", 2),
                    numbered("news", 3),
                    numbered("Fee", 0),
                    numbered("Sum", 1),
                    numbered("restarted", 2),
                    numbered("point", 5),
                    numbered("Part", 4),
                    numbered("own start", 0, 2),
                    numbered("then on", 0, 2),
                )
            ),
            ["1. Grant", "1.1 Scope", "1.2 Term", "(a) print", "(b) online", "(i) news", "2. Fee", "2.1 Sum",
             "(a) restarted", "• point", "I. Part", "7. own start", "8. then on"],
            id="automatic numbers are written out",
        ),
    ],
)  # fmt: skip
def test_a_word_file_is_read_as_it_is_seen_on_the_page(body: str, texts: list[str]) -> None:
    document = read(word(body, parts={"numbering": NUMBERING, "styles": STYLES}), name="a.docx")
    assert quotes(document) == texts


def test_word_headings_have_their_level_also_through_a_style_they_are_based_on() -> None:
    body = (
        paragraph("Licence", '<w:pStyle w:val="H2"/>')
        + paragraph("Fee", '<w:pStyle w:val="Child"/>')
        + paragraph("It is due.")
    )
    document = read(word(body, parts={"styles": STYLES}), name="a.docx")
    assert [(block.kind, block.level) for block in document.blocks] == [
        ("heading", 2),
        ("heading", 2),
        ("paragraph", 0),
    ]


def test_word_locators_count_all_paragraphs_and_tables_of_the_body() -> None:
    row = f"<w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr>"
    body = paragraph("One") + paragraph("") + f"<w:tbl>{row}{row}</w:tbl>" + paragraph("Two")
    document = read(word(body), name="a.docx")
    assert [block.locator for block in document.blocks] == [
        "paragraph 1",
        "table 1 row 1",
        "table 1 row 2",
        "paragraph 7",
    ]


def test_word_notes_come_last_and_comments_stay_out() -> None:
    notes = f'<w:footnotes NAMES><w:footnote w:type="separator"><w:p/></w:footnote><w:footnote>{paragraph("Net of tax.")}</w:footnote></w:footnotes>'
    comments = f"<w:comments NAMES><w:comment>{paragraph('Too low!')}</w:comment></w:comments>"
    document = read(
        word(paragraph("The fee is EUR 5."), parts={"footnotes": notes, "comments": comments}), name="a.docx"
    )
    assert [(block.kind, document.quote(block.span), block.locator) for block in document.blocks] == [
        ("paragraph", "The fee is EUR 5.", "paragraph 1"),
        ("note", "Net of tax.", "footnote 1"),
    ]
    assert "holds comments" in document.warnings[0]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(f"<w:p><w:ins>{run('The fee is due to the Artist.')}</w:ins></w:p>", "tracked changes; it was read as if all were accepted", id="tracked changes"),
        pytest.param(paragraph("The fee is due.") + '<w:altChunk r:id="x"/>', "embeds another document", id="an embedded document"),
        pytest.param(f"<w:p>{run('The fee is due.')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>Not.</w:t></w:r></w:p>", "hidden text", id="hidden text"),
    ],
)  # fmt: skip
def test_what_a_word_file_keeps_out_of_sight_is_mentioned(body: str, says: str) -> None:
    assert any(says in warning for warning in read(word(body), name="a.docx").warnings)


INCH = 914_400


def drawn(width: float, height: float, *, kind: str = "inline", content: str = '<a:blip r:embed="r9"/>') -> str:
    names = (
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    extent = f'<wp:extent cx="{width * INCH:.0f}" cy="{height * INCH:.0f}"/>'
    graphic = f'<a:graphic><a:graphicData uri="x/picture">{content}</a:graphicData></a:graphic>'
    return f"<w:r><w:drawing><wp:{kind} {names}>{extent}{graphic}</wp:{kind}></w:drawing></w:r>"


def old_picture(style: str) -> str:
    return f'<w:r><w:pict><v:shape style="{style}"><v:imagedata r:id="r9"/></v:shape></w:pict></w:r>'


def attached(program: str) -> str:
    return (
        '<w:r><w:object><v:shape style="width:76pt;height:49pt"><v:imagedata r:id="r8"/></v:shape>'
        f'<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="{program}" r:id="r9"/></w:object></w:r>'
    )


ONE_PICTURE = ("the file holds 1 picture whose words, if any, were not read",)


@pytest.mark.parametrize(
    ("content", "warnings"),
    [
        pytest.param(drawn(6.5, 9), ONE_PICTURE, id="a page as a picture"),
        pytest.param(drawn(6.5, 9, kind="anchor"), ONE_PICTURE, id="a picture that text flows around"),
        pytest.param(old_picture("width:468pt;height:600pt"), ONE_PICTURE, id="a picture of an old Word"),
        pytest.param(old_picture("position:absolute;width:17cm;height:24cm"), ONE_PICTURE, id="its size in centimetres"),
        pytest.param(drawn(6, 9) * 2, ("the file holds 2 pictures whose words, if any, were not read",), id="two pictures"),
        pytest.param(f"<mc:AlternateContent><mc:Choice>{drawn(6, 9)}</mc:Choice><mc:Fallback>{old_picture('width:6in;height:9in')}</mc:Fallback></mc:AlternateContent>", ONE_PICTURE, id="a picture kept twice is one"),
        pytest.param(attached("AcroExch.Document"), ("the file holds 1 other file that was not read",), id="an attached file shown as an icon"),
        pytest.param(attached("Equation.3"), (), id="a formula"),
        pytest.param(drawn(6, 0.8), (), id="a letterhead"),
        pytest.param(drawn(1.5, 1.5) + old_picture("width:1.5in;height:40pt"), (), id="a logo and a signature"),
        pytest.param(drawn(6, 9, content="<a:t>Words.</a:t>"), (), id="a shape without a picture"),
    ],
)  # fmt: skip
def test_pictures_that_may_hold_words_are_mentioned_in_a_word_file(content: str, warnings: tuple[str, ...]) -> None:
    document = read(word(paragraph("The terms stand below.") + f"<w:p>{content}</w:p>"), name="a.docx")
    assert document.warnings == warnings
    assert is_partly_read(document) == bool(warnings)


def test_a_deleted_picture_is_not_mentioned() -> None:
    body = paragraph("The terms stand below.") + f"<w:p><w:del>{drawn(6.5, 9)}</w:del></w:p>"
    assert not is_partly_read(read(word(body), name="a.docx"))


def test_a_word_file_that_unpacks_to_far_too_much_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="unpacks to far more than a contract holds"):
        read(word(paragraph("a" * 400_000)), name="a.docx", limits=Limits(max_bytes=20_000))


def test_a_word_file_reads_no_other_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not read")
    data = word(paragraph("The fee is ENTITY."))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode().replace("ENTITY", "&x;")
            if name == "word/document.xml":
                content = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>{content}'
            new.writestr(name, content)
    assert "do not read" not in read(out.getvalue(), name="a.docx").text


# ---------------------------------------------------------------- web pages


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        pytest.param("<h2>Terms &amp; Fees</h2><p>You <b>keep</b> your rights.</p>", ["Terms & Fees", "You keep your rights."], id="inline marks leave no gaps"),
        pytest.param("<ol><li>one<ul><li>inner</li></ul></li><li>two</li></ol>", ["1. one", "• inner", "2. two"], id="lists keep their numbers"),
        pytest.param('<ol type="a" start="3"><li>see</li></ol>', ["c. see"], id="lettered lists"),
        pytest.param("<ol><li>1. typed</li></ol>", ["1. typed"], id="numbers typed in the text are not doubled"),
        pytest.param("<table><tr><th>Use</th><th>Fee</th></tr><tr><td>Web</td><td>5</td></tr></table>", ["Use | Fee", "Web | 5"], id="tables by row"),
        pytest.param("<table><tr><td>1.1</td><td>x</td></tr><tr><td>(a)</td><td>The Artist agrees.</td></tr></table>", ["1.1 | x", "(a) The Artist agrees."], id="a table that holds a number and its paragraph"),
        pytest.param("<nav>Menu</nav><script>x()</script><p hidden>no</p><p style='display: none'>no</p><p>Yes.</p>", ["Yes."], id="what nobody sees is dropped"),
        pytest.param("<div>loose<p>inner</p>tail</div>", ["loose", "inner", "tail"], id="text beside paragraphs"),
        pytest.param("<p>one<br>two</p>", ["one\ntwo"], id="a line break is no paragraph"),
        pytest.param("<p>Unclosed <b>tags <p>everywhere", ["Unclosed tags", "everywhere"], id="broken markup"),
    ],
)  # fmt: skip
def test_a_web_page_is_read_as_it_is_seen(markup: str, texts: list[str]) -> None:
    assert quotes(read(f"<html><body>{markup}</body></html>".encode(), name="a.html")) == texts


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("<html><p>Zwölf</p>".encode(), id="UTF-8"),
        pytest.param("\ufeff<html><p>Zwölf</p>".encode(), id="UTF-8 with a mark"),
        pytest.param('<html><meta charset="iso-8859-1"><p>Zwölf</p>'.encode("cp1252"), id="a declared Latin-1"),
        pytest.param("<html><p>Zwölf</p>".encode("cp1252"), id="Latin-1 that is not declared"),
        pytest.param('<html><meta charset="no-such-code"><p>Zwölf</p>'.encode(), id="an unknown code"),
    ],
)
def test_a_web_page_is_decoded(data: bytes) -> None:
    assert read(data, name="a.html").text == "Zwölf"


def test_a_page_nested_without_end_is_one_line_or_text() -> None:
    result = read_or_refusal(b"<html>" + b"<div>" * 20000 + b"text", "a.html")
    assert isinstance(result, Document) or "nested" in result


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<div>" * 200_000, id="boxes that never end"),
        pytest.param("<ul><li>" * 200_000, id="lists that never end"),
        pytest.param("<div><!--</div>-->" * 100_000, id="ends hidden in comments"),
        pytest.param("<div title='</div>'>" * 100_000, id="ends hidden in attributes"),
        pytest.param("<!--><div>" * 100_000, id="comments that end at once"),
        pytest.param("<span>" * 100_000 + "</b>" * 100_000, id="ends of what never began"),
    ],
)
def test_a_page_nested_far_too_deeply_is_refused_at_once(markup: str) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableDocument, match="nested too deeply"):
        read(f"<html><body>{markup}The fee is due.".encode(), name="a.html")
    assert time.monotonic() - started < 5  # the parser alone would take 15 to 60 s


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<p>The fee is due.<br>" * 20_000, id="paragraphs"),
        pytest.param("<ul>" + "<li>The fee is due." * 20_000, id="list items"),
        pytest.param("<table>" + "<tr><td>The fee<td>is due." * 20_000, id="rows"),
    ],
)
def test_a_long_page_whose_ends_are_left_out_as_allowed_is_read(markup: str) -> None:
    assert len(read(f"<html><body>{markup}".encode(), name="a.html").blocks) == 20_000


@pytest.mark.parametrize("left_open", ["<!--", "<div ", "<div '", '<div "', "<a<a'", "<script>", "<", "</", "<!"])
def test_open_markup_takes_no_longer_than_its_length(left_open: str) -> None:
    started = time.monotonic()
    read_or_refusal(b"<html><body>Text." + left_open.encode() * 100_000, "a.html")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("markup", "is_partly"),
    [
        pytest.param('<p>The terms:</p><img src="page.png">', True, id="a picture"),
        pytest.param('<p>The terms:</p><iframe src="terms.pdf">None.</iframe>', True, id="an embedded page"),
        pytest.param('<p>The terms:</p><object data="terms.pdf"></object>', True, id="an embedded file"),
        pytest.param("<p>The terms:</p><canvas></canvas>", True, id="a page drawn by a script"),
        pytest.param('<p>The terms:</p><img src="a.png" width="16" height="16">', False, id="an icon"),
        pytest.param('<p>The terms:</p><iframe hidden src="count"></iframe>', False, id="what nobody sees"),
        pytest.param(f'<p>{ENGLISH * 6}</p><img src="logo.png">', False, id="a page of text with a picture"),
    ],
)
def test_a_web_page_that_is_mostly_pictures_says_so(markup: str, is_partly: bool) -> None:
    document = read(f"<html><body>{markup}</body></html>".encode(), name="a.html")
    assert any("whose words, if any, were not read" in warning for warning in document.warnings) == is_partly
    assert is_partly_read(document) == is_partly


def test_a_web_page_of_pictures_alone_is_one_line() -> None:
    with pytest.raises(UnreadableDocument, match=r"^a\.html: holds pictures or embedded pages, not text; ask for"):
        read(b'<html><body><img src="1.png"><img src="2.png"></body></html>', name="a.html")


# ---------------------------------------------------------------- anything


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_pasted_text_is_never_changed(text: str) -> None:
    if not text.strip():
        with pytest.raises(UnreadableDocument, match="holds no text"):
            read_text(text)
        return
    document = read_text(text)
    assert document.text == text
    for block in document.blocks:
        assert document.quote(block.span).strip() == document.quote(block.span) != ""
    outside = list(text)
    for block in document.blocks:
        outside[block.span.start : block.span.end] = " " * len(block.span)
    assert not "".join(outside).strip()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.docx", "a.pdf", "a.md", "a", "a.xyz"]))
def test_any_bytes_are_a_document_or_one_line(data: bytes, name: str) -> None:
    result = read_or_refusal(data, name)
    assert result.text.strip() if isinstance(result, Document) else "\n" not in result


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<ol>",
                "<li>",
                "</li>",
                "<table>",
                "<tr>",
                "<td>",
                "<h2>",
                "<br>",
                "a",
                " b ",
                "&amp;",
                "</table>",
                "</ol>",
            ]
        )
    )
)
def test_any_markup_keeps_its_words(tokens: list[str]) -> None:
    words = [token.strip() for token in tokens if token.strip() in ("a", "b")]
    try:
        text = read(("<html><body>" + "".join(tokens)).encode(), name="a.html").text
    except UnreadableDocument:
        assert not words
        assert "&amp;" not in tokens
    else:
        assert sorted(re.findall(r"[ab]", re.sub(r"\b[a-z]\.", "", text))) == sorted(words)


# ---------------------------------------------------------------- real files


@pytest.mark.slow
def test_no_real_file_raises_anything_but_unreadable() -> None:
    folder = DATA / "real_files"
    if not folder.is_dir():
        pytest.skip("needs the shared data folder, which stands beside the project")
    passwords = {entry["file"]: entry.get("password") for entry in json.loads((folder / "manifest.json").read_text())}
    read_count = 0
    for name, password in passwords.items():
        result = read_or_refusal((folder / name).read_bytes(), name, password)
        if isinstance(result, str):
            assert "\n" not in result
            continue
        read_count += 1
        assert all(len(block.span) for block in result.blocks)
    assert read_count >= 90


def test_the_samples_are_read_as_whole_and_english() -> None:
    files = [file for file in sorted(SAMPLES.iterdir()) if file.suffix not in (".yaml", ".py")]
    assert len(files) >= 10
    assert [file.name for file in files if is_partly_read(read(file))] == []


@pytest.mark.slow
def test_real_english_contracts_are_not_called_foreign() -> None:
    folders = (DATA / "cuad" / "pdf", DATA / "real_terms")
    files = [file for folder in folders if folder.is_dir() for file in sorted(folder.iterdir())]
    if not files:
        pytest.skip("needs the shared data folder, which stands beside the project")
    named = {}
    for file in files:
        document = read_or_refusal(file.read_bytes(), file.name)
        if isinstance(document, Document) and any("look English" in warning for warning in document.warnings):
            named[file.name.partition("_")[0]] = document.language
    assert named == {"deezer": "fr", "doubao": "und"}  # these two are not English


@pytest.mark.slow
def test_the_words_of_real_contracts_stand_in_their_boxes() -> None:
    files = sorted((DATA / "cuad" / "pdf").glob("*.pdf"))
    if not files:
        pytest.skip("needs the shared data folder, which stands beside the project")
    for file in files:
        document = read(file)
        share = _share_of_words_with_their_box(file.read_bytes(), document)
        assert share >= 0.98, (file.name, share)
