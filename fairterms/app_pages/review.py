"""The page on which a contract comes in, and its findings and answers are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from fairterms.analyzer.values import Document, Finding
from fairterms.app_pages.answers import draw_answers
from fairterms.app_pages.model import draw_model
from fairterms.app_pages.passages import Passage, page_html, passages_of, text_html
from fairterms.app_pages.sending import draw_sending
from fairterms.app_pages.session import (
    Decision,
    Review,
    current_review,
    forget_review,
    keep_review,
    open_shared,
    run_review,
)
from fairterms.app_pages.texts import TEXTS
from fairterms.app_pages.widgets import (
    draw_decision,
    draw_document_heading,
    draw_finding,
    draw_findings_heading,
    draw_lead,
    draw_note,
    draw_proposal,
    draw_protections,
    draw_summary,
    draw_title,
    in_order,
    numbers_of,
    plain,
    show_only,
)
from fairterms.assistant.service import Assistant, ExpectedErrors
from fairterms.bargaining.values import STRENGTHS, CounterProposal, Strength
from fairterms.reports.outline import explained

_MANY_PAGES = 12  # a longer contract begins with the pages that hold marked words: each page costs about 100 kB
_MOST_PAGES = 60  # beyond that it is shown as text
_WAYS = {"upload": TEXTS.upload_tab, "paste": TEXTS.paste_tab, "sample": TEXTS.sample_tab}


@dataclass(frozen=True, slots=True)
class Given:
    """A contract as it came in, before it is read, and what is known of the person."""

    read: Callable[[Assistant], Document]
    data: bytes | None = None
    password: str | None = None
    jurisdiction: str | None = None
    medium: str | None = None


def show_review() -> None:
    review = current_review()
    if review is None:
        _show_start()
    else:
        _show_report(review)


# ---------------------------------------------------------------- the contract comes in


def _show_start() -> None:
    draw_lead()
    with st.container(key="start"):
        way = st.segmented_control(
            TEXTS.way,
            list(_WAYS),
            format_func=_WAYS.__getitem__,
            default="upload",
            label_visibility="collapsed",
            key="way",
        )
        way = way or "upload"
        # All ways stay drawn and two are hidden, for Streamlit forgets the input of what is not drawn.
        show_only(f"way-{way}", among=[f"way-{name}" for name in _WAYS])
        with st.container(key="way-upload"):
            uploaded = _take_upload()
        with st.container(key="way-paste"):
            pasted = _take_paste()
        with st.container(key="way-sample"):
            sample = _take_sample()
        jurisdiction, medium = _ask_about_person()
        given = {"upload": uploaded, "paste": pasted, "sample": sample}[way]
        if st.button(TEXTS.review, type="primary", key="read", width="stretch"):
            if given is None:
                st.error(TEXTS.nothing_given)
            else:
                _review(given, jurisdiction or given.jurisdiction, medium or given.medium)
        elif "problem" in st.session_state:
            st.error(st.session_state["problem"])
    draw_note(TEXTS.stays_here)


def _take_upload() -> Given | None:
    file = st.file_uploader(TEXTS.upload, key="file")
    if file is None:
        return None
    data, name, password = file.getvalue(), file.name, None
    if st.session_state.get("locked") == file.file_id:
        password = st.text_input(TEXTS.password, type="password", key="password") or None
    return Given(lambda assistant: assistant.read(data, name=name, password=password), data, password)


def _take_paste() -> Given | None:
    text = st.text_area(TEXTS.paste, placeholder=TEXTS.paste_hint, height=260, key="pasted")
    if not text.strip():
        return None
    return Given(lambda assistant: assistant.read_text(text, TEXTS.pasted_name))


def _take_sample() -> Given | None:
    samples = {sample.id: sample for sample in open_shared().samples()}
    chosen = st.radio(
        TEXTS.sample,
        list(samples),
        format_func=lambda id: samples[id].title,
        captions=[sample.about for sample in samples.values()],
        key="sample",
    )
    if chosen is None:
        return None
    sample = samples[chosen]
    return Given(
        lambda assistant: assistant.read(sample.data, name=sample.file),
        sample.data,
        jurisdiction=sample.jurisdiction,
        medium=sample.medium,
    )


def _ask_about_person() -> tuple[str | None, str | None]:
    settings = open_shared().settings
    left, right = st.columns(2)
    places, media = list(TEXTS.places), list(TEXTS.media)
    with left:
        place: str | None = st.selectbox(
            TEXTS.place,
            places,
            index=places.index(settings.jurisdiction) if settings.jurisdiction in places else None,
            format_func=TEXTS.places.__getitem__,
            placeholder=TEXTS.not_said,
            help=TEXTS.place_help,
            key="place",
        )
    with right:
        medium: str | None = st.selectbox(
            TEXTS.medium,
            media,
            index=media.index(settings.medium) if settings.medium in media else None,
            format_func=TEXTS.media.__getitem__,
            placeholder=TEXTS.not_said,
            help=TEXTS.medium_help,
            key="medium",
        )
    return place, medium


def _review(given: Given, jurisdiction: str | None, medium: str | None) -> None:
    """Read the contract and show its stages; what a person can put right is said in one line, and the input stays."""
    with st.status(TEXTS.stages["reading"], expanded=True) as status:
        st.caption(TEXTS.first_time)

        def show_stage(stage: str) -> None:
            status.update(label=TEXTS.stages[stage], expanded=True)
            st.write(TEXTS.stages[stage])

        try:
            review = run_review(
                given.read,
                data=given.data,
                password=given.password,
                jurisdiction=jurisdiction,
                medium=medium,
                progress=show_stage,
            )
        except ExpectedErrors as error:
            problem = _problem(error, given)
        else:
            st.session_state.pop("problem", None)
            st.session_state.pop("locked", None)
            keep_review(review)
            st.rerun()
    st.session_state["problem"] = problem
    st.rerun()


def _problem(error: Exception, given: Given) -> str:
    """The error's own line; for a file under a password what to do in the app, where there is a field for it."""
    file = st.session_state.get("file")
    if file is not None and given.data is not None and "--password" in str(error):
        st.session_state["locked"] = file.file_id
        return TEXTS.password_wrong if given.password else TEXTS.password_wanted
    return plain(str(error))


# ---------------------------------------------------------------- the report


def _show_report(review: Review) -> None:
    analysis = review.report.analysis
    with st.container(key="top", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        draw_title(review.name)
        st.button(TEXTS.another, on_click=forget_review, key="another", icon=":material/add:")
    draw_summary(review.report)
    draw_model(review)
    numbers = numbers_of(analysis)
    passages = passages_of(analysis)
    with st.container(key="panes"):
        left, right = st.columns([11, 10], gap="medium")
        with left, st.container(key="contract"):
            draw_document_heading()
            _draw_document(review, passages, numbers)
        with right, st.container(key="cards"):
            _draw_cards(review, numbers)
    draw_answers(review, numbers)
    draw_sending(review)


def _draw_document(review: Review, passages: tuple[Passage, ...], numbers: dict[str, int]) -> None:
    document = review.report.analysis.document
    if review.data is None or document.format != "pdf":
        st.html(text_html(document, passages, numbers))
        return
    pages = list(range(1, document.pages + 1))
    if len(pages) > _MANY_PAGES:
        marked = {box.page for passage in passages for box in passage.boxes} | set(document.unread_pages)
        everything = len(pages) <= _MOST_PAGES and st.toggle(
            TEXTS.show_all_pages, key="all-pages", help=TEXTS.pages_hidden
        )
        if not everything:
            pages = sorted(marked)
    if len(pages) > _MOST_PAGES:
        st.html(text_html(document, passages, numbers))
        return
    for page in pages:
        if page not in review.pictures:
            review.pictures[page] = open_shared().page_picture(review.data, page, password=review.password)
        st.html(page_html(review.pictures[page], page, document, passages, numbers))


def _draw_cards(review: Review, numbers: dict[str, int]) -> None:
    analysis = review.report.analysis
    draw_findings_heading(analysis, answered=len(review.decisions))
    if len(analysis.risks) > 1:
        order = st.segmented_control(
            TEXTS.order,
            ["severity", "place"],
            format_func={"severity": TEXTS.by_severity, "place": TEXTS.by_place}.__getitem__,
            default="severity",
            label_visibility="collapsed",
            key="order",
        )
        risks = analysis.risks if order == "place" else in_order(analysis.risks)
    else:
        risks = analysis.risks
    for finding in risks:
        beside = [other for other in analysis.risks if other.span == finding.span is not None and other != finding]
        _draw_card(review, finding, numbers, beside)
    protections = [finding for finding in analysis.findings if not finding.is_risk]
    if protections:
        draw_protections(protections)


def _draw_card(review: Review, finding: Finding, numbers: dict[str, int], beside: list[Finding]) -> None:
    report = review.report
    with st.container(border=True, key=f"finding-{finding.id}"):
        draw_finding(
            finding,
            numbers,
            beside=beside,
            comparables=report.comparables.get(finding.id, ()),
            notes=report.notes.get(finding.id, ()),
            in_other_words=explained(report.model, finding),
        )
        decision = review.decisions.get(finding.id)
        if decision is not None:
            draw_decision(decision.text, decision.answer)
            st.button(TEXTS.undo, key=f"undo-{finding.id}", on_click=_undo, args=(review, finding.id))
            return
        proposals: dict[Strength, CounterProposal] = {p.strength: p for p in report.proposals_for(finding.id)}
        if proposals:
            _ask_for_decision(review, finding, proposals)


def _ask_for_decision(review: Review, finding: Finding, proposals: dict[Strength, CounterProposal]) -> None:
    chosen = st.segmented_control(
        TEXTS.strength,
        [strength for strength in STRENGTHS if strength in proposals],
        format_func=TEXTS.strengths.__getitem__,
        default=next(iter(proposals)),
        help=TEXTS.strength_help,
        key=f"strength-{finding.id}",
    )
    proposal = next(
        (proposals[strength] for strength in STRENGTHS if strength == chosen), next(iter(proposals.values()))
    )
    if finding.id in review.editing:
        _edit(review, finding, proposal)
        return
    draw_proposal(proposal, finding, review.report.analysis.document)
    decide = partial(_decide, review, finding.id)
    with st.container(horizontal=True, key=f"answer-{finding.id}", gap="small"):
        if proposal.edits:
            accepted = Decision("accepted", proposal.strength, proposal.text.strip())
            st.button(
                TEXTS.accept, key=f"accept-{finding.id}", type="primary", icon=":material/check:",
                on_click=decide, args=(accepted,),
            )  # fmt: skip
        st.button(
            TEXTS.edit,
            key=f"edit-{finding.id}",
            icon=":material/edit:",
            on_click=review.editing.add,
            args=(finding.id,),
        )
        dropped = Decision("dropped", proposal.strength, "")
        st.button(
            TEXTS.drop,
            key=f"drop-{finding.id}",
            type="tertiary",
            icon=":material/close:",
            on_click=decide,
            args=(dropped,),
        )


def _edit(review: Review, finding: Finding, proposal: CounterProposal) -> None:
    text = st.text_area(
        TEXTS.your_words.format(title=finding.title),
        value=proposal.text.strip(),
        height=180,
        key=f"words-{finding.id}-{proposal.strength}",
    )
    with st.container(horizontal=True, key=f"editing-{finding.id}", gap="small"):
        edited = Decision("edited", proposal.strength, text.strip())
        # Where there is no draft, the field begins with the contract's own sentence, and that is no answer.
        empty = text.strip() in ("", (finding.quote or "").strip())
        if st.button(TEXTS.keep, key=f"keep-{finding.id}", type="primary", disabled=empty):
            _decide(review, finding.id, edited)
            st.rerun()
        st.button(TEXTS.cancel, key=f"cancel-{finding.id}", on_click=review.editing.discard, args=(finding.id,))


def _decide(review: Review, finding: str, decision: Decision) -> None:
    review.editing.discard(finding)
    review.decisions[finding] = decision


def _undo(review: Review, finding: str) -> None:
    review.decisions.pop(finding, None)
