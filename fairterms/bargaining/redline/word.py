"""A Word file with the changes of a package as tracked changes, and a comment at each that says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from fairterms.analyzer.readers import Source
from fairterms.analyzer.readers.docx import Places, W, open_places
from fairterms.bargaining.redline.archive import Archive
from fairterms.bargaining.redline.marks import Pen, first_free_id, write
from fairterms.bargaining.values import Change

Element = Any  # lxml's elements come without types

_MOST_CITED = 3  # facts named in a comment: more is for the report


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose marks these are, and from when."""

    author: str
    date: datetime

    @property
    def stamp(self) -> str:
        return self.date.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.author.split() if word[0].isalnum())[:3].upper() or "FT"


def mark_up(source: Source, changes: Sequence[Change], signature: Signature, *, with_comments: bool = True) -> bytes:
    """The member's own file with tracked changes, everything else as it was. ``changes`` do not overlap.

    Raises what reading the file raises.
    """
    places = open_places(source)
    archive = Archive(source.data, places.main)
    name, comments = archive.comments() if with_comments and changes else ("", None)
    pen = Pen(signature.author, signature.stamp, first_free_id(places.document))
    marked = _write_all(changes, places, pen)
    if comments is not None:
        taken = [int(comment.get(f"{W}id", "0")) for comment in comments.iter(f"{W}comment")]
        number = max(taken, default=-1) + 1
        for change, marks in marked:
            if marks:
                _anchor(number, marks)
                comments.append(_comment(number, reasons(change), signature))
                number += 1
        archive.put(name, comments)
    archive.put(places.main, places.document)
    return archive.save()


def _write_all(changes: Sequence[Change], places: Places, pen: Pen) -> list[tuple[Change, list[Element]]]:
    """Mark every change, from the end of the text; each with its marks among the words, in the order of the text."""
    marked = []
    for change in sorted(changes, key=lambda change: change.edits[0].span, reverse=True):
        pen.written = []
        for edit in sorted(change.edits, key=lambda edit: edit.span, reverse=True):
            write(edit, places, pen)
        marked.append((change, [mark for mark in pen.written if mark.getparent().tag != f"{W}rPr"]))
    order = {element: place for place, element in enumerate(places.document.iter(f"{W}ins", f"{W}del"))}
    return [(change, sorted(marks, key=order.__getitem__)) for change, marks in reversed(marked)]


def _anchor(number: int, marks: Sequence[Element]) -> None:
    start, end = (etree.Element(f"{W}commentRange{part}") for part in ("Start", "End"))
    reference = etree.Element(f"{W}r")
    etree.SubElement(reference, f"{W}commentReference").set(f"{W}id", str(number))
    for element in (start, end):
        element.set(f"{W}id", str(number))
    marks[0].addprevious(start)
    marks[-1].addnext(end)
    end.addnext(reference)


def _comment(number: int, paragraphs: Sequence[str], signature: Signature) -> Element:
    comment = etree.Element(f"{W}comment")
    for name, value in (
        ("id", str(number)),
        ("author", signature.author),
        ("date", signature.stamp),
        ("initials", signature.initials),
    ):
        comment.set(f"{W}{name}", value)
    for words in paragraphs:
        run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
        text = etree.SubElement(run, f"{W}t")
        text.text = words
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return comment


def reasons(change: Change) -> list[str]:
    """Why the change is asked for, and on what it rests, for the other side to read: no fallback, no limit of ours."""
    because = list(dict.fromkeys(answer.reason for answer in change.answers if answer.reason))
    cited: dict[str, str] = {}
    for answer in change.answers:
        for citation in answer.citations[:_MOST_CITED]:
            about = ", ".join(part for part in (citation.date, citation.jurisdiction) if part)
            unchecked = "" if citation.checked else "; not verified by us"
            cited.setdefault(citation.id, f"{citation.title} ({about}{unchecked})")
    sources = "; ".join(list(cited.values())[:_MOST_CITED])
    return because + ([f"Compare: {sources}"] if sources else [])
