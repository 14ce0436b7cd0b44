"""The answers chosen so far, as a list on the page and as files to take away."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import PurePath

import streamlit as st

from fairterms.analyzer.values import Finding
from fairterms.app_pages.session import Review
from fairterms.app_pages.texts import TEXTS
from fairterms.app_pages.widgets import draw_answer_list
from fairterms.reports import PAPER, render, render_paper

_FILES = {
    "html": ("html", "text/html"),
    "markdown": ("md", "text/markdown"),
    "brief": ("two-pages.pdf", "application/pdf"),
    "pdf": ("pdf", "application/pdf"),
    "text": ("txt", "text/plain"),
    "json": ("json", "application/json"),
}


def draw_answers(review: Review, numbers: Mapping[str, int]) -> None:
    asked = asked_for(review, numbers)
    dropped = sum(decision.answer == "dropped" for decision in review.decisions.values())
    with st.container(key="answers", border=True):
        draw_answer_list(
            [(numbers[finding.id], finding, review.decisions[finding.id].text) for finding in asked], dropped=dropped
        )
        stem = PurePath(review.name).stem
        with st.container(horizontal=True, key="downloads"):
            st.download_button(
                TEXTS.download_answers,
                answers_text(review, numbers),
                file_name=TEXTS.answers_name.format(stem=stem),
                mime="text/plain",
                type="primary",
                icon=":material/download:",
                disabled=not asked,
                on_click="ignore",
                key="download-answers",
            )
            for form, label in TEXTS.formats.items():
                suffix, mime = _FILES[form]
                st.download_button(
                    label,
                    _rendered(review, form),
                    file_name=TEXTS.report_name.format(stem=stem, suffix=suffix),
                    mime=mime,
                    on_click="ignore",
                    key=f"download-{form}",
                )


def asked_for(review: Review, numbers: Mapping[str, int]) -> list[Finding]:
    """The findings whose proposals were accepted or edited, in the order of their numbers."""
    chosen = [
        finding
        for finding in review.report.analysis.risks
        if finding.id in review.decisions and review.decisions[finding.id].answer != "dropped"
    ]
    return sorted(chosen, key=lambda finding: numbers[finding.id])


def answers_text(review: Review, numbers: Mapping[str, int]) -> str:
    """The accepted changes as a text for a letter, in the order of the contract; the same old words stand there once."""
    asked = set(asked_for(review, numbers))
    chosen = [finding for finding in review.report.analysis.risks if finding in asked]
    parts = [TEXTS.answers_file.format(name=review.name)]
    for quote, same_words in groupby(chosen, key=lambda finding: (finding.span, finding.quote)):
        findings = list(same_words)
        if quote[1] is not None:
            parts.append(f"{findings[0].section or ''}\n{TEXTS.instead_of}\n{quote[1]}".strip())
        for finding in findings:
            wish = TEXTS.we_ask if finding.quote is not None else TEXTS.add_clause
            words = review.decisions[finding.id].text
            parts.append(f"{wish.format(title=finding.title)}\n{words}")
    return "\n\n".join(parts) + "\n"


def _rendered(review: Review, form: str) -> str | bytes:
    if form not in review.renderings:
        paper = form in PAPER
        review.renderings[form] = render_paper(review.report, form) if paper else render(review.report, form)
    return review.renderings[form]
