"""The values every stage of the analysis hands on: frozen, and always speaking of spans of one text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from fairterms.clauses.schema import FactKind

Severity = Literal["low", "medium", "high", "critical"]
Polarity = Literal["risk", "protective", "absent"]
Level = Literal["certain", "likely", "ask_a_person"]
Role = Literal["creator", "company", "other"]
Side = Literal["creator", "company", "other", "both"]
Relation = Literal["subject_to", "notwithstanding", "except", "set_out", "defined", "survives", "mentions"]
BlockKind = Literal["heading", "paragraph", "list_item", "table_row", "note"]

Place = Literal["sentence", "lead_in", "clause"]
Scalar = str | int | float | bool | tuple[str, ...]

SEVERITIES: tuple[Severity, ...] = ("low", "medium", "high", "critical")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open piece of ``Document.text``, in Python string offsets."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the page's top left corner; pages count from 1."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text and where it stands on its page."""

    span: Span
    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table row, as the file's own format keeps it.

    ``locator`` says where the original file holds the block: ``page 3``, ``paragraph 17``, ``table 2 row 1``.
    ``level`` is the heading or list depth that the format itself states, 0 where it states none.
    """

    span: Span
    kind: BlockKind
    locator: str
    page: int | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One contract as it was read. ``text[start:end]`` is what every quote is checked against.

    ``pages`` is 0 for formats without pages. ``unread_pages`` hold pictures or damage instead of text: whatever is
    said about the document is then said about the rest only. ``words`` is empty for formats without pages.
    """

    name: str
    sha256: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    pages: int = 0
    unread_pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    language: str = "en"
    words: tuple[Word, ...] = ()

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of the contract along its own numbering, with its sentences.

    ``number`` is the clause's own number as printed ("2.1(a)"), "" where it has none; ``heading`` its own heading;
    ``path`` the headings it stands under, outermost first. Clauses do not overlap and come in text order.
    A sentence may also be a list item or a table row.
    """

    span: Span
    number: str
    heading: str
    path: tuple[str, ...]
    level: int
    sentences: tuple[Span, ...]

    @property
    def section(self) -> str:
        """How a person would name the clause: its number and heading, or the nearest heading above."""
        own = " ".join(part for part in (self.number, self.heading) if part)
        return own or (self.path[-1] if self.path else "")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody bound by the contract, with every name the contract uses for them, the shortest defined name first."""

    role: Role
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is who. ``we`` and ``you`` say which role the pronouns stand for, None where the text does not use them so."""

    parties: tuple[Party, ...] = ()
    we: Role | None = None
    you: Role | None = None
    i: Role | None = None

    def names(self, role: Role) -> tuple[str, ...]:
        return tuple(name for party in self.parties if party.role == role for name in party.names)


@dataclass(frozen=True, slots=True)
class Direction:
    """Who gives, must do or puts up with something, who receives it, and who is better off by it.

    ``both`` are the sides of a mutual clause. None stands where neither the words nor the contract tell. ``read_from``
    says whether the sentence itself tells, or only the roles of the contract as a whole.
    """

    giver: Side | None
    receiver: Side | None
    beneficiary: Side | None
    read_from: Literal["sentence", "contract"] = "sentence"

    @property
    def is_unclear(self) -> bool:
        """Whether nobody can tell from it what the creator has to do with the words."""
        return not {"creator", "company", "both"} & {self.giver, self.receiver}


@dataclass(frozen=True, slots=True)
class Definition:
    """A name that the contract gives a meaning.

    ``span`` is the passage that defines it, with its ``quote``, ``meaning`` the words in it that say what the name
    means. ``kind`` is ``means`` or ``includes`` for a passage that only defines, ``named`` for a name in brackets behind words that do
    something by themselves ("pays 500 euros (the "Fee")"), and ``elsewhere`` for a mere pointer to another place.
    """

    name: str
    kind: Literal["means", "includes", "named", "elsewhere"]
    span: Span
    meaning: Span
    quote: str

    @property
    def words(self) -> str:
        """What the name means."""
        return self.quote[self.meaning.start - self.span.start : self.meaning.end - self.span.start]


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that send the reader to another place: "subject to Section 7(b)", "as set out in Schedule B".

    ``relation`` says what for; ``number`` is the one place meant, so that "Sections 5 to 7" makes three references.
    ``target`` is the whole of that place with all that belongs to it, None unless ``state`` is ``found``. ``dead``: this
    contract holds no such place, or ``subject``, the name that the reference gives it, is another place's;
    ``detached``: a document that the file does not hold; ``outside``: a law or another contract; ``unclear``: more than
    one place may be meant, or the numbering cannot be followed.
    """

    span: Span
    relation: Relation
    number: str
    state: Literal["found", "dead", "detached", "outside", "unclear"]
    target: Span | None = None
    subject: str = ""
    because: str = ""  # of a dead one: in plain words, what is there instead


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing a finding rests on: a signal of the library, a similar example, a check."""

    kind: str
    text: str
    span: Span | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class SeverityStep:
    """One named step from one severity to the next."""

    before: Severity
    after: Severity
    because: str


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A figure, period, day or place that a finding's words name, as they write it (``text``) and as a value.

    ``value`` holds the parts by name: months 36; days 90; amount 0.1, currency USD, per minute. What can be read in
    more than one way has ``ambiguous`` and ``could_be`` instead. ``place`` says where it stands: in the finding's own
    sentence, in the lead-in of its list, or, where those name none, next to it in its clause. A fact that the term asks
    for and that none of them names has the value ``none_found``, and no words.
    """

    kind: FactKind
    value: tuple[tuple[str, Scalar], ...]
    text: str = ""
    span: Span | None = None
    place: Place = "sentence"

    @property
    def is_none_found(self) -> bool:
        return self.value == (("none_found", True),)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a passage says about one term of the library, or, without a span, which protection is missing.

    ``direction`` is None where a protection is missing, for then nobody gives anything. ``rung`` is the step of the term's ladder that the words reach, 1 (fair) to 5. ``confidence`` is between 0 and 1.
    """

    id: str
    term: str
    title: str
    polarity: Polarity
    severity: Severity
    confidence: float
    level: Level
    span: Span | None
    quote: str | None
    why: str
    rung: int | None = None
    page: int | None = None
    section: str | None = None
    boxes: tuple[Box, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    steps: tuple[SeverityStep, ...] = ()
    facts: tuple[StatedFact, ...] = ()
    direction: Direction | None = None

    @property
    def is_risk(self) -> bool:
        """A finding that asks for an answer: a risky passage or a missing protection."""
        return self.polarity != "protective"


@dataclass(frozen=True, slots=True)
class Compound:
    """Findings that are worse together than each alone."""

    id: str
    findings: tuple[str, ...]
    severity: Severity
    why: str


@dataclass(frozen=True, slots=True)
class ScorePart:
    finding: str
    points: float


@dataclass(frozen=True, slots=True)
class Score:
    """0 (worst) to 100, by the formula in ``analyzer/score.py``. ``grade`` is A to F; never a verdict to sign."""

    value: int
    grade: str
    parts: tuple[ScorePart, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """The versions that made a result: same file, same versions, same bytes."""

    library: str
    code: str
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that the analysis says about one document."""

    document: Document
    clauses: tuple[Clause, ...]
    parties: Parties
    findings: tuple[Finding, ...]
    compounds: tuple[Compound, ...]
    score: Score
    provenance: Provenance
    caveats: tuple[str, ...] = field(default=())
    definitions: tuple[Definition, ...] = field(default=())
    references: tuple[Reference, ...] = field(default=())

    @property
    def risks(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_risk)
