"""What an analysis needs, opened once and used for every contract."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from fairterms.analyzer.detect.heads import models_version
from fairterms.analyzer.detect.learned import Learn
from fairterms.analyzer.detect.signals import Hit
from fairterms.analyzer.detect.similarity import Embed, Exemplars, embed_exemplars
from fairterms.analyzer.language import Parser
from fairterms.analyzer.values import Direction
from fairterms.clauses.load import ClauseLibrary
from fairterms.clauses.schema import Signal, Term

Worded = tuple[Term, list[Signal], list[Signal]]  # a term, its risky signals and its protective ones


@dataclass(frozen=True, slots=True)
class Memory:
    """What was found in sentences already read, since every draft is read with the same sentences around it."""

    worded: dict[str, list[Worded]] = field(default_factory=dict)
    heard: dict[tuple[object, ...], tuple[tuple[Hit, ...], Direction | None]] = field(default_factory=dict)

    def forget(self) -> None:
        self.worded.clear()
        self.heard.clear()


@dataclass(frozen=True, slots=True)
class Analyzer:
    """What an analysis needs, opened once: the library, the parser, and the encoder with the library's examples."""

    library: ClauseLibrary
    parser: Parser
    embed: Embed | None
    exemplars: Exemplars | None
    models: tuple[str, ...]
    learn: Learn | None = None
    memory: Memory = field(default_factory=Memory)

    def forget(self) -> None:
        """Let go of every sentence: none outlives the review of its contract."""
        self.memory.forget()
        self.parser.forget()


def open_analyzer(
    library: ClauseLibrary,
    parser: Parser,
    embed: Embed | None = None,
    *,
    encoder: str = "",
    cache: Path | None = None,
    learn: Learn | None = None,
) -> Analyzer:
    """Join the parts. Without ``embed`` and ``learn`` only the library's signals are used.

    The vectors of the library's examples are kept in the folder ``cache``, for they cost seconds to compute.
    """
    exemplars = embed_exemplars(library, embed, encoder=encoder, cache=cache) if embed is not None else None
    models = (
        parser.name,
        *([encoder] if embed is not None else []),
        *([models_version()] if learn is not None else []),
    )
    return Analyzer(library, parser, embed, exemplars, models, learn)
