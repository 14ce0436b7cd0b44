"""The contract with its passages marked: pictures of its own pages, or its text."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from fairterms.analyzer.checks.judge import boxes_of
from fairterms.analyzer.values import SEVERITIES, Analysis, Block, Box, Document, Finding, Span
from fairterms.app_pages.texts import TEXTS
from fairterms.app_pages.widgets import card_anchor, words_anchor
from fairterms.assistant.pictures import PagePicture

_TAGS = {"heading": "h4", "paragraph": "p", "list_item": "p", "table_row": "p", "note": "p"}


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of the contract and every finding that rests on them, the worst first.

    A missing protection stands with the words that make it necessary.
    """

    span: Span
    findings: tuple[Finding, ...]
    boxes: tuple[Box, ...]

    @property
    def worst(self) -> Finding:
        return self.findings[0]

    @property
    def look(self) -> str:
        if self.worst.span is None:
            return "absent"
        return self.worst.severity if self.worst.is_risk else "protective"


def passages_of(analysis: Analysis) -> tuple[Passage, ...]:
    """The marked passages in text order; findings on the same words share one."""
    groups: dict[Span, list[Finding]] = defaultdict(list)
    for finding in analysis.findings:
        if finding.span is not None:
            groups[finding.span].append(finding)
    for finding in analysis.findings:
        gate = finding.evidence[0].span if finding.span is None and finding.evidence else None
        if gate is not None:
            groups[next((span for span in groups if span.overlaps(gate)), gate)].append(finding)
    return tuple(
        Passage(span, tuple(sorted(groups[span], key=_worst_first)), boxes_of(analysis.document, span))
        for span in sorted(groups)
    )


def _worst_first(finding: Finding) -> tuple[bool, bool, int]:
    return not finding.is_risk, finding.span is None, -SEVERITIES.index(finding.severity)


def label_of(finding: Finding, numbers: Mapping[str, int]) -> str:
    """What a mark says to someone who does not see its colour."""
    if not finding.is_risk:
        return TEXTS.protective_mark.format(title=finding.title)
    severity = TEXTS.severities[finding.severity].lower()
    return TEXTS.marked.format(number=numbers[finding.id], title=finding.title, severity=severity)


def _tags(passage: Passage, numbers: Mapping[str, int]) -> str:
    """The numbers of the passage's findings; each is the place its card leads to, and leads to its card."""
    return "".join(_tag(finding, numbers) for finding in passage.findings)


def _tag(finding: Finding, numbers: Mapping[str, int]) -> str:
    label = escape(label_of(finding, numbers))
    look = finding.severity if finding.is_risk else "protective"
    return (
        f'<a class="ft-tag ft-{look}" id="{escape(words_anchor(finding))}" href="#{escape(card_anchor(finding))}"'
        f' title="{label}" aria-label="{label}">{numbers.get(finding.id, "✓")}</a>'
    )


# ---------------------------------------------------------------- pages as pictures


def page_html(
    picture: PagePicture | None, page: int, document: Document, passages: Iterable[Passage], numbers: Mapping[str, int]
) -> str:
    """A page's picture with a frame over every marked line, in shares of the page so that it fits any width."""
    title = TEXTS.page_of.format(page=page, pages=document.pages)
    unread = page in document.unread_pages or picture is None
    note = f'<p class="ft-unread">{escape(TEXTS.page_unread)}</p>' if unread else ""
    sheet = _sheet(picture, page, passages, numbers) if picture is not None else ""
    return f'<figure class="ft-page"><figcaption>{escape(title)}</figcaption>{note}{sheet}</figure>'


def _sheet(picture: PagePicture, page: int, passages: Iterable[Passage], numbers: Mapping[str, int]) -> str:
    points_wide, points_high = picture.width / picture.scale, picture.height / picture.scale
    drawn: list[str] = []
    for passage in passages:
        lines = [box for box in passage.boxes if box.page == page]
        starts_here = bool(passage.boxes) and passage.boxes[0].page == page
        label = escape(label_of(passage.worst, numbers))
        for place, box in enumerate(lines):
            frame = (
                f"left:{box.x0 / points_wide:.3%};top:{box.y0 / points_high:.3%};"
                f"width:{(box.x1 - box.x0) / points_wide:.3%};height:{(box.y1 - box.y0) / points_high:.3%}"
            )
            # One stop for the keyboard in each passage: its numbers. The frames are for the mouse.
            drawn.append(
                f'<a class="ft-box ft-{passage.look}" href="#{escape(card_anchor(passage.worst))}" title="{label}"'
                f' tabindex="-1" aria-hidden="true" style="{frame}"></a>'
            )
            if place == 0 and starts_here:
                drawn.append(
                    f'<span class="ft-tags" style="top:{box.y0 / points_high:.3%}">{_tags(passage, numbers)}</span>'
                )
    return (
        f'<div class="ft-sheet"><img alt="{escape(TEXTS.page_picture.format(page=page))}"'
        f' src="data:image/png;base64,{b64encode(picture.png).decode()}"'
        f' width="{picture.width}" height="{picture.height}">{"".join(drawn)}</div>'
    )


# ---------------------------------------------------------------- text


def text_html(document: Document, passages: Sequence[Passage], numbers: Mapping[str, int]) -> str:
    """The whole text, block by block, with its passages marked."""
    opened: set[Span] = set()
    blocks = "".join(_block_html(block, document, passages, numbers, opened) for block in document.blocks)
    return f'<div class="ft-text">{blocks}</div>'


def _block_html(
    block: Block, document: Document, passages: Sequence[Passage], numbers: Mapping[str, int], opened: set[Span]
) -> str:
    here = [passage for passage in passages if passage.span.overlaps(block.span)]
    cuts = {block.span.start, block.span.end}
    for passage in here:
        cuts |= {max(passage.span.start, block.span.start), min(passage.span.end, block.span.end)}
    places = sorted(cuts)
    parts: list[str] = []
    for start, end in pairwise(places):
        words = escape(document.text[start:end])
        over = [passage for passage in here if passage.span.overlaps(Span(start, end))]
        if not over:
            parts.append(words)
            continue
        for passage in over:
            if passage.span not in opened:
                opened.add(passage.span)
                parts.append(f'<span class="ft-tags">{_tags(passage, numbers)}</span>')
        passage = min(over, key=lambda passage: _worst_first(passage.worst))
        parts.append(
            f'<a class="ft-mark ft-{passage.look}" href="#{escape(card_anchor(passage.worst))}" tabindex="-1"'
            f' title="{escape(label_of(passage.worst, numbers))}"><mark>{words}</mark></a>'
        )
    tag = _TAGS[block.kind]
    return f'<{tag} class="ft-{block.kind.replace("_", "-")}">{"".join(parts)}</{tag}>'
