"""Tracked insertions and deletions at places in a Word document (ISO/IEC 29500-1, 17.13.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from fairterms.analyzer.readers.docx import Places, W
from fairterms.analyzer.values import BlockKind
from fairterms.bargaining.values import Edit

Element = Any  # lxml's elements come without types

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RUN, _TEXT, _PARAGRAPH = f"{W}r", f"{W}t", f"{W}p"
_RUN_PROPERTIES, _PROPERTIES = f"{W}rPr", f"{W}pPr"
_INSERTED, _DELETED = f"{W}ins", f"{W}del"
# What a deleted run may hold; a run with a note, a picture or a comment's anchor stays.
_LETTERS = frozenset(
    f"{W}{n}" for n in ("t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "lastRenderedPageBreak")
)
_FIELD = frozenset((f"{W}fldChar", f"{W}instrText"))
# Properties of a paragraph that a new one behind it must not take over: page and section ends, numbers, its own change mark.
_NOT_TAKEN_OVER = tuple(
    f"{W}{n}" for n in ("sectPr", "numPr", "pageBreakBefore", "pPrChange", "keepNext", "outlineLvl")
)
# What the schema wants before a paragraph's number.
_BEFORE_NUMBER = frozenset(
    f"{W}{n}" for n in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)


@dataclass(slots=True)
class Pen:
    """Who marks, when (ISO 8601, UTC), and the numbers given to marks so far."""

    author: str
    date: str
    next_id: int
    written: list[Element] = field(default_factory=list)  # the marks of the change at hand, in the order they were made

    def mark(self, tag: str) -> Element:
        element = etree.Element(tag)
        element.set(f"{W}id", str(self.next_id))
        element.set(f"{W}author", self.author)
        element.set(f"{W}date", self.date)
        self.next_id += 1
        self.written.append(element)
        return element


def first_free_id(document: Element) -> int:
    """A number above every one that marks, comments and bookmarks of the document bear."""
    numbers = (element.get(f"{W}id", "") for element in document.iter())
    return max((int(number) for number in numbers if number.isdigit()), default=0) + 1


def write(edit: Edit, places: Places, pen: Pen) -> None:
    """Mark one edit. Later places of the text must have been marked before: elements split, and keep what is left of the edit."""
    start, end = edit.span.start, edit.span.end
    words, *clauses = edit.replacement.split("\n\n")
    anchor: Element | None = None
    behind: Element | None = None
    for first, last in _stretches(places, start, end):
        mark = _delete(places, first, last, pen)
        anchor = mark if mark is not None else anchor
        for paragraph in _up_to(places.paragraphs[first], behind):
            _mark_end(paragraph, pen, _DELETED)  # the sentence ran on into the next paragraph: what is left is one
        behind = places.paragraphs[first]
    if words:
        _insert(words, anchor, places, start, pen)
    if clauses:
        _insert_paragraphs(clauses, places, end, pen)


def _stretches(places: Places, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The first and last character of each paragraph's part of the words to delete, the last paragraph first."""
    held = [place for place in range(start, end) if places.at[place] is not None]
    while held:
        paragraph = places.paragraphs[held[-1]]
        here = [place for place in held if places.paragraphs[place] is paragraph]
        yield here[0], here[-1]
        held = [place for place in held if places.paragraphs[place] is not paragraph]


def _up_to(paragraph: Element, behind: Element | None) -> list[Element]:
    """A paragraph and the empty ones between it and the one in which its sentence goes on; none where it cannot join it."""
    joined = [paragraph]
    while behind is not None and (following := joined[-1].getnext()) is not None and following.tag == _PARAGRAPH:
        if following is behind:
            return joined
        if "".join(following.itertext()).strip():
            break
        joined.append(following)
    return []


def _delete(places: Places, first: int, last: int, pen: Pen) -> Element | None:
    """Mark the letters between two characters of a paragraph as deleted; the last mark."""
    beginning, ending = places.at[first], places.at[last]
    assert beginning is not None
    assert ending is not None
    element, index = ending
    _split(element, index + 1)
    element, index = beginning
    begin = _split(element, index)
    # Where both stand in one element, the split moved the last one too.
    stop = begin if ending[0] is beginning[0] else ending[0]
    runs = list(_runs_between(begin, stop, places.paragraphs[first]))
    mark: Element | None = None
    for run in _deletable(runs):
        before = run.getprevious()
        if mark is not None and before is mark:
            mark.append(run)
        else:
            mark = pen.mark(_DELETED)
            run.addprevious(mark)
            mark.append(run)
        for child in run:
            if child.tag == _TEXT:
                child.tag = f"{W}delText"
                child.set(_SPACE, "preserve")
            elif child.tag == f"{W}instrText":
                child.tag = f"{W}delInstrText"
    return mark


def _split(element: Element, index: int) -> Element:
    """Cut a run before the letter ``index`` of one of its elements; the element that then begins the right part.

    The left part keeps the elements, so that places to the left stay true.
    """
    run = element.getparent()
    text = element.text or ""
    if index == 0 and element.getprevious() is None:
        return element
    if index == 0 and element.getprevious().tag == _RUN_PROPERTIES:
        return element
    is_text = element.tag == _TEXT
    if is_text and 0 < index < len(text):
        right = etree.Element(_TEXT)
        right.text = text[index:]
        right.set(_SPACE, "preserve")
        element.text = text[:index]
        element.set(_SPACE, "preserve")
        element.addnext(right)
    elif index == 0:
        right = element
    else:
        right = element.getnext()
        if right is None:
            return element  # the run ends here anyway
    rest = [right, *right.itersiblings()]
    cut = etree.Element(_RUN)
    properties = run.find(_RUN_PROPERTIES)
    if properties is not None:
        cut.append(deepcopy(properties))
    run.addnext(cut)
    for child in rest:
        cut.append(child)
    return right


def _runs_between(begin: Element, stop: Element, paragraph: Element) -> Iterator[Element]:
    """The runs from one element to another, and on to the end of a field whose words they hold to the last."""
    first, last = _run_of(begin), _run_of(stop)
    runs = [run for run in paragraph.iter(_RUN) if next(run.iterancestors(_PARAGRAPH)) is paragraph]
    start, end = runs.index(first), runs.index(last) + 1
    depth = sum(_opened(run) for run in runs[start:end])
    behind = end
    while depth > 0 and behind < len(runs) and runs[behind].find(_TEXT) is None:
        depth += _opened(runs[behind])
        behind += 1
    yield from runs[start : behind if depth <= 0 else end]


def _opened(run: Element) -> int:
    """How many fields begin in a run, less those that end."""
    kinds = [char.get(f"{W}fldCharType") for char in run.iter(f"{W}fldChar")]
    return kinds.count("begin") - kinds.count("end")


def _run_of(element: Element) -> Element:
    return next(element.iterancestors(_RUN))


def _deletable(runs: Sequence[Element]) -> Iterator[Element]:
    """The runs that hold letters only, and the runs of fields that lie wholly among them."""
    depth, open_field = 0, list[Element]()
    for run in runs:
        kinds = {child.tag for child in run} - {_RUN_PROPERTIES}
        if (
            next(run.iterancestors(_DELETED, f"{W}moveFrom"), None) is not None
            or run.find(f"{_RUN_PROPERTIES}/{W}vanish") is not None
        ):
            continue
        marks = [char.get(f"{W}fldCharType") for char in run.iter(f"{W}fldChar")]
        begins, ends = marks.count("begin"), marks.count("end")
        if depth or begins:
            open_field.append(run)
            depth += begins - ends
            if depth <= 0:
                yield from open_field
                depth, open_field = 0, []
        elif ends:
            continue  # the field began before: it stays a field
        elif kinds <= _LETTERS:
            yield run
    for run in open_field:  # the field goes on behind: only its letters go
        if {child.tag for child in run} - {_RUN_PROPERTIES} <= _LETTERS:
            yield run


def _insert(words: str, anchor: Element | None, places: Places, place: int, pen: Pen) -> None:
    """Put words behind the mark of a deletion, or between the characters before and at ``place``."""
    mark = pen.mark(_INSERTED)
    if anchor is not None:
        pattern = anchor.find(_RUN)
        mark.append(_run(words, pattern))
        _outside(anchor).addnext(mark)
        return
    before, at = (_held(places, place - 1), _held(places, place))
    same = place > 0 and place < len(places.text) and places.paragraphs[place - 1] is places.paragraphs[place]
    if before is not None and (at is None or same or not _begins_paragraph(places, place)):
        element, index = before
        run = _run_of(element)
        _split(element, index + 1)
        mark.append(_run(words, run))
        _outside(run).addnext(mark)
    elif at is not None:
        element, index = at
        right = _split(element, index)
        run = _run_of(right)
        mark.append(_run(words, run))
        _outside(run, before=True).addprevious(mark)


def _held(places: Places, place: int) -> tuple[Element, int] | None:
    return places.at[place] if 0 <= place < len(places.at) else None


def _begins_paragraph(places: Places, place: int) -> bool:
    return place == 0 or places.paragraphs[place - 1] is not places.paragraphs[place]


def _outside(element: Element, *, before: bool = False) -> Element:
    """The element, or where it stands in another's insertion the insertion, cut in two beside it."""
    mark = element.getparent()
    if mark.tag != _INSERTED:
        return element
    if before:
        rest = list(element.itersiblings(preceding=True))[::-1]
        if rest:
            left = _like(mark)
            mark.addprevious(left)
            for sibling in rest:
                left.append(sibling)
        return mark
    rest = list(element.itersiblings())
    if rest:
        right = _like(mark)
        mark.addnext(right)
        for sibling in rest:
            right.append(sibling)
    return mark


def _like(mark: Element) -> Element:
    copy = etree.Element(mark.tag)
    for name, value in mark.attrib.items():
        copy.set(name, value)
    return copy


def _run(words: str, pattern: Element | None) -> Element:
    """A run with the formatting of another one; line ends become Word's own."""
    run = etree.Element(_RUN)
    properties = pattern.find(_RUN_PROPERTIES) if pattern is not None else None
    if properties is not None:
        properties = deepcopy(properties)
        for change in properties.findall(f"{W}rPrChange"):
            properties.remove(change)
        run.append(properties)
    for number, line in enumerate(words.split("\n")):
        if number:
            etree.SubElement(run, f"{W}br")
        text = etree.SubElement(run, _TEXT)
        text.text = line
        text.set(_SPACE, "preserve")
    return run


def _insert_paragraphs(clauses: Sequence[str], places: Places, place: int, pen: Pen) -> None:
    """New paragraphs behind the one that ends before ``place``, each with its mark, so that rejecting leaves nothing."""
    paragraph = next(p for p in reversed(places.paragraphs[:place]) if p is not None)
    pattern = max(paragraph.iter(_RUN), key=lambda run: len("".join(run.itertext())), default=None)
    has_next = any(sibling.tag == _PARAGRAPH for sibling in [paragraph.getnext()] if sibling is not None)
    behind = paragraph
    for clause in clauses:
        new = etree.Element(_PARAGRAPH)
        new.append(_taken_over(paragraph, places.kinds[paragraph]))
        mark = pen.mark(_INSERTED)
        mark.append(_run(clause, pattern))
        new.append(mark)
        # The paragraph mark that is new: the new paragraph's own, or, where none follows to join with, the one before.
        _mark_end(new if has_next else behind, pen, _INSERTED)
        behind.addnext(new)
        behind = new


def _taken_over(paragraph: Element, kind: BlockKind) -> Element:
    """The paragraph's properties for a new one behind it, which bears a typed number or none."""
    own = paragraph.find(_PROPERTIES)
    properties = deepcopy(own) if own is not None else etree.Element(_PROPERTIES)
    for name in _NOT_TAKEN_OVER:
        for child in properties.findall(name):
            properties.remove(child)
    for child in properties.findall(f"{_RUN_PROPERTIES}/{_INSERTED}"):
        child.getparent().remove(child)
    style = properties.find(f"{W}pStyle")
    if style is not None and kind == "heading":
        properties.remove(style)
    elif kind == "list_item":
        # Number 0 takes the automatic number away that the style may bring (ISO/IEC 29500-1, 17.9.18).
        off = etree.Element(f"{W}numPr")
        etree.SubElement(off, f"{W}ilvl").set(f"{W}val", "0")
        etree.SubElement(off, f"{W}numId").set(f"{W}val", "0")
        before = [child for child in properties if child.tag in _BEFORE_NUMBER]
        before[-1].addnext(off) if before else properties.insert(0, off)
    return properties


def _mark_end(paragraph: Element, pen: Pen, tag: str) -> None:
    properties = paragraph.find(_PROPERTIES)
    if properties is None:
        properties = etree.Element(_PROPERTIES)
        paragraph.insert(0, properties)
    formatting = properties.find(_RUN_PROPERTIES)
    if formatting is None:
        formatting = etree.Element(_RUN_PROPERTIES)
        # The schema wants it behind all others but these two.
        tail = [child for child in properties if child.tag in (f"{W}sectPr", f"{W}pPrChange")]
        properties.append(formatting) if not tail else tail[0].addprevious(formatting)
    formatting.insert(0, pen.mark(tag))
