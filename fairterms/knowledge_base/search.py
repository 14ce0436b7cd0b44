"""Lexical and vector search joined, and for one finding the nearest precedents, law and rates."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import bm25s
import Stemmer

from fairterms.analyzer.embed import MODEL, Embedder
from fairterms.knowledge_base.ingest import facts_version, load_facts, searchable
from fairterms.knowledge_base.stores import STORES, Store, StoreUnavailable, Vectors
from fairterms.knowledge_base.values import Fact, FactKind, Match

# Cormack, Clarke and Büttcher, "Reciprocal rank fusion", SIGIR 2009: 60 damps the first ranks.
_FUSION = 60
# Over the 165 shipped facts, right answers to the 25 questions of the tests lie above .38, nonsense stays under .17.
_LIKENESS_TO_MENTION = 0.25
# A fact that nobody linked to a term is shown beside a finding only when it is plainly about the same thing.
_LIKENESS_TO_COMPARE = 0.45

# Shown after all others: what is not law or not a model, or not yet, or no longer.
_WEAK = ("a bad example", "a vendor's claim", "bill", "complaint", "disputed", "pending", "policy", "withdrawn")

# The member states, whose readers also live under EU law.
_EU_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"


class LexicalSearch:
    """BM25 over the stems of texts, each known by its id."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._ids = tuple(texts)
        self._ranker = bm25s.BM25()
        self._ranker.index([_stems(text) for text in texts.values()], show_progress=False)

    def scores(self, text: str) -> Mapping[str, float]:
        """The ids of those that share a word with ``text``, with their scores."""
        known = [stem for stem in _stems(text) if stem in self._ranker.vocab_dict]
        if not known:
            return {}
        return {
            key: score
            for key, score in zip(self._ids, self._ranker.get_scores(known).tolist(), strict=True)
            if score > 0
        }


def _stems(text: str) -> list[str]:
    # A stemmer keeps a cache and is not made for several threads, so each call has its own; making one is instant.
    tokens = bm25s.tokenize(
        text, stopwords="en", stemmer=Stemmer.Stemmer("english"), return_ids=False, show_progress=False
    )
    return [str(token) for token in tokens[0]]


class VectorSearch:
    """Nearest facts by meaning. The store is opened at the first question, and built if this version has none."""

    def __init__(self, facts: Sequence[Fact], embedder: Embedder, *, store: str, version: str, folder: Path | None):
        self._facts = tuple(facts)
        self._embedder = embedder
        self._store_name = store
        self._version = version
        self._folder = folder
        self._store: Store | None = None
        self._notes: tuple[str, ...] = ()
        self._lock = threading.Lock()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about the store; empty until it was opened, and when all went well."""
        return self._notes

    def nearest(self, text: str, limit: int) -> tuple[tuple[str, float], ...]:
        return self.open().nearest(self._embedder([text])[0], limit)

    def open(self) -> Store:
        """The store, built if need be. A folder that cannot be used costs time, never the answer."""
        with self._lock:
            if self._store is None:
                self._store = self._open()
            return self._store

    def close(self) -> None:
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None

    def _open(self) -> Store:
        ids = [fact.id for fact in self._facts]
        try:
            return STORES[self._store_name](self._folder, self._version, ids, self._vectors)
        except StoreUnavailable as error:
            self._notes = (f"The search index is kept in memory only: {error}.",)
            return STORES["memory"](None, self._version, ids, self._vectors)

    def _vectors(self) -> Vectors:
        return self._embedder([searchable(fact) for fact in self._facts])


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """The facts and the two ways to search them."""

    facts: tuple[Fact, ...]
    version: str
    by_id: Mapping[str, Fact]
    lexical: LexicalSearch
    vectors: VectorSearch


def open_knowledge_base(
    embedder: Embedder,
    *,
    folder: Path | None,
    facts: tuple[Fact, ...] | None = None,
    model: str = MODEL,
    store: str = "chroma",
) -> KnowledgeBase:
    """Facts (by default the shipped ones) ready to be searched; their vectors are kept in ``folder``.

    Without a folder the vectors live in memory. ``model`` names the embedder: other facts or another model make
    another index, and the old one is thrown away. Nothing is embedded before the first search by meaning, so
    ``base.vectors.open()`` is how to build ahead.
    """
    facts = load_facts() if facts is None else facts
    version = facts_version(facts)
    index_version = "-".join((version, "".join(letter if letter.isalnum() else "_" for letter in model)))
    name = store if folder is not None else "memory"
    return KnowledgeBase(
        facts=facts,
        version=version,
        by_id=MappingProxyType({fact.id: fact for fact in facts}),
        lexical=LexicalSearch({fact.id: searchable(fact) for fact in facts}),
        vectors=VectorSearch(facts, embedder, store=name, version=index_version, folder=folder),
    )


def search(
    text: str, *, base: KnowledgeBase, limit: int = 10, kinds: tuple[FactKind, ...] | None = None
) -> tuple[Match, ...]:
    """The facts that answer ``text`` best, by shared words and by meaning; nothing when nothing is near."""
    words = base.lexical.scores(text)
    meanings = {
        key: likeness
        for key, likeness in (base.vectors.nearest(text, len(base.facts)) if text.strip() else ())
        if likeness >= _LIKENESS_TO_MENTION
    }
    fused: dict[str, float] = {}
    for scores in (words, meanings):
        ranked = sorted(scores, key=lambda key: (-scores[key], key))
        for rank, key in enumerate(ranked, start=1):
            fused[key] = fused.get(key, 0.0) + 1 / (_FUSION + rank)
    best = sorted(fused, key=lambda key: (-fused[key], key))
    matches = (
        Match(fact=base.by_id[key], score=fused[key], because=_because_of(key in words, key in meanings))
        for key in best
        if kinds is None or base.by_id[key].kind in kinds
    )
    return tuple(match for match, _ in zip(matches, range(limit), strict=False))


def _because_of(words: bool, meaning: bool) -> str:
    if words and meaning:
        return "same words, similar wording"
    return "same words" if words else "similar wording"


def comparables(
    term: str,
    quote: str | None,
    *,
    base: KnowledgeBase,
    jurisdiction: str | None,
    medium: str | None,
    per_kind: int = 2,
) -> tuple[tuple[Match, ...], tuple[str, ...]]:
    """For one finding: precedents, law and rates for the reader's place and medium, and notes on what is lacking.

    Facts that are cited for the term come first. Only where no precedent or no law is cited, facts worded like the
    quote take their place; rates are never found this way, because the price of something else misleads.
    """
    places = _places(jurisdiction)
    words = base.lexical.scores(f"{term.replace('_', ' ')} {quote or ''}")

    def order(fact: Fact) -> tuple[object, ...]:
        place, field = _place_rank(fact, places), _medium_rank(fact, medium)
        # Law binds by place; what others agreed persuades by trade; and a creator's pay tells more than a platform's.
        first = (place, field) if fact.kind == "law" else (field, place)
        return (fact.status.startswith(_WEAK), *first, fact.payee == "platform", -words.get(fact.id, 0.0), fact.id)

    chosen: list[tuple[Fact, str]] = []
    for kind in ("precedent", "law", "rate"):
        cited = sorted((fact for fact in base.facts if fact.kind == kind and term in fact.terms), key=order)
        if kind == "rate":
            cited = [fact for fact in cited if _medium_rank(fact, medium) < _OTHER_MEDIUM]
        picked = [(fact, "cited for this term") for fact in cited[:per_kind]]
        if quote and not picked and kind != "rate":
            alike = _worded_alike(quote, kind, base, places, medium)
            picked = [(fact, "similar wording") for fact in alike[:per_kind]]
        chosen += picked
    matches = tuple(
        Match(fact=fact, score=1 / place, because=_reason(fact, because, places, medium))
        for place, (fact, because) in enumerate(chosen, start=1)
    )
    return matches, _notes(matches, base, jurisdiction, places)


def _worded_alike(
    quote: str, kind: str, base: KnowledgeBase, places: tuple[str, ...], medium: str | None
) -> tuple[Fact, ...]:
    return tuple(
        fact
        for key, likeness in base.vectors.nearest(quote, len(base.facts))
        if likeness >= _LIKENESS_TO_COMPARE
        and (fact := base.by_id[key]).kind == kind
        and _medium_rank(fact, medium) < _OTHER_MEDIUM
        and (kind != "law" or not places or _place_rank(fact, places) <= len(places))
    )


def _places(jurisdiction: str | None) -> tuple[str, ...]:
    """The reader's own place and the larger ones whose law also holds there, nearest first."""
    if jurisdiction is None:
        return ()
    country = jurisdiction.partition("-")[0]
    larger = (country,) if country != jurisdiction else ()
    return (jurisdiction, *larger, *(("EU",) if country in _EU_MEMBERS.split() else ()))


def _place_rank(fact: Fact, places: tuple[str, ...]) -> int:
    if not places:
        return 0
    own = [rank for rank, place in enumerate(places) if place in fact.jurisdictions]
    if own:
        return own[0]
    return len(places) if not fact.jurisdictions else len(places) + 1


_OTHER_MEDIUM = 2


def _medium_rank(fact: Fact, medium: str | None) -> int:
    if medium is None or medium in fact.media:
        return 0
    return _OTHER_MEDIUM if fact.media else 1


def _reason(fact: Fact, because: str, places: tuple[str, ...], medium: str | None) -> str:
    parts = [because]
    if places:
        rank = _place_rank(fact, places)
        if rank < len(places):
            parts.append("same jurisdiction" if rank == 0 else f"holds in {places[0]}" if fact.kind == "law" else "")
        elif rank > len(places):
            parts.append("other jurisdiction")
    if _medium_rank(fact, medium) == _OTHER_MEDIUM:
        parts.append("other medium")
    return ", ".join(part for part in parts if part)


def _notes(
    matches: tuple[Match, ...], base: KnowledgeBase, jurisdiction: str | None, places: tuple[str, ...]
) -> tuple[str, ...]:
    found = {match.fact.kind for match in matches}
    notes = []
    # A price that creators were paid is itself something others agreed.
    if "precedent" not in found and not any(match.fact.payee == "creator" for match in matches):
        notes.append("No precedent for this term is in the knowledge base.")
    if jurisdiction is not None and not _holds(base.facts, places):
        notes.append(f"No law for {jurisdiction} is in the knowledge base; ask a person.")
    elif "law" not in found:
        notes.append("No law on this term is in the knowledge base; ask a person.")
    elif jurisdiction is not None and not _holds((match.fact for match in matches), places):
        notes.append(f"No law for {jurisdiction} on this term is in the knowledge base; the law shown holds elsewhere.")
    if "rate" not in found:
        notes.append("No public rate for this use is in the knowledge base.")
    return (*notes, *base.vectors.notes)


def _holds(facts: Iterable[Fact], places: tuple[str, ...]) -> bool:
    """Whether any of the facts is law in the reader's place."""
    return any(fact.kind == "law" and _place_rank(fact, places) < len(places) for fact in facts)
