"""Read every file of the library, report all faults at once, and give the library a version."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from fairterms.clauses.literals import Needs, has_needed, needs_of
from fairterms.clauses.schema import CompoundRule, Signal, Term, expand, named_words

HERE = Path(__file__).parent
M = TypeVar("M", bound=BaseModel)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PATTERN_FIELDS = {
    "find", "with_", "unless", "clause_with", "clause_unless", "on", "not_on",
    "strike", "replace", "before", "after", "when", "near", "fits", "fits_not",
}  # fmt: skip


class LibraryFaults(Exception):  # noqa: N818 - it names what the person has in hand
    """Every fault found in the library's files, one line each, in a lawyer's language."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True, eq=False)
class ClauseLibrary:
    """What a union believes about contract terms, and how it is recognised.

    Two libraries are the same when they are one: comparing and hashing all their patterns would cost more than matching.
    """

    terms: tuple[Term, ...]
    compounds: tuple[CompoundRule, ...]
    words: tuple[tuple[str, str], ...]
    version: str

    def term(self, id: str) -> Term:
        return _index(self)[id]

    def compile(self, pattern: str) -> re.Pattern[str]:
        """The library's pattern as a regular expression for folded text."""
        return _compile(self, pattern)

    def may_match(self, pattern: str, text: str) -> bool:
        """False where the folded text lacks a word that the pattern cannot do without: nearly always, and at once."""
        return has_needed(text, _needs(self, pattern))


@lru_cache(maxsize=8)
def _index(library: ClauseLibrary) -> dict[str, Term]:
    return {term.id: term for term in library.terms}


@lru_cache(maxsize=8192)
def _compile(library: ClauseLibrary, pattern: str) -> re.Pattern[str]:
    return _expression(expand(pattern, dict(library.words)))


@lru_cache(maxsize=8192)
def _needs(library: ClauseLibrary, pattern: str) -> Needs:
    return needs_of(expand(pattern, dict(library.words)))


@lru_cache(maxsize=8192)
def _expression(expanded: str) -> re.Pattern[str]:
    # DOTALL, since a sentence of a PDF or a text file goes over several lines.
    return re.compile(expanded, re.DOTALL)


def load_library(folder: Path = HERE) -> ClauseLibrary:
    """Read the library in ``folder``; raise ``LibraryFaults`` with every fault when one file does not fit."""
    library, faults = read_library(folder)
    if faults:
        raise LibraryFaults(faults)
    return library


def read_library(folder: Path = HERE) -> tuple[ClauseLibrary, tuple[str, ...]]:
    """What can be read of the library in ``folder``, and every fault of its files."""
    faults: list[str] = []
    files = sorted((folder / "library").rglob("*.yaml"))
    shared = [folder / name for name in ("words.yaml", "compounds.yaml")]
    raw: dict[Path, Any] = {}
    digest = hashlib.sha256()
    for path in [*shared, *files]:
        content = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + content)
        try:
            raw[path] = yaml.load(content, Loader=_LOADER)  # the safe loader, in C where there is one
        except yaml.YAMLError as error:
            faults.append(f"{path.name}: is not valid YAML: {_first_line(error)}")
            raw[path] = None
    words = {str(name): str(pattern) for name, pattern in (raw[shared[0]] or {}).items()}
    terms: list[Term] = []
    for path in files:
        term = _validated(Term, raw[path], path.name, faults)
        if term is None:
            continue
        terms.append(term)
        if path.stem != term.id:
            faults.append(f"{path.name}: the file must be called {term.id}.yaml, after its id")
    compounds = [_validated(CompoundRule, entry, "compounds.yaml", faults) for entry in raw[shared[1]] or ()]
    library = ClauseLibrary(
        terms=tuple(sorted(terms, key=lambda term: term.id)),
        compounds=tuple(entry for entry in compounds if entry),
        words=tuple(sorted(words.items())),
        version=digest.hexdigest()[:12],
    )
    faults.extend(_cross_faults(library))
    return library, tuple(faults)


def _validated(model: type[M], data: Any, where: str, faults: list[str]) -> M | None:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        name = data.get("id", "?") if isinstance(data, dict) else "?"
        for fault in error.errors():
            place = ".".join(str(part) for part in fault["loc"])
            faults.append(f"{where} ({name}): {place or 'the file'}: {fault['msg']}")
        return None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _cross_faults(library: ClauseLibrary) -> Iterator[str]:
    """Faults that one file alone does not show: unknown ids, patterns that are no patterns."""
    words = dict(library.words)
    ids = [term.id for term in library.terms]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        yield f"{id}: two files carry this id"
    for name, pattern in library.words:
        yield from _pattern_faults("words.yaml", name, pattern, words)
    for term in library.terms:
        for field, pattern in _patterns(term):
            yield from _pattern_faults(term.id, field, pattern, words)
    for term in library.terms:
        for modifier in (*term.raises, *term.lowers):
            if modifier.term is not None and modifier.term not in ids:
                yield f"{term.id}: {modifier.because!r} names the term {modifier.term}, which no file holds"
        signal_ids = [signal.id for signal in term.signals]
        for id in sorted({id for id in signal_ids if signal_ids.count(id) > 1}):
            yield f"{term.id}: two signals are called {id}"
    for rule in library.compounds:
        for id in rule.terms:
            if id not in ids:
                yield f"compounds.yaml ({rule.id}): no file holds the term {id}"


def _patterns(model: BaseModel, prefix: str = "") -> Iterator[tuple[str, str]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, str) and name in _PATTERN_FIELDS:
            yield f"{prefix}{name.rstrip('_')}", value
        elif isinstance(value, BaseModel):
            yield from _patterns(value, f"{prefix}{name}.")
        elif isinstance(value, tuple):
            for position, item in enumerate(value):
                if isinstance(item, BaseModel):
                    label = item.id if isinstance(item, Signal) else str(position + 1)
                    yield from _patterns(item, f"{prefix}{name}.{label}.")
                elif isinstance(item, str) and name in ("protection", "gate_unless"):
                    yield f"{prefix}{name}.{position + 1}", item


def _pattern_faults(owner: str, field: str, pattern: str, words: dict[str, str]) -> Iterator[str]:
    unknown = sorted(named_words(pattern) - words.keys())
    if unknown:
        yield f"{owner}: {field}: <{unknown[0]}> is not in words.yaml"
        return
    try:
        _expression(expand(pattern, words))  # kept: compiling the library takes most of a second
    except re.error as error:
        yield f"{owner}: {field}: the pattern cannot be read ({error}): {pattern}"
