"""The member's own PDF with the changed words highlighted, and a note at each: what is proposed, and why."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdf
from pypdf.annotations import Highlight
from pypdf.generic import ArrayObject, FloatObject, NameObject, RectangleObject, TextStringObject

from fairterms.analyzer.checks.judge import boxes_of
from fairterms.analyzer.readers import Source
from fairterms.analyzer.readers.pdf import in_page_space
from fairterms.analyzer.values import Document, Span
from fairterms.bargaining.redline.outward import Signature, reasons
from fairterms.bargaining.values import Change

_COLOUR = "ffd866"  # a marker's yellow
_INSERTED = 40  # letters before a new clause that are highlighted to show its place


def annotate(source: Source, document: Document, changes: Sequence[Change], signature: Signature) -> bytes:
    """Highlights with notes, added behind the file's own bytes, which stay as they are.

    A note may not be placed where the words have no box; such a change is left out, for the Word copy holds it.
    """
    reader = pypdf.PdfReader(io.BytesIO(source.data))
    if reader.is_encrypted:
        reader.decrypt(source.password or "")
    writer = pypdf.PdfWriter(reader, incremental=not reader.is_encrypted)
    for change in changes:
        boxes = boxes_of(document, _shown(change, document))
        rectangles = in_page_space(source.data, boxes, password=source.password)
        for page in dict.fromkeys(box.page for box in boxes):
            here = [rect for rect, box in zip(rectangles, boxes, strict=True) if box.page == page]
            writer.add_annotation(page - 1, _note(here, _told(change), signature))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _shown(change: Change, document: Document) -> Span:
    """The sentence; for a new clause, the words behind which it goes."""
    if change.span is not None:
        return change.span
    end = change.edits[0].span.start
    return Span(max(end - _INSERTED, 0), end)


def _told(change: Change) -> str:
    asked = "Proposed new wording" if change.span is not None else "Proposed new clause behind these words"
    return "\n\n".join([f"{asked}: {change.text}", *reasons(change)])


def _note(rectangles: Sequence[tuple[float, float, float, float]], words: str, signature: Signature) -> Highlight:
    corners = ArrayObject(
        FloatObject(value)
        for left, bottom, right, top in rectangles
        for value in (left, top, right, top, left, bottom, right, bottom)
    )
    lefts, bottoms, rights, tops = zip(*rectangles, strict=True)
    around = RectangleObject((min(lefts), min(bottoms), max(rights), max(tops)))
    note = Highlight(
        rect=around, quad_points=corners, highlight_color=_COLOUR, printing=True, title_bar=signature.author
    )
    note[NameObject("/Contents")] = TextStringObject(words)
    note[NameObject("/M")] = TextStringObject(signature.date.strftime("D:%Y%m%d%H%M%SZ"))
    return note
