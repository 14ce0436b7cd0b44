"""Cuts a document along its own numbering, headings and lists, and each piece into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from fairterms.analyzer.values import Block, BlockKind, Clause, Document, Span


def segment(document: Document) -> tuple[Clause, ...]:
    """The clauses in text order; together they hold all of the text that is not blank."""
    return tuple(_clauses(document.text, _pieces(document)))


# ---------------------------------------------------------------- numbers

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_RANKS = {
    "exhibit": 0, "schedule": 0, "annex": 0, "annexe": 0, "appendix": 0, "attachment": 0, "addendum": 0,
    "part": 1, "title": 1, "chapter": 2, "article": 3, "section": 4, "sec.": 4, "clause": 4, "paragraph": 4, "§": 4,
    "§§": 4,
}  # fmt: skip
_COUNTS_IN_WORDS = "one two three four five six seven eight nine ten"
_COUNT_WORDS = dict(zip(_COUNTS_IN_WORDS.split(), range(1, 11), strict=True))

_MARKER = re.compile(
    r"""
    (?:
      (?P<word>(?:exhibit|schedule|annexe?|appendix|attachment|addendum|part|title|chapter|article|section|sec\.|clause
                 |paragraph)(?=[ \t\xa0])|§{1,2})[ \t\xa0]*
      (?P<of_word>\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,7}(?![A-Za-z])|[A-Za-z]-?\d{0,2}(?![A-Za-z])|(?:one|two|three|four
                 |five|six|seven|eight|nine|ten)\b)
      (?P<sub>(?:\((?:[a-z]{1,4}|\d{1,2})\))*) [.:)]?
    | (?P<decimal>\d{1,3}(?:\.\d{1,3}){1,5})(?P<decimal_sub>(?:\((?:[a-zA-Z]{1,4}|\d{1,2})\))*) [.)]?
    | (?P<single>\d{1,3}) \\?(?P<single_end>[.)])
    | \\?\((?P<bracketed>[a-zA-Z]{1,2}|[ivxlIVXL]{1,6}|\d{1,3})\\?\)
    | (?P<letter>[ivxlIVXL]{1,6}|[A-Za-z]{1,2}) \\?(?P<letter_end>[.)])
    )
    (?=\s|$|[A-Z“"'‘(\[*_]|[–—-]\s)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONE_ROMAN = re.compile(r"([IVX]{1,6})[.]?\s*")  # alone on its line, its heading on the next
# What follows a number that is no clause number: "3.5 percent", "2.5 million".
_UNIT = re.compile(
    r"\s*(?:%|percent|per\s?cent|million|billion|hundred|thousand|days?|weeks?|months?|years?|hours?|minutes?"
    r"|seconds?|times?|pages?|copies|points?|x\s|cm|mm|inch|euros?|dollars?|usd|eur|gbp)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number at the start of a piece: how it is printed, and the kinds of count it may belong to."""

    printed: str
    counts: tuple[tuple[str, int], ...]  # a style such as "(a)" with the place in its row: (i) is the 1st or the 9th
    digits: tuple[int, ...] = ()
    rank: int | None = None
    is_bracketed: bool = False
    end: int = 0


def _number_at(text: str, start: int, end: int) -> _Number | None:
    """The number that stands at ``start``, if it can be one by itself."""
    match = _MARKER.match(text, start, end)
    if match is None:
        lone = _LONE_ROMAN.match(text, start, end)
        if lone is None or lone.end() < end:
            return None
        return _Number(lone[1], (("roman", _roman(lone[1].lower())),), rank=_RANKS["article"], end=lone.end(1))
    follows = text[match.end() : min(end, match.end() + 40)]
    goes_on = follows.lstrip()[:1]
    if match["word"]:
        # "Section 4 applies" speaks of a section, "Section 4 Payment" is one.
        if goes_on.islower() or (goes_on and goes_on in ",;)"):
            return None
        name, of_word = match["word"].lower(), match["of_word"]
        if _RANKS[name] == 0 and "." in of_word:  # "Exhibit 10.19": a filing's number for the whole contract
            return None
        digits = tuple(int(part) for part in of_word.split(".")) if of_word[0].isdigit() else ()
        value = digits[-1] if digits else _value_of_word(of_word)
        printed = text[match.start() : match.end("sub")].strip()
        return _Number(printed, ((name, value),), digits, _RANKS[name], end=match.end())
    if match["decimal"]:
        if _UNIT.match(follows) or (goes_on.islower() and goes_on not in "ie") or goes_on == "%":
            return None
        digits = tuple(int(part) for part in match["decimal"].split("."))
        if len(digits) == 2 and re.match(r"\s*[ap]\.?m\b", follows):
            return None
        return _Number(match["decimal"] + match["decimal_sub"], (("decimal", digits[-1]),), digits, end=match.end())
    if match["single"]:
        value = int(match["single"])
        if value > 199 or _UNIT.match(follows):
            return None
        style = "1." if match["single_end"] == "." else "1)"
        return _Number(match["single"], ((style, value),), (value,) if style == "1." else (), end=match.end())
    if match["bracketed"]:
        token = match["bracketed"]
        if token in ("c", "C", "r", "R") and re.match(r"\s*(?:19|20)\d\d", follows):  # the sign of copyright
            return None
        counts = _counts(token, "(", ")")
        return _Number(f"({token})", counts, is_bracketed=True, end=match.end()) if counts else None
    token = match["letter"]
    counts = _counts(token, "", match["letter_end"])
    return _Number(token, counts, end=match.end()) if counts else None


def _counts(token: str, before: str, after: str) -> tuple[tuple[str, int], ...]:
    if token.isdigit():
        return ((f"{before}1{after}", int(token)),)
    counts: list[tuple[str, int]] = []
    low = token.lower()
    if token not in (low, token.upper()):
        return ()
    is_low = token == low
    roman = _roman(low)
    if roman:
        counts.append((f"{before}{'i' if is_low else 'I'}{after}", roman))
    if len(set(low)) == 1:  # a, b, ... z, aa, bb
        counts.append((f"{before}{'a' if is_low else 'A'}{after}", ord(low[0]) - 96 + 26 * (len(low) - 1)))
    return tuple(counts)


def _roman(letters: str) -> int:
    if not re.fullmatch(r"c?(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", letters) or not letters:
        return 0
    digits = [_ROMAN[letter] for letter in letters]
    return sum(-digit if digit < after else digit for digit, after in zip(digits, [*digits[1:], 0], strict=True))


def _value_of_word(token: str) -> int:
    low = token.lower()
    if low in _COUNT_WORDS:
        return _COUNT_WORDS[low]
    return (token.isupper() and _roman(low)) or (ord(low[0]) - 96 if low[0].isalpha() else 0)


# ---------------------------------------------------------------- pieces

_BULLET = re.compile(r"(?:[-*+](?=[ \t])|[•▪◦‣●○■□·➢✓☐☒](?=\s)|[–—](?=\s))\s*")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_HASHES = re.compile(r"#{1,6}[ \t]*(?=\S)")
_STARS = re.compile(r"(\*{1,3}|_{1,3})(?=[^\s*_])")
_LINE = re.compile(r"[^\r\n]+")
_BLANK = re.compile(r"(?:\r\n|\r|\n|\f)[ \t\xa0]*(?:\r\n|\r|\n|\f)\s*")
_CLOSED = re.compile(r"[.!?:;,][\"”’')\]*_]*\s*$|\b(?:and|or|and/or)\s*$")
_REFERENCE = re.compile(
    r"\b(?:sections?|secs?\.?|clauses?|articles?|arts?\.?|paragraphs?|paras?\.?|nos?\.?|items?|exhibits?|schedules?|of|in"
    r"|under|and|or|to|by|pages?|p\.|§+|jan\.?|feb\.?|mar\.?|apr\.?|june?\.?|july?\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?"
    r"|january|february|march|april|may|august|september|october|november|december)\s*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-*_=~|:\s]*")


@dataclass(slots=True)
class _Piece:
    """A stretch of text with one number, bullet or heading at most, at its start."""

    start: int
    end: int
    kind: BlockKind
    level: int
    body: int = 0  # where the first character stands that is no mark, bullet or number
    marks: str = ""
    number: _Number | None = None
    is_bullet: bool = False
    indent: int = 0
    heading: str = ""
    is_heading: bool = False


def _pieces(document: Document) -> list[_Piece]:
    text = document.text
    pieces: list[_Piece] = []
    for block in _blocks(document):
        if block.kind in ("heading", "table_row", "note"):
            pieces.append(_piece(text, block.span.start, block.span.end, block.kind, block.level))
            continue
        for start, end in _split_lines(text, block.span.start, block.span.end):
            pieces.append(_piece(text, start, end, block.kind, block.level))
    pieces = [piece for piece in pieces if piece.end > piece.start]
    _check_letters(pieces)
    _find_headings(text, pieces)
    return pieces


def _blocks(document: Document) -> Iterator[Block]:
    """The reader's blocks in order, and the stretches between them that no block holds."""
    position = 0
    for block in document.blocks:
        yield from _loose(document.text, position, block.span.start)
        yield block
        position = max(position, block.span.end)
    yield from _loose(document.text, position, len(document.text))


def _loose(text: str, start: int, end: int) -> Iterator[Block]:
    for first, last in _stretches(text, start, end, _BLANK):
        yield Block(Span(first, last), "paragraph", "")


def _stretches(text: str, start: int, end: int, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """What stands between the separators, without blank edges; nothing for a stretch that is all blank."""
    cuts = [start, *(at for match in separator.finditer(text, start, end) for at in match.span()), end]
    for first, last in zip(cuts[::2], cuts[1::2], strict=True):
        stripped = _strip(text, first, last)
        if stripped is not None:
            yield stripped


def _strip(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


def _split_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a block where a line begins with a number or bullet of its own, or a blank line stands in it."""
    for first, last in _stretches(text, start, end, _BLANK):
        begin, before = first, ""
        for match in _LINE.finditer(text, first, last):
            line = match.group()
            if match.start() > begin and line.strip() and _begins_piece(text, match.start(), match.end(), before):
                stripped = _strip(text, begin, match.start())
                if stripped is not None:
                    yield stripped
                begin = match.start()
            before = line
        stripped = _strip(text, begin, last)
        if stripped is not None:
            yield stripped


def _begins_piece(text: str, start: int, end: int, before: str) -> bool:
    """Does this line of a paragraph begin an item of its own, or did a number only happen to be wrapped there?"""
    at, _, is_bullet = _marks(text, start, end)
    if is_bullet:
        return True
    number = _number_at(text, at, end)
    before = before.strip()
    if number is None or _REFERENCE.search(before):
        return False
    return len(before) < 60 or bool(_CLOSED.search(before))


def _marks(text: str, start: int, end: int) -> tuple[int, str, bool]:
    """Where the words or the number begin behind quote marks, hashes, bullets and stars; the marks; is it a bullet?"""
    at, is_bullet, marks = start, False, ""
    moved = True
    while moved and at < end:
        moved = False
        while at < end and text[at].isspace():
            at += 1
        for pattern in (_QUOTE, _HASHES, _BULLET, _STARS):
            match = pattern.match(text, at, end)
            if match is None or (pattern is _BULLET and (is_bullet or match.end() >= end)):
                continue
            is_bullet = is_bullet or pattern is _BULLET
            marks += match.group().strip()
            at, moved = match.end(), True
            break
    return at, marks, is_bullet


def _piece(text: str, start: int, end: int, kind: BlockKind, level: int) -> _Piece:
    piece = _Piece(start, end, kind, level, body=start)
    if kind in ("table_row", "note"):
        return piece
    piece.body, piece.marks, piece.is_bullet = _marks(text, start, end)
    line_start = text.rfind("\n", 0, start) + 1
    piece.indent = len(text[line_start:start].expandtabs(4)) // 2
    piece.number = _number_at(text, piece.body, end)
    if piece.number is not None:
        if piece.number.end >= end and piece.number.rank is None and not piece.number.digits:
            piece.number = None  # a lone "x." or "(a)" is an answer or a box, not a clause
        else:
            piece.body = piece.number.end
            piece.is_bullet = False
            while piece.body < end and (text[piece.body].isspace() or text[piece.body] in "*_"):
                piece.marks += text[piece.body].strip()
                piece.body += 1
    return piece


def _check_letters(pieces: Sequence[_Piece]) -> None:
    """Take back letters that belong to no row of letters: "J. Smith", "v. Jones"."""
    seen: dict[str, int] = {}
    for piece in pieces:
        number = piece.number
        if number is None:
            continue
        if number.digits or number.rank is not None:
            continue
        fitting = [
            (style, value) for style, value in number.counts if value == 1 or 0 < value - seen.get(style, 0) <= 3
        ]
        if not fitting and not number.is_bracketed and not number.counts[0][0].endswith(")"):
            piece.number = None
            piece.body = piece.start if not piece.marks else number.end - len(number.printed) - 1
            continue
        seen.update(fitting or number.counts)


# ---------------------------------------------------------------- headings

_SMALL_WORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "the",
        "to",
        "upon",
        "with",
        "not",
    )
)
# Words that show a sentence: a heading has none of them.
_VERBS = re.compile(
    r"\b(?:shall|will|must|may|can|cannot|is|are|was|were|be|been|has|have|had|does|do|agrees?|grants?|assigns?|waives?"
    r"|warrants?|represents?|acknowledges?|means?|pays?|provides?|applies|retains?|owns?|hereby|you|we|it|they|i)\b",
    re.IGNORECASE,
)
_RUN_IN = re.compile(
    r"(?P<heading>[^\n.:;|\t]{2,90}?)(?P<stars>[*_]{0,3})(?P<stop>[.:]|[ ]?[–—](?=[ ]?[A-Z“\"])|[ ]-(?=[ ]))"
    r"(?P<after>[*_]{0,3})(?=\s+[\"“(‘\[*_A-Z§$€£\d]|(?<=:)\s+\S|[–—])\s*"
)
# A heading on the first line of a numbered paragraph, its text from the second line on.
_OWN_LINE = re.compile(
    r"(?P<heading>[^\n.:;|\t,]{2,60}?)(?P<stars>[*_]{0,3})(?P<stop>[.]?)(?P<after>[*_]{0,3})"
    r"[ \t\r]*\n\s*(?=[\"“(‘\[*_A-Z])"
)


def _find_headings(text: str, pieces: Sequence[_Piece]) -> None:
    for position, piece in enumerate(pieces):
        following = pieces[position + 1] if position + 1 < len(pieces) else None
        last = pieces[position - 1] if position else None
        if piece.kind in ("table_row", "note"):
            continue
        words = text[piece.body : piece.end]
        if _is_heading_alone(text, piece, words, last, following):
            piece.is_heading = True
            piece.heading = _clean(words)
            continue
        if words.lstrip().startswith("__") or "___" in words[:120]:  # a line to sign on
            continue
        match = _RUN_IN.match(text, piece.body, piece.end) or _OWN_LINE.match(text, piece.body, piece.end)
        if match is None:
            continue
        heading = _clean(match["heading"])
        is_bold = ("**" in piece.marks or "__" in piece.marks) and bool(match["stars"] or match["after"])
        if not _may_run_in(heading, match["stop"], is_bold, piece):
            continue
        piece.heading = heading
        # "Territory: worldwide" says nothing without its label, so the label stays in the sentence.
        if match["stop"] != ":":
            piece.body = match.end()


def _may_run_in(heading: str, stop: str, is_bold: bool, piece: _Piece) -> bool:
    words = heading.split()
    if not words or len(words) > 10 or not words[0][0].isupper() or f"{words[-1].lower()}." in _abbreviations():
        return False
    if is_bold:
        return True
    if stop == ":" and any(character.isdigit() for character in heading):  # "July 1, 2027: EUR 500"
        return False
    if stop == "" and not (piece.number is not None and _is_title(words)):
        return False
    if piece.number is None and not (len(words) <= 4 and _is_title(words) and len(heading) > 3 and not piece.is_bullet):
        return False
    return (_is_title(words) or len(words) <= 6) and not _VERBS.search(heading)


def _is_title(words: Sequence[str]) -> bool:
    """Are all words written large that a heading writes large?"""
    return all(
        word[0].isupper() or word[0].isdigit() or word.lower() in _SMALL_WORDS or not word[0].isalpha()
        for word in words
    )


def _is_heading_alone(text: str, piece: _Piece, words: str, last: _Piece | None, following: _Piece | None) -> bool:
    plain = _clean(words)
    count = len(plain.split())
    reads_as_sentence = count > 8 and bool(re.search(r"[.!?;][*_]*$", words.rstrip()))
    if piece.kind == "heading" or "#" in piece.marks:
        return count <= 25 and not reads_as_sentence and not (":" in plain[:-1] and count > 12)
    if not plain:  # a number alone: "ARTICLE IV"
        return piece.number is not None
    if (
        ":" in plain
        or "\t" in words
        or "|" in words
        or count > 14
        or reads_as_sentence
        or "___" in words
        or plain[-1] in ",;:?!"
    ):
        return False
    if following is None or piece.is_bullet or not any(character.isalpha() for character in plain):
        return False
    number = piece.number
    is_bold = re.fullmatch(r"\*\*.+\*\*|__.+__", text[piece.start : piece.end].strip().rstrip(".:")) is not None
    if is_bold and number is None:
        return not _VERBS.search(plain)
    if number is not None and number.is_bracketed:
        return False
    if number is not None:
        follows_item = last is not None and not last.is_heading and not last.heading and last.end - last.start < 80
        if _is_sibling(number, following.number) or (follows_item and last and _is_sibling(last.number, number)):
            return plain == plain.upper() and len(plain) > 3 and number.rank is not None
        ends = bool(re.search(r"\.[*_]*$", words.rstrip()))
        return not _VERBS.search(plain) and count <= 10 and (not ends or _is_title(plain.split()) or count <= 4)
    if last is not None and text[last.start : last.end].rstrip().endswith(":"):
        return False
    if re.search(r"\.[*_]*$", words.rstrip()):
        return False
    letters = [character for character in plain if character.isalpha()]
    if len(letters) > 2 and plain == plain.upper() and count <= 12:
        return True
    after = text[following.start : following.end]
    return (
        count <= 8
        and _is_title(plain.split())
        and not re.search(r"\d{4}|@|/s/|,", plain)
        and not _VERBS.search(plain)
        and (following.number is not None or (len(after.split()) >= 8 and bool(re.search(r"[.:;]\W*$", after))))
    )


def _is_sibling(number: _Number | None, other: _Number | None) -> bool:
    """Do the two follow each other in one row?"""
    if number is None or other is None:
        return False
    if number.digits or other.digits:
        return len(number.digits) == len(other.digits) and number.rank == other.rank
    return any(style == after for style, _ in number.counts for after, _ in other.counts)


def _clean(words: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[*_#\\=]{1,}|-{3,}", " ", words)).strip().rstrip(".:").strip(" –—")


# ---------------------------------------------------------------- clauses


@dataclass(slots=True)
class _Entry:
    """One level of the tree above the place we are at."""

    style: str
    value: int
    number: str
    heading: str
    digits: tuple[int, ...] = ()
    rank: int | None = None
    depth: int = 0

    @property
    def label(self) -> str:
        return " ".join(part for part in (self.number, self.heading) if part)


@dataclass(slots=True)
class _Draft:
    start: int
    end: int
    number: str
    heading: str
    path: tuple[str, ...]
    level: int
    pieces: list[_Piece] = field(default_factory=list)
    takes_text: bool = False  # a heading waits for the paragraph under it
    takes_heading: bool = False  # "ARTICLE IV" waits for the heading on the next line


def _clauses(text: str, pieces: Iterable[_Piece]) -> Iterator[Clause]:
    stack: list[_Entry] = []
    draft: _Draft | None = None
    for piece in pieces:
        joined = draft is not None and _joins(text, draft, piece, stack)
        if joined and draft is not None:
            draft.pieces.append(piece)
            draft.end = piece.end
            continue
        if draft is not None:
            yield _finish(text, draft)
        draft = _begin(piece, stack)
    if draft is not None:
        yield _finish(text, draft)


def _joins(text: str, draft: _Draft, piece: _Piece, stack: list[_Entry]) -> bool:
    last = draft.pieces[-1]
    if piece.kind == "table_row":
        return last.kind == "table_row" or draft.takes_text
    if piece.number is not None or piece.is_bullet or piece.kind == "note":
        return False
    if piece.is_heading:
        if draft.takes_heading:
            draft.heading, draft.takes_heading, draft.takes_text = piece.heading, False, True
            if stack:
                stack[-1].heading = piece.heading
            return True
        return False
    if draft.takes_text:
        draft.takes_text = draft.takes_heading = False
        if piece.heading:  # the paragraph begins with a heading of its own: "Term" above, "Renewal. ..." below
            draft.heading = ". ".join(filter(None, (draft.heading, piece.heading)))
        return True
    if not re.search(r"\w", text[piece.start : piece.end]):  # a line drawn with dashes belongs to what stands above
        return True
    # A sentence that clearly goes on over a break: no stop before it, a small letter after it.
    before = text[last.start : last.end]
    return (
        last.kind == "paragraph"
        and piece.kind == "paragraph"
        and len(before) > 60
        and before[-1].isalnum()
        and text[piece.body].islower()
    )


def _begin(piece: _Piece, stack: list[_Entry]) -> _Draft:
    if piece.number is not None:
        _place(piece, piece.number, stack)
        number, heading = stack[-1].number, piece.heading
        above = stack[:-1]
    elif piece.is_heading:
        _place_heading(piece, stack)
        number, heading, above = "", piece.heading, stack[:-1]
    else:
        number, heading, above = "", piece.heading, stack
    path = tuple(entry.label for entry in above if entry.heading)
    level = len(stack) + (1 + piece.indent // 2 if piece.is_bullet else 0)
    return _Draft(
        piece.start,
        piece.end,
        number,
        heading,
        path,
        level,
        [piece],
        takes_text=piece.is_heading,
        takes_heading=piece.is_heading and not piece.heading,
    )


def _place_heading(piece: _Piece, stack: list[_Entry]) -> None:
    """Put a heading without a number on the stack: below headings that stand higher, in place of its equals."""
    depth = piece.level or piece.marks.count("#")
    keep = 0
    if depth:
        while keep < len(stack) and (stack[keep].depth and stack[keep].depth < depth):
            keep += 1
    elif stack and stack[0].rank == 0:  # the headings inside an exhibit stay inside it
        keep = 1
    del stack[keep:]
    stack.append(_Entry("heading", 0, "", piece.heading, depth=depth))


def _place(piece: _Piece, number: _Number, stack: list[_Entry]) -> None:
    """Put a numbered piece on the stack, under what it belongs to."""
    depth = piece.level if piece.kind == "heading" else piece.marks.count("#")
    style, value = number.counts[0] if number.counts else ("?", 0)
    if number.rank is not None:
        keep = next(
            (
                at
                for at, entry in enumerate(stack)
                if entry.style != "heading" and (entry.rank is None or entry.rank >= number.rank)
            ),
            len(stack),
        )
        if number.rank == 0:
            keep = 0
        del stack[keep:]
        stack.append(_Entry(style, value, number.printed, piece.heading, number.digits, number.rank, depth))
        return
    if number.digits:
        keep, shown = _keep_for_digits(number, stack)
        style = "digits" if shown == number.printed else "inner"
    else:
        keep, style, value = _keep_for_letters(number, stack)
        shown = number.printed
    del stack[keep:]
    parent = next((entry for entry in reversed(stack) if entry.number), None)
    if number.is_bracketed and parent is not None:
        shown = f"{parent.number}{number.printed}"
    elif not number.digits and parent is not None and parent.rank is None:
        shown = f"{parent.number}.{number.printed}"
    stack.append(_Entry(style, value, shown, piece.heading, number.digits, None, depth))


def _keep_for_digits(number: _Number, stack: Sequence[_Entry]) -> tuple[int, str]:
    """How much of the stack stays above "2.1", and how it is shown."""
    digits = number.digits
    for at in range(len(stack) - 1, -1, -1):
        above = stack[at].digits
        if above and len(above) < len(digits) and digits[: len(above)] == above and stack[at].style != "inner":
            return at + 1, number.printed
    if len(digits) == 1:
        # The innermost row that it carries on; a new "1." inside a row is a list of its own.
        for at in range(len(stack) - 1, -1, -1):
            before = stack[at]
            if len(before.digits) == 1 and 0 < digits[0] - before.value <= 3:
                inner = f"({before.value})"
                prefix = before.number.removesuffix(inner)
                return at, number.printed if prefix == before.number else f"{prefix}({digits[0]})"
        if (
            any(entry.digits and entry.rank is None for entry in stack)
            and digits[0] == 1
            and len(stack[-1].digits) != 1
        ):
            parent = next((entry.number for entry in reversed(stack) if entry.number), "")
            return len(stack), f"{parent}({digits[0]})"
    if digits[-1] == 1 and not any(entry.digits for entry in stack if entry.rank is None):
        return len(stack), number.printed
    for at, entry in enumerate(stack):
        if entry.rank is None and entry.style != "heading":
            return at, number.printed
    return len(stack), number.printed


def _keep_for_letters(number: _Number, stack: Sequence[_Entry]) -> tuple[int, str, int]:
    for reach in (1, 3):
        for at in range(len(stack) - 1, -1, -1):
            for style, value in number.counts:
                if stack[at].style == style and 0 < value - stack[at].value <= reach:
                    return at, style, value
    firsts = [(style, value) for style, value in number.counts if value == 1]
    style, value = (firsts or [*number.counts[-1:], ("?", 0)])[0]
    for at in range(len(stack) - 1, -1, -1):
        if stack[at].style == style:
            return at, style, value
    return len(stack), style, value


def _finish(text: str, draft: _Draft) -> Clause:
    sentences: list[Span] = []
    goes_on = False
    for piece, following in zip(draft.pieces, [*draft.pieces[1:], None], strict=True):
        spans = [] if piece.is_heading else _sentences(text, piece)
        if goes_on and spans and sentences:
            spans[0] = Span(sentences.pop().start, spans[0].end)
        sentences.extend(spans)
        goes_on = (
            following is not None
            and not piece.is_heading
            and piece.kind == "paragraph" == following.kind
            and text[piece.end - 1].isalnum()
            and text[following.body : following.body + 1].islower()
        )
    return Clause(Span(draft.start, draft.end), draft.number, draft.heading, draft.path, draft.level, tuple(sentences))


# ---------------------------------------------------------------- sentences

# Never the end of a sentence.
_NEVER_LAST = "e.g. i.e. cf. viz. mr. mrs. ms. dr. prof. messrs. hon. rev. approx. incl. excl. ca. vs. v."
# Not the end where a number, a letter in brackets or a sign follows.
_BEFORE_NUMBER = (
    "no. nos. art. arts. sec. secs. sect. para. paras. par. cl. fig. figs. vol. ch. pt. p. pp. ex. exh. sched. app. "
    "reg. rule. stat. ann. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. u.s.c. c.f.r. f.r. rs. tel. "
    "ext. item."
)
# The end only where a word follows that begins a sentence.
_MAYBE_LAST = (
    "inc. ltd. co. corp. llc. l.l.c. plc. gmbh. s.a. n.v. b.v. l.p. lp. bros. jr. sr. etc. al. u.s. u.s.a. u.k. e.u. "
    "d.c. a.m. p.m. ave. blvd. st. dept. est. min. max. assn. intl. esq. ph.d. m.d. seq."
)
_STARTER_WORDS = (
    "the this these those that it its in if you we they he she each any all for upon such neither either nothing "
    "notwithstanding subject both where when unless until after before as at by no our your there here however "
    "provided to on under during except further"
)
_STARTERS = frozenset(_STARTER_WORDS.split())
_LAST_WORD = re.compile(r"(?:^|[\s(\[“\"‘])([\w.&-]*\.)[\"”’')\]*_]*$")
_MISSED = re.compile(
    r"\b(?:inc|ltd|co|corp|llc|etc|jr|sr|esq|seq|al|plc|[ap]\.m|u\.s|u\.k)\.[\"”)]?\s+(?=([A-Z][a-z]+)\b)"
    r"|\b(?:exhibit|schedule|annex|appendix|part|party)\s[A-Z]\.\s+(?=([A-Z][a-z]+)\b)"
    r"|(?<=[a-z]{2})\.(?=([A-Z][a-z]+)\s)|(?<=\d)\.\s+(?=([A-Z][a-z]+)\s)",
    re.IGNORECASE,
)
_LETTERED = re.compile(
    r"\b(?:exhibit|schedule|annex|appendix|section|part|party|parties|class|series|type|option|grade|vitamin|plan|attachment)"
    r"\s[A-Z]\.$",
    re.IGNORECASE,
)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(f"{_NEVER_LAST} {_BEFORE_NUMBER} {_MAYBE_LAST}".split())


@cache
def _tokenizer() -> Any:
    """nupunkt's model with abbreviations of our own; a fresh copy, since the shared one would change for all."""
    from nupunkt.models import load_default_model

    tokenizer = load_default_model()
    for abbreviation in sorted(_abbreviations()):
        tokenizer.add_abbreviation(abbreviation.rstrip("."))
    return tokenizer


def _sentences(text: str, piece: _Piece) -> list[Span]:
    stripped = _strip(text, piece.body, piece.end)
    if stripped is None or _RULE.fullmatch(text, *stripped):
        return []
    start, end = stripped
    if piece.kind == "table_row":
        return [Span(start, end)]
    words = text[start:end]
    cuts = _cuts(words) if len(words) > 40 or "." in words[:-1] else []
    spans = []
    for first, last in pairwise([0, *cuts, len(words)]):
        sentence = _strip(text, start + first, start + last)
        if sentence is not None:
            spans.append(Span(*sentence))
    return spans


def _cuts(words: str) -> list[int]:
    """Where sentences after the first begin."""
    cuts = [start for start, _ in _tokenizer().span_tokenize(words)][1:]
    kept: list[int] = []
    for cut in cuts:
        if _is_end(words[kept[-1] if kept else 0 : cut].rstrip(), words[cut:]):
            kept.append(cut)
    for match in _MISSED.finditer(words):
        follows = next(group for group in match.groups() if group)
        if follows.lower() in _STARTERS and follows[0].isupper():
            kept.append(match.end())
    return sorted(set(kept))


def _is_end(sentence: str, rest: str) -> bool:
    """Does the sentence end here, or only an abbreviation, an initial or a number?"""
    follows = rest[:1]
    if follows.islower() or follows in ",;:)]":
        return False
    if re.fullmatch(r"\W*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]\W*", sentence):
        return False
    match = _LAST_WORD.search(sentence)
    if match is None:
        return True
    last_word = match.group(1)
    low = last_word.lower()
    if low in _NEVER_LAST.split():
        return False
    if low in _BEFORE_NUMBER.split():
        return not re.match(r"[\d(§#$]|[IVX]+\b", rest)
    first_word = re.match(r"[\"“(‘\[]*([A-Za-z]+)", rest)
    begins_sentence = first_word is not None and first_word.group(1).lower() in _STARTERS
    if re.fullmatch(r"[A-Z]\.", last_word) and not _LETTERED.search(sentence):
        return begins_sentence
    if low in _MAYBE_LAST.split():
        return begins_sentence or not re.match(r"[\d(\[“\"]", rest)
    return True
