"""Reads web pages as a person sees them: headings, paragraphs, lists and tables, without menus and scripts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from fairterms.analyzer.readers import Piece, Reading, Source, lay_out
from fairterms.analyzer.readers.text import decode
from fairterms.analyzer.values import BlockKind

_DROPPED_TAGS = (
    "script style noscript template nav iframe object embed svg canvas audio video button select input textarea "
    "head link meta dialog menu datalist"
)
_OUTER_TAGS = (
    "html body address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_DROPPED = frozenset(_DROPPED_TAGS.split())
_BLOCK_TAGS = frozenset(_OUTER_TAGS.split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([-\w:]+)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\xa0\u200b]+")


def read(source: Source) -> Reading:
    """Read the visible text of the page."""
    markup, warnings = _decode(source)
    too_deep = "is nested too deeply; open the page in a browser and save it as PDF"
    if _depth(markup) > _DEEPEST:
        raise source.unreadable(too_deep)
    root = LexborHTMLParser(markup).body
    walk = _Walk()
    try:
        pieces = list(walk.pieces(root)) if root is not None else []
    except RecursionError as error:
        raise source.unreadable(too_deep) from error
    text, blocks = lay_out(pieces)
    pictures = walk.pictures
    if not text and pictures:
        raise source.unreadable("holds pictures or embedded pages, not text; ask for the contract as PDF or DOCX")
    if not text:
        raise source.unreadable("holds no text; open the page in a browser and save it as PDF")
    if pictures and len(text) < _LITTLE_TEXT:
        warnings += (
            f"the page holds {pictures} picture{'s' * (pictures > 1)} or embedded page{'s' * (pictures > 1)} "
            "whose words, if any, were not read",
        )
    return Reading(text, blocks, warnings)


# Far more than Python can walk. The parser's time grows with the square of the depth: 0.15 s here, 60 s at 200,000.
_DEEPEST = 10_000
# In characters. The shortest contract of CUAD has 3,000; a page of pictures has a title, a menu and a footer.
_LITTLE_TEXT = 1000
_PICTURE_TAGS = frozenset(("img", "picture", "iframe", "object", "embed", "canvas", "svg"))
# Each way to write a comment, then a tag with its attributes; no part of it can fail, so that it takes linear time.
_TAG = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(?P<slash>/?)(?P<tag>[a-z][^\s/>]*)(?:\"[^\"]*\"?|'[^']*'?|[^'\">])*+>?",
    re.IGNORECASE | re.DOTALL,
)
# What never holds others of its kind: void elements, and those whose end is implied by the next one.
_FLAT_TAGS = (
    "area base br col embed hr img input link meta param source track wbr "
    "p li dt dd option optgroup tr td th thead tbody tfoot colgroup a html head body"
)
_FLAT = frozenset(_FLAT_TAGS.split())
_RAW_TEXT = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))


def _depth(markup: str) -> int:
    """At least about how deep the page is nested, counted without building it."""
    open_tags: Counter[str] = Counter()
    depth = deepest = position = 0
    lowered = markup.lower()
    while match := _TAG.search(lowered, position):
        position = match.end()
        tag = match["tag"]
        if not tag or tag in _FLAT:
            continue
        if match["slash"]:
            closes = open_tags[tag] > 0
            open_tags[tag] -= closes
            depth -= closes
        elif tag in _RAW_TEXT:
            end = lowered.find(f"</{tag}", position)
            position = len(lowered) if end < 0 else end
        else:
            open_tags[tag] += 1
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _decode(source: Source) -> tuple[str, tuple[str, ...]]:
    data = source.data
    declared = _META_CHARSET.search(data[:4096])
    has_mark = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    if declared and not has_mark:
        encoding = declared.group(1).decode("ascii", "ignore")
        # Browsers read the label "iso-8859-1" as cp1252 (WHATWG Encoding Standard, 4.2).
        if encoding.lower() in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
            encoding = "cp1252"
        try:
            return data.decode(encoding), ()
        except (LookupError, UnicodeDecodeError):
            return decode(source)
    return decode(source)


class _Walk:
    """One walk over the page: gathers inline text until a block begins or ends, then hands it out as a piece."""

    def __init__(self) -> None:
        self.gathered: list[str] = []
        self.kind: BlockKind = "paragraph"
        self.level = 0
        self.prefix = ""
        self.counts: dict[str, int] = {}
        self.lists: list[list[int | str]] = []
        self.pictures = 0

    def pieces(self, root: LexborNode) -> Iterator[Piece]:
        yield from self._visit(root)
        yield from self._flush()

    def _flush(self) -> Iterator[Piece]:
        lines = (_SPACES.sub(" ", line).strip() for line in "".join(self.gathered).split("\v"))
        text = "\n".join(line for line in lines if line)
        self.gathered.clear()
        if text:
            name = {"heading": "heading", "list_item": "li", "table_row": "row"}.get(self.kind, "p")
            self.counts[name] = self.counts.get(name, 0) + 1
            yield Piece(self.prefix + text, self.kind, f"{name} {self.counts[name]}", self.level)
            self.prefix = ""

    def _visit(self, node: LexborNode) -> Iterator[Piece]:
        tag = node.tag or ""
        if tag == "-text":
            self.gathered.append(node.text_content or "")
            return
        if tag in _PICTURE_TAGS and not _is_hidden(node) and not _is_small(node):
            self.pictures += 1
        if tag in _DROPPED or tag.startswith(("-", "!", "_")) or _is_hidden(node):
            return
        if tag == "br":
            self.gathered.append("\v")
            return
        if tag == "tr" and _is_leaf_row(node):
            yield from self._flush()
            cells = [_SPACES.sub(" ", cell.text(deep=True, separator=" ")).strip() for cell in node.iter()]
            filled = [cell for cell in cells if cell]
            # Word processors lay out numbered paragraphs as tables: a number in one cell, its text in the next.
            numbered = len(filled) == 2 and re.fullmatch(r"\(?[\w.]{1,6}[.)]|[•·▪-]", filled[0])
            outer = self.kind
            self.kind = "paragraph" if len(filled) == 1 or numbered else "table_row"
            self.gathered.append((" " if numbered else " | ").join(filled))
            yield from self._flush()
            self.kind = outer
            return
        if tag not in _BLOCK_TAGS:
            for child in node.iter(include_text=True):
                yield from self._visit(child)
            return
        yield from self._flush()
        outer_kind, outer_level = self.kind, self.level
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.kind, self.level = "heading", int(tag[1])
        elif tag in ("ol", "ul"):
            first = node.attributes.get("start") or "1"
            self.lists.append([int(first) if first.lstrip("-").isdigit() else 1, _marker_style(node)])
        elif tag == "li":
            self.kind, self.level = "list_item", len(self.lists)
            self.prefix = self._marker(node)
        elif self.kind == "heading":
            self.kind, self.level = "paragraph", 0
        for child in node.iter(include_text=True):
            yield from self._visit(child)
        yield from self._flush()
        if tag in ("ol", "ul"):
            self.lists.pop()
        if tag == "li":
            self.prefix = ""
        self.kind, self.level = outer_kind, outer_level

    def _marker(self, node: LexborNode) -> str:
        if not self.lists or self.lists[-1][1] == "bullet":
            return "• " if self.lists else ""
        number, style = self.lists[-1]
        value = node.attributes.get("value") or ""
        count = int(value) if value.isdigit() else int(number)
        self.lists[-1][0] = count + 1
        text = node.text(deep=True).strip()
        label = _label(count, str(style))
        # Some pages print the number in the text as well and hide the list's own.
        return "" if re.match(r"\(?(?:\d{1,3}(?:\.\d+)*|[a-z])[.)]\s", text) else f"{label}. "


def _marker_style(node: LexborNode) -> str:
    if node.tag == "ul" or "list-style-type: none" in (node.attributes.get("style") or ""):
        return "bullet"
    return node.attributes.get("type") or "1"


def _label(count: int, style: str) -> str:
    if style in ("a", "A") and 1 <= count <= 26:
        return chr(ord(style) + count - 1)
    if style in ("i", "I") and 0 < count < 40:
        roman = "x" * (count // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[count % 10]
        return roman if style == "i" else roman.upper()
    return str(count)


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or attributes.get("role") == "navigation":
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))


def _is_small(node: LexborNode) -> bool:
    """Icons and counters of visitors: at most 64 pixels high or wide, where the page says so."""
    sides = (node.attributes.get(side) or "" for side in ("width", "height"))
    return any(match is not None and int(match.group()) <= 64 for match in map(_PIXELS.match, sides))


_PIXELS = re.compile(r"\d{1,6}(?=(?:\.\d*)?(?:px)?\s*$)", re.ASCII)


def _is_leaf_row(node: LexborNode) -> bool:
    """Rows that hold other tables, or long running text, lay out the page; they are no rows of a table."""
    if node.css_first("table, ul, ol, h1, h2, h3, h4, h5, h6, script, style") is not None:
        return False
    return sum(len(cell.css("p")) for cell in node.iter()) <= sum(1 for _ in node.iter())
