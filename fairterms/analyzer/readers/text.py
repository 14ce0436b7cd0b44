"""Reads plain text and Markdown; the text stays the file's own, character for character."""

from __future__ import annotations

import re

from fairterms.analyzer.readers import Reading, Source
from fairterms.analyzer.values import Block, BlockKind, Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_ATX = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]+\S|[^#\s])")
_SETEXT = re.compile(r"[ ]{0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}([-*_=~])[ \t]*(?:\1[ \t]*){2,}$")
_ITEM = re.compile(r"[ \t]*(?:>[ \t]*)*(?:[-*+•▪◦‣●○■□–—·][ \t]+|\(?(?:\d{1,3}|[a-zA-Z]|[ivxlIVXL]{1,5})[.)][ \t]+)\S")
_CLOSED = re.compile(r"[.!?:;,][\"”’')\]*_]*$|\b(?:and|or)$")
_REFERS = re.compile(
    r"\b(?:sections?|clauses?|articles?|paragraphs?|items?|nos?|of|in|on|under|by|to|january|february|march|april|may|june"
    r"|july|august|september|october|november|december)\.?$",
    re.IGNORECASE,
)
_TABLE_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")


def read(source: Source) -> Reading:
    """Decode the file and find its paragraphs."""
    text, warnings = decode(source)
    return _reading(text, source, warnings)


def read_string(text: str, source: Source) -> Reading:
    """Find the paragraphs of a text that needs no decoding."""
    return _reading(text, source, ())


def decode(source: Source) -> tuple[str, tuple[str, ...]]:
    """The file's text without its byte order mark, and a warning where the encoding had to be guessed."""
    data = source.data
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ()
        except UnicodeDecodeError as error:
            raise source.unreadable("is damaged text; save it again as UTF-8") from error
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        warning = "the text is not UTF-8; it was read as Western European, accents and quotes may be wrong"
        try:
            return data.decode("cp1252"), (warning,)
        except UnicodeDecodeError:  # five bytes have no character in cp1252; Latin-1 has one for every byte
            return data.decode("latin-1"), (warning,)


def _reading(text: str, source: Source, warnings: tuple[str, ...]) -> Reading:
    if not text.strip():
        raise source.unreadable("holds no text")
    if "\0" in text:
        raise source.unreadable("holds bytes that are no text; save it as DOCX or PDF and try again")
    return Reading(text, tuple(_blocks(text)), warnings)


def _is_item(line: str, before: str) -> bool:
    """A bullet or a number; inside a paragraph not one that was only wrapped there, as in "on March / 5. The fee"."""
    match = _ITEM.match(line)
    if not match:
        return False
    is_bullet = not any(character.isalnum() for character in match.group()[:-1])
    last_line = before.rsplit("\n", 1)[-1].strip()
    return is_bullet or bool(_CLOSED.search(last_line)) or (len(last_line) < 60 and not _REFERS.search(last_line))


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    # Lines of the block being gathered: where it begins, where its last visible character ends, its kind and level.
    start = end = -1
    kind: BlockKind = "paragraph"
    level = 0
    first_line = 0

    def close() -> None:
        nonlocal start
        if start >= 0:
            blocks.append(Block(Span(start, end), kind, f"line {first_line}", level=level))
        start = -1

    for number, match in enumerate(_LINE.finditer(text), 1):
        line = match.group()
        visible = line.strip()
        if not visible:
            close()
            continue
        begin = match.start() + line.index(visible[0])
        setext = start >= 0 and kind == "paragraph" and _SETEXT.match(line.rstrip())
        if setext and len(text[start:end].splitlines()) == 1 and not _TABLE_ROW.match(text[start:end]):
            kind, level = "heading", 1 if setext.group(1)[0] == "=" else 2
            end = begin + len(visible)
            close()
            continue
        if _RULE.match(line.rstrip()):
            close()
            start, end, kind, level, first_line = begin, begin + len(visible), "paragraph", 0, number
            close()
            continue
        heading = _ATX.match(line)
        row = _TABLE_ROW.match(line.rstrip("\r\n"))
        item = not heading and not row and _is_item(line, text[start:end] if start >= 0 else "")
        if heading or row or item or (start >= 0 and kind in ("heading", "table_row")):
            close()
        if start < 0:
            start, first_line = begin, number
            kind, level = "paragraph", 0
            if heading:
                kind, level = "heading", len(heading.group(1))
            elif row:
                kind = "table_row"
            elif item:
                kind, level = "list_item", (len(line) - len(line.lstrip())) // 2 + 1
        end = begin + len(visible)
    close()
    return blocks
