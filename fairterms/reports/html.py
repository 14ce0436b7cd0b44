"""The report as one web page without scripts or outside parts: for the screen, for print, for a screen reader."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from importlib import resources

from fairterms.reports import words
from fairterms.reports.outline import Card, Comparable, Draft, Outline, Passage, Piece, Section, Source, outline
from fairterms.reports.values import Report

_TAGS = {"key": "mark", "old": "del", "new": "ins"}


def render_html(report: Report, *, with_text: bool = False) -> str:
    """The report as HTML; ``with_text`` adds the contract, its passages linked to what is said about them."""
    return "\n".join(_page(outline(report, with_text=with_text))) + "\n"


def escape(text: str) -> str:
    """Every word that comes from a contract, a library or a fact goes through here."""
    return html.escape(text, quote=True)


def _page(report: Outline) -> Iterator[str]:
    style = resources.files("fairterms.reports").joinpath("style.css").read_text(encoding="utf-8")
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    # No script, no request: also not if a way around the escaping were ever found.
    yield (
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
    )
    yield '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">'
    yield f"<title>{escape(report.title)} – {words.REPORT}</title>"
    yield f"<style>\n{style}</style>\n</head>\n<body>\n<main>"
    yield from _header(report)
    yield from _notice("unread", words.HEADING_UNREAD, report.unread)
    yield from _notice("caveats", words.HEADING_CAVEATS, report.caveats)
    for section in report.sections:
        yield from _section(section)
    yield from _back_matter(report)
    if report.passages:
        yield from _text(report)
    yield f'<footer><p class="closing">{escape(report.closing)}</p></footer>'
    yield "</main>\n</body>\n</html>"


def _header(report: Outline) -> Iterator[str]:
    yield f'<header>\n<p class="kicker">{words.REPORT}</p>\n<h1>{escape(report.title)}</h1>'
    # The summary says the score in words, so a screen reader need not hear it twice.
    score = f'<p class="score" aria-hidden="true"><b>{report.score}</b><span>{escape(report.grade)}</span></p>'
    yield f'<div class="verdict">\n{score}' if report.score is not None else '<div class="verdict">'
    yield f'<div>\n<p class="summary">{escape(" ".join(report.summary))}</p>'
    yield f'<p class="next"><b>Next step:</b> {escape(report.next_step)}</p>\n</div>\n</div>'
    if report.sections:
        links = (
            f'<li><a href="#{_id(part.heading)}">{escape(part.heading)} <span>{len(part.cards)}</span></a></li>'
            for part in report.sections
        )
        yield f'<nav aria-label="Parts of this report"><ul>{"".join(links)}</ul></nav>'
    yield "</header>"


def _notice(name: str, heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f'<section class="notice {name}">\n<h2>{heading}</h2>'
        yield _list(lines)
        yield "</section>"


def _section(section: Section) -> Iterator[str]:
    yield f'<section aria-labelledby="{_id(section.heading)}">'
    yield f'<h2 id="{_id(section.heading)}">{escape(section.heading)}</h2>'
    if section.intro:
        yield f'<p class="intro">{escape(section.intro)}</p>'
    for card in section.cards:
        yield from _card(card, short=section.short)
    yield "</section>"


def _card(card: Card, *, short: bool) -> Iterator[str]:
    yield f'<article class="card {card.tone}{" short" if short else ""}" id="{escape(card.anchor)}">'
    yield f'<h3><span class="number">{card.number}</span> {escape(card.title)}</h3>'
    level = "" if short else card.level
    about = " · ".join(escape(part) for part in (card.where, level) if part)
    yield f'<p class="meta"><span class="label">{escape(card.label)}</span> {about}</p>'
    for step in card.steps:
        yield from _paragraph(step, "aside")
    if card.quote and not (short and card.is_redrafted):
        yield f"<blockquote>{_pieces(card.quote)}</blockquote>"
    for line in (card.same_as, card.needed):
        yield from _paragraph(line, "aside")
    if not short:
        yield from _paragraph(card.why, "why")
        yield from _paragraph(card.in_other_words, "aside")
        yield from _paragraph(card.direction, "aside")
        yield from _paragraph(f"In the words: {card.facts}." if card.facts else "", "aside")
        yield from _paragraph(card.measure, "aside")
    if card.comparables:
        yield f'<h4>{words.HEADING_COMPARABLES}</h4>\n<ul class="comparables">'
        yield from (_comparable(comparable) for comparable in card.comparables)
        yield "</ul>"
    yield from _paragraph(card.notes, "aside")
    for draft in card.drafts:
        yield from _draft(draft, short=short)
    yield "</article>"


def _draft(draft: Draft, *, short: bool) -> Iterator[str]:
    yield f'<div class="draft{" unverified" if draft.warning else ""}">\n<h4>{escape(draft.label)}</h4>'
    if draft.pieces:
        yield f'<p class="words">{_pieces(draft.pieces)}</p>'
    yield from _paragraph(draft.warning, "warning")
    if not short:
        yield from _paragraph(draft.reason, "aside")
    yield from _paragraph(f"Worded by {draft.author}." if draft.author else "", "aside")
    yield "</div>"


def _comparable(comparable: Comparable) -> str:
    money = f' <span class="money">{escape(comparable.money)}</span>' if comparable.money else ""
    return (
        f'<li><span class="kind">{escape(comparable.kind)}</span> '
        f'<a href="#{escape(comparable.anchor)}">{escape(comparable.title)}</a> '
        f"{_standing(comparable.standing, unverified=comparable.unverified)}{money}</li>"
    )


def _standing(standing: str, *, unverified: bool) -> str:
    return f'<span class="standing{" open" if unverified else ""}">{escape(standing)}</span>'


def _back_matter(report: Outline) -> Iterator[str]:
    if report.sources:
        yield f'<section class="back">\n<h2>{words.HEADING_SOURCES}</h2>\n<ul class="sources">'
        yield from (_source(source) for source in report.sources)
        yield "</ul>\n</section>"
    yield f'<section class="back">\n<h2>{words.HEADING_PARTIES}</h2>'
    yield _list(report.parties)
    yield f"<h2>{words.HEADING_SCORE}</h2>\n<p>{escape(report.score_rule)}</p>"
    if report.score_parts:
        yield _list(report.score_parts)
    if report.model:
        yield f"<h2>{words.HEADING_MODEL}</h2>"
        yield _list(report.model)
    yield f"<h2>{words.HEADING_VERSIONS}</h2>"
    yield _list(report.versions)
    yield "</section>"


def _source(source: Source) -> str:
    named = f" Source: {escape(source.source)}." if source.source else ""
    link = ""
    if words.is_web_address(source.url):
        link = f' <a class="out" href="{escape(source.url)}" rel="noreferrer">{escape(source.url)}</a>'
    return (
        f'<li id="{escape(source.anchor)}"><b>{escape(source.title)}</b> '
        f'<span class="standing">{escape(source.standing)}</span><br>{escape(source.says)}{named}{link}</li>'
    )


def _text(report: Outline) -> Iterator[str]:
    heading = _id(words.HEADING_TEXT)
    yield f'<section class="contract" aria-labelledby="{heading}">\n<h2 id="{heading}">{words.HEADING_TEXT}</h2>'
    yield f'<div class="paper" lang="{escape(report.language)}">{"".join(map(_passage, report.passages))}</div>'
    yield "</section>"


def _passage(passage: Passage) -> str:
    card = passage.card
    if card is None or not passage.text.strip():
        return escape(passage.text)
    told = escape(f"Point {card.number}, {card.label}: {card.title}")
    return f'<a class="spot {card.tone}" href="#{escape(card.anchor)}" title="{told}">{escape(passage.text)}</a>'


def _pieces(pieces: Sequence[Piece]) -> str:
    return "".join(
        f"<{tag}>{escape(piece.text)}</{tag}>" if (tag := _TAGS.get(piece.kind)) else escape(piece.text)
        for piece in pieces
    )


def _paragraph(text: str, name: str) -> Iterator[str]:
    if text:
        yield f'<p class="{name}">{escape(text)}</p>'


def _list(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _id(heading: str) -> str:
    return re.sub(r"[^a-z]+", "-", heading.lower())
