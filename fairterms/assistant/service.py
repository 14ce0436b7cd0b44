"""What FairTerms can do for a person: review, propose, compare, search. The command line and the app call only this."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.detect.tools import Analyzer, open_analyzer
from fairterms.analyzer.embed import ModelUnavailable
from fairterms.analyzer.readers import UnreadableDocument, read, read_text
from fairterms.analyzer.values import Analysis, Document
from fairterms.assistant.consent import NoRecord, record_consent
from fairterms.assistant.pictures import PagePicture, draw_page
from fairterms.assistant.samples import Sample, read_samples
from fairterms.assistant.settings import BadSettings, Settings, read_settings, stay_silent
from fairterms.bargaining.calendar.values import Calendar
from fairterms.bargaining.compare import compare
from fairterms.bargaining.letters.values import Letter, NothingToWrite, Sender
from fairterms.bargaining.model.chat import ModelRefused
from fairterms.bargaining.package import pack
from fairterms.bargaining.propose import propose
from fairterms.bargaining.redline import Original, Signature, Unmarkable
from fairterms.bargaining.rounds.values import UnreadableTalks
from fairterms.bargaining.values import Comparison, Package, Strength, UnreadFile
from fairterms.clauses.load import ClauseLibrary, LibraryFaults, load_library
from fairterms.knowledge_base.ingest import FaultyFacts
from fairterms.knowledge_base.values import Match
from fairterms.reports.values import Report

ExpectedErrors = (
    UnreadableDocument,
    LibraryFaults,
    FaultyFacts,
    BadSettings,
    ModelRefused,
    ModelUnavailable,
    NoRecord,
    NothingToWrite,
    Unmarkable,
    UnreadableTalks,
)

if TYPE_CHECKING:
    from fairterms.analyzer.embed import Embedder
    from fairterms.analyzer.language import Parser
    from fairterms.bargaining.model.chat import Complete
    from fairterms.bargaining.model.values import Estimate, ModelWork
    from fairterms.bargaining.rounds.values import Talks
    from fairterms.bargaining.versions import Versions
    from fairterms.knowledge_base.search import KnowledgeBase

Progress = Callable[[str], None]


def _no_progress(stage: str) -> None:
    """Nobody is watching."""


class Assistant:
    """The use cases. Models and stores are opened when first needed and then kept; it holds no contract."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        # The parser and the encoder are shared and use every core, so reviews of several sessions wait for each other.
        self._one_at_a_time = Lock()

    @cached_property
    def library(self) -> ClauseLibrary:
        return load_library()

    def read(self, source: Path | bytes, *, name: str | None = None, password: str | None = None) -> Document:
        """One contract file as a document; raises ``UnreadableDocument`` with one line for the person."""
        return read(source, name=name, password=password, limits=self.settings.limits)

    def read_text(self, text: str, name: str = "pasted text") -> Document:
        return read_text(text, name=name)

    def review(
        self,
        document: Document,
        *,
        jurisdiction: str | None = None,
        medium: str | None = None,
        progress: Progress = _no_progress,
    ) -> Report:
        """The whole job: findings, comparables and counter-proposals. ``progress`` is told each stage as it begins.

        Another session's review goes first where one is running; that stage is called ``waiting``.
        """
        jurisdiction = jurisdiction or self.settings.jurisdiction
        medium = medium or self.settings.medium
        if self._one_at_a_time.locked():
            progress("waiting")
        with self._one_at_a_time:
            try:
                progress("analyzing")
                analysis = analyze(document, self._analyzer)
                progress("comparing")
                matches, notes = self._comparables(analysis, jurisdiction, medium)
                progress("proposing")
                proposals = propose(analysis, self._analyzer, matches)
            finally:
                self._analyzer.forget()  # the sentences of a contract do not outlive its review
        caveats = analysis.caveats + _place_caveat(jurisdiction)
        return Report(analysis, proposals, matches, notes, caveats)

    def estimate(self, report: Report) -> Estimate:
        """How much the settings' model would be asked about a reviewed contract; nothing is asked yet."""
        from fairterms.bargaining.model.word import estimate

        return estimate(report.analysis, report.proposals)

    def let_model_word(
        self,
        report: Report,
        *,
        model: str | None = None,
        allow_remote: bool = False,
        progress: Callable[[int], None] = lambda asked: None,
    ) -> Report:
        """The report with what the model, else the settings' one, worded better and every check let pass; the rest stays as it was.

        ``allow_remote`` is the person's consent that this contract's words go to a model elsewhere, and is put on record.
        Raises ``ModelRefused`` and ``NoRecord`` before anything is sent.
        """
        from fairterms.bargaining.model.word import let_model_word

        opened = self._open_model(allow_remote, report, self.estimate(report).calls, model)
        with self._one_at_a_time:
            try:
                proposals, work = let_model_word(
                    report.analysis, report.proposals, report.comparables, self._analyzer, opened, progress
                )
            finally:
                self._analyzer.forget()
        return replace(report, analysis=_worded_by(report.analysis, opened.name), proposals=proposals, model=work)

    def let_model_word_letter(
        self, letter: Letter, report: Report, *, tone: str, allow_remote: bool = False
    ) -> tuple[Letter, ModelWork]:
        """The letter's own sentences in a tone that the person named, where every check let them pass."""
        from fairterms.bargaining.model.word import let_model_word_letter

        model = self._open_model(allow_remote, report, len(letter.paragraphs))
        return let_model_word_letter(letter, report.analysis, model, tone)

    def package(
        self,
        report: Report,
        *,
        strength: Strength = "fair",
        strengths: Mapping[str, Strength] | None = None,
        own: Mapping[str, str] | None = None,
    ) -> Package:
        """The changes that were chosen, all by default, as they stand together; the contract is read again with them.

        ``own`` are the person's own words by finding.
        """
        with self._one_at_a_time:
            try:
                return pack(
                    report.analysis, report.proposals, self._analyzer, strength=strength, strengths=strengths, own=own
                )
            finally:
                self._analyzer.forget()

    def redline(self, original: Original, package: Package, signature: Signature, *, form: str = "docx") -> bytes:
        """The changes in a file for the other side: in the member's own Word file, or in a clean Word copy of a contract in
        another format; with ``form`` "pdf", as notes in the member's own PDF.

        Raises ``Unmarkable`` where a file cannot be marked, or where both answers to the marks were not seen to be right.
        """
        from fairterms.bargaining.redline import mark_original

        return mark_original(original, package, signature, form=form)

    def letter(
        self,
        kind: str,
        report: Report,
        sender: Sender,
        *,
        tone: str = "plain",
        package: Package | None = None,
        jurisdiction: str | None = None,
    ) -> Letter:
        """A letter to the other side; raises ``NothingToWrite`` where the contract gives no ground for it.

        A counter-proposal asks for the changes of the ``package``, all of them by default.
        """
        from fairterms.bargaining.letters.write import write_letter

        if kind == "counter-proposal" and package is None:
            package = self.package(report)
        jurisdiction = jurisdiction or self.settings.jurisdiction
        return write_letter(
            kind, report.analysis, package, self._base.by_id, sender, tone=tone, jurisdiction=jurisdiction
        )

    def versions(self, old: Document, new: Document) -> Versions:
        """What changed for the creator between two versions of a contract."""
        from fairterms.bargaining.versions import versions_of, without_noise

        with self._one_at_a_time:
            try:
                before, after = (analyze(document, self._analyzer) for document in (old, new))
            finally:
                self._analyzer.forget()
        return without_noise(versions_of(before, after, self.library))

    def begin_rounds(self, report: Report, package: Package, *, day: date) -> Talks:
        """The record of a negotiation, from the first changes that are asked for; the person keeps it as a file."""
        from fairterms.bargaining.rounds.settle import begin

        return begin(report.analysis, package, day)

    def take_answer(self, talks: Talks, returned: Document, *, day: date) -> Talks:
        """The record with what a version that came back says to each point, and what else is new in it."""
        from fairterms.bargaining.rounds.settle import take_answer

        texts = [self.read_text(text, name=talks.name) for text in (talks.sent, talks.contract)]
        with self._one_at_a_time:
            try:
                sent, first, back = (analyze(document, self._analyzer) for document in (*texts, returned))
            finally:
                self._analyzer.forget()
        return take_answer(talks, sent, first, back, day)

    def ask_again(
        self, talks: Talks, returned: Report, *, fallback: frozenset[int] = frozenset()
    ) -> tuple[Talks, Package]:
        """The record and the changes for the next round: what is open, with the fallback only for the points named."""
        from fairterms.bargaining.rounds.settle import ask_again, next_strengths

        package = self.package(returned, strengths=next_strengths(talks, returned.analysis, fallback))
        return ask_again(talks, returned.analysis, package, fallback), package

    def calendar(self, document: Document, *, began: date | None = None, today: date) -> Calendar:
        """The days that a contract sets; ``began`` is from when its periods run, where the person knows it."""
        from fairterms.bargaining.calendar.find import calendar_of

        with self._one_at_a_time:
            try:
                return calendar_of(analyze(document, self._analyzer), began=began, today=today)
            finally:
                self._analyzer.forget()

    def compare(
        self, documents: Sequence[Document], *, unread: Sequence[UnreadFile] = (), progress: Progress = _no_progress
    ) -> Comparison:
        """The terms of several contracts side by side. ``progress`` is told the name of each as its turn comes."""
        analyses = []
        for document in documents:
            progress(document.name)
            with self._one_at_a_time:
                try:
                    analyses.append(analyze(document, self._analyzer))
                finally:
                    self._analyzer.forget()
        return compare(analyses, self.library, unread=unread)

    def search(self, text: str, *, limit: int = 10) -> tuple[Match, ...]:
        """The facts that answer a question best, by words and by meaning, through the retriever that chains use too."""
        from fairterms.knowledge_base.retriever import FactRetriever

        documents = FactRetriever(base=self._base, limit=limit).invoke(text)
        return tuple(
            Match(self._base.by_id[str(document.id)], 1 / rank, str(document.metadata["because"]))
            for rank, document in enumerate(documents, start=1)
        )

    def build_index(self) -> tuple[str, ...]:
        """Build the search index now instead of at the first search; what a person should know about it."""
        self._base.vectors.open()
        return self._base.vectors.notes

    def library_faults(self) -> tuple[str, ...]:
        """Every fault of the clause library: in its files, then in what its examples show."""
        from fairterms.analyzer.selftest import library_faults
        from fairterms.clauses.load import read_library

        _, faults = read_library()
        return faults or tuple(library_faults(self._signals_only))

    @cached_property
    def _analyzer(self) -> Analyzer:
        from fairterms.analyzer.detect.learned import learn
        from fairterms.analyzer.embed import MODEL

        embed = self._embed if self.settings.similarity else None
        return open_analyzer(
            self.library, self._parser, embed, encoder=MODEL, cache=self.settings.folder, learn=learn if embed else None
        )

    @cached_property
    def _signals_only(self) -> Analyzer:
        return open_analyzer(self.library, self._parser)

    @cached_property
    def _parser(self) -> Parser:
        from fairterms.analyzer.language import open_language

        return open_language()

    @cached_property
    def _embed(self) -> Embedder:
        from fairterms.analyzer.embed import open_embedder

        return open_embedder()

    @cached_property
    def _base(self) -> KnowledgeBase:
        from fairterms.knowledge_base.search import open_knowledge_base

        return open_knowledge_base(self._embed, folder=self.settings.folder / "index", store=self.settings.store)

    def _open_model(self, allow_remote: bool, report: Report, calls: int, spec: str | None = None) -> Complete:
        from fairterms.bargaining.model.chat import open_chat_model

        spec = spec or self.settings.model
        if spec is None:
            raise ModelRefused("no model is named; name one with --model or FAIRTERMS_MODEL")
        model = open_chat_model(spec, allow_remote=allow_remote)
        if model.is_remote:
            record_consent(self.settings.records, report.analysis.document.sha256, model.name, calls)
        return model

    def _comparables(
        self, analysis: Analysis, jurisdiction: str | None, medium: str | None
    ) -> tuple[dict[str, tuple[Match, ...]], dict[str, tuple[str, ...]]]:
        from fairterms.knowledge_base.search import comparables

        matches: dict[str, tuple[Match, ...]] = {}
        notes: dict[str, tuple[str, ...]] = {}
        for finding in analysis.risks:
            matches[finding.id], notes[finding.id] = comparables(
                finding.term, finding.quote, base=self._base, jurisdiction=jurisdiction, medium=medium
            )
        return matches, notes

    def samples(self) -> tuple[Sample, ...]:
        """The shipped sample contracts."""
        return read_samples()

    def page_picture(self, data: bytes, page: int, *, password: str | None = None) -> PagePicture | None:
        """A page of a PDF as a picture; None where the file's damage leaves nothing to draw."""
        return draw_page(data, page, password=password)


def _worded_by(analysis: Analysis, model: str) -> Analysis:
    """The analysis with the chat model among the models that made the report."""
    provenance = replace(analysis.provenance, models=(*analysis.provenance.models, model))
    return replace(analysis, provenance=provenance)


def _place_caveat(jurisdiction: str | None) -> tuple[str, ...]:
    if jurisdiction is None:
        return ("No jurisdiction was given, so law of several places is shown; say where you work to see yours first.",)
    return ()


def open_assistant(settings: Settings | None = None) -> Assistant:
    """An assistant with the given settings, else with those of the environment; loads nothing yet."""
    stay_silent()
    return Assistant(settings or read_settings())
