"""The app's frame: which pages there are."""

from __future__ import annotations

import streamlit as st

from fairterms.app_pages.compare import show_comparison
from fairterms.app_pages.review import show_review
from fairterms.app_pages.texts import TEXTS
from fairterms.app_pages.widgets import draw_style

st.set_page_config(page_title=TEXTS.app, page_icon=":material/contract:", layout="wide")
draw_style()
page = st.navigation(
    [
        st.Page(show_review, title=TEXTS.review_page, icon=":material/contract:", default=True),
        st.Page(show_comparison, title=TEXTS.compare_page, icon=":material/table_chart:", url_path="compare"),
    ],
    position="top",
)
page.run()
