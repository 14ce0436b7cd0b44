"""The answers chosen so far, as a list on the page and as files to take away."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

import streamlit as st

from fairterms.analyzer.values import Finding
from fairterms.app_pages.session import Review
from fairterms.app_pages.texts import TEXTS
from fairterms.app_pages.widgets import draw_answer_list
from fairterms.reports import render

_FILES = {
    "html": ("html", "text/html"),
    "markdown": ("md", "text/markdown"),
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
    """The accepted changes as a text for a letter: the old words and the new ones, in the order of the contract."""
    asked = set(asked_for(review, numbers))
    parts = [TEXTS.answers_file.format(name=review.name)]
    for finding in review.report.analysis.risks:
        if finding not in asked:
            continue
        heading = " · ".join(part for part in (finding.section, finding.title) if part)
        words = review.decisions[finding.id].text
        if finding.quote is None:
            parts.append(f"{heading}\n\n{TEXTS.add_clause}\n{words}")
        else:
            parts.append(f"{heading}\n\n{TEXTS.instead_of}\n{finding.quote}\n\n{TEXTS.we_ask}\n{words}")
    return "\n\n\n".join(parts) + "\n"


def _rendered(review: Review, form: str) -> str:
    if form not in review.renderings:
        review.renderings[form] = render(review.report, form)
    return review.renderings[form]
