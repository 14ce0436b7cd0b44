"""The accepted answers put together: what the contract would be like with them, and the files to send."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePath

import streamlit as st

from fairterms.app_pages.session import Review, open_shared
from fairterms.app_pages.texts import TEXTS
from fairterms.app_pages.widgets import draw_package, plain
from fairterms.assistant.service import ExpectedErrors
from fairterms.bargaining.letters.forms import render_letter
from fairterms.bargaining.letters.values import Sender
from fairterms.bargaining.redline import Original, Signature
from fairterms.bargaining.values import Package

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILES = {
    "docx": ("{stem}-changes.docx", _WORD),
    "pdf": ("{stem}-notes.pdf", "application/pdf"),
    "letter": ("{stem}-letter.docx", _WORD),
    "eml": ("{stem}-letter.eml", "message/rfc822"),
}


def draw_sending(review: Review) -> None:
    asked = {id: decision for id, decision in review.decisions.items() if decision.answer != "dropped"}
    if not asked:
        return
    with st.container(key="sending", border=True):
        if review.package is None or review.packed != asked:
            draw_package(None, review.report.analysis)
            if st.button(TEXTS.put_together, key="put-together", type="primary", icon=":material/join_inner:"):
                with st.spinner(TEXTS.putting_together):
                    review.package = open_shared().package(
                        review.report,
                        strengths={id: decision.strength for id, decision in asked.items()},
                        own={id: decision.text for id, decision in asked.items() if decision.answer == "edited"},
                    )
                review.packed = dict(asked)
                review.files.clear()
                st.rerun()
            return
        draw_package(review.package, review.report.analysis)
        if review.package.changes:
            _offer_files(review, review.package)


def _offer_files(review: Review, package: Package) -> None:
    name = st.text_input(
        TEXTS.your_name, key="author", help=TEXTS.your_name_help, placeholder=TEXTS.your_name_hint
    ).strip()
    stem = PurePath(review.name).stem
    forms = [
        form for form in _FILES if form != "pdf" or (review.report.analysis.document.format == "pdf" and review.data)
    ]
    with st.container(horizontal=True, key="files"):
        for form in forms:
            key = f"{form}|{name}"
            try:
                data = review.files.get(key) or _written(form, name, review, package)
            except ExpectedErrors as error:
                st.error(plain(str(error)))
                continue
            review.files[key] = data
            pattern, mime = _FILES[form]
            st.download_button(
                TEXTS.send_forms[form], data, file_name=pattern.format(stem=stem), mime=mime, on_click="ignore",
                key=f"send-{form}", type="primary" if form == "docx" else "secondary", icon=":material/download:",
            )  # fmt: skip


def _written(form: str, name: str, review: Review, package: Package) -> bytes:
    assistant = open_shared()
    if form in ("letter", "eml"):
        letter = assistant.letter("counter-proposal", review.report, Sender(name=name), package=package)
        return render_letter(letter, "docx" if form == "letter" else "eml")
    original = Original(review.data or b"", review.report.analysis.document, review.password)
    signature = Signature(name or TEXTS.unnamed, datetime.now(UTC))
    return assistant.redline(original, package, signature, form=form)
