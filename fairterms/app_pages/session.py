"""What lives how long: the models for everyone, a contract and its answers for one session only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from fairterms.analyzer.readers import UnreadableDocument
from fairterms.analyzer.values import Document
from fairterms.assistant.pictures import PagePicture
from fairterms.assistant.service import Assistant, open_assistant
from fairterms.bargaining.values import Comparison, Package, Strength, UnreadFile
from fairterms.reports.values import Report

Answer = Literal["accepted", "edited", "dropped"]

_REVIEW = "review"
_COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the person makes of a proposal; ``text`` are the words they will ask for, "" where they drop it."""

    answer: Answer
    strength: Strength
    text: str


@dataclass(slots=True)
class Review:
    """One contract in one session: its file, its report and the answers chosen so far.

    ``data`` is None for pasted text. ``package`` are the answers put together, ``packed`` those that it holds, and ``files`` what was written of it.
    """

    report: Report
    data: bytes | None
    password: str | None
    decisions: dict[str, Decision] = field(default_factory=dict)
    editing: set[str] = field(default_factory=set)
    renderings: dict[str, str | bytes] = field(default_factory=dict)
    pictures: dict[int, PagePicture | None] = field(default_factory=dict)
    package: Package | None = None
    packed: dict[str, Decision] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.report.analysis.document.name


@st.cache_resource(show_spinner=False)
def open_shared() -> Assistant:
    """The assistant of this server, with the models; it reviews one contract at a time."""
    return open_assistant()


def run_review(
    read: Callable[[Assistant], Document],
    *,
    data: bytes | None = None,
    password: str | None = None,
    jurisdiction: str | None,
    medium: str | None,
    progress: Callable[[str], None],
) -> Review:
    """Read and review one contract; it is given back and kept nowhere."""
    assistant = open_shared()
    progress("reading")
    document = read(assistant)
    report = assistant.review(document, jurisdiction=jurisdiction, medium=medium, progress=progress)
    return Review(report, data, password)


def current_review() -> Review | None:
    review: Review | None = st.session_state.get(_REVIEW)
    return review


def keep_review(review: Review) -> None:
    st.session_state[_REVIEW] = review


def forget_review() -> None:
    st.session_state.pop(_REVIEW, None)


@dataclass(slots=True)
class Side:
    """Several contracts side by side in one session."""

    comparison: Comparison
    renderings: dict[str, bytes] = field(default_factory=dict)


def run_comparison(
    files: Sequence[tuple[str, bytes]], *, progress: Callable[[str], None]
) -> tuple[Side | None, tuple[UnreadFile, ...]]:
    """Read and compare the files; None where fewer than two could be read, and those that could not."""
    assistant = open_shared()
    documents: list[Document] = []
    unread: list[UnreadFile] = []
    for name, data in files:
        try:
            documents.append(assistant.read(data, name=name))
        except UnreadableDocument as error:
            unread.append(UnreadFile(name, str(error)))
    if len(documents) < 2:
        return None, tuple(unread)
    return Side(assistant.compare(documents, unread=unread, progress=progress)), tuple(unread)


def current_comparison() -> Side | None:
    side: Side | None = st.session_state.get(_COMPARISON)
    return side


def keep_comparison(side: Side) -> None:
    st.session_state[_COMPARISON] = side


def forget_comparison() -> None:
    st.session_state.pop(_COMPARISON, None)
