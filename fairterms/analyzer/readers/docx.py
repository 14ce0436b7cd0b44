"""Reads Word files as a person sees them on the page: tracked changes accepted, automatic numbers written out."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from docx.oxml.ns import nsmap
from docx.oxml.parser import parse_xml

from fairterms.analyzer.readers import Origin, Piece, Reading, Source, lay_out
from fairterms.analyzer.values import BlockKind

W = "{" + nsmap["w"] + "}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

# ISO/IEC 29500-4 also allows this namespace ("strict"); Word writes it on request.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", nsmap["w"].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", nsmap["r"].encode()),
)

_GONE = frozenset((f"{W}del", f"{W}moveFrom"))
_PROPERTIES = frozenset(
    f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr")
)
_TRACKED = frozenset(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
# Checkboxes and bullets as Wingdings keeps them, in the private use area.
_SYMBOLS = {"F0A8": "☐", "F06F": "☐", "F0FE": "☒", "F0FD": "☒", "F0FC": "✓", "F0B7": "•", "F0A7": "▪"}
_BULLET = "•"

Element = Any  # lxml's elements come without types


def read(source: Source) -> Reading:
    """Read body, tables, text boxes and notes; headers, footers and comments are no part of the contract's text."""
    parts = _open_parts(source)
    walk = _Walk(parts.numbering, parts.styles)
    body = parts.document.find(f"{W}body")
    if body is None:
        raise source.unreadable("is damaged: it has no body; open it in Word and save it again")
    try:
        pieces = list(walk.body(body))
        for kind, root in parts.notes:
            pieces.extend(walk.notes(root, kind))
    except RecursionError as error:
        raise source.unreadable("is nested too deeply; open it in Word and save it as PDF") from error
    text, blocks = lay_out(pieces)
    if not text:
        raise source.unreadable("holds no text; if its pages are pictures, ask for the original file")
    return Reading(text, blocks, tuple(_warnings(parts, body, walk)))


@dataclass(frozen=True, slots=True)
class Places:
    """A Word file open for changes: its text as ``read`` gives it, and for each character the element that holds it.

    ``at[i]`` is the element and the index in its text for character ``i``; None for what the file does not hold as letters:
    automatic numbers, and what parts paragraphs and cells. ``paragraphs[i]`` is the paragraph that character ``i`` stands in;
    ``kinds`` says what each paragraph is.
    """

    text: str
    at: tuple[tuple[Element, int] | None, ...]
    paragraphs: tuple[Element | None, ...]
    kinds: Mapping[Element, BlockKind]
    document: Element
    main: str  # the name of the part that holds the document


def open_places(source: Source) -> Places:
    """Read a Word file and remember where each character stands; raises what ``read`` raises."""
    parts = _open_parts(source)
    body = parts.document.find(f"{W}body")
    walk = _Walk(parts.numbering, parts.styles)
    pieces = [piece for piece in walk.body(body) if piece.text.strip()]
    # Notes are parts of their own; their words are read, and not changed here.
    pieces += [piece for kind, root in parts.notes for piece in walk.notes(root, kind) if piece.text.strip()]
    text, blocks = lay_out(pieces)
    at: list[tuple[Element, int] | None] = [None] * len(text)
    paragraphs: list[Element | None] = [None] * len(text)
    for piece, block in zip(pieces, blocks, strict=True):
        for origin in piece.origins:
            start = block.span.start + origin.start
            paragraphs[start : start + len(origin.text)] = [origin.element] * len(origin.text)
            for offset, place in enumerate(_trace(origin.text, origin.element)):
                at[start + offset] = place
    kinds = {origin.element: piece.kind for piece in pieces for origin in piece.origins}
    return Places(text, tuple(at), tuple(paragraphs), kinds, parts.document, parts.main)


def _trace(text: str, paragraph: Element) -> Iterator[tuple[Element, int] | None]:
    """For each character of a paragraph's tidied text, the element and index that it comes from."""
    raw = [
        (letter, element, index)
        for words, element in _Walk.inline(paragraph, [], lambda: None)
        for index, letter in enumerate(words)
    ]
    place = 0
    for letter in text:
        while place < len(raw) and raw[place][0] != letter and not (letter == " " and raw[place][0] in " \xa0"):
            place += 1
        if place == len(raw):
            yield None
            continue
        _, element, index = raw[place]
        yield (element, index)
        place += 1


def _warnings(parts: _Parts, body: Element, walk: _Walk) -> Iterator[str]:
    if any(element.tag in _TRACKED for element in body.iter(*_TRACKED)):
        yield "the file holds tracked changes; it was read as if all were accepted"
    if parts.has_comments:
        yield "the file holds comments; they are no part of the contract and were left out"
    if walk.found_hidden:
        yield "the file holds hidden text; it was left out"
    if next(body.iter(f"{W}altChunk"), None) is not None:
        yield "the file embeds another document that was not read; open it in Word and save it again"
    shown = [body, *(root for _, root in parts.notes)]
    pictures = sum(_is_large_picture(element) for root in shown for element in root.iter(*_PICTURE_TAGS))
    if pictures:
        yield f"the file holds {pictures} picture{'s' * (pictures > 1)} whose words, if any, were not read"
    # A file dropped into a contract shows as a small icon or as its first page.
    attached = sum(_is_attached_file(element) for root in shown for element in root.iter(f"{_OFFICE}OLEObject"))
    if attached:
        is_one = attached == 1
        yield f"the file holds {attached} other file{'s' * (not is_one)} that {'was' if is_one else 'were'} not read"


# Pages, paragraphs and tables of text pasted as a picture are wider and taller; logos, signatures and stamps are not.
_LARGE_INCHES = 2.0
_EMU_PER_INCH = 914_400  # ISO/IEC 29500-1, 20.1.2.1
_UNITS_PER_INCH = {"in": 1.0, "pt": 72.0, "pc": 6.0, "cm": 2.54, "mm": 25.4, "px": 96.0, "": 96.0}  # CSS 2.1, 4.3.2
_DRAWINGS = (f"{_DRAWN}inline", f"{_DRAWN}anchor")
_PICTURE_TAGS = (*_DRAWINGS, f"{_VML}imagedata")
# Diagrams and charts keep their words in parts of their own.
_KEPT_APART = ("/diagram", "/chart")


def _is_large_picture(element: Element) -> bool:
    if _is_out_of_sight(element):
        return False
    if element.tag in _DRAWINGS:
        has_picture = next(element.iter(f"{_GRAPHIC}blip"), None) is not None or any(
            data.get("uri", "").endswith(_KEPT_APART) for data in element.iter(f"{_GRAPHIC}graphicData")
        )
        extent = element.find(f"{_DRAWN}extent")
        size = (extent.get("cx", ""), extent.get("cy", "")) if extent is not None else ("", "")
        return has_picture and all(not _is_whole(side) or int(side) > _LARGE_INCHES * _EMU_PER_INCH for side in size)
    if next(element.iterancestors(f"{W}object"), None) is not None:  # the icon of an attached file
        return False
    style = element.getparent().get("style") or ""
    sides = (re.search(rf"(?:^|;)\s*{side}\s*:\s*([\d.]{{1,12}})\s*([a-z]*)", style) for side in ("width", "height"))
    return all(side is None or _inches(side.group(1), side.group(2)) > _LARGE_INCHES for side in sides)


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _inches(number: str, unit: str) -> float:
    whole, _, part = number.partition(".")
    return float(f"{whole or 0}.{part.replace('.', '') or 0}") / _UNITS_PER_INCH.get(unit, 96.0)


def _is_attached_file(element: Element) -> bool:
    return not element.get("ProgID", "").startswith("Equation") and not _is_out_of_sight(element)


def _is_out_of_sight(element: Element) -> bool:
    """Deleted, or only there for old programs, which then repeats what Word shows."""
    return any(
        ancestor.tag in _GONE or (ancestor.tag == _FALLBACK and ancestor.getparent().find(_CHOICE) is not None)
        for ancestor in element.iterancestors(*_GONE, _FALLBACK)
    )


@dataclass(slots=True)
class _Parts:
    document: Element
    styles: _Styles
    numbering: _Numbering
    notes: list[tuple[str, Element]]
    has_comments: bool
    main: str


def _open_parts(source: Source) -> _Parts:
    damaged = "is a damaged Word file; open it in Word, save it again, or ask for it again"
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            # Text packs about 1:10; a file that unpacks to far more is made to fill the memory.
            if sum(entry.file_size for entry in archive.infolist()) > 10 * source.limits.max_bytes:
                raise source.unreadable("unpacks to far more than a contract holds; ask for it again or save it as PDF")
            return _parse_parts(archive)
    except RuntimeError as error:  # zipfile's word for an encrypted member
        raise source.unreadable("is protected by a password; save it without one") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, SyntaxError, EOFError, OSError, NotImplementedError) as error:
        raise source.unreadable(damaged) from error
    except ValueError as error:  # lxml's word for text that is no XML
        raise source.unreadable(damaged) from error


def _parse_parts(archive: zipfile.ZipFile) -> _Parts:
    names = set(archive.namelist())

    def part(name: str) -> Element | None:
        if name not in names:
            return None
        data = archive.read(name)
        for strict, usual in STRICT:
            data = data.replace(strict, usual)
        return parse_xml(data)

    def related(name: str) -> dict[str, str]:
        folder, base = posixpath.split(name)
        root = part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, str] = {}
        for relation in root.iter(_RELATIONS) if root is not None else ():
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            found.setdefault(kind, posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:])
        return found

    main = related("").get("officeDocument", "word/document.xml")
    main = main if main in names else "word/document.xml"
    document = part(main)
    if document is None:
        raise KeyError(main)
    relations = related(main)
    styles = _Styles(part(relations.get("styles", "")))
    notes = [(kind, part(relations.get(f"{kind}s", ""))) for kind in ("footnote", "endnote")]
    comments = part(relations.get("comments", ""))
    return _Parts(
        document=document,
        styles=styles,
        numbering=_Numbering(part(relations.get("numbering", "")), styles),
        notes=[(kind, root) for kind, root in notes if root is not None],
        has_comments=comments is not None and next(comments.iter(f"{W}comment"), None) is not None,
        main=main,
    )


def _value(element: Element | None, path: str) -> str | None:
    """The w:val of a child, "" where the child has none, None where there is no such child."""
    child = element.find(path) if element is not None else None
    return None if child is None else child.get(f"{W}val", "")


def _is_on(element: Element | None, path: str) -> bool:
    value = _value(element, path)
    return value is not None and value not in ("0", "false", "off")


class _Styles:
    """What paragraph styles add: a heading level, a numbering, hidden text."""

    def __init__(self, root: Element | None) -> None:
        self._by_id = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")} if root is not None else {}
        self._default = next(
            (
                name
                for name, style in self._by_id.items()
                if style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph"
            ),
            None,
        )

    def chain(self, style_id: str | None) -> Iterator[Element]:
        """The style and those it is based on; a circle of styles ends."""
        seen: set[str] = set()
        style_id = style_id if style_id in self._by_id else self._default
        while style_id and style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            style = self._by_id[style_id]
            yield style
            style_id = _value(style, f"{W}basedOn")

    def heading_level(self, style_id: str | None) -> int:
        for style in self.chain(style_id):
            name = (_value(style, f"{W}name") or "").lower()
            if match := re.fullmatch(r"heading ([1-9])", name):
                return int(match.group(1))
            if name in ("title", "subtitle"):
                return 1
            outline = _value(style, f"{W}pPr/{W}outlineLvl")
            if outline is not None and outline.isdigit() and int(outline) < 9:
                return int(outline) + 1
        return 0

    def numbering(self, style_id: str | None) -> tuple[str | None, str | None, str | None]:
        """The numbering's id, its level where one is stated, and the style that states it."""
        for style in self.chain(style_id):
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                number, level = _value(properties, f"{W}numId"), _value(properties, f"{W}ilvl")
                return number, level, style.get(f"{W}styleId")
        return None, None, None

    def numbering_of_list_style(self, style_id: str) -> str | None:
        return _value(self._by_id.get(style_id), f"{W}pPr/{W}numPr/{W}numId")


@dataclass(slots=True)
class _Level:
    format: str
    text: str
    start: int
    restart: int | None
    is_legal: bool


@dataclass(slots=True)
class _List:
    """One abstract list with its running counters; several numberings may share it."""

    levels: dict[int, _Level]
    level_of_style: dict[str, int]
    counters: dict[int, int] = field(default_factory=dict)


class _Numbering:
    """Automatic numbers, counted as Word counts them (ISO/IEC 29500-1, 17.9)."""

    def __init__(self, root: Element | None, styles: _Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._links: dict[str, str] = {}
        self._list_of_number: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._replaced: dict[str, dict[int, _Level]] = {}
        if root is None:
            return
        for abstract in root.iter(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId", "")
            link = _value(abstract, f"{W}numStyleLink")
            if link:
                self._links[name] = link
            levels: dict[int, _Level] = {}
            level_of_style: dict[str, int] = {}
            for level in abstract.findall(f"{W}lvl"):
                depth = _depth(level.get(f"{W}ilvl"))
                levels[depth] = _level(level)
                style = _value(level, f"{W}pStyle")
                if style:
                    level_of_style[style] = depth
            self._lists[name] = _List(levels, level_of_style)
        for number in root.findall(f"{W}num"):
            name = number.get(f"{W}numId", "")
            self._list_of_number[name] = _value(number, f"{W}abstractNumId") or ""
            for override in number.findall(f"{W}lvlOverride"):
                depth = _depth(override.get(f"{W}ilvl"))
                start = _value(override, f"{W}startOverride")
                if start is not None and start.isdigit():
                    self._overrides.setdefault(name, {})[depth] = int(start)
                replaced = override.find(f"{W}lvl")
                if replaced is not None:
                    self._replaced.setdefault(name, {})[depth] = _level(replaced)

    def _list(self, number: str) -> _List | None:
        name = self._list_of_number.get(number)
        for _ in range(4):  # a list style may point to another; a circle ends here
            if name is None or name not in self._links:
                break
            linked = self._styles.numbering_of_list_style(self._links[name])
            name = self._list_of_number.get(linked) if linked else None
        return self._lists.get(name) if name is not None else None

    def next_label(self, properties: Element | None, style_id: str | None) -> tuple[str, int]:
        """Count on and give the number as it is printed, and its depth from 1; ("", 0) for no number."""
        number, level, from_style = self._styles.numbering(style_id)
        own = properties.find(f"{W}numPr") if properties is not None else None
        if own is not None:
            own_number, own_level = _value(own, f"{W}numId"), _value(own, f"{W}ilvl")
            number, level = own_number or number, own_level or (level if own_number is None else None)
            from_style = from_style if own_number is None else None
        numbered = self._list(number) if number else None
        if numbered is None or not number:
            return "", 0
        depth = numbered.level_of_style.get(from_style or style_id or "", 0) if level is None else _depth(level)
        levels = numbered.levels | self._replaced.get(number, {})
        if depth not in levels:
            return "", 0
        return self._count(numbered, levels, self._overrides.get(number, {}), depth), depth + 1

    @staticmethod
    def _count(numbered: _List, levels: dict[int, _Level], overrides: dict[int, int], depth: int) -> str:
        counters = numbered.counters
        if depth in overrides:  # counts from its own start once, and then on
            counters[depth] = overrides.pop(depth)
        else:
            counters[depth] = counters[depth] + 1 if depth in counters else levels[depth].start
        for deeper in [other for other in counters if other > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart != 0 and depth < restart):
                del counters[deeper]
        level = levels[depth]
        if level.format == "bullet":
            return _BULLET
        if level.format == "none":
            return level.text if "%" not in level.text else ""

        def printed(match: re.Match[str]) -> str:
            other = int(match.group(1)) - 1
            shown = levels.get(other)
            if shown is None:
                return ""
            counters.setdefault(other, shown.start)  # a level that was jumped over counts as begun
            return _number(counters[other], "decimal" if level.is_legal else shown.format)

        return re.sub(r"%([1-9])", printed, level.text).strip()


def _depth(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _level(level: Element) -> _Level:
    restart = _value(level, f"{W}lvlRestart")
    return _Level(
        format=_value(level, f"{W}numFmt") or "decimal",
        text=_value(level, f"{W}lvlText") or "",
        start=_depth(_value(level, f"{W}start") or "0"),
        restart=int(restart) if restart and restart.isdigit() else None,
        is_legal=_is_on(level, f"{W}isLgl"),
    )


_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_DIGITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_COUNT_NAMES = "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve"
_PLACE_NAMES = "Zeroth First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth"
_WORDS, _ORDINALS = _COUNT_NAMES.split(), _PLACE_NAMES.split()


def _number(count: int, number_format: str) -> str:
    if number_format in ("lowerLetter", "upperLetter") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)  # after z comes aa, then bb
        return letters if number_format == "lowerLetter" else letters.upper()
    if number_format in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        roman = ""
        rest = count
        for value, letters in _ROMAN:
            roman += letters * (rest // value)
            rest %= value
        roman += _ROMAN_DIGITS[rest]
        return roman if number_format == "lowerRoman" else roman.upper()
    if number_format == "decimalZero":
        return f"{count:02d}"
    if number_format == "ordinal":
        ending = "th" if 10 < count % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
        return f"{count}{ending}"
    if number_format == "cardinalText" and count < len(_WORDS):
        return _WORDS[count]
    if number_format == "ordinalText" and count < len(_ORDINALS):
        return _ORDINALS[count]
    return str(count)


class _Walk:
    """One walk over the file in reading order."""

    def __init__(self, numbering: _Numbering, styles: _Styles) -> None:
        self._numbering = numbering
        self._styles = styles
        self._paragraphs: dict[Element, int] = {}
        self._tables: dict[Element, int] = {}
        self._carried: list[tuple[str, Element]] = []  # what joins the next paragraph, with where it comes from
        self.found_hidden = False

    def body(self, body: Element) -> Iterator[Piece]:
        # The numbers count every w:p and w:tbl below w:body, in file order, so that an edit finds its place again.
        self._paragraphs = {element: count for count, element in enumerate(body.iter(f"{W}p"), 1)}
        self._tables = {element: count for count, element in enumerate(body.iter(f"{W}tbl"), 1)}
        yield from self._blocks(body)

    def notes(self, root: Element, kind: str) -> Iterator[Piece]:
        count = 0
        for note in root.iter(f"{W}{kind}"):
            if note.get(f"{W}type", "normal") != "normal":  # the line between text and notes, and its like
                continue
            count += 1
            text = " ".join(piece.text for piece in self._blocks(note)).strip()
            yield Piece(text, "note", f"{kind} {count}")

    def _blocks(self, parent: Element) -> Iterator[Piece]:
        for child in parent:
            tag = child.tag
            if tag == f"{W}p":
                yield from self._paragraph(child)
            elif tag == f"{W}tbl":
                yield from self._table(child)
            elif tag == _ALTERNATE:
                yield from self._blocks(_chosen(child))
            elif isinstance(tag, str) and tag not in _PROPERTIES and tag not in _GONE:
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Piece]:
        properties = paragraph.find(f"{W}pPr")
        boxes: list[Element] = []
        text = _tidy("".join(words for words, _ in self.inline(paragraph, boxes, self._hide)))
        mark = properties.find(f"{W}rPr") if properties is not None else None
        mark_deleted = mark is not None and any(mark.find(tag) is not None for tag in _GONE)
        if text:
            self._carried.append((text, paragraph))
        if not mark_deleted:  # accepting its deletion would join the paragraph with the next one
            piece = self._piece(paragraph, properties)  # an empty numbered paragraph counts as well
            self._carried = []
            if piece.origins:
                yield piece
        for box in boxes:
            yield from self._blocks(box)

    def _piece(self, paragraph: Element, properties: Element | None) -> Piece:
        style_id = _value(properties, f"{W}pStyle")
        label, depth = self._numbering.next_label(properties, style_id)
        outline = _value(properties, f"{W}outlineLvl")
        level = int(outline) + 1 if outline and outline.isdigit() and int(outline) < 9 else 0
        level = level or self._styles.heading_level(style_id)
        kind: BlockKind = "heading" if level else "list_item" if depth else "paragraph"
        text = " ".join(words for words, _ in self._carried)
        # Some files have an automatic number and the same one typed.
        printed = f"{label} {text}" if label and not text.startswith(label) else text
        start = len(printed) - len(text)
        origins = []
        for words, element in self._carried:
            origins.append(Origin(start, words, element))
            start += len(words) + 1
        locator = f"paragraph {self._paragraphs[paragraph]}" if paragraph in self._paragraphs else "note"
        return Piece(printed, kind, locator, level or depth, tuple(origins))

    def _table(self, table: Element) -> Iterator[Piece]:
        rows = [row for row in _children(table, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None]
        for count, row in enumerate(rows, 1):
            cells = [list(self._blocks(cell)) for cell in _children(row, f"{W}tc")]
            filled = [cell for cell in cells if cell]
            # A table that only lays out the page holds running text: its paragraphs stay paragraphs.
            if len(filled) == 1 or any(len(cell) > 1 for cell in filled):
                for cell in filled:
                    yield from cell
            elif filled:
                text, origins = "", list[Origin]()
                for cell in filled:
                    start = len(text) + (len(" | ") if text else 0)
                    origins += [replace(origin, start=start + origin.start) for origin in cell[0].origins]
                    text = " | ".join(part for part in (text, cell[0].text.replace("\n", " ")) if part)
                yield Piece(
                    text, "table_row", f"table {self._tables.get(table, 0)} row {count}", origins=tuple(origins)
                )

    def _hide(self) -> None:
        self.found_hidden = True

    @staticmethod
    def inline(
        parent: Element, boxes: list[Element], found_hidden: Callable[[], None]
    ) -> Iterator[tuple[str, Element]]:
        """The words inside a paragraph with the element of each; text boxes are put aside into ``boxes``."""
        for child in parent:
            tag = child.tag
            if not isinstance(tag, str) or tag in _PROPERTIES or tag in _GONE:
                continue
            if tag == f"{W}t" or tag == _MATH_TEXT:
                yield child.text or "", child
            elif tag == f"{W}r" and _is_on(child.find(f"{W}rPr"), f"{W}vanish"):
                if "".join(element.text or "" for element in child.iter(f"{W}t")).strip():
                    found_hidden()
            elif tag in (f"{W}tab", f"{W}ptab"):
                yield "\t", child
            elif tag in (f"{W}br", f"{W}cr"):
                yield "\n", child
            elif tag == f"{W}noBreakHyphen":
                yield "-", child
            elif tag == f"{W}sym":
                yield _SYMBOLS.get(child.get(f"{W}char", "").upper(), ""), child
            elif tag == f"{W}txbxContent":
                boxes.append(child)
            elif tag == f"{W}rt":  # the small reading aid above a character
                continue
            elif tag == _ALTERNATE:
                yield from _Walk.inline(_chosen(child), boxes, found_hidden)
            else:
                yield from _Walk.inline(child, boxes, found_hidden)


def _chosen(alternate: Element) -> Element:
    """Word shows the choice; the fallback repeats it for old programs."""
    choice = alternate.find(_CHOICE)
    if choice is not None:
        return choice
    fallback = alternate.find(_FALLBACK)
    return alternate if fallback is None else fallback


def _children(parent: Element, tag: str) -> Iterator[Element]:
    """Children of that kind, also those inside content controls and insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from _children(child, tag)


def _tidy(text: str) -> str:
    lines = (re.sub(r"[ \xa0]+", " ", line.replace("\xad", "")).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
