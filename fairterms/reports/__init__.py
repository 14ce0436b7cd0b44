"""What is handed to a person or a program, in which form: RENDERERS and render()."""

from __future__ import annotations

from typing import Protocol

from fairterms.reports.html import render_html
from fairterms.reports.json import render_json
from fairterms.reports.markdown import render_markdown
from fairterms.reports.text import render_text
from fairterms.reports.values import Report


class Renderer(Protocol):
    """A report in one form; ``with_text`` adds the contract's own text."""

    def __call__(self, report: Report, *, with_text: bool = False) -> str: ...


class UnknownForm(ValueError):  # noqa: N818
    """There is no such form of a report."""


RENDERERS: dict[str, Renderer] = {
    "text": render_text,
    "markdown": render_markdown,
    "html": render_html,
    "json": render_json,
}


PAPER = ("pdf", "brief")


def render_paper(report: Report, form: str, *, with_text: bool = False) -> bytes:
    """The report as a PDF: "pdf" whole, "brief" on two pages at most; raises ``UnknownForm``."""
    if form not in PAPER:
        raise UnknownForm(f"{form}: no such form of a report on paper; choose one of {', '.join(PAPER)}")
    from fairterms.reports.pdf import render_brief, render_pdf

    return render_brief(report) if form == "brief" else render_pdf(report, with_text=with_text)


def render(report: Report, form: str, *, with_text: bool = False) -> str:
    """The report in one of the forms of ``RENDERERS``; raises ``UnknownForm`` with one line for the person."""
    if form not in RENDERERS:
        raise UnknownForm(f"{form}: no such form of a report; choose one of {', '.join(RENDERERS)}")
    return RENDERERS[form](report, with_text=with_text)
