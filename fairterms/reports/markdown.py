"""The report as Markdown, for a wiki, a chat or a word processor: ~~old words~~ and **new words**."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fairterms.reports import words
from fairterms.reports.outline import Card, Comparable, Draft, Outline, Piece, Section, Source, outline
from fairterms.reports.values import Report

_MARKS = {"same": "", "key": "**", "old": "~~", "new": "**"}
# `$` begins a formula and `:` a colour or an icon in some readers of Markdown; a stray backslash harms none.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_LIST_AT_START = re.compile(r"^([-+=]|\d+(?=[.)]))")


def render_markdown(report: Report, *, with_text: bool = False) -> str:
    """The report in Markdown; every word of the contract is escaped, so that none acts as a link, markup or formula."""
    return "\n".join(_lines(outline(report, with_text=with_text))).rstrip("\n") + "\n"


def escape(text: str) -> str:
    r"""
    >>> print(escape("1. [Pay](javascript:x) <b>*all*</b>"))
    1\. \[Pay\](javascript:x) \<b\>\*all\*\</b\>
    """
    escaped = _SPECIAL.sub(r"\\\1", text)
    return _LIST_AT_START.sub(lambda m: m.group() + "\\" if m.group().isdigit() else "\\" + m.group(), escaped)


def _lines(report: Outline) -> Iterator[str]:
    yield from (f"# {escape(report.title)}", "")
    yield from (" ".join(map(escape, report.summary)), "")
    yield from (f"**Next step:** {report.next_step}", "")
    yield from _list(words.HEADING_UNREAD, report.unread)
    yield from _list(words.HEADING_CAVEATS, report.caveats)
    for section in report.sections:
        yield from _section(section)
    if report.sources:
        yield from (f"## {words.HEADING_SOURCES}", "", *(_source(source) for source in report.sources), "")
    yield from _list(words.HEADING_PARTIES, report.parties)
    yield from (f"## {words.HEADING_SCORE}", "", report.score_rule, "")
    if report.score_parts:
        yield from (f"- {escape(part)}" for part in report.score_parts)
        yield ""
    yield from _list(words.HEADING_MODEL, report.model)
    yield from _list(words.HEADING_VERSIONS, report.versions)
    if report.passages:
        text = "".join(passage.text for passage in report.passages)
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        yield from (f"## {words.HEADING_TEXT}", "", f"{fence}text", text, fence, "")
    yield from ("---", "", f"*{report.closing}*")


def _list(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from (f"## {heading}", "", *(f"- {escape(line)}" for line in lines), "")


def _section(section: Section) -> Iterator[str]:
    yield from (f"## {section.heading}", "")
    if section.intro:
        yield from (section.intro, "")
    for card in section.cards:
        yield from (_short_card(card) if section.short else _card(card))
    if section.short:
        yield ""


def _card(card: Card) -> Iterator[str]:
    yield from (f"### {card.number}. {escape(card.title)}", "")
    place = f" · {escape(card.where)}" if card.where else ""
    level = f" · {card.level}" if card.level else ""
    yield from (f"**{card.label}**{place}{level}", "")
    for line in (*card.steps, card.same_as):
        if line:
            yield from (escape(line), "")
    if card.quote:
        yield from (f"> {_pieces(card.quote)}", "")
    facts = f"In the words: {card.facts}." if card.facts else ""
    for line in (card.needed, card.why, card.in_other_words, card.direction, facts, card.measure):
        if line:
            yield from (escape(line), "")
    for comparable in card.comparables:
        yield _comparable(comparable)
    if card.comparables:
        yield ""
    if card.notes:
        yield from (f"*{escape(card.notes)}*", "")
    for draft in card.drafts:
        yield from _draft(draft)


def _short_card(card: Card) -> Iterator[str]:
    place = f" ({escape(card.where)})" if card.where else ""
    more = " ".join(escape(line) for line in (*card.steps, card.same_as) if line)
    yield f"- **{card.number}. {escape(card.title)}** · {card.label}{place}. {more}".rstrip()
    if card.quote and not card.is_redrafted:
        yield f"  > {_pieces(card.quote)}"
    for draft in card.drafts:
        yield " ".join(part for part in (f"  - *{draft.label}:*", _pieces(draft.pieces), _warning(draft)) if part)


def _draft(draft: Draft) -> Iterator[str]:
    yield from (f"**{draft.label}:**", "")
    if draft.pieces:
        yield from (f"> {_pieces(draft.pieces)}", "")
    about = _about(draft)
    if about:
        yield from (about, "")


def _about(draft: Draft) -> str:
    author = f"Worded by {escape(draft.author)}." if draft.author else ""
    return " ".join(part for part in (_warning(draft), escape(draft.reason), author) if part)


def _warning(draft: Draft) -> str:
    return f"**⚠ {escape(draft.warning)}**" if draft.warning else ""


def _comparable(comparable: Comparable) -> str:
    head = f"- **{comparable.kind}: {escape(comparable.title)}** ({escape(comparable.standing)})."
    return f"{head} {escape(comparable.money)}".rstrip()


def _source(source: Source) -> str:
    link = f"<{source.url}>" if words.is_web_address(source.url) else ""
    named = escape(words.source(source.source, ""))
    parts = (f"- **{escape(source.title)}** ({escape(source.standing)}).", escape(source.says), named, link)
    return " ".join(part for part in parts if part)


def _pieces(pieces: Sequence[Piece]) -> str:
    """The pieces with their marks; a blank is put where a mark would otherwise not count as one."""
    told = ""
    for place, piece in enumerate(pieces):
        mark = _MARKS[piece.kind]
        text = escape(piece.text) if place == 0 else _SPECIAL.sub(r"\\\1", piece.text)
        if not mark:
            told += text
            continue
        # CommonMark: marks open or close only beside a blank, or between a word and a letter.
        if told and not told[-1].isspace() and (told.endswith(("~~", "**")) or not piece.text[0].isalnum()):
            told += " "
        told += f"{mark}{text}{mark}"
        after = pieces[place + 1].text[:1] if place + 1 < len(pieces) else ""
        if (
            after
            and not after.isspace()
            and pieces[place + 1].kind == "same"
            and after.isalnum()
            and not piece.text[-1].isalnum()
        ):
            told += " "
    return told
