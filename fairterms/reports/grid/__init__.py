"""Several contracts side by side, in which form: GRID_RENDERERS and render_grid()."""

from __future__ import annotations

from collections.abc import Callable

from fairterms.bargaining.values import Comparison
from fairterms.reports.grid.csv import render_csv
from fairterms.reports.grid.html import render_html
from fairterms.reports.grid.json import render_json
from fairterms.reports.grid.text import render_text
from fairterms.reports.grid.xlsx import render_xlsx

GRID_RENDERERS: dict[str, Callable[[Comparison], str | bytes]] = {
    "text": render_text,
    "csv": render_csv,
    "xlsx": render_xlsx,
    "html": render_html,
    "json": render_json,
}


class UnknownGridForm(ValueError):  # noqa: N818
    """There is no such form of a comparison."""


def render_grid(comparison: Comparison, form: str) -> bytes:
    """The file's bytes in one of the forms of ``GRID_RENDERERS``; the same comparison gives the same bytes."""
    if form not in GRID_RENDERERS:
        raise UnknownGridForm(f"{form}: no such form of a comparison; choose one of {', '.join(GRID_RENDERERS)}")
    rendered = GRID_RENDERERS[form](comparison)
    return rendered.encode() if isinstance(rendered, str) else rendered
