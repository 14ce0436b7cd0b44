"""Reads PDF files: pypdf gives the text, pdfium where each word stands; page furniture goes, paragraphs are found."""

from __future__ import annotations

import ctypes
import io
import logging
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from statistics import median
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium_c
from pypdf.errors import DependencyError, PyPdfError

from fairterms.analyzer.readers import Reading, Source
from fairterms.analyzer.values import Block, BlockKind, Box, Span, Word

# pypdf reports every oddity of a file through logging, some with pieces of its text.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

# pdfium is not thread-safe, not even with a document for each thread: two calls at a time end the whole process.
_PDFIUM = threading.Lock()

# What damaged files make pypdf raise beside its own errors; seen with cut and bit-flipped copies of 80 files.
_DAMAGE = (
    PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, OverflowError,
    RecursionError, NotImplementedError, OSError, EOFError, ZeroDivisionError, ArithmeticError, LookupError,
    UnicodeError, MemoryError,
)  # fmt: skip

_PROTECTED = "is protected by a password; give it with --password"
_DAMAGED = "is damaged and cannot be opened; ask for the file again, or print it to a new PDF"

_PICTURES = "its pages hold pictures of text, not text; ask for the original file, or run text recognition on it first"

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")

_NO_INDEX = -1
_Rectangle = tuple[float, float, float, float]

_LINE_END = re.compile(r"[\n\r\f\v]")
_WORD = re.compile(r"\S+")
_INVISIBLE = re.compile("[\x00-\x1f\u200b-\u200f\u2060\ufeff]")
# What one of the two libraries may leave out of its text and the other not.
_SKIPPED = frozenset(map(chr, (*range(33), 0xA0, 0xAD, *range(0x2000, 0x2010), 0x2028, 0x2029, 0x202F, 0x3000, 0xFEFF)))


# ---------------------------------------------------------------- opening


def read(source: Source) -> Reading:
    """Read all pages that hold text, as one flow of paragraphs, with a box for every word."""
    reader = _open_with_pypdf(source)
    with _PDFIUM:
        picture = _open(source)
        count = len(picture)
    try:
        if count == 0:
            raise source.unreadable("has no pages; ask for the file again")
        if count > source.limits.max_pages:
            raise source.unreadable(f"has {count} pages, more than {source.limits.max_pages}; send the contract alone")
        pages = [_read_page(reader, picture, number) for number in range(1, count + 1)]
    finally:
        with _PDFIUM:
            picture.close()
    unread = tuple(page.number for page in pages if page.is_unread)
    warnings = list(_drop_furniture(pages))
    paragraphs = _paragraphs(pages)
    text, blocks, words = _lay_out(paragraphs)
    if len(unread) == count or (unread and not text):
        raise source.unreadable(_PICTURES)
    if not text:
        raise source.unreadable("its pages are blank; ask for the file again")
    if unread:
        one = len(unread) == 1
        warnings.append(
            f"page{'' if one else 's'} {_in_ranges(unread)} could not be read: {'it holds' if one else 'they hold'} pictures"
            " or damaged text; whatever is said here is about the other pages only"
        )
    if _has_filled_fields(reader):
        warnings.append("the file is a form with filled fields; what stands in the fields was not read")
    return Reading(text, blocks, tuple(warnings), count, unread, words)


def _in_ranges(pages: Sequence[int]) -> str:
    """Every page named, in few words.

    >>> _in_ranges([3, 4, 5, 9])
    '3-5, 9'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def render_page(data: bytes, page: int, *, scale: float = 1.5, password: str | None = None) -> bytes:
    """The page, counted from 1, as a PNG; at scale 1 a point of the page is a pixel."""
    out = io.BytesIO()
    # The picture is a view of pdfium's memory, so it is drawn, saved and given back under the lock.
    with _PDFIUM, pypdfium2.PdfDocument(data, password=password) as document:
        bitmap = document[page - 1].render(scale=scale)
        bitmap.to_pil().save(out, "PNG")
        bitmap.close()
    return out.getvalue()


def in_page_space(data: bytes, boxes: Sequence[Box], *, password: str | None = None) -> list[_Rectangle]:
    """Boxes as (left, bottom, right, top) in each page's own coordinates (ISO 32000-1, 8.3.2.3), where notes are placed."""
    found: list[_Rectangle] = []
    size = 100  # pixels for a point, as in _to_top_left
    x, y = ctypes.c_double(), ctypes.c_double()
    with _PDFIUM, pypdfium2.PdfDocument(data, password=password) as document:
        for box in boxes:
            sheet = document[box.page - 1]
            width, height = (round(side * size) for side in sheet.get_size())
            corners = []
            for across, down in ((box.x0, box.y0), (box.x1, box.y1)):
                place = round(across * size), round(down * size)
                pdfium_c.FPDF_DeviceToPage(sheet.raw, 0, 0, width, height, 0, *place, ctypes.byref(x), ctypes.byref(y))
                corners.append((x.value, y.value))
            (ax, ay), (bx, by) = corners
            found.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    return found


def _open(source: Source) -> pypdfium2.PdfDocument:
    """Open the file in pdfium, which decides whether it can be read: it rebuilds files that pypdf cannot."""
    picture = None
    for password in dict.fromkeys((None, source.password)):
        try:
            picture = pypdfium2.PdfDocument(source.data, password=password)
            break
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None)
            if code != pdfium_c.FPDF_ERR_PASSWORD:
                raise source.unreadable(_DAMAGED) from error
    if picture is None:
        wrong = "is protected by a password, and the one given is wrong; give the right one with --password"
        raise source.unreadable(wrong if source.password else _PROTECTED)
    return picture


def _open_with_pypdf(source: Source) -> pypdf.PdfReader | None:
    """None where only pdfium can read the file."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(source.data), strict=False)
        if reader.is_encrypted and not (reader.decrypt("") or reader.decrypt(source.password or "")):
            return None
        _ = len(reader.pages)
    except (*_DAMAGE, DependencyError):
        return None
    return reader


def _has_filled_fields(reader: pypdf.PdfReader | None) -> bool:
    if reader is None:
        return False
    try:
        fields = reader.get_form_text_fields()
    except _DAMAGE:
        return False
    return any(isinstance(value, str) and value.strip() for value in fields.values())


# ---------------------------------------------------------------- pages


@dataclass(slots=True, eq=False)
class _Line:
    """A line of the page, its words with their places in it and on the page, and where it stands itself."""

    text: str
    words: list[tuple[int, int, _Rectangle]]
    page: int
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0
    is_placed: bool = False
    after_blank: bool = False
    after_furniture: bool = False

    @property
    def height(self) -> float:
        return self.y1 - self.y0


@dataclass(slots=True)
class _Page:
    number: int
    width: float
    height: float
    lines: list[_Line] = field(default_factory=list)
    is_unread: bool = False


def _read_page(reader: pypdf.PdfReader | None, picture: pypdfium2.PdfDocument, number: int) -> _Page:
    # pypdf takes most of the time and works beside other threads.
    found = _text_by_pypdf(reader, number)
    with _PDFIUM:
        return _merge(found, picture, number)


def _merge(found: str | None, picture: pypdfium2.PdfDocument, number: int) -> _Page:
    """The page's lines: pypdf's text with pdfium's places."""
    try:
        sheet = picture[number - 1]
        textpage = sheet.get_textpage()
    except pypdfium2.PdfiumError:
        return _Page(number, 0, 0, is_unread=True)
    width, height = sheet.get_size()
    page = _Page(number, width, height)
    characters = _characters(textpage.raw)
    # WinAnsi gives unused codes to the bullet (ISO 32000-1, annex D.2, note 3); the libraries pass on the bare code.
    text = _text_of(found, characters).replace("\x7f", "•")
    characters = characters.replace("\x7f", "•")
    visible = len(text) - text.count(" ") - text.count("\n")
    if visible and _is_garbage(text):
        page.is_unread = True
    else:
        # A scan with a stamp or an envelope number on it has a little text and one picture over the whole page.
        page.is_unread = visible < 200 and _is_picture(sheet, width * height, has_text=bool(text.strip()))
        page.lines = _lines(text, characters, number, _places(textpage.raw, _to_top_left(sheet, width, height)))
    textpage.close()
    sheet.close()
    return page


def _characters(textpage: Any) -> str:
    """The page's characters in pdfium's order, one for each of its numbers."""
    get_code = pdfium_c.FPDFText_GetUnicode
    codes = [get_code(textpage, index) for index in range(max(0, pdfium_c.FPDFText_CountChars(textpage)))]
    # 2 is pdfium's mark for a hyphen at a line's end; halves of surrogate pairs are no characters.
    return "".join(
        ["-" if code == 2 else "\ufffd" if code > 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code) for code in codes]
    )


def _places(textpage: Any, to_page: Callable[..., _Rectangle]) -> Callable[[int], _Rectangle | None]:
    """A function from a character's number to its box; loose boxes, as high as the font, so words make even lines."""
    get_box = pdfium_c.FPDFText_GetLooseCharBox
    rectangle = pdfium_c.FS_RECTF()
    pointer = ctypes.byref(rectangle)

    def place(index: int) -> _Rectangle | None:
        if not get_box(textpage, index, pointer):
            return None
        return to_page(rectangle.left, rectangle.top, rectangle.right, rectangle.bottom)

    return place


def _to_top_left(sheet: pypdfium2.PdfPage, page_width: float, page_height: float) -> Callable[..., _Rectangle]:
    """A function from the page's own coordinates to points from the top left corner of the page as it is shown."""
    size = 100  # pdfium answers in whole pixels: hundredths of a point are fine enough
    x, y = ctypes.c_int(), ctypes.c_int()

    def shown(px: float, py: float) -> tuple[float, float]:
        width, height = round(page_width * size), round(page_height * size)
        pdfium_c.FPDF_PageToDevice(sheet.raw, 0, 0, width, height, 0, px, py, ctypes.byref(x), ctypes.byref(y))
        return x.value / size, y.value / size

    ox, oy = shown(0, 0)
    ax, ay = shown(1000, 0)
    bx, by = shown(0, 1000)
    xx, xy, yx, yy = (ax - ox) / 1000, (bx - ox) / 1000, (ay - oy) / 1000, (by - oy) / 1000

    def upright(left: float, top: float, right: float, bottom: float) -> _Rectangle:
        return ox + xx * left, oy + yy * top, ox + xx * right, oy + yy * bottom

    def turned(left: float, top: float, right: float, bottom: float) -> _Rectangle:
        x0, y0 = ox + xx * left + xy * top, oy + yx * left + yy * top
        x1, y1 = ox + xx * right + xy * bottom, oy + yx * right + yy * bottom
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    return upright if abs(xy) < 1e-6 and xx > 0 > yy else turned


def _text_by_pypdf(reader: pypdf.PdfReader | None, number: int) -> str | None:
    if reader is None:
        return None
    try:
        return reader.pages[number - 1].extract_text()
    except _DAMAGE:
        return None


def _text_of(text: str | None, characters: str) -> str:
    """pypdf's text of the page, or pdfium's where pypdf fails or glues the words together."""
    if text is None:
        return characters
    words, other_words = len(text.split()), len(characters.split())
    return characters if words < 0.75 * other_words or (_is_garbage(text) and not _is_garbage(characters)) else text


_UNKNOWN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")


def _is_garbage(text: str) -> bool:
    """Text whose font says nothing about its letters: marks of replacement, private characters, no spaces."""
    # Leaders of a table of contents and lines to fill in say nothing either way.
    text = re.sub(r"([._…\-–—=*·])\1{2,}|(?:[.·…] ){3,}", " ", text)
    words = text.split()
    visible = sum(map(len, words))
    if not visible:
        return False
    unknown = len(_UNKNOWN.findall(text)) + 5 * len(re.findall(r"\(cid:\d+\)|/(?:g|G|C|cid)\d+", text))
    if unknown > 0.25 * visible:
        return True
    if visible < 200 or len(re.findall("[!-ɏ]", text)) < 0.5 * visible:  # Chinese, Japanese and Thai have no spaces
        return False
    return len(words) * 25 < visible or len(re.findall(r"\w", text)) < 0.4 * visible


def _is_picture(sheet: pypdfium2.PdfPage, area: float, *, has_text: bool) -> bool:
    """Is something drawn on the page beside text? With some text on it, only a picture over half of it counts."""
    if pdfium_c.FPDFPage_CountObjects(sheet.raw) == 0 and not has_text:
        return False
    if has_text:
        for drawn in sheet.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
            left, bottom, right, top = drawn.get_bounds()
            if (right - left) * (top - bottom) > area / 2:
                return True
        return False
    scale = min(1.0, 300 / max(*sheet.get_size(), 1))
    darkest, lightest = sheet.render(scale=scale, grayscale=True).to_pil().convert("L").getextrema()
    return bool(lightest - darkest > 24)  # paper grain in a scan of an empty page stays below this


# ---------------------------------------------------------------- aligning the two texts


def _lines(text: str, characters: str, page: int, place: Callable[[int], _Rectangle | None]) -> list[_Line]:
    lines: list[_Line] = []
    origin = _align(text, characters)
    after_blank = False
    start = 0
    for raw in _LINE_END.split(text):
        line = _line(raw, origin[start : start + len(raw)], page, place)
        start += len(raw) + 1
        if line is None:
            after_blank = True
            continue
        line.after_blank = after_blank
        after_blank = False
        lines.append(line)
    return _give_back_bullets(lines)


_LONE_BULLET = re.compile(r"[•●○▪■□◦‣➢·]")


def _give_back_bullets(lines: list[_Line]) -> list[_Line]:
    """Put bullets that the file draws apart, often after all else, before the line that they stand beside."""
    bullets = [line for line in lines if _LONE_BULLET.fullmatch(line.text)]
    if not bullets:
        return lines
    for bullet in bullets:
        beside = [
            line
            for line in lines
            if line.is_placed
            and abs(line.y1 - bullet.y1) < 0.6 * line.height
            and line.x0 > bullet.x0
            and line not in bullets
        ]
        if beside and bullet.is_placed:
            line = min(beside, key=lambda line: line.x0)
            line.text = f"{bullet.text} {line.text}"
            line.words = [*bullet.words, *((start + 2, end + 2, box) for start, end, box in line.words)]
            line.x0 = bullet.x0
    return [line for line in lines if line not in bullets]


def _line(
    raw: str, origin: Sequence[int], page: int, place: Callable[[int], _Rectangle | None]
) -> _Line | None:  # fmt: skip
    """One line with single spaces and whole letters, and where it stands; None for an empty one."""
    parts: list[str] = []
    words: list[tuple[int, int, _Rectangle]] = []
    position = 0
    for match in _WORD.finditer(raw):
        word = _INVISIBLE.sub("", match.group())
        if not word:
            continue
        if _LIGATURE.search(word):
            word = _LIGATURE.sub(lambda found: _LIGATURES[found.group()], word)
        # Soft hyphens go, but the last one tells that the word goes on.
        word = word.replace("\xad", "") + ("\xad" if word.endswith("\xad") else "")
        if not word:
            continue
        if parts:
            position += 1
        parts.append(word)
        box = _box(origin[match.start() : match.end()], place)
        if box is not None:
            words.append((position, position + len(word), box))
        position += len(word)
    if not parts:
        return None
    line = _Line(" ".join(parts), words, page)
    if len(words) * 2 >= len(parts):
        line.x0, line.x1 = min(box[0] for _, _, box in words), max(box[2] for _, _, box in words)
        # The middle of the tops and bottoms: a superscript or a large initial does not move the line.
        line.y0, line.y1 = median(box[1] for _, _, box in words), median(box[3] for _, _, box in words)
        width = line.x1 - line.x0
        line.is_placed = width > 0 and line.height > 0 and (len(line.text) < 4 or width > line.height)
    return line


def _box(origin: Sequence[int], place: Callable[[int], _Rectangle | None]) -> _Rectangle | None:
    """The box around a word, from its first and last character; from all where they stand far apart."""
    known = [index for index in origin if index >= 0]
    if not known:
        return None
    ends = (known[0], known[-1]) if 0 <= known[-1] - known[0] <= len(origin) + 2 else known
    boxes = [box for index in ends if (box := place(index)) is not None]
    if not boxes:
        return None
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _align(text: str, characters: str) -> list[int]:
    """For each character of the text its number in pdfium's page, or -1.

    Both read the same page, in most cases in the same order, so equal pages are aligned at once; the rest is
    aligned by words, then by characters, then by looking for what was moved.
    """
    left, left_at = _squeeze(text)
    right, right_at = _squeeze(characters)
    origin = [_NO_INDEX] * len(text)
    if left == right:
        for position, index in zip(left_at, right_at, strict=True):
            origin[position] = index
        return origin
    left_words, right_words = _word_starts(text), _word_starts(characters)
    matcher = SequenceMatcher(None, [w for w, _ in left_words], [w for w, _ in right_words], autojunk=False)
    loose_left: list[tuple[int, int]] = []
    loose_right: list[tuple[int, int]] = []
    for tag, i0, i1, j0, j1 in matcher.get_opcodes():
        if tag == "equal":
            for (word, a), (_, b) in zip(left_words[i0:i1], right_words[j0:j1], strict=True):
                for step in range(len(word)):
                    origin[a + step] = b + step
            continue
        a0, a1 = _stretch(left_words, i0, i1)
        b0, b1 = _stretch(right_words, j0, j1)
        if tag == "replace" and _align_stretch(text, a0, a1, characters, b0, b1, origin):
            continue
        if a1 > a0:
            loose_left.append((i0, i1))
        if b1 > b0:
            loose_right.append((b0, b1))
    _find_moved(left_words, loose_left, characters, loose_right, origin)
    return origin


def _squeeze(text: str) -> tuple[str, list[int]]:
    """The text without spaces and with its ligatures written out, and where each of its characters stood."""
    positions = [position for position, character in enumerate(text) if character not in _SKIPPED]
    letters = "".join([text[position] for position in positions])
    if not _LIGATURE.search(letters):
        return letters, positions
    spelled = [(_LIGATURES.get(letter, letter), position) for letter, position in zip(letters, positions, strict=True)]
    return "".join(letter for letter, _ in spelled), [position for letter, position in spelled for _ in letter]


def _word_starts(text: str) -> list[tuple[str, int]]:
    return [(match.group(), match.start()) for match in re.finditer(r"\S+", text)]


def _stretch(words: Sequence[tuple[str, int]], start: int, end: int) -> tuple[int, int]:
    if start == end:
        return 0, 0
    last, at = words[end - 1]
    return words[start][1], at + len(last)


def _align_stretch(
    text: str, a0: int, a1: int, characters: str, b0: int, b1: int, origin: list[int]
) -> bool:  # fmt: skip
    """Align two short stretches by characters; False where they are too different to be the same words."""
    left, left_at = _squeeze(text[a0:a1])
    right, right_at = _squeeze(characters[b0:b1])
    if left == right:
        for position, index in zip(left_at, right_at, strict=True):
            origin[a0 + position] = b0 + index
        return True
    if max(len(left), len(right)) > 600:
        return False
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    blocks = matcher.get_matching_blocks()
    if sum(block.size for block in blocks) < 0.6 * max(len(left), len(right)):
        return False
    for block in blocks:
        for step in range(block.size):
            origin[a0 + left_at[block.a + step]] = b0 + right_at[block.b + step]
    return True


def _find_moved(
    words: Sequence[tuple[str, int]],
    loose: Sequence[tuple[int, int]],
    characters: str,
    places: Sequence[tuple[int, int]],
    origin: list[int],
) -> None:
    """Find words that the two libraries read in another order: the longest run that stands in a free place."""
    free = [(*_squeeze(characters[start:end]), start) for start, end in places]
    for first, last in loose:
        position = first
        while position < last:
            for end in (last, min(last, position + 6), min(last, position + 2), position + 1):
                letters = "".join(_squeeze(word)[0] for word, _ in words[position:end])
                if not letters or (end == position + 1 and len(letters) < 3):
                    continue
                where = next((count for count, entry in enumerate(free) if letters in entry[0]), None)
                if where is None:
                    continue
                stretch, stretch_at, start = free[where]
                found = stretch.index(letters)
                steps = iter(range(found, found + len(letters)))
                for word, at in words[position:end]:
                    for offset in _squeeze(word)[1]:
                        origin[at + offset] = start + stretch_at[next(steps)]
                used = stretch[:found] + "\0" * len(letters) + stretch[found + len(letters) :]
                free[where] = (used, stretch_at, start)
                position = end
                break
            else:
                position += 1


# ---------------------------------------------------------------- headers, footers, page numbers

_TOP_LINES, _BOTTOM_LINES = 3, 7  # filings print up to six lines under the text
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—(\[\s]*(?:[A-Z]{1,3}-)?(?P<number>\d{1,4}|[ivxl]{1,7})[-–—)\]\s]*(?:(?:of|/|von|de|sur)\s*\d{1,4})?\.?",
    re.IGNORECASE,
)
_EXPLICIT_PAGE = re.compile(
    r"(?:page\s+\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s+(?:of|/)\s*\d+|<PAGE>(?:\s*\d+)?|-\s*\d+\s*-)", re.I
)


def _drop_furniture(pages: Sequence[_Page]) -> Iterator[str]:
    """Take headers, footers and page numbers out of the pages' lines; say so where they hold a sentence."""
    dropped: set[int] = set()
    edges: dict[str, list[tuple[int, _Line]]] = defaultdict(list)
    for page in pages:
        for line in _edge_lines(page):
            edges[_shape(line.text)].append((page.number, line))
    everywhere = Counter(_shape(line.text) for page in pages for line in page.lines)
    filled = sum(bool(page.lines) for page in pages)
    longest = 0
    for shape, found in edges.items():
        numbers = {number for number, _ in found}
        if sum(character.isalpha() for character in shape) < 3 or not _is_repeated(numbers, found, filled):
            continue
        if everywhere[shape] > 1.25 * len(found):  # it stands inside the pages as well
            continue
        dropped.update(id(line) for _, line in found)
        longest = max(longest, len(found[0][1].text.split()))
    for page in pages:
        for line in _edge_lines(page):
            if id(line) not in dropped and _is_page_number(line, page, pages):
                dropped.add(id(line))
    dropped.update(_inner_page_numbers(pages, dropped))
    if all(id(line) in dropped for page in pages for line in page.lines):  # all pages alike: nothing tells them apart
        return
    for page in pages:
        for last, line in pairwise(page.lines):
            line.after_furniture = id(last) in dropped
        page.lines = [line for line in page.lines if id(line) not in dropped]
    if longest >= 12:
        yield f"a header or footer of {longest} words stands on every page; it was read as no part of the text"


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", text.lower()))


def _edge_lines(page: _Page) -> list[_Line]:
    """The first and last lines in the order of the text, and those that stand in the margins."""
    lines = page.lines
    picked = {id(line): line for line in (*lines[:_TOP_LINES], *lines[-_BOTTOM_LINES:])}
    for line in lines:
        if line.is_placed and (line.y1 < 0.07 * page.height or line.y0 > 0.93 * page.height):
            picked[id(line)] = line
    return list(picked.values())


def _is_repeated(numbers: set[int], found: Sequence[tuple[int, _Line]], filled: int) -> bool:
    needed = 2 if filled <= 3 else 3
    if len(numbers) < needed:
        return False
    # It must stand on neighbouring pages, or on every second one, at the same height.
    ordered = sorted(numbers)
    close = sum(after - before <= 2 for before, after in pairwise(ordered)) + 1
    if close < needed:
        return False
    heights = [line.y0 for _, line in found if line.is_placed]
    if len(heights) < 2:
        return filled > 2
    usual = median(heights)
    same = sum(abs(height - usual) < 4 for height in heights)
    # Text exported page by page from a web page or a filing ends at varying heights: then the words must be the same.
    texts = {line.text for _, line in found}
    if len(texts) == 1 and len(found[0][1].text) >= 25:
        return True
    return same >= 0.6 * len(heights) or (len(texts) == 1 and len(numbers) >= 0.6 * filled)


def _is_page_number(line: _Line, page: _Page, pages: Sequence[_Page]) -> bool:
    text = line.text.strip()
    if _EXPLICIT_PAGE.fullmatch(text):
        return True
    match = _PAGE_NUMBER.fullmatch(text)
    if not match or len(pages) < 2:
        return False
    value = _page_value(match.group("number"))
    # The same offset on another page shows that it counts pages, not things.
    for other in pages:
        if other.number == page.number or abs(other.number - page.number) > 3:
            continue
        for edge in _edge_lines(other):
            other_match = _PAGE_NUMBER.fullmatch(edge.text.strip())
            if other_match and _page_value(other_match.group("number")) - value == other.number - page.number:
                return True
    return False


def _page_value(number: str) -> int:
    if number.isdigit():
        return int(number)
    values = {"i": 1, "v": 5, "x": 10, "l": 50}
    digits = [values[letter] for letter in number.lower()]
    return sum(
        -digit if digit < following else digit for digit, following in zip(digits, [*digits[1:], 0], strict=True)
    )


def _inner_page_numbers(pages: Sequence[_Page], dropped: set[int]) -> set[int]:
    """Page numbers of an older print inside the page, as filings keep them: lone numbers that count up by one."""
    lone: list[tuple[int, int, _Line]] = []
    position = 0
    for page in pages:
        for line in page.lines:
            position += 1
            if id(line) in dropped:
                continue
            if line.text.strip().upper() == "<PAGE>":
                lone.append((position, -1, line))
            elif re.fullmatch(r"[-–—\s]*\d{1,3}[-–—\s]*", line.text):
                lone.append((position, int(re.sub(r"\D", "", line.text)), line))
    found = {id(line) for _, value, line in lone if value < 0}
    chain: list[tuple[int, int, _Line]] = []
    for entry in [*(entry for entry in lone if entry[1] >= 0), (0, -9, _Line("", [], 0))]:
        # A printed page has at least 15 lines, and its number may stand at its end and at the start of the next.
        step = entry[0] - chain[-1][0] if chain else 0
        if chain and entry[1] - chain[-1][1] in (0, 1) and (step >= 15 or step <= 2):
            chain.append(entry)
            continue
        far = sum(after[0] - before[0] >= 15 for before, after in pairwise(chain))
        if far >= 2 and far * 3 >= len(chain):
            found.update(id(line) for _, _, line in chain)
        chain = [entry]
    return found


# ---------------------------------------------------------------- paragraphs


@dataclass(slots=True)
class _Paragraph:
    lines: list[_Line]
    kind: BlockKind = "paragraph"


_BULLET = re.compile(r"[•●○▪■□◦‣➢✓·*–—-]\s+\S")
_NUMBER = re.compile(
    r"(?:(?:section|article|clause|exhibit|schedule|annex|appendix|§{1,2})\s*(?:\d{1,3}|[IVXL]{1,6}|[A-Z]\d?)\b(?:\.\d+)*[.:]?|\d{1,3}(?:\.\d{1,3}){1,4}\.?"
    r"|\d{1,2}[.)]|[A-Z][.)]|[a-z][.)]|\((?:[a-zA-Z]{1,2}|[ivxIVX]{1,5}|\d{1,2})\)|[IVX]{1,5}[.)]|[ivx]{2,5}[.)])"
    r"(?=\s|$|[A-Z“\"])",
    re.IGNORECASE,
)
_FORM_FIELD = re.compile(
    r"(?:By|Its|Name|Title|Date|Dated|Signature|Signed|Address|E-?mail|Phone|Tel|Fax|Attn?)\b[^:]{0,20}:", re.I
)
_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]]*$")
_CLOSED = re.compile(r"(?:[.!?:;]|[;,]\s*(?:and|or|and/or))[\"”’')\]]*$|[;,]\s*(?:and|or)$")


def _paragraphs(pages: Sequence[_Page]) -> list[_Paragraph]:
    paragraphs: list[_Paragraph] = []
    room = 0.0  # how much of the last line of the page before was left empty
    for page in pages:
        lines = _join_cells(page.lines)
        right_edges = _right_edges(lines)
        pitch = _pitch(lines)
        blanks_mean_nothing = sum(line.after_blank for line in lines) > 0.8 * max(1, len(lines) - 1)
        for position, line in enumerate(lines):
            last = lines[position - 1] if position else None
            following = lines[position + 1] if position + 1 < len(lines) else None
            if last is None:
                goes_on = bool(paragraphs) and _goes_on_over_page(paragraphs[-1], line, room)
            else:
                goes_on = not _is_break(
                    last, line, following, paragraphs[-1], right_edges[position - 1], pitch, blanks_mean_nothing
                )
            if goes_on:
                paragraphs[-1].lines.append(line)
            else:
                paragraphs.append(_Paragraph([line]))
        if lines:
            room = right_edges[-1] - lines[-1].x1 if lines[-1].is_placed else 0.0
    for paragraph in paragraphs:
        paragraph.kind = _kind(paragraph)
    return paragraphs


def _join_cells(lines: Sequence[_Line]) -> list[_Line]:
    """Join pieces of one printed line that the file keeps apart: a number and its text, the cells of a table row."""
    joined: list[_Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.is_placed
            and line.is_placed
            and abs(last.y1 - line.y1) < 0.35 * min(last.height, line.height)
            and line.x0 > last.x1 - 0.5 * line.height
        ):
            shift = len(last.text) + 1
            joined[-1] = _Line(
                last.text + (" " if line.x0 - last.x1 < 4 * line.height else "\t") + line.text,
                [*last.words, *((start + shift, end + shift, box) for start, end, box in line.words)],
                line.page,
                last.x0,
                min(last.y0, line.y0),
                line.x1,
                max(last.y1, line.y1),
                True,
                last.after_blank,
            )
        else:
            joined.append(line)
    return joined


def _pitch(lines: Sequence[_Line]) -> float:
    """The usual distance from line to line in line heights; 1.2 where the page is too short to tell."""
    steps = sorted(
        (after.y1 - before.y1) / after.height
        for before, after in pairwise(lines)
        if before.is_placed and after.is_placed and 0 < after.y1 - before.y1 < 4 * after.height
    )
    # The lower third: on a page of short paragraphs most steps may be gaps between them.
    return steps[len(steps) // 3] if len(steps) >= 3 else 1.2


def _right_edges(lines: Sequence[_Line]) -> list[float]:
    """For each line how far right its column reaches: the longest of the lines around it that overlap it."""
    edges: list[float] = []
    for position, line in enumerate(lines):
        near = sorted(
            other.x1
            for other in lines[max(0, position - 8) : position + 9]
            if other.is_placed and other.x0 < line.x0 + 0.5 * (line.x1 - line.x0) + 40 and other.x1 > line.x0
        )
        # Not the very longest: in text wrapped by hand one line in ten is too long.
        edges.append(near[len(near) * 7 // 8] if near else line.x1)
    return edges


def _is_break(
    last: _Line,
    line: _Line,
    following: _Line | None,
    paragraph: _Paragraph,
    right_edge: float,
    pitch: float,
    blanks_mean_nothing: bool,
) -> bool:
    """Does a new paragraph begin with this line?"""
    closed = bool(_CLOSED.search(last.text))
    starts_low = line.text[0].islower()
    number = _NUMBER.match(line.text) or _BULLET.match(line.text)
    if _LONE_BULLET.match(line.text) and number:
        return True
    if not (last.is_placed and line.is_placed):
        if line.after_blank and not blanks_mean_nothing:
            return closed or not starts_low
        if number and (closed or len(last.text) < 60):
            return True
        return bool(_SENTENCE_END.search(last.text)) and len(last.text) < 60
    if line.after_furniture:
        return not _runs_on(paragraph, line)
    step = line.y1 - last.y1
    if step < -0.5 * line.height:  # up again: the next column
        return not _runs_on(paragraph, line)
    if abs(line.height - last.height) > 0.18 * max(line.height, last.height) and len(line.text) > 3 < len(last.text):
        return not (starts_low and not closed)
    if step > (pitch + 0.3) * line.height:
        return closed or not starts_low or step > 2.5 * pitch * line.height
    if line.after_blank and not blanks_mean_nothing and not starts_low and closed:
        return True
    # Would the first word have had room on the line before? Then the line was ended on purpose.
    first_word = line.text.split(" ", 1)[0]
    letter_width = (line.x1 - line.x0) / max(len(line.text), 1)
    had_room = right_edge - last.x1 > letter_width * (len(first_word) + 2.5)
    if number and (closed or _is_headline(last.text)):
        return True
    if number and _NUMBER.match(last.text) and re.search(r"\s\d{1,3}$", last.text):  # a table of contents
        return True
    # After an open line a number is more often the end of "as set out in Section 12.2" than a clause of its own.
    in_brackets = line.text.startswith("(") and not line.text[1].isdigit()
    begins = line.text[number.end() :].lstrip()[:1] if number else ""
    if number and not _stops_short(last.text) and (begins.isupper() or in_brackets or begins in '“"'):
        return had_room or line.x0 < paragraph.lines[0].x0 - 1
    if _FORM_FIELD.match(line.text) and (last.text.endswith("_") or _FORM_FIELD.match(last.text)):
        return True
    if had_room and (closed or (not starts_low and not number and not _stops_short(last.text))):
        return True
    indent = line.x0 - last.x0
    next_x0 = following.x0 if following is not None and following.is_placed else None
    # An indented first line; a hanging second line goes on below the first one's text.
    return indent > line.height and closed and (next_x0 is None or next_x0 < line.x0 - 1) and len(paragraph.lines) > 1


def _stops_short(text: str) -> bool:
    """Does a long line end with a small word or a comma, so that the sentence must go on?"""
    return len(text) >= 40 and bool(re.search(r"(?:\b[a-z]+|,)$", text))


def _is_headline(text: str) -> bool:
    return len(text) < 80 and text == text.upper() and any(character.isalpha() for character in text)


def _runs_on(paragraph: _Paragraph, line: _Line) -> bool:
    """Does the text go on from the end of a page or column? The words alone decide."""
    last = paragraph.lines[-1]
    text, start = last.text, line.text
    if _BULLET.match(start):
        return False
    if start[0].islower() and not re.match(r"[a-z][.)]\s|[ivx]{1,5}[.)]\s", start):
        return not re.search(r"[.!?]$", text) or bool(re.search(r"\b(?:Inc|Ltd|Co|Corp|No|e\.g|i\.e|etc)\.$", text))
    if _SENTENCE_END.search(text) or re.search(r"[;,]\s*(?:and|or)$", text):
        return False
    if _is_headline(text) and len(paragraph.lines) <= 2:
        return False
    if _NUMBER.match(start):
        # "as set out in Section" / "2.1 below"
        return bool(re.search(r"\b(?:section|sections|clause|article|paragraph|and|or|to|of|in)$", text, re.IGNORECASE))
    return len(text) > 45


def _goes_on_over_page(paragraph: _Paragraph, line: _Line, room: float) -> bool:
    last = paragraph.lines[-1]
    if line.text[0].isupper() and room > 12 * last.height:  # the line was ended on purpose
        return False
    if last.is_placed and line.is_placed and abs(line.height - last.height) > 0.25 * last.height:
        return line.text[0].islower() and _runs_on(paragraph, line)
    return _runs_on(paragraph, line)


def _kind(paragraph: _Paragraph) -> BlockKind:
    lines = paragraph.lines
    text = lines[0].text
    if len(lines) == 1 and text.count("\t") >= 1 and not _NUMBER.match(text):
        return "table_row"
    if len(lines) <= 2 and not _SENTENCE_END.search(lines[-1].text):
        whole = " ".join(line.text for line in lines)
        if len(whole) < 120 and whole == whole.upper() and sum(character.isalpha() for character in whole) > 3:
            return "heading"
    if _BULLET.match(text) or re.match(r"\((?:[a-zA-Z]{1,2}|[ivxIVX]{1,5}|\d{1,2})\)\s", text):
        return "list_item"
    return "paragraph"


# ---------------------------------------------------------------- the text

# First parts that are written with a hyphen before most words, in contracts.
_FIRST_PARTS = (
    "non self co cross third first second one two three half high low long short full part well so in on off up out "
    "work buy opt sub royalty tax cost time year day month good arms arm pre post anti ex multi sell read follow "
    "end open real mark set top all hard"
)
_HYPHENATED = frozenset(_FIRST_PARTS.split())
_CLOSED_COMPOUNDS = (
    "without within into onto upon hereof herein hereby hereto hereunder hereafter hereinafter thereof therein thereby "
    "thereto thereunder thereafter wherein whereas whereby throughout however whatsoever notwithstanding therefore "
    "foregoing outside inside including website online offline update upload download override output input"
)
_ONE_WORD = frozenset(_CLOSED_COMPOUNDS.split())


def _lay_out(
    paragraphs: Sequence[_Paragraph],
) -> tuple[str, tuple[Block, ...], tuple[Word, ...]]:
    vocabulary: Counter[str] = Counter()
    for paragraph in paragraphs:
        for line in paragraph.lines:
            vocabulary.update(re.findall(r"[a-z]+(?:-[a-z]+)*", line.text.lower()))
    parts: list[str] = []
    blocks: list[Block] = []
    words: list[Word] = []
    position = 0
    for paragraph in paragraphs:
        if parts:
            parts.append("\n\n")
            position += 2
        start = position
        ends_open = False
        for count, line in enumerate(paragraph.lines):
            following = paragraph.lines[count + 1] if count + 1 < len(paragraph.lines) else None
            text = line.text
            glued = False
            if following is not None and text[-1] in "-\u2010\xad" and len(text) > 1 and text[-2].isalnum():
                glued = following.text[0].isalnum()
                if glued and (text[-1] == "\xad" or _is_broken(text, following.text, vocabulary)):
                    text = text[:-1]
            text = text.removesuffix("\xad")
            if count and not ends_open:
                parts.append(" ")
                position += 1
            parts.append(text)
            for word_start, word_end, (x0, y0, x1, y1) in line.words:
                span = Span(position + word_start, position + min(word_end, len(text)))
                if len(span) > 0:
                    words.append(Word(span, Box(line.page, round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))))
            position += len(text)
            ends_open = glued
        page = paragraph.lines[0].page
        blocks.append(Block(Span(start, position), paragraph.kind, f"page {page}", page=page))
    return "".join(parts), tuple(blocks), tuple(words)


def _is_broken(line: str, following: str, vocabulary: Counter[str]) -> bool:
    """Was the hyphen at the line's end only put there to break the word?"""
    before = re.search(r"[^\W\d_]+(?:-[^\W\d_]+)*(?=[-\u2010]$)", line)
    after = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)*", following)
    if before is None or after is None:
        return False
    first, second = before.group().lower(), after.group().lower()
    if after.group()[0].isupper() and not before.group().isupper():  # Smith-Jones
        return False
    if first + second in _ONE_WORD or "-" in first:
        return first + second in _ONE_WORD
    with_hyphen, without = vocabulary[f"{first}-{second}"], vocabulary[first + second]
    if with_hyphen != without:
        return without > with_hyphen
    if first in _HYPHENATED or len(first) < 2:
        return False
    # Two words that the contract also uses alone make a compound: "content-provider".
    return not (len(first) > 3 and len(second) > 3 and vocabulary[first] > 1 and vocabulary[second] > 1)
