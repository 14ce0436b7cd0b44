"""Pages of a PDF as pictures of bounded size."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_SCALE = 1.6  # pixels for a point: sharp in a column of 620 pixels, and 60-150 kB for a page of text
_LONGEST = 2200  # pixels; a poster's page would otherwise take gigabytes
_GLANCE = 0.05


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A PNG, its size in pixels, and how many pixels make a point of the page."""

    png: bytes
    width: int
    height: int
    scale: float


def draw_page(data: bytes, page: int, *, password: str | None = None) -> PagePicture | None:
    """The page, counted from 1; None where the file's damage leaves nothing to draw."""
    from fairterms.analyzer.readers.pdf import render_page

    try:
        longest = max(_size(render_page(data, page, scale=_GLANCE, password=password))) / _GLANCE
        scale = min(_SCALE, _LONGEST / longest)
        png = render_page(data, page, scale=scale, password=password)
    except RuntimeError:  # what pdfium's errors are
        return None
    width, height = _size(png)
    return PagePicture(png, width, height, scale)


def _size(png: bytes) -> tuple[int, int]:
    """Width and height, which stand at a fixed place of a PNG's header (RFC 2083, 4.1.1)."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height
