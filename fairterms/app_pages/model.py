"""Where a person lets a language model help with the words: what it costs first, consent where words leave the machine."""

from __future__ import annotations

import streamlit as st

from fairterms.app_pages.session import Review, open_shared
from fairterms.app_pages.texts import TEXTS
from fairterms.app_pages.widgets import plain
from fairterms.assistant.service import ExpectedErrors
from fairterms.bargaining.model.chat import is_remote
from fairterms.reports.outline import model_lines
from fairterms.reports.words import cost


def draw_model(review: Review) -> None:
    assistant = open_shared()
    if review.report.model is not None:
        with st.container(border=True, key="model"):
            if review.report.model.summary:
                st.markdown(plain(review.report.model.summary))
            with st.expander(TEXTS.model_done):
                for line in model_lines(review.report):
                    st.markdown(f"- {plain(line)}")
        return
    with st.expander(TEXTS.model_offer), st.container(key="model"):
        st.caption(TEXTS.model_help)
        spec = st.text_input(
            TEXTS.model_name, value=assistant.settings.model or "", placeholder=TEXTS.model_hint, key="model-name"
        ).strip()
        if not spec:
            return
        try:
            remote = is_remote(spec)
        except ExpectedErrors as error:
            st.error(plain(str(error)))
            return
        st.caption(plain(cost(assistant.estimate(review.report), assistant.settings.model_price)))
        agreed = st.checkbox(TEXTS.model_consent, key="model-consent") if remote else True
        if st.button(TEXTS.model_go, key="model-go", disabled=not agreed):
            try:
                with st.spinner(TEXTS.model_busy):
                    review.report = assistant.let_model_word(review.report, model=spec, allow_remote=remote and agreed)
            except ExpectedErrors as error:
                st.error(plain(str(error)))
                return
            review.renderings.clear()
            st.rerun()
