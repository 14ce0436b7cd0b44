"""What changed for the creator between two versions of a contract; white space, numbering and moved clauses are no change."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal, get_args

from fairterms.analyzer.facts import extract
from fairterms.analyzer.fold import fold
from fairterms.analyzer.values import SEVERITIES, Analysis, Finding, Score, Severity, Span
from fairterms.clauses.load import ClauseLibrary
from fairterms.clauses.schema import FactKind, Group

PassageKind = Literal["same", "moved", "changed", "added", "removed"]
Turn = Literal["worse", "better", "other"]

SIMILAR = 0.55  # share of words in common from which two sentences are versions of one
_NUMBER = re.compile(
    r"^\W*(?:(?:section|clause|article)\s+)?(?:\(?(?:\d+(?:\.\d+)*[a-z]?|[a-z]|[ivx]{1,5})[.)]|\d+(?:\.\d+)+)\s+"
)
_REFERENCE = re.compile(
    r"\b(sections?|clauses?|articles?|paragraphs?|exhibits?|schedules?|annex(?:es)?)\s+[\d(][\w.()]*"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence in both versions, or in one of them."""

    kind: PassageKind
    old: Span | None
    new: Span | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does: a kind of term that is new, gone, or stands differently.

    ``before`` and ``after`` are severities, None where the version does not show the term. ``old`` and ``new`` are the words,
    "" where there are none; ``because`` says in a few words what happened.
    """

    turn: Turn
    term: str
    title: str
    group: Group
    before: Severity | None
    after: Severity | None
    because: str
    old: str
    new: str
    section: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that stands differently in a changed sentence; each side as the contract writes it."""

    kind: FactKind
    old: str
    new: str
    words: str
    section: str


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions side by side: their sentences, what the changes do, and figures that changed."""

    old: str
    new: str
    pairs: tuple[Pair, ...]
    effects: tuple[Effect, ...]
    figures: tuple[Figure, ...]
    before: Score
    after: Score

    def count(self, kind: str) -> int:
        """How many sentences are of a ``PassageKind``."""
        return sum(pair.kind == kind for pair in self.pairs)


def versions_of(old: Analysis, new: Analysis, library: ClauseLibrary) -> Versions:
    """Compare two versions, sentence by sentence and term by term."""
    pairs = pair_sentences(old, new)
    effects = [*_effects(pairs, old, new, library), *_missing(old, new, library)]
    order: Mapping[Turn, int] = {"worse": 0, "better": 1, "other": 2}
    effects.sort(key=lambda e: (order[e.turn], -max(SEVERITIES.index(s) if s else -1 for s in (e.before, e.after))))
    return Versions(
        old.document.name, new.document.name, tuple(pairs), tuple(effects), tuple(_figures(pairs, old, new)), old.score, new.score
    )  # fmt: skip


def pair_sentences(old: Analysis, new: Analysis) -> list[Pair]:
    """Every sentence of both versions with its partner: the same, moved, changed, or none."""
    olds, news = (sentences_of(analysis) for analysis in (old, new))
    left, right = [key for _, key in olds], [key for _, key in news]
    pairs: list[Pair] = []
    lone_old, lone_new = list[int](), list[int]()
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += [Pair("same", olds[i][0], news[j][0]) for i, j in zip(range(i1, i2), range(j1, j2), strict=True)]
        else:
            lone_old += range(i1, i2)
            lone_new += range(j1, j2)
    elsewhere: dict[str, list[int]] = defaultdict(list)
    for j in lone_new:
        elsewhere[right[j]].append(j)
    for i in list(lone_old):
        if elsewhere.get(left[i]):
            j = elsewhere[left[i]].pop(0)
            pairs.append(Pair("moved", olds[i][0], news[j][0]))
            lone_old.remove(i)
            lone_new.remove(j)
    for i, j in _alike(left, right, lone_old, lone_new):
        pairs.append(Pair("changed", olds[i][0], news[j][0]))
        lone_old.remove(i)
        lone_new.remove(j)
    pairs += [Pair("removed", olds[i][0], None) for i in lone_old]
    pairs += [Pair("added", None, news[j][0]) for j in lone_new]
    return sorted(pairs, key=lambda pair: (pair.new is None, pair.new or pair.old or Span(0, 0)))


def sentences_of(analysis: Analysis) -> list[tuple[Span, str]]:
    return [
        (span, key)
        for clause in analysis.clauses
        for span in clause.sentences
        if (key := key_of(analysis.document.quote(span)))
    ]


def key_of(words: str) -> str:
    """A sentence without what does not count: its number, numbers of other clauses, white space, Markdown's signs."""
    plain = " ".join(fold(words).replace("*", " ").replace("#", " ").split())
    plain = _NUMBER.sub("", plain)
    return " ".join(re.findall(r"[\w$€£%]+", _REFERENCE.sub(r"\1 n", plain)))


def _alike(
    left: Sequence[str], right: Sequence[str], lone_old: Sequence[int], lone_new: Sequence[int]
) -> list[tuple[int, int]]:
    """Pairs of sentences that are versions of one, the most alike first, each sentence once."""
    words_old, words_new = {i: left[i].split() for i in lone_old}, {j: right[j].split() for j in lone_new}
    found = []
    for i, a in words_old.items():
        for j, b in words_new.items():
            common = len(set(a) & set(b))
            if common and 2 * common / (len(set(a)) + len(set(b))) >= SIMILAR:
                ratio = SequenceMatcher(a=a, b=b, autojunk=False).ratio()
                if ratio >= SIMILAR:
                    found.append((-ratio, abs(i - j), i, j))
    taken_old, taken_new, chosen = set[int](), set[int](), []
    for _, _, i, j in sorted(found):
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            chosen.append((i, j))
    return chosen


def _effects(pairs: Sequence[Pair], old: Analysis, new: Analysis, library: ClauseLibrary) -> Iterator[Effect]:
    olds, news = _by_sentence(old), _by_sentence(new)
    for pair in pairs:
        before = olds.get(pair.old, {}) if pair.old is not None else {}
        after = news.get(pair.new, {}) if pair.new is not None else {}
        words = tuple(
            " ".join(analysis.document.quote(span).split()) if span is not None else ""
            for analysis, span in ((old, pair.old), (new, pair.new))
        )
        for term, polarity in sorted({*before, *after}):
            one, other = before.get((term, polarity)), after.get((term, polarity))
            effect = _effect(pair, one, other, words, library)
            if effect is not None:
                yield effect


def _by_sentence(analysis: Analysis) -> dict[Span, dict[tuple[str, str], Finding]]:
    found: dict[Span, dict[tuple[str, str], Finding]] = defaultdict(dict)
    for finding in analysis.findings:
        if finding.span is not None:
            found[finding.span].setdefault((finding.term, finding.polarity), finding)
    return found


def _effect(
    pair: Pair, old: Finding | None, new: Finding | None, words: tuple[str, ...], library: ClauseLibrary
) -> Effect | None:
    """What a pair of sentences does for one term; None where nothing of it changed."""
    finding = new or old
    assert finding is not None
    protects = finding.polarity == "protective"
    turn: Turn
    if old is None or new is None:
        came = new is not None
        turn = "better" if came == protects else "worse"
        if protects:
            because = "this protection is new" if came else "this protection is gone"
        else:
            because = "this is new" if came else "this is gone"
    elif protects or old.severity == new.severity:
        return None
    else:
        turn = "worse" if SEVERITIES.index(new.severity) > SEVERITIES.index(old.severity) else "better"
        because = (
            "the words changed"
            if pair.kind == "changed"
            else "the words are the same, and what stands around them is not"
        )
    return Effect(
        turn, finding.term, finding.title, library.term(finding.term).group,
        old.severity if old is not None and not protects else None, new.severity if new is not None and not protects else None,
        because, words[0], words[1], (finding.section or "").replace("**", "").strip(),
    )  # fmt: skip


def _missing(old: Analysis, new: Analysis, library: ClauseLibrary) -> Iterator[Effect]:
    """Protections that are missing in one version only."""
    before, after = ({f.term: f for f in analysis.findings if f.polarity == "absent"} for analysis in (old, new))
    shown = [{f.term for f in analysis.findings if f.polarity == "risk"} for analysis in (old, new)]
    for term in sorted({*before, *after}):
        one, other = before.get(term), after.get(term)
        if (one is None) == (other is None):
            continue
        finding = other or one
        assert finding is not None
        if term in shown[0 if other is not None else 1]:
            continue  # the version shows the term in words: told there
        because = "a protection is missing now" if other is not None else "this protection is no longer missing"
        turn: Turn = "worse" if other is not None else "better"
        yield Effect(
            turn, term, finding.title, library.term(term).group, one.severity if one else None, other.severity if other else None,
            because, "", "", "",
        )  # fmt: skip


def _figures(pairs: Sequence[Pair], old: Analysis, new: Analysis) -> Iterator[Figure]:
    """Periods, sums, shares, caps, days and counts that a changed sentence names differently."""
    sections = {span: clause.section for clause in new.clauses for span in clause.sentences}
    for pair in pairs:
        if pair.kind != "changed" or pair.old is None or pair.new is None:
            continue
        words_old, words_new = old.document.quote(pair.old), new.document.quote(pair.new)
        told: set[str] = set()
        for kind in get_args(FactKind):
            before, after = ({f.value: f.text for f in extract(kind, words)} for words in (words_old, words_new))
            gone, came = (
                [text for value, text in one.items() if value not in other]
                for one, other in ((before, after), (after, before))
            )
            if (gone or came) and not {*gone, *came} <= told:
                told |= {*gone, *came}
                yield Figure(
                    kind,
                    ", ".join(gone),
                    ", ".join(came),
                    " ".join(words_new.split()),
                    sections.get(pair.new, "").replace("**", "").strip(),
                )


def without_noise(versions: Versions) -> Versions:
    """The same, with what is gone in one place and new in another told once as nothing: a term that only moved."""
    worse = defaultdict(list)
    for effect in versions.effects:
        if effect.because in ("this is new", "this is gone"):
            worse[effect.term, effect.before or effect.after].append(effect)
    dropped = set[int]()
    for same in worse.values():
        new = [effect for effect in same if effect.because == "this is new"]
        gone = [effect for effect in same if effect.because == "this is gone"]
        for one, other in zip(new, gone, strict=False):
            if set(key_of(one.new).split()) & set(key_of(other.old).split()) and _near(one.new, other.old):
                dropped |= {id(one), id(other)}
    return replace(versions, effects=tuple(effect for effect in versions.effects if id(effect) not in dropped))


def _near(one: str, other: str) -> bool:
    return SequenceMatcher(a=key_of(one).split(), b=key_of(other).split(), autojunk=False).ratio() >= SIMILAR / 2
