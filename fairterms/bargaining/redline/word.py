"""A Word file with the changes of a package as tracked changes, and a comment at each that says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lxml import etree

from fairterms.analyzer.readers import Source
from fairterms.analyzer.readers.docx import Places, W, open_places
from fairterms.analyzer.values import Document
from fairterms.bargaining.redline.archive import Archive
from fairterms.bargaining.redline.fresh import lay_down, plain, plain_lines
from fairterms.bargaining.redline.marks import Pen, first_free_id, write
from fairterms.bargaining.redline.outward import Signature, Unmarkable, reasons
from fairterms.bargaining.redline.settle import settle
from fairterms.bargaining.values import Change

Element = Any  # lxml's elements come without types


def mark_up(source: Source, changes: Sequence[Change], signature: Signature, *, with_comments: bool = True) -> bytes:
    """The member's own Word file with tracked changes, everything else as it was. ``changes`` do not overlap.

    Raises what reading the file raises.
    """
    places = open_places(source)
    return _marked(places, Archive(source.data, places.main), changes, signature, with_comments)


def mark_up_copy(
    document: Document, changes: Sequence[Change], signature: Signature, *, with_comments: bool = True
) -> bytes:
    """A clean Word file of a contract in another format, with the same tracked changes."""
    data, places = lay_down(document)
    if document.format == "markdown":
        changes = [
            replace(c, edits=tuple(replace(e, replacement=plain(e.replacement)) for e in c.edits)) for c in changes
        ]
    return _marked(places, Archive(data, places.main), changes, signature, with_comments)


def check_marks(data: bytes, before: Document, after: Document, signature: Signature) -> None:
    """See for oneself that rejecting all marks gives the old text and accepting them the new one, but for white space.

    Raises ``Unmarkable``.
    """
    for accept, wanted, answer in ((False, before, "rejecting"), (True, after, "accepting")):
        places = open_places(Source("redline.docx", data, ".docx"))
        settle(places.document, author=signature.author, date=signature.stamp, accept=accept)
        archive = Archive(data, places.main)
        archive.put(places.main, places.document)
        found = open_places(Source("redline.docx", archive.save(), ".docx")).text
        words = plain_lines(wanted.text) if wanted.format == "markdown" else wanted.text
        if found.split() != words.split():
            raise Unmarkable(
                f"the changes could not be marked safely in this file ({answer} them would not give the right text)"
            )


def _marked(
    places: Places, archive: Archive, changes: Sequence[Change], signature: Signature, with_comments: bool
) -> bytes:
    pen = Pen(signature.author, signature.stamp, first_free_id(places.document))
    marked = _write_all(changes, places, pen)
    if with_comments and changes:
        name, comments = archive.comments()
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
