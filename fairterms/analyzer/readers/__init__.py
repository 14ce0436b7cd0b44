"""The one place that knows file formats: a file's bytes go in, a Document comes out, or one line saying why not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from fairterms.analyzer.readers.english import Judgement, guess_language, judge
from fairterms.analyzer.values import Block, BlockKind, Document, Span, Word

__all__ = [
    "NOT_ENGLISH", "NOT_READ", "READERS", "Limits", "Origin", "Piece", "Reader", "Reading", "Source", "UnreadableDocument",
    "guess_language", "is_partly_read", "lay_out", "read", "read_text",
]  # fmt: skip

# Each warning that something could not be read, or not judged, holds one of these; is_partly_read looks for them.
NOT_ENGLISH = "does not look English"
NOT_READ = ("was not read", "were not read", "could not be read")


class UnreadableDocument(Exception):  # noqa: N818 - it names what the person has in hand
    """A file that cannot be read, in one line that says what a person can do about it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is still read. The longest union agreement we met has 700 pages and 9 MB; a bomb has far more."""

    max_bytes: int = 50 * 2**20
    max_pages: int = 1000


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes with all a format's reader may need beside them."""

    name: str
    data: bytes
    suffix: str = ""
    password: str | None = None
    limits: Limits = Limits()

    def unreadable(self, why: str) -> UnreadableDocument:
        return UnreadableDocument(f"{self.name}: {why}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a format's reader hands back: the text and where each piece of it stood."""

    text: str
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()
    pages: int = 0
    unread_pages: tuple[int, ...] = ()
    words: tuple[Word, ...] = ()


Reader = Callable[[Source], Reading]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a part of a piece comes from: from ``start`` on it holds ``text``, which an element of the file says."""

    start: int
    text: str
    element: Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that becomes one block; ``origins`` say of which elements, in formats that can be written back."""

    text: str
    kind: BlockKind
    locator: str
    level: int = 0
    origins: tuple[Origin, ...] = ()


def _late(module: str) -> Reader:
    """Import a format's module, and with it its heavy library, only when a file of that format comes."""

    def read_format(source: Source) -> Reading:
        reader: ModuleType = import_module(f"{__name__}.{module}")
        reading: Reading = reader.read(source)
        return reading

    return read_format


READERS: dict[str, Reader] = {
    "pdf": _late("pdf"),
    "docx": _late("docx"),
    "html": _late("html"),
    "markdown": _late("text"),
    "text": _late("text"),
}

_SUFFIXES = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    "": "text",
}

_SAVE_AS = "save it as DOCX or PDF and try again"

# Magic numbers: Wikipedia, "List of file signatures".
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"\x00\x00\x01\x00")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Word encrypts a DOCX inside an OLE container, in a stream of this name (MS-OFFCRYPTO 2.3.4.4).
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read(
    source: Path | bytes, *, name: str | None = None, password: str | None = None, limits: Limits | None = None
) -> Document:
    """Read a contract; its format is decided by what the file holds, and by its name only where that is not enough."""
    limits = limits or Limits()
    if isinstance(source, bytes):
        name, data = name or "document", source
    else:
        name = name or source.name
        data = _bytes_of(source, name, limits)
    given = Source(name, data, Path(name).suffix.lower(), password, limits)
    if not data:
        raise given.unreadable("is empty; ask for the file again")
    if len(data) > limits.max_bytes:
        raise given.unreadable(_too_large(limits))
    format_name = _format_of(given)
    return _document(given, format_name, READERS[format_name](given))


def read_text(text: str, name: str = "pasted text") -> Document:
    """Read text that was pasted; it stays as it is, character for character."""
    given = Source(name, text.encode("utf-8", "surrogatepass"), ".txt")
    module = import_module(f"{__name__}.text")
    reading: Reading = module.read_string(text, given)
    return _document(given, "text", reading)


def is_partly_read(document: Document) -> bool:
    """Whether something in the file could not be read or judged, so that finding nothing is no good news."""
    return (
        bool(document.unread_pages)
        or document.language != "en"
        or not document.text.strip()
        or any(mark in warning for warning in document.warnings for mark in (NOT_ENGLISH, *NOT_READ))
    )


def lay_out(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Join pieces to one text, a blank line between them, and say where each one stands."""
    parts: list[str] = []
    blocks: list[Block] = []
    position = 0
    for piece in pieces:
        if not piece.text.strip():
            continue
        if parts:
            parts.append("\n\n")
            position += 2
        parts.append(piece.text)
        blocks.append(Block(Span(position, position + len(piece.text)), piece.kind, piece.locator, level=piece.level))
        position += len(piece.text)
    return "".join(parts), tuple(blocks)


def _bytes_of(path: Path, name: str, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableDocument(f"{name}: is a folder; name a file in it")
        if path.stat().st_size > limits.max_bytes:
            raise UnreadableDocument(f"{name}: {_too_large(limits)}")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument(f"{name}: there is no such file") from error
    except OSError as error:
        raise UnreadableDocument(f"{name}: cannot be opened ({error.strerror or type(error).__name__})") from error


def _too_large(limits: Limits) -> str:
    return f"is larger than {limits.max_bytes / 2**20:g} MB; send the contract alone, without its pictures"


def _format_of(source: Source) -> str:
    data = source.data
    if (
        b"%PDF-" in data[:1024]
    ):  # ISO 32000-1, annex H.3.4.1: junk before the header is allowed in the first 1,024 bytes
        return "pdf"
    if data.startswith(b"PK"):
        return _format_of_zip(source)
    if data.startswith(_OLE):
        if _OLE_ENCRYPTED in data or source.suffix in (".docx", ".docm", ".dotx"):
            raise source.unreadable("is protected by a password; open it in Word, take the password away and save it")
        raise source.unreadable(f"is an old Word or Office file; {_SAVE_AS}")
    if data.startswith(b"{\\rtf"):
        raise source.unreadable(f"is an RTF file; {_SAVE_AS}")
    if data.startswith(_PICTURES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        raise source.unreadable("is a picture; ask for the document as PDF or DOCX, or type its text into a .txt file")
    by_name = _SUFFIXES.get(source.suffix)
    if by_name == "pdf":
        raise source.unreadable("is named as a PDF but is none; it may be damaged: ask for it again")
    if by_name == "docx":
        raise source.unreadable("is named as a Word file but is none; it may be damaged: ask for it again")
    if _is_binary(data):
        raise source.unreadable(f"is of a kind that is not known here; {_SAVE_AS}")
    if by_name is not None and (by_name != "text" or source.suffix):
        return by_name
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if start.startswith((b"<!doctype html", b"<html")) else by_name or "text"


def _format_of_zip(source: Source) -> str:
    # The names of the files in a zip stand uncompressed in it, also when it is damaged.
    if b"word/document" in source.data or source.suffix in (".docx", ".docm", ".dotx"):
        return "docx"
    if b"opendocument.text" in source.data[:200] or source.suffix == ".odt":
        raise source.unreadable(f"is an OpenDocument file; {_SAVE_AS}")
    raise source.unreadable("is an archive or an Office file other than Word; send the contract in it as DOCX or PDF")


def _is_binary(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 with a mark has NUL bytes and is text
        return False
    start = data[:65536]
    controls = sum(start.count(code) for code in (*range(9), *range(14, 27), 28, 29, 30, 31))
    return b"\0" in start or controls > len(start) / 100


def _document(source: Source, format_name: str, reading: Reading) -> Document:
    judged = judge(reading.text[block.span.start : block.span.end] for block in reading.blocks)
    return Document(
        name=source.name,
        sha256=hashlib.sha256(source.data).hexdigest(),
        format=format_name,
        text=reading.text,
        blocks=reading.blocks,
        pages=reading.pages,
        unread_pages=reading.unread_pages,
        warnings=(*reading.warnings, *_language_warning(judged)),
        language=judged.language,
        words=reading.words,
    )


_SHARES = (
    (0.1, "a tenth"), (0.25, "a quarter"), (0.33, "a third"), (0.5, "half"), (0.67, "two thirds"),
    (0.75, "three quarters"), (0.9, "nine tenths"),
)  # fmt: skip


def _language_warning(judged: Judgement) -> tuple[str, ...]:
    share = judged.foreign_share
    # English terms quote laws, names and addresses of other countries: up to .07 in 100 real ones.
    if judged.language == "en" and share < 0.1:
        return ()
    if judged.language != "en" and share > 0.85:
        return (f"the text {NOT_ENGLISH}; findings may be missing: ask a person",)
    nearest = min(_SHARES, key=lambda named: abs(named[0] - share))[1]
    return (f"about {nearest} of the text {NOT_ENGLISH}; findings may be missing there: ask a person",)
