"""The report on paper: whole, or for the creator on two pages at most (the door to ReportLab)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer

from fairterms.reports import words
from fairterms.reports.outline import Card, Draft, Outline, Piece, Source, Tone, outline
from fairterms.reports.values import Report

MOST_PAGES = 2  # of the creator's own report
_MOST_POINTS = 10  # more are a list, and stand in the whole report
_SAYS_SOMETHING = 60  # letters: the library's shortest reasons lean on the next sentence
_QUOTE, _ASK = 34, 45  # words of a clause and of a draft on the creator's two pages
_TONES: dict[Tone, Color] = {
    "critical": HexColor("#a01328"), "high": HexColor("#b4540a"), "medium": HexColor("#7a6400"),
    "low": HexColor("#4a5560"), "good": HexColor("#1d6b3a"),
}  # fmt: skip
_INK, _SOFT = HexColor("#1b1f24"), HexColor("#56606b")


def render_pdf(report: Report, *, with_text: bool = False) -> bytes:
    """The whole report."""
    told = outline(report, with_text=with_text)
    return _build(told, list(_whole(told)))[0]


def render_brief(report: Report) -> bytes:
    """What a creator has to know, on two pages at most: as many of the worst points as there is room for."""
    told = outline(report)
    for most in range(_MOST_POINTS, -1, -1):
        data, pages = _build(told, list(_brief(told, most)))
        if pages <= MOST_PAGES:
            return data
    raise AssertionError("a page without points is longer than two pages")


def _build(told: Outline, parts: list[Flowable]) -> tuple[bytes, int]:
    file, pages = BytesIO(), 0

    def number(canvas: Canvas, document: SimpleDocTemplate) -> None:
        nonlocal pages
        pages = document.page
        canvas.setFont("Vera", 7.5)
        canvas.setFillColor(_SOFT)
        canvas.drawRightString(A4[0] - 18 * mm, 11 * mm, str(document.page))

    _fonts()
    document = SimpleDocTemplate(
        file, pagesize=A4, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=16 * mm, bottomMargin=19 * mm,
        title=_drawable(told.title), author="FairTerms", invariant=1, lang=told.language or "en",
    )  # fmt: skip
    document.build(parts, onFirstPage=number, onLaterPages=number)
    return file.getvalue(), pages


def _head(told: Outline) -> Iterator[Flowable]:
    yield _text(told.title, "title")
    yield _text(" ".join(told.summary), "lead")
    yield _text(f"Next step: {told.next_step}", "next")
    for line in told.unread:
        yield _text(line, "warning")
    yield _text(told.closing, "aside")


def _brief(told: Outline, most: int) -> Iterator[Flowable]:
    yield from _head(told)
    cards = [card for section in told.sections if not section.short for card in section.cards if card.tone != "good"]
    if most and cards:
        yield _text(words.HEADING_BRIEF, "heading")
    for card in cards[:most]:
        yield KeepTogether(list(_brief_card(card)))
    left = cards[most:] + [c for s in told.sections if s.short for c in s.cards if c.tone != "good"]
    if left:
        titles = "; ".join(dict.fromkeys(card.title for card in left))
        yield _text(f"{words.HEADING_BRIEF_MORE} ({len(left)})", "heading")
        yield _text(_few(titles, 110), "body")
    good = [card.title for section in told.sections for card in section.cards if card.tone == "good"]
    if good:
        yield _text(words.HEADING_PROTECTIVE, "heading")
        yield _text(_few("; ".join(dict.fromkeys(good)), 50), "body")


def _brief_card(card: Card) -> Iterator[Flowable]:
    yield _title(card)
    if card.quote:
        yield _text(f"“{_few(''.join(piece.text for piece in card.quote), _QUOTE)}”", "quote")
    yield _text(_first_words(card.why), "body")
    draft = next((draft for draft in card.drafts if draft.pieces and not draft.warning), None)
    if draft is not None:
        asked = "".join(piece.text for piece in draft.pieces if piece.kind != "old")
        yield _text(f"{draft.label}: {_few(asked, _ASK)}", "ask")


def _whole(told: Outline) -> Iterator[Flowable]:
    yield from _head(told)
    yield from _list(words.HEADING_CAVEATS, told.caveats)
    for section in told.sections:
        yield _text(section.heading, "heading")
        if section.intro:
            yield _text(section.intro, "aside")
        for card in section.cards:
            yield from _card(card, short=section.short)
    if told.sources:
        yield _text(words.HEADING_SOURCES, "heading")
        for source in told.sources:
            yield from _source(source)
    yield from _list(words.HEADING_PARTIES, told.parties)
    yield _text(words.HEADING_SCORE, "heading")
    yield _text(told.score_rule, "body")
    for part in told.score_parts:
        yield _text(part, "aside")
    yield from _list(words.HEADING_MODEL, told.model)
    yield from _list(words.HEADING_VERSIONS, told.versions)
    if told.passages:
        yield _text(words.HEADING_TEXT, "heading")
        for line in "".join(passage.text for passage in told.passages).split("\n"):
            yield _text(line, "body") if line.strip() else Spacer(1, 2 * mm)


def _card(card: Card, *, short: bool) -> Iterator[Flowable]:
    yield _title(card)
    for line in (*card.steps, card.same_as):
        yield from _maybe(line, "aside")
    if card.quote and not (short and card.is_redrafted):
        yield _pieces(card.quote, "quote", "“", "”")
    yield from _maybe(card.needed, "aside")
    if not short:
        yield from _maybe(" ".join(part for part in (card.why, card.level) if part), "body")
        for line in (
            card.in_other_words,
            card.direction,
            f"In the words: {card.facts}." if card.facts else "",
            card.measure,
        ):
            yield from _maybe(line, "aside")
        for comparable in card.comparables:
            yield _text(f"• {comparable.kind}: {comparable.title} ({comparable.standing}). {comparable.money}", "aside")
        yield from _maybe(card.notes, "aside")
    for draft in card.drafts:
        yield from _draft(draft, short=short)


def _draft(draft: Draft, *, short: bool) -> Iterator[Flowable]:
    yield _pieces(draft.pieces, "ask", f"{draft.label}: ", "")
    yield from _maybe(draft.warning, "warning")
    if not short:
        yield from _maybe(draft.reason, "aside")
    yield from _maybe(f"Worded by {draft.author}." if draft.author else "", "aside")


def _source(source: Source) -> Iterator[Flowable]:
    yield _text(f"{source.title} ({source.standing})", "body")
    yield from _maybe(source.says, "aside")
    yield from _maybe(f"{source.source} {source.url}".strip(), "aside")


def _list(heading: str, lines: Sequence[str]) -> Iterator[Flowable]:
    if lines:
        yield _text(heading, "heading")
        yield from (_text(f"• {line}", "body") for line in lines)


def _title(card: Card) -> Flowable:
    color = _TONES[card.tone].hexval().replace("0x", "#")
    place = f" · {card.where}" if card.where else ""
    return Paragraph(
        f'{card.number}. {escape(_drawable(card.title))} <font color="{color}" size="8">{escape(_drawable(card.label))}'
        f'</font><font color="#56606b" size="8">{escape(_drawable(place))}</font>',
        _style("point"),
    )


def _maybe(said: str, style: str) -> Iterator[Flowable]:
    if said:
        yield _text(said, style)


def _text(said: str, style: str) -> Flowable:
    return Paragraph(escape(_drawable(said)), _style(style))


def _pieces(pieces: Iterable[Piece], style: str, before: str, after: str) -> Flowable:
    tags = {"same": "{}", "key": "<b>{}</b>", "old": "<strike>{}</strike>", "new": "<u>{}</u>"}
    said = "".join(tags[piece.kind].format(escape(_drawable(piece.text))) for piece in pieces)
    return Paragraph(f"{escape(before)}{said}{escape(after)}", _style(style))


def _first_words(why: str) -> str:
    """As many sentences of a reason as say something: mostly one."""
    said = ""
    for sentence in re.split(r"(?<=[.?!]) ", why):
        said = f"{said} {sentence}".strip()
        if len(said) >= _SAYS_SOMETHING:
            break
    return said


def _few(said: str, most: int) -> str:
    some = said.split()
    return " ".join(some) if len(some) <= most else " ".join(some[:most]) + " ..."


@cache
def _style(name: str) -> ParagraphStyle:
    looks: dict[str, dict[str, object]] = {
        "title": {"fontName": "Vera-Bold", "fontSize": 15, "leading": 19, "spaceAfter": 5},
        "lead": {"fontSize": 10, "leading": 14, "spaceAfter": 4},
        "next": {"fontName": "Vera-Bold", "fontSize": 10, "leading": 14, "spaceAfter": 6},
        "heading": {
            "fontName": "Vera-Bold",
            "fontSize": 11,
            "leading": 15,
            "spaceBefore": 9,
            "spaceAfter": 3,
            "keepWithNext": 1,
        },
        "point": {
            "fontName": "Vera-Bold",
            "fontSize": 9.5,
            "leading": 13,
            "spaceBefore": 7,
            "spaceAfter": 1,
            "keepWithNext": 1,
        },
        "quote": {"leftIndent": 9, "fontName": "Vera-Italic", "textColor": _SOFT, "spaceAfter": 1},
        "body": {"spaceAfter": 1},
        "ask": {"leftIndent": 9, "spaceBefore": 1, "spaceAfter": 1},
        "aside": {"fontSize": 7.5, "leading": 10.5, "textColor": _SOFT, "spaceAfter": 1},
        "warning": {"textColor": _TONES["critical"], "spaceAfter": 2},
    }
    base: dict[str, object] = {
        "fontName": "Vera",
        "fontSize": 8.5,
        "leading": 12,
        "textColor": _INK,
        "splitLongWords": 1,
    }
    return ParagraphStyle(name, **{**base, **looks[name]})


@cache
def _fonts() -> TTFont:
    """ReportLab's own Bitstream Vera, embedded, so that the file looks the same everywhere."""
    import reportlab

    folder = Path(reportlab.__file__).parent / "fonts"
    faces = {"Vera": "Vera", "Vera-Bold": "VeraBd", "Vera-Italic": "VeraIt", "Vera-BoldItalic": "VeraBI"}
    for name, file in faces.items():
        registerFont(TTFont(name, str(folder / f"{file}.ttf")))
    registerFontFamily("Vera", normal="Vera", bold="Vera-Bold", italic="Vera-Italic", boldItalic="Vera-BoldItalic")
    return TTFont("Vera", str(folder / "Vera.ttf"))


def _drawable(said: str) -> str:
    """The text in letters that the font has: another letter stands as its plain form, or as a question mark."""
    known = _fonts().face.charToGlyph
    return "".join(char if ord(char) in known or char in "\n\t" else _plain(char, known) for char in said)


def _plain(char: str, known: dict[int, int]) -> str:
    plain = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    named = {"−": "-", "‑": "-", "‐": "-", "\u202f": " ", "\u2009": " ", "\u200b": ""}.get(char, plain)
    return named if all(ord(part) in known for part in named) else "?"
