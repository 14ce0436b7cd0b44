"""The page on which several contracts come in, and their terms are shown side by side."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from fairterms.app_pages.session import (
    Side,
    current_comparison,
    forget_comparison,
    keep_comparison,
    run_comparison,
)
from fairterms.app_pages.texts import TEXTS
from fairterms.app_pages.widgets import draw_contracts, draw_grid, draw_lead, draw_note, draw_title, plain
from fairterms.assistant.service import ExpectedErrors
from fairterms.bargaining.values import UnreadFile
from fairterms.reports.grid import render_grid
from fairterms.reports.grid.table import tabulate

LEAST, MOST = 2, 20
_PROBLEMS = "compare-problems"
_MIMES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "html": "text/html",
    "json": "application/json",
}


def show_comparison() -> None:
    side = current_comparison()
    if side is None:
        _show_start()
    else:
        _show_grid(side)


def _show_start() -> None:
    draw_lead(TEXTS.compare_lead, TEXTS.compare_start)
    with st.container(key="start"):
        files = st.file_uploader(TEXTS.compare_upload, accept_multiple_files=True, key="contracts")
        if st.button(TEXTS.compare_button, type="primary", key="compare", width="stretch"):
            st.session_state.pop(_PROBLEMS, None)
            if LEAST <= len(files) <= MOST:
                _compare([(file.name, file.getvalue()) for file in files])
            else:
                st.error(TEXTS.compare_count.format(least=LEAST, most=MOST, count=len(files)))
        for problem in st.session_state.get(_PROBLEMS, ()):
            st.error(problem)
    draw_note(TEXTS.stays_here)


def _compare(files: Sequence[tuple[str, bytes]]) -> None:
    """Read and compare, showing which contract is being read; what a person can put right is said line by line."""
    with st.status(TEXTS.compare_reading, expanded=True) as status:
        st.caption(TEXTS.first_time)
        try:
            side, unread = run_comparison(
                files, progress=lambda name: status.update(label=TEXTS.compare_at.format(name=plain(name)))
            )
        except ExpectedErrors as error:
            st.session_state[_PROBLEMS] = (plain(str(error)),)
        else:
            if side is None:
                st.session_state[_PROBLEMS] = (*(plain(_why(file)) for file in unread), TEXTS.compare_too_few)
            else:
                keep_comparison(side)
    st.rerun()


def _why(file: UnreadFile) -> str:
    """The reader's own line; the command line's answer to a password is none here."""
    return TEXTS.compare_locked.format(name=file.name) if "--password" in file.because else file.because


def _show_grid(side: Side) -> None:
    table = tabulate(side.comparison)
    with st.container(key="top", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        draw_title(table.title)
        st.button(TEXTS.compare_others, on_click=forget_comparison, key="compare-others", icon=":material/add:")
    draw_contracts(table)
    with st.container(horizontal=True, key="downloads"):
        for form, label in TEXTS.compare_formats.items():
            if form not in side.renderings:
                side.renderings[form] = render_grid(side.comparison, form)
            st.download_button(
                label,
                side.renderings[form],
                file_name=TEXTS.compare_name.format(suffix=form),
                mime=_MIMES[form],
                on_click="ignore",
                icon=":material/download:",
                key=f"download-grid-{form}",
            )
    draw_grid(table)
