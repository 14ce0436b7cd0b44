"""Writes the sample contracts of ``fairterms/data/samples`` from our own Markdown sources in ``samples_src``.

    python benchmarks/make_samples.py            # write the files anew
    python benchmarks/make_samples.py --to DIR   # write them somewhere else

The sources use a small part of Markdown and two additions: ``\\newpage`` starts a page, ``@sign`` a signature block
whose lines hold ``left | right``. The same source gives the same bytes on every run with the same library versions.
"""

from __future__ import annotations

import argparse
import html
import io
import re
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import yaml
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "samples_src"
SAMPLES = HERE.parent / "fairterms" / "data" / "samples"
AUTHOR = "FairTerms sample"
# Fixed, so that a rebuilt file does not differ by its clock; the day before the first dated sample.
WRITTEN = datetime(2026, 1, 11, 12, 0, 0, tzinfo=UTC)

Kind = Literal[
    "title",
    "heading",
    "subheading",
    "paragraph",
    "clause",
    "item",
    "bullet",
    "numbered",
    "quote",
    "table",
    "sign",
    "page",
]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a source: its own words in ``text`` (with ``**`` and ``*``), or ``rows`` of a table."""

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    running: str
    style: str
    outputs: tuple[str, ...]
    automatic_numbers: bool
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        return next(block.text for block in self.blocks if block.kind == "title")


_STARTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("title", re.compile(r"# (?P<text>.*)")),
    ("heading", re.compile(r"## (?P<text>.*)")),
    ("subheading", re.compile(r"### (?P<text>.*)")),
    ("bullet", re.compile(r"- (?P<text>.*)")),
    ("quote", re.compile(r"> (?P<text>.*)")),
    ("item", re.compile(r"(?P<text>\([a-z]\) .*)")),
    ("clause", re.compile(r"(?P<text>(?:\d+|[A-Z])\.\d+ .*)")),
    ("numbered", re.compile(r"(?P<text>\d+\. .*)")),
)


def read_source(path: Path) -> Source:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    facts = yaml.safe_load(head)
    return Source(
        id=facts["id"],
        running=facts["running"],
        style=facts["style"],
        outputs=tuple(facts["outputs"]),
        automatic_numbers=facts.get("numbering") == "auto",
        blocks=tuple(_parse(body)),
    )


def _parse(body: str) -> Iterator[Block]:
    for group in re.split(r"\n\s*\n", body.strip()):
        lines = group.splitlines()
        if lines[0] == "\\newpage":
            yield Block("page")
        elif lines[0] == "@sign":
            yield Block("sign", rows=tuple(_cells(line, 2) for line in lines[1:]))
        elif lines[0].startswith("|"):
            rows = [line.strip().strip("|") for line in lines if not re.fullmatch(r"[|\-\s]+", line)]
            yield Block("table", rows=tuple(_cells(row, row.count("|") + 1) for row in rows))
        else:
            yield from map(_read_line, lines)


def _cells(line: str, count: int) -> tuple[str, ...]:
    cells = [cell.strip() for cell in line.split("|")]
    return tuple(cells + [""] * (count - len(cells)))


def _read_line(line: str) -> Block:
    for kind, start in _STARTS:
        if found := start.fullmatch(line):
            return Block(kind, found["text"])
    return Block("paragraph", line)


def _runs(text: str) -> Iterator[tuple[str, bool, bool]]:
    """The text in pieces, each with whether it is bold and whether it is italic."""
    for part in re.split(r"(\*\*.+?\*\*|\*.+?\*)", text):
        if part.startswith("**"):
            yield part[2:-2], True, False
        elif part.startswith("*"):
            yield part[1:-1], False, True
        elif part:
            yield part, False, False


def _curled(source: Source) -> Source:
    """The source with typographic quotation marks, as Word sets them while a drafter types."""

    def curl(text: str) -> str:
        text = re.sub(r'(^|[\s(*])"', r"\1“", text).replace('"', "”")
        return text.replace("'", "’")

    blocks = (
        replace(block, text=curl(block.text), rows=tuple(tuple(map(curl, row)) for row in block.rows))
        for block in source.blocks
    )
    return replace(source, blocks=tuple(blocks))


def _widths(rows: tuple[tuple[str, ...], ...], width: float) -> list[float]:
    # Columns share the width by the longest entry of each; 8 keeps a column of numbers readable, and the power
    # leaves a column of short entries more than its strict share.
    weights = [max(8, *(len(_plain(cell)) for cell in column)) ** 0.7 for column in zip(*rows, strict=True)]
    return [width * weight / sum(weights) for weight in weights]


def _plain(text: str) -> str:
    return "".join(piece for piece, _, _ in _runs(text))


def _tagged(text: str, bold: str, italic: str) -> str:
    pieces = []
    for piece, is_bold, is_italic in _runs(text):
        tag = bold if is_bold else italic if is_italic else ""
        safe = html.escape(piece, quote=False)
        pieces.append(f"<{tag}>{safe}</{tag}>" if tag else safe)
    return "".join(pieces)


# --- plain text and Markdown -------------------------------------------------------------------------------------


def render_text(source: Source) -> bytes:
    """Plain text in lines of 78 characters, as a contract pasted from an e-mail looks."""
    parts: list[str] = []
    for block in source.blocks:
        text = _plain(block.text)
        if block.kind == "title":
            parts.append(text.upper())
        elif block.kind == "page":
            parts.append("-" * 78)
        elif block.kind in ("table", "sign"):
            parts.append("\n".join(_padded(block.rows)))
        elif block.kind in ("item", "bullet"):
            mark = "" if block.kind == "item" else "- "
            parts.append(_wrap(mark + text, indent="    ", hang=4))
        else:
            parts.append(_wrap(text))
    return ("\n\n".join(parts) + "\n").encode()


def _wrap(text: str, indent: str = "", hang: int = 0) -> str:
    return textwrap.fill(text, 78, initial_indent=indent, subsequent_indent=indent + " " * hang, break_on_hyphens=False)


def _padded(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    plain = [[_plain(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*plain, strict=True)]
    for row in plain:
        yield "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def render_markdown(source: Source) -> bytes:
    marks = {"title": "# ", "heading": "## ", "subheading": "### ", "bullet": "- ", "quote": "> "}
    parts: list[str] = []
    before = ""
    for block in source.blocks:
        if block.kind == "page":
            text = "---"
        elif block.kind in ("table", "sign"):
            rows = ["| " + " | ".join(row) + " |" for row in block.rows]
            rows.insert(1, "|" + "---|" * len(block.rows[0]))
            text = "\n".join(rows)
        else:
            text = marks.get(block.kind, "") + block.text
        in_list = block.kind == before and block.kind in ("bullet", "numbered", "quote")
        parts.append(("\n" if in_list else "\n\n") + text if parts else text)
        before = block.kind
    return ("".join(parts) + "\n").encode()


# --- HTML ---------------------------------------------------------------------------------------------------------

_CSS = """body { font: 16px/1.55 Georgia, serif; color: #222; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1.05rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border: 1px solid #bbb; padding: .35rem .6rem; text-align: left; }
blockquote { border-left: 4px solid #bbb; margin: 1rem 0; padding: .2rem 1rem; background: #f6f6f6; }"""


def render_html(source: Source) -> bytes:
    out = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="author" content="{AUTHOR}">',
        f"<title>{html.escape(source.title)}</title>",
        f"<style>\n{_CSS}\n</style>",
        "</head>",
        "<body>",
        "<main>",
    ]
    depth = 0
    blocks = list(source.blocks)
    while blocks:
        block = blocks.pop(0)
        if block.kind in ("heading", "subheading"):
            level = 1 if block.kind == "heading" else 2
            while depth >= level:
                out.append("</section>")
                depth -= 1
            out.append(f"<section>\n<h{level + 1}>{_html(block)}</h{level + 1}>")
            depth = level
        elif block.kind in ("bullet", "numbered", "quote"):
            group = [block]
            while blocks and blocks[0].kind == block.kind:
                group.append(blocks.pop(0))
            out.append(_html_list(group))
        elif block.kind == "title":
            out.append(f"<h1>{_html(block)}</h1>")
        elif block.kind in ("table", "sign"):
            out.append(_html_table(block))
        elif block.kind == "page":
            out.append("<hr>")
        else:
            out.append(f"<p>{_html(block)}</p>")
    out += ["</section>"] * depth
    out += ["</main>", "</body>", "</html>", ""]
    return "\n".join(out).encode()


def _html(block: Block) -> str:
    return _tagged(block.text, "strong", "em")


def _html_list(group: list[Block]) -> str:
    if group[0].kind == "quote":
        return "<blockquote>\n<p>" + "<br>\n".join(map(_html, group)) + "</p>\n</blockquote>"
    tag = "ul" if group[0].kind == "bullet" else "ol"
    items = [re.sub(r"^\d+\. ", "", _html(block)) for block in group]
    return f"<{tag}>\n" + "\n".join(f"<li>{item}</li>" for item in items) + f"\n</{tag}>"


def _html_table(block: Block) -> str:
    head, *rows = ([_tagged(cell, "strong", "em") for cell in row] for row in block.rows)
    lines = [
        "<table>",
        "<thead>",
        "<tr>" + "".join(f"<th>{cell}</th>" for cell in head) + "</tr>",
        "</thead>",
        "<tbody>",
    ]
    lines += ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    return "\n".join([*lines, "</tbody>", "</table>"])


# --- PDF ----------------------------------------------------------------------------------------------------------

_FONTS = {
    "serif": ("Times-Roman", "Times-Bold"),
    "sans": ("Helvetica", "Helvetica-Bold"),
}


def render_pdf(source: Source) -> bytes:
    """A4 pages in justified text with a running header and "Page 2 of 5" below, as contracts are sent for signature."""
    source = _curled(source)
    regular, bold = _FONTS[source.style]
    size = 11 if source.style == "serif" else 10.5
    styles = _pdf_styles(regular, bold, size)
    buffer = io.BytesIO()
    frame = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=2.5 * cm,
        rightMargin=2.5 * cm,
        topMargin=2.6 * cm,
        bottomMargin=2.4 * cm,
        title=source.title,
        author=AUTHOR,
        subject="",
        creator=AUTHOR,
        producer="",
        invariant=1,
    )
    story: list[Any] = []
    for block in source.blocks:
        if block.kind == "page":
            story.append(PageBreak())
        elif block.kind == "table":
            story += [_pdf_table(block, styles, frame.width), Spacer(1, size)]
        elif block.kind == "sign":
            story.append(KeepTogether([Spacer(1, size), _pdf_sign(block, styles, frame.width)]))
        else:
            mark = {"bullet": "• "}.get(block.kind, "")
            story.append(Paragraph(mark + _tagged(block.text, "b", "i"), styles[block.kind]))
    frame.build(story, canvasmaker=_paged(source.running, regular))
    return buffer.getvalue()


def _pdf_styles(regular: str, bold: str, size: float) -> dict[str, ParagraphStyle]:
    body = ParagraphStyle(
        "body", fontName=regular, fontSize=size, leading=size * 1.3, spaceAfter=size * 0.6, alignment=TA_JUSTIFY
    )
    head = ParagraphStyle(
        "head",
        fontName=bold,
        fontSize=size + 1,
        leading=size * 1.5,
        spaceBefore=size * 0.8,
        spaceAfter=4,
        keepWithNext=1,
    )
    item = ParagraphStyle("item", body, leftIndent=36, firstLineIndent=-18)
    return {
        "title": ParagraphStyle(
            "title", fontName=bold, fontSize=size + 6, leading=size * 2, alignment=TA_CENTER, spaceAfter=size * 1.4
        ),
        "heading": head,
        "subheading": ParagraphStyle("subheading", head, fontSize=size),
        "paragraph": body,
        "clause": body,
        "numbered": body,
        "quote": ParagraphStyle("quote", body, leftIndent=24, rightIndent=24),
        "item": item,
        "bullet": ParagraphStyle("bullet", item, leftIndent=24, firstLineIndent=-10),
        "cell": ParagraphStyle("cell", body, fontSize=size - 1, leading=size * 1.2, spaceAfter=0, alignment=0),
    }


def _pdf_table(block: Block, styles: dict[str, ParagraphStyle], width: float) -> Table:
    head, *rows = block.rows
    cells = [[Paragraph(f"<b>{_tagged(cell, 'b', 'i')}</b>", styles["cell"]) for cell in head]]
    cells += [[Paragraph(_tagged(cell, "b", "i"), styles["cell"]) for cell in row] for row in rows]
    grid = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
            ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )
    return Table(cells, colWidths=_widths(block.rows, width), style=grid, repeatRows=1)


def _pdf_sign(block: Block, styles: dict[str, ParagraphStyle], width: float) -> Table:
    cells = [[Paragraph(_tagged(cell, "b", "i"), styles["cell"]) for cell in row] for row in block.rows]
    return Table(cells, colWidths=[width / 2] * 2, style=TableStyle([("BOTTOMPADDING", (0, 0), (-1, -1), 9)]))


def _paged(running: str, font: str) -> type[Canvas]:
    """A canvas that knows the number of pages, which stands in every footer, before it writes the first."""

    class Paged(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self.kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self.kept, start=1):
                self.__dict__.update(page)
                self.setFont(font, 8.5)
                self.setFillColor(colors.dimgrey)
                self.drawString(2.5 * cm + 6, A4[1] - 1.6 * cm, running)
                self.drawCentredString(A4[0] / 2, 1.4 * cm, f"Page {number} of {len(self.kept)}")
                super().showPage()
            super().save()

    return Paged


# --- DOCX ---------------------------------------------------------------------------------------------------------

_NUMBERING = """<w:abstractNum {ns} w:abstractNumId="90">
<w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="%1."/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="1134" w:hanging="567"/></w:pPr></w:lvl>
</w:abstractNum>"""


def render_docx(source: Source) -> bytes:
    """A Word file with real heading styles; the numbers are Word's own where the source asks for automatic ones."""
    source = _curled(source)
    document = Document()
    _set_up_docx(document, source)
    numbers = _Numbers(document) if source.automatic_numbers else None
    new_page = False
    for block in source.blocks:
        if block.kind in ("table", "sign"):
            _add_docx_table(document, block)
        elif block.kind != "page":
            paragraph = _add_docx_paragraph(document, block, numbers)
            paragraph.paragraph_format.page_break_before = new_page or None
        new_page = block.kind == "page"
    buffer = io.BytesIO()
    document.save(buffer)
    return _fix_clock(buffer.getvalue())


def _set_up_docx(document: Any, source: Source) -> None:
    font = "Times New Roman" if source.style == "serif" else "Arial"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in (("Title", 18), ("Heading 1", 12), ("Heading 2", 11)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = font, Pt(size), True
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), font)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.header.paragraphs[0].text = source.running
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        footer.add_run(words)
        _add_field(footer, field)
    facts = document.core_properties
    facts.author = facts.last_modified_by = AUTHOR
    facts.title, facts.comments, facts.keywords, facts.subject = source.title, "", "", ""
    facts.created = facts.modified = WRITTEN.replace(tzinfo=None)
    facts.revision = 1


def _add_field(paragraph: DocxParagraph, code: str) -> None:
    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
        if kind == "begin":
            words = OxmlElement("w:instrText")
            words.text = code
            paragraph.add_run()._r.append(words)
        elif kind == "separate":
            paragraph.add_run("1")


class _Numbers:
    """Word's automatic numbers for "1.", "1.1" and "(a)", checked against the numbers that the source prints."""

    def __init__(self, document: Any) -> None:
        numbering = document.part.numbering_part.element
        # Word reads all abstract lists before the first list that uses one.
        numbering.insert(0, parse_xml(_NUMBERING.format(ns=nsdecls("w"))))
        number = parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
        numbering.append(number)
        self.counts = [0, 0, 0]

    def strip(self, text: str) -> tuple[str, int | None]:
        """The text without its printed number, and the level that Word shall number it at."""
        found = re.match(r"(?:(\d+)\.|(\d+\.\d+)|\(([a-z])\)) ", text)
        if not found:
            return text, None
        level = (found.lastindex or 1) - 1
        self.counts[level] += 1
        self.counts[level + 1 :] = [0] * (2 - level)
        first, second, third = self.counts
        expected = (f"{first}.", f"{first}.{second}", f"({chr(ord('a') + third - 1)})")[level]
        if found[0].strip() != expected:
            raise ValueError(f"the source prints {found[0].strip()} where Word would count {expected}: {text[:60]}")
        return text[found.end() :], level

    def put(self, paragraph: DocxParagraph, level: int) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 90


_DOCX_STYLES = {"title": "Title", "heading": "Heading 1", "subheading": "Heading 2", "bullet": "List Bullet"}


def _add_docx_paragraph(document: Any, block: Block, numbers: _Numbers | None) -> DocxParagraph:
    text, level = numbers.strip(block.text) if numbers else (block.text, None)
    box_to_mark = text.startswith("[ ]")
    style = "Normal" if box_to_mark else _DOCX_STYLES.get(block.kind, "Normal")
    paragraph: DocxParagraph = document.add_paragraph(style=style)
    text = text.replace("[ ]", "☐")
    for piece, bold, italic in _runs(text):
        run = paragraph.add_run(piece)
        run.bold, run.italic = bold or None, italic or None
    if level is not None and numbers:
        numbers.put(paragraph, level)
    elif block.kind == "item" or box_to_mark:
        paragraph.paragraph_format.left_indent = Cm(1)
    if block.kind == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif block.kind in ("paragraph", "clause", "numbered", "item"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return paragraph


def _add_docx_table(document: Any, block: Block) -> None:
    table: Any = document.add_table(rows=0, cols=len(block.rows[0]))
    if block.kind == "table":
        table.style = "Table Grid"
    widths = _widths(block.rows, 16.0) if block.kind == "table" else [8.0, 8.0]
    table.autofit = False
    # Word reads the width of each cell, LibreOffice that of the column.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, row in enumerate(block.rows):
        cells = table.add_row().cells
        for cell, text, width in zip(cells, row, widths, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(10 if block.kind == "sign" else 2)
            for piece, bold, italic in _runs(text):
                run = paragraph.add_run(piece)
                run.bold = bold or (block.kind == "table" and number == 0) or None
                run.italic = italic or None
    if block.kind == "table":
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _fix_clock(data: bytes) -> bytes:
    """The same zip archive with one fixed date on every part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, WRITTEN.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- all of it ----------------------------------------------------------------------------------------------------

RENDERERS: dict[str, Callable[[Source], bytes]] = {
    "txt": render_text,
    "md": render_markdown,
    "html": render_html,
    "pdf": render_pdf,
    "docx": render_docx,
}


def read_sources() -> tuple[Source, ...]:
    return tuple(read_source(path) for path in sorted(SOURCES.glob("*.md")))


def write_samples(folder: Path) -> tuple[Path, ...]:
    """Write every sample in every format its source asks for."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for source in read_sources():
        for format_name in source.outputs:
            path = folder / f"{source.id}.{format_name}"
            path.write_bytes(RENDERERS[format_name](source))
            written.append(path)
    return tuple(written)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the sample contracts from their Markdown sources.")
    parser.add_argument("--to", type=Path, default=SAMPLES, metavar="DIR", help="folder to write to")
    for path in write_samples(parser.parse_args().to):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
