"""A clean Word file of a contract that came as PDF, web page or text, with the place of every letter."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

from fairterms.analyzer.readers.docx import Places, W
from fairterms.analyzer.values import Block, BlockKind, Document

Element = Any  # lxml's elements come without types

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP file can bear: the same contract gives the same bytes
_WRAPPED = 50  # letters of a line of running text, at least; a shorter one was ended on purpose
_INDENT = 360  # twentieths of a point for each step of a list
# Markdown's own signs (CommonMark 0.31, 4.2, 6.2 and 6.3), which a reader of Word would not want to see.
_MARKUP = re.compile(
    r"^ {0,3}#{1,6} +|\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<!!)\[(?=[^\]\n]+\]\()|\]\([^)\n]*\)|\\(?=[\\`*_{}\[\]()#+.!>-])"
)

_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN = "word/document.xml"
_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_CONTENT}">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/{MAIN}" ContentType="{_WORD}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>
</Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{MAIN}"/>
</Relationships>""",
    "word/_rels/document.xml.rels": f"""<Relationships xmlns="{_PACKAGE}">
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>
</Relationships>""",
}


def lay_down(document: Document) -> tuple[bytes, Places]:
    """A Word file with the contract's paragraphs, headings and lists, and where each letter of ``document.text`` is in it."""
    root = etree.Element(f"{W}document", nsmap={"w": W[1:-1]})
    body = etree.SubElement(root, f"{W}body")
    at: list[tuple[Element, int] | None] = [None] * len(document.text)
    paragraphs: list[Element | None] = [None] * len(document.text)
    kinds: dict[Element, BlockKind] = {}
    for block in document.blocks:
        paragraph = _paragraph(block)
        body.append(paragraph)
        kinds[paragraph] = block.kind
        words = document.quote(block.span)
        paragraphs[block.span.start : block.span.end] = [paragraph] * len(words)
        for offset, place in _letters(words, paragraph, is_markdown=document.format == "markdown"):
            at[block.span.start + offset] = place
    section = etree.SubElement(body, f"{W}sectPr")
    # A4 with margins of an inch, in twentieths of a point.
    _add(section, "pgSz", w="11906", h="16838")
    _add(section, "pgMar", top="1440", right="1440", bottom="1440", left="1440", header="708", footer="708", gutter="0")
    places = Places(document.text, tuple(at), tuple(paragraphs), kinds, root, MAIN)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            *_PARTS.items(),
            ("word/styles.xml", _styles()),
            (MAIN, etree.tostring(root, encoding="unicode")),
        ):
            data = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'.encode()
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), data, zipfile.ZIP_DEFLATED)
    return out.getvalue(), places


def _paragraph(block: Block) -> Element:
    paragraph = etree.Element(f"{W}p")
    properties = etree.SubElement(paragraph, f"{W}pPr")
    if block.kind == "heading":
        _add(properties, "pStyle", val=f"Heading{min(max(block.level, 1), 3)}")
    elif block.kind == "list_item" and block.level > 1:
        _add(properties, "ind", left=str(_INDENT * (block.level - 1)))
    return paragraph


def _letters(words: str, paragraph: Element, *, is_markdown: bool) -> list[tuple[int, tuple[Element, int]]]:
    """Put a block's words into runs; which letter of the block is which letter of which element."""
    hidden: set[int] = set()
    bold_from: set[int] = set()
    if is_markdown:
        for match in _MARKUP.finditer(words):
            hidden.update(range(match.start(), match.end()))
            if match.group() in ("**", "__"):
                bold_from.add(match.start())
    placed: list[tuple[int, tuple[Element, int]]] = []
    bold, run, text = False, None, ""
    element: Element | None = None
    lines = words.split("\n")
    wrapped, position = set(), 0
    for line in lines[:-1]:
        position += len(line)
        if len(line) >= _WRAPPED:
            wrapped.add(position)
        position += 1
    for offset, letter in enumerate(words):
        if offset in bold_from:
            bold, element = not bold, None
        if offset in hidden:
            continue
        if letter == "\n" and offset not in wrapped:
            run = _new_run(paragraph, bold)
            placed.append((offset, (etree.SubElement(run, f"{W}br"), 0)))
            element = None
            continue
        if element is None:
            run = _new_run(paragraph, bold)
            element, text = etree.SubElement(run, f"{W}t"), ""
            element.set(_SPACE, "preserve")
        placed.append((offset, (element, len(text))))
        text += " " if letter in "\n\t" else letter
        element.text = text
    return placed


def _new_run(paragraph: Element, bold: bool) -> Element:
    run = etree.SubElement(paragraph, f"{W}r")
    if bold:
        etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}b")
    return run


def plain(words: str) -> str:
    """Words for such a file: Markdown's signs left out."""
    return _MARKUP.sub("", words)


def plain_lines(text: str) -> str:
    """The same for a text of many lines."""
    return "\n".join(map(plain, text.split("\n")))


def _styles() -> str:
    """Plain text of 11 points, and three headings."""
    root = etree.Element(f"{W}styles", nsmap={"w": W[1:-1]})
    defaults = etree.SubElement(root, f"{W}docDefaults")
    text = etree.SubElement(etree.SubElement(defaults, f"{W}rPrDefault"), f"{W}rPr")
    _add(text, "rFonts", ascii="Calibri", hAnsi="Calibri", cs="Calibri")
    _add(text, "sz", val="22")
    spacing = etree.SubElement(etree.SubElement(defaults, f"{W}pPrDefault"), f"{W}pPr")
    _add(spacing, "spacing", after="120", line="264", lineRule="auto")
    _style(root, "Normal", "Normal", default=True)
    for level, size in ((1, "32"), (2, "26"), (3, "24")):
        style = _style(root, f"Heading{level}", f"heading {level}")
        properties = etree.SubElement(style, f"{W}pPr")
        _add(properties, "keepNext")
        _add(properties, "spacing", before="240", after="80")
        _add(properties, "outlineLvl", val=str(level - 1))
        text = etree.SubElement(style, f"{W}rPr")
        _add(text, "b")
        _add(text, "sz", val=size)
    return str(etree.tostring(root, encoding="unicode"))


def _style(root: Element, name: str, title: str, *, default: bool = False) -> Element:
    style = etree.SubElement(root, f"{W}style")
    style.set(f"{W}type", "paragraph")
    if default:
        style.set(f"{W}default", "1")
    style.set(f"{W}styleId", name)
    _add(style, "name", val=title)
    if not default:
        _add(style, "basedOn", val="Normal")
        _add(style, "next", val="Normal")
    _add(style, "qFormat")
    return style


def _add(parent: Element, name: str, **values: str) -> Element:
    child = etree.SubElement(parent, f"{W}{name}")
    for key, value in values.items():
        child.set(f"{W}{key}", value)
    return child
