"""Accept or reject an author's tracked changes, to see that both lead where they should."""

from __future__ import annotations

from typing import Any

from fairterms.analyzer.readers.docx import W

Element = Any  # lxml's elements come without types

_INSERTED, _DELETED, _PARAGRAPH, _PROPERTIES = f"{W}ins", f"{W}del", f"{W}p", f"{W}pPr"


def settle(document: Element, *, author: str, date: str, accept: bool) -> None:
    """Make the author's marks of that date final, or take them back, in place; the marks of others stay."""

    def ours(tag: str) -> list[Element]:
        return [
            mark for mark in document.iter(tag) if mark.get(f"{W}author") == author and mark.get(f"{W}date") == date
        ]

    gone, kept = (_DELETED, _INSERTED) if accept else (_INSERTED, _DELETED)
    ended = [mark for mark in ours(gone) if _is_paragraph_mark(mark)]
    for mark in ours(gone):
        if mark not in ended:
            mark.getparent().remove(mark)
    for mark in ours(kept):
        if _is_paragraph_mark(mark):
            mark.getparent().remove(mark)
            continue
        for deleted in mark.iter(f"{W}delText"):
            deleted.tag = f"{W}t"
        for deleted in mark.iter(f"{W}delInstrText"):
            deleted.tag = f"{W}instrText"
        parent = mark.getparent()
        place = parent.index(mark)
        for offset, child in enumerate(list(mark)):
            parent.insert(place + offset, child)
        parent.remove(mark)
    for mark in ended:
        _join_with_next(next(mark.iterancestors(_PARAGRAPH)))


def _is_paragraph_mark(mark: Element) -> bool:
    above = mark.getparent()
    return bool(above.tag == f"{W}rPr" and above.getparent().tag == _PROPERTIES)


def _join_with_next(paragraph: Element) -> None:
    """A paragraph without its mark: its words begin the next paragraph, whose properties hold for both."""
    following = paragraph.getnext()
    if following is None or following.tag != _PARAGRAPH:
        return
    own = following.find(_PROPERTIES)
    place = 0 if own is None else 1
    for offset, child in enumerate([child for child in paragraph if child.tag != _PROPERTIES]):
        following.insert(place + offset, child)
    paragraph.getparent().remove(paragraph)
