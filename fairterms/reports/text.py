"""The report as plain text, for a terminal or an e-mail: 88 columns, nothing but letters."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from fairterms.reports import words
from fairterms.reports.outline import Card, Comparable, Draft, Outline, Piece, Section, Source, outline
from fairterms.reports.values import Report

WIDTH = 88
_MARKS = {"same": ("", ""), "key": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}


def render_text(report: Report, *, with_text: bool = False) -> str:
    """The report in plain lines; ``[-words-]`` go out and ``{+words+}`` come in."""
    return "\n".join(_lines(outline(report, with_text=with_text))) + "\n"


def _lines(report: Outline) -> Iterator[str]:
    yield from _wrapped(report.title)
    yield "=" * min(len(report.title), WIDTH)
    yield ""
    yield from _wrapped(" ".join(report.summary))
    yield from _wrapped(f"Next step: {report.next_step}")
    yield from _list(words.HEADING_UNREAD, report.unread)
    yield from _list(words.HEADING_CAVEATS, report.caveats)
    for section in report.sections:
        yield from _section(section)
    if report.sources:
        yield from _heading(words.HEADING_SOURCES)
    for source in report.sources:
        yield from _source(source)
    yield from _list(words.HEADING_PARTIES, report.parties)
    yield from _heading(words.HEADING_SCORE)
    yield from _wrapped(report.score_rule)
    for part in report.score_parts:
        yield from _wrapped(part, "  ", "      ")
    yield from _list(words.HEADING_MODEL, report.model)
    yield from _list(words.HEADING_VERSIONS, report.versions)
    if report.passages:
        yield from _heading(words.HEADING_TEXT)
        for line in "".join(passage.text for passage in report.passages).split("\n"):
            yield from _wrapped(line) or [""]
    yield ""
    yield from _wrapped(report.closing)


def _heading(heading: str) -> Sequence[str]:
    return ("", "", heading.upper(), "-" * len(heading))


def _list(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from _heading(heading)
        for line in lines:
            yield from _wrapped(line, "- ", "  ")


def _section(section: Section) -> Iterator[str]:
    yield from _heading(section.heading)
    if section.intro:
        yield from _wrapped(section.intro)
    for card in section.cards:
        yield ""
        yield from _card(card, short=section.short)


def _card(card: Card, *, short: bool) -> Iterator[str]:
    place = f" ({card.where})" if card.where else ""
    yield from _wrapped(f"{card.number}. [{card.label.upper()}] {card.title}{place}", "", "   ")
    for line in (*card.steps, card.same_as):
        yield from _indented(line)
    if card.quote and not (short and card.is_redrafted):
        yield from _wrapped(f"“{_pieces(card.quote)}”", "   | ", "   | ")
    yield from _indented(card.needed)
    if not short:
        yield from _indented(" ".join(part for part in (card.why, card.level) if part))
        yield from _indented(card.in_other_words)
        yield from _indented(card.direction)
        yield from _indented(f"In the words: {card.facts}." if card.facts else "")
        yield from _indented(card.measure)
        for comparable in card.comparables:
            yield from _comparable(comparable)
        yield from _indented(card.notes)
    for draft in card.drafts:
        yield from _draft(draft, short=short)


def _draft(draft: Draft, *, short: bool) -> Iterator[str]:
    yield from _indented(f"{draft.label}: {_pieces(draft.pieces)}" if draft.pieces else f"{draft.label}:")
    yield from _wrapped(draft.warning, "      ! ", "        ")
    yield from _wrapped("" if short else draft.reason, "      ", "      ")
    yield from _wrapped(f"Worded by {draft.author}." if draft.author else "", "      ", "      ")


def _comparable(comparable: Comparable) -> list[str]:
    told = f"{comparable.kind}: {comparable.title} ({comparable.standing}). {comparable.money}"
    return _wrapped(told, "   * ", "     ")


def _source(source: Source) -> Iterator[str]:
    yield from _wrapped(f"{source.title} ({source.standing}). {source.says}", "- ", "  ")
    yield from _wrapped(words.source(source.source, source.url), "  ", "  ")


def _pieces(pieces: Sequence[Piece]) -> str:
    told = ""
    for piece in pieces:
        before, after = _MARKS[piece.kind]
        told += f"{before}{words.clean(piece.text) if before else piece.text}{after}"
    return told


def _indented(text: str) -> list[str]:
    return _wrapped(text, "   ", "   ")


def _wrapped(text: str, first: str = "", later: str = "") -> list[str]:
    # A web address stays whole, also where it is longer than the line, so that it can be copied.
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
