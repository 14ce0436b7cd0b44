"""The shape of the library's files; one that does not fit is refused with the reason."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Severity = Literal["low", "medium", "high", "critical"]
Level = Literal["certain", "likely", "ask_a_person"]
FactKind = Literal[
    "duration", "notice", "amount", "share", "territory", "cap", "date", "count", "deadline"
]  # fmt: skip
Rung = Annotated[int, Field(ge=1, le=5)]
Group = Literal[
    "grant", "duration", "ai", "money", "ownership", "likeness", "transfer", "ending", "liability", "disputes",
    "changes", "privacy", "protection", "credit", "collective",
]  # fmt: skip


def _one_line(text: str) -> str:
    return " ".join(text.split())


Prose = Annotated[str, AfterValidator(_one_line), Field(min_length=1)]


class Strict(BaseModel):
    """Frozen, and without unknown keys: a typing error in a file is told, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Signal(Strict):
    """Wording that speaks for a term.

    All patterns are regular expressions on lower-case text with straight quotes; a blank stands for any white space
    and ``<word>`` for an entry of ``words.yaml``. ``find`` must occur in the sentence; ``with`` must too, ``unless``
    must not; ``clause_with`` and ``clause_unless`` look at the whole clause with its headings.

    ``who`` says whose act makes it a risk: ``company_gets`` (the company is given something; silent when the creator
    is), ``company_acts`` (the company does it), ``creator_bound`` (the creator promises, waives or must), ``any``.
    ``negated`` says what "shall not" does to it: ``protects`` credits the contract, ``silent`` drops it, ``ignored``
    is for wording whose own sense is negative. ``on`` and ``not_on`` name the nouns that the found words must or must
    not hang on ("perpetual" on a licence, not on secrecy). ``rung`` sets the ladder rung outright.
    """

    id: str
    find: str
    with_: str | None = Field(default=None, alias="with")
    unless: str | None = None
    clause_with: str | None = None
    clause_unless: str | None = None
    who: Literal["company_gets", "company_acts", "creator_bound", "any"] = "company_gets"
    negated: Literal["protects", "silent", "ignored"] = "protects"
    on: str | None = None
    not_on: str | None = None
    level: Level = "certain"
    severity: Severity | None = None
    rung: Rung | None = None


class Modifier(Strict):
    """What moves the severity one step. Exactly one of ``find``, ``term`` and ``check`` decides.

    ``find`` is a pattern looked for in the ``scope``; ``term`` another term found in that scope; ``check`` the name
    of a judgement in ``analyzer/checks``.
    """

    because: Prose
    find: str | None = None
    unless: str | None = None
    term: str | None = None
    check: str | None = None
    scope: Literal["sentence", "clause", "contract"] = "clause"

    @model_validator(mode="after")
    def _one_decides(self) -> Modifier:
        if sum(value is not None for value in (self.find, self.term, self.check)) != 1:
            raise ValueError("give exactly one of find, term and check")
        return self


class Step(Strict):
    """One rung of the ladder from fair (1) to unfair (5); ``find`` is what shows it, in the sentence."""

    label: Prose
    find: str | None = None


class Position(Strict):
    """What to ask for, and the ladder rung that this reaches."""

    text: Prose
    rung: Rung


class Positions(Strict):
    fair: Position
    fallback: Position
    walk_away: Prose


class Wording(Strict):
    """A model clause of our own."""

    strength: Literal["fair", "fallback"]
    medium: str = "any"
    text: Prose


class Operation(Strict):
    """One change of words in the sentence at fault; exactly one kind.

    ``strike`` takes the matched words out, with the comma or "and" they leave over. ``replace`` puts ``by`` in their
    place; ``before`` and ``after`` put ``by`` beside them. ``append`` adds words before the sentence's full stop,
    ``add`` a sentence behind it. ``sentence`` replaces the whole sentence. A pattern that does not occur makes the
    operation do nothing unless it is ``required``; then the whole plan is left out. ``every`` treats each occurrence.
    """

    strike: str | None = None
    replace: str | None = None
    before: str | None = None
    after: str | None = None
    by: str | None = None
    append: str | None = None
    add: str | None = None
    sentence: str | None = None
    required: bool = False
    every: bool = True

    @model_validator(mode="after")
    def _one_kind(self) -> Operation:
        kinds = (self.strike, self.replace, self.before, self.after, self.append, self.add, self.sentence)
        if sum(value is not None for value in kinds) != 1:
            raise ValueError("give exactly one of strike, replace, before, after, append, add and sentence")
        if (self.by is not None) != any(value is not None for value in (self.replace, self.before, self.after)):
            raise ValueError("`by` goes with replace, before and after, and only with them")
        return self


class Plan(Strict):
    """Changes made together. Plans are tried in order; the first whose result reads as cured is proposed.

    ``when`` limits the plan to sentences with that pattern, ``unless`` to those without.
    """

    edits: tuple[Operation, ...] = Field(min_length=1)
    because: Prose
    when: str | None = None
    unless: str | None = None


class NewClause(Strict):
    """A protection to add where the contract has none; ``near`` finds the clause it is put behind."""

    heading: Prose
    near: str | None = None
    fair: Prose
    fallback: Prose


class Cure(Strict):
    """How to mend the words in place, and the clause to add where there are none.

    Texts may use {creator}, {company}, {work} and their forms; see ``bargaining/edits.py``. ``declares`` names cures
    that would otherwise not count: taking the clause out, or a general "notwithstanding" sentence. ``reason`` is what the
    other side reads beside the change: neutral, about the matter, without a fallback.

    A wrong draft costs more than a missing one, so ``fits`` and ``fits_not`` are narrower than the signals: no change is
    drafted for a sentence with ``fits_not``, nor, in a contract between firms, for one without ``fits``, and between firms
    only where ``between_firms`` says so. Both patterns see the folded sentence with "creator" and "company" in the place of
    every name, role word and pronoun of the two.
    """

    reason: Prose
    between_firms: bool = False
    fits: str | None = None
    fits_not: str | None = None
    fair: tuple[Plan, ...] = ()
    fallback: tuple[Plan, ...] = ()
    clause: NewClause | None = None
    declares: tuple[Literal["removal", "notwithstanding"], ...] = ()


class Absence(Strict):
    """What ought to be there, and the gate that must be met before its lack is a finding.

    The gate is met when one of its signals fires anywhere in the contract and none of ``gate_unless`` occurs.
    ``protection`` are patterns of which one is enough, each looked for sentence by sentence in the whole contract.
    """

    missing: Prose
    gate: tuple[Signal, ...] = Field(min_length=1)
    gate_unless: tuple[str, ...] = ()
    protection: tuple[str, ...] = Field(min_length=1)
    severity: Severity
    say: Prose
    rung: Rung = 5


class Term(Strict):
    """One kind of contract term: what it is, how it is found, how bad it is, and what to ask for instead."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    title: Prose
    group: Group
    meaning: Prose
    why: Prose
    severity: Severity
    kind: Literal["presence", "absence", "both"]
    signals: tuple[Signal, ...] = ()
    protective: tuple[Signal, ...] = ()
    examples: tuple[Prose, ...] = Field(min_length=8)
    counterexamples: tuple[Prose, ...] = Field(min_length=8)
    learned: dict[str, Annotated[float, Field(ge=0.3, le=1)]] = {}
    facts: tuple[FactKind, ...] = ()
    raises: tuple[Modifier, ...] = Field(min_length=1)
    lowers: tuple[Modifier, ...] = Field(min_length=1)
    ladder: tuple[Step, Step, Step, Step, Step]
    default_rung: Rung = 5
    positions: Positions
    wordings: tuple[Wording, ...] = ()
    absence: Absence | None = None
    cure: Cure
    sources: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_found_and_cured(self) -> Term:
        if self.kind != "absence" and not self.signals:
            raise ValueError("a term that is present in words needs signals")
        if self.kind != "presence" and (self.absence is None or self.cure.clause is None):
            raise ValueError("a term that can be missing needs absence, and cure.clause, the protection to add")
        if self.kind == "presence" and self.absence is not None:
            raise ValueError("a term said to be present in words only has an absence")
        if self.signals and not (self.cure.fair and self.cure.fallback):
            raise ValueError("a term found in words needs plans under cure.fair and cure.fallback")
        return self


class CompoundRule(Strict):
    """Which findings together are worse than each."""

    id: str
    terms: tuple[str, ...] = Field(min_length=2)
    minimum: Severity
    reason: Prose


_WORD = re.compile(r"<([a-z_]+)>")


def expand(pattern: str, words: dict[str, str]) -> str:
    """The pattern with every ``<word>`` put in and each blank widened to any white space (" ?" to any or none).

    >>> expand("<right> to use", {"right": "rights?|licen[cs]e"})
    '(?:rights?|licen[cs]e)\\\\s+to\\\\s+use'
    """
    for _ in range(4):  # words may be made of words, four deep at most
        if not _WORD.search(pattern):
            break
        pattern = _WORD.sub(lambda match: f"(?:{words[match.group(1)]})", pattern)
    return pattern.replace(" ?", r"\s*").replace(" ", r"\s+")


def named_words(pattern: str) -> set[str]:
    """The names of ``words.yaml`` that a pattern uses; (?P<name>...) groups are none of them."""
    return set(_WORD.findall(pattern))
