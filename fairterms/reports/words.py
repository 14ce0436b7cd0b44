"""The words of the reports for people, plain enough for a thirteen-year-old, and what makes a text safe to show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from fairterms.analyzer.score import COMPOUND, CREDIT, CREDIT_LIMIT, GRADES, POINTS
from fairterms.analyzer.values import (
    Direction,
    Finding,
    Level,
    Parties,
    Role,
    Scalar,
    Score,
    Severity,
    SeverityStep,
    Side,
    StatedFact,
)
from fairterms.bargaining.model.values import Estimate
from fairterms.bargaining.values import Strength
from fairterms.knowledge_base.values import Fact, FactKind
from fairterms.reports.measured import Measure, Measured

SEVERITY: dict[Severity, str] = {"critical": "Critical", "high": "High", "medium": "Medium", "low": "Low"}
LEVEL: dict[Level, str] = {
    "certain": "Sure: the words say so plainly.",
    "likely": "Likely, but read the words yourself.",
    "ask_a_person": "Not sure: a person should look.",
}
ROLE: dict[Role, str] = {"creator": "Creator", "company": "Other side", "other": "Also named"}
FACT_KIND: dict[FactKind, str] = {"precedent": "What others agreed", "law": "Law", "rate": "Price"}
FACT_NAME = {
    "duration": "how long",
    "notice": "notice",
    "share": "share",
    "amount": "money",
    "territory": "where",
    "cap": "at most",
    "date": "date",
    "count": "how many",
    "deadline": "by when",
}
FACT_NONE = "not said"
FACT_NEAR = " (close by)"
CITED = "Source"
ASK: dict[Strength, str] = {"fair": "Ask for", "fallback": "If they say no, at least"}
ADD: dict[Strength, str] = {"fair": "Ask to add", "fallback": "If they say no, at least add"}

AIM: dict[Strength, str] = {"fair": "What to ask for", "fallback": "If they say no, at least"}

REPORT = "Contract check"
HEADING_UNREAD = "What could not be read"
HEADING_CAVEATS = "Keep in mind"
HEADING_TOP = "Settle these first"
HEADING_MISSING = "What is missing"
HEADING_COMPOUNDS = "Worse together"
HEADING_PERSON = "Ask a person"
HEADING_PROTECTIVE = "Good for you"
HEADING_SMALLER = "Smaller points"
HEADING_COMPARABLES = "What others got, and what the law says"
HEADING_SOURCES = "Where this comes from"
HEADING_PARTIES = "Who is who"
HEADING_SCORE = "How the score is made"
HEADING_BRIEF = "The points that matter most"
HEADING_BRIEF_MORE = "Also found; the whole report has them"
HEADING_MODEL = "What a language model was asked"
HEADING_VERSIONS = "Made with"
HEADING_TEXT = "The contract’s words"

INTRO_MISSING = "A fair contract of this kind would say something here. This one does not."
INTRO_COMPOUNDS = "Each of these is bad alone. Together they do more harm."
INTRO_PERSON = "The program is not sure about these. Show them to your union or a lawyer."
INTRO_PROTECTIVE = "These passages protect you. Keep them in."
INTRO_SMALLER = "Worth a line in your answer, once the points above are settled."

NOTHING_FOUND = "Nothing found by this library; a person should still read it."
NO_SCORE = "No score: part of the contract could not be read."
NO_DRAFT = "There is no draft: none of the ready changes fits this sentence. Let a person word it."
GET_HELP = "Get help before you sign."
ASK_FOR_CHANGES = "Ask for changes."

# Only the codes that the shipped facts use; another code is shown as it is.
_PLACES = {
    "AU": "Australia",
    "CA": "Canada",
    "DE": "Germany",
    "EU": "European Union",
    "FR": "France",
    "GB": "United Kingdom",
    "IE": "Ireland",
    "IL": "Israel",
    "NL": "Netherlands",
    "SE": "Sweden",
    "US": "United States",
    "US-CA": "California",
    "US-IL": "Illinois",
    "US-NY": "New York",
    "US-TN": "Tennessee",
    "US-TX": "Texas",
}
_RUNG = re.compile(r"\b(?:is )?(?:on )?rung (\d)\b")


def clean(text: str) -> str:
    """One line of visible words: white space becomes single blanks, and nothing is left that steers a screen.

    >>> clean("a  licence\\x1b[31m\\nfor ever")
    'a licence[31m for ever'
    """
    return re.sub(r"\s+", " ", _visible(text)).strip()


def clean_lines(text: str) -> str:
    """The same for a long text, whose lines stay."""
    return _visible(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))


def _visible(text: str) -> str:
    # Control characters drive terminals, and direction marks (Cf) can make a contract look like another one.
    return "".join(
        letter for letter in text if letter in "\n\t" or letter.isspace() or unicodedata.category(letter) not in _HIDDEN
    )


_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def plain(text: str) -> str:
    """A sentence made for the program's own use, in words for a reader.

    >>> plain("the draft stands on rung 4, the fallback is rung 3")
    'the draft stands at step 4 of 5, the fallback at step 3 of 5 (1 is fair)'
    """
    told = _RUNG.sub(r"at step \1 of 5", clean(text))
    return f"{told} (1 is fair)" if told != clean(text) else told


def joined(items: Sequence[str]) -> str:
    """
    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Begun with a capital and closed with a full stop."""
    text = capital(text.strip())
    return text if not text or text.endswith((".", "!", "?", "…", ".”", "?”")) else f"{text}."


def places(codes: Sequence[str]) -> str:
    return joined([_PLACES.get(code, code) for code in codes]) if codes else "no one place"


def title(finding: Finding) -> str:
    """The name of the point; of a protection, what it protects against."""
    named = clean(finding.title)
    return f"Against “{named}”" if finding.polarity == "protective" else named


def standing(date: str, codes: Sequence[str], status: str) -> str:
    """When, where and how sure: shown beside every fact."""
    return "; ".join((clean(date) or "no date known", places(codes), clean(status)))


def where(finding: Finding, *, more: int = 0) -> str:
    """Where the words stand, and in how many ``more`` places; "" where the file has neither pages nor sections.

    A web page or a text file has no pages.
    """
    parts = [f"page {finding.page}"] if finding.page is not None else []
    if finding.section:
        section = clean(finding.section)
        parts.append(f"section “{section if len(section) <= 80 else section[:79].rstrip() + '…'}”")
    if more:
        parts.append(f"and {counted(more, 'more place', 'more places')}")
    return ", ".join(parts)


def step(step: SeverityStep) -> str:
    return sentence(f"Moved from {step.before} to {step.after}: {clean(step.because)}")


def named_facts(finding: Finding) -> str:
    """The periods, sums and places that the words name, as they write them, and what they do not say."""
    return told_facts(finding.facts, lambda fact: clean(fact.text))


def told_facts(facts: Sequence[StatedFact], tell: Callable[[StatedFact], str]) -> str:
    """The stated facts by kind in the words of ``tell``, and in one go the kinds that are not said."""
    named: dict[str, list[str]] = {}
    for fact in facts:
        if not fact.is_none_found:
            near = FACT_NEAR if fact.place == "clause" else ""
            named.setdefault(FACT_NAME[fact.kind], []).append(f"{tell(fact)}{near}")
    parts = [f"{name}: {', '.join(dict.fromkeys(told))}" for name, told in named.items()]
    silent = [FACT_NAME[fact.kind] for fact in facts if fact.is_none_found]
    return "; ".join([*parts, f"{FACT_NONE}: {', '.join(dict.fromkeys(silent))}"] if silent else parts)


_TRUTHS = {
    "perpetual": "for ever",
    "copyright_term": "as long as copyright",
    "agreement_term": "as long as the agreement",
}
_UNITS = (
    ("months", "month", "months"),
    ("days", "day", "days"),
    ("hours", "hour", "hours"),
    ("minutes", "minute", "minutes"),
    ("business_days", "business day", "business days"),
    ("business_hours", "business hour", "business hours"),
    ("business_months", "business month", "business months"),
)


def fact_value(fact: StatedFact) -> str:
    """A stated fact as a value that can be compared, in one form for all contracts.

    >>> fact_value(StatedFact("duration", (("months", 36), ("from", "publication")), "three years"))
    '36 months from publication'
    >>> fact_value(StatedFact("amount", (("amount", 0.1), ("currency", "USD"), ("per", "minute")), "10c"))
    '0.10 USD per minute'
    """
    value = dict(fact.value)
    if fact.is_none_found:
        return FACT_NONE
    if "could_be" in value:
        readings = value["could_be"]
        assert isinstance(readings, tuple)
        return f"unclear: {' or '.join(readings)}"
    limit = f"{value['limit']} " if "limit" in value else ""
    of = f" of {value['of']}" if "of" in value else ""
    told = [words for name, words in _TRUTHS.items() if name in value]
    told += [str(value[name]) for name in ("territory", "date", "basis") if name in value]
    told += [f"until {value['until']}"] if "until" in value else []
    told += [f"{_number(value['amount'])} {value['currency']}"] if "amount" in value else []
    told += [f"{_number(value['percent'])}%{of}"] if "percent" in value else []
    told += [f"{limit}{_number(value['count'])}{of.removeprefix(' of')}"] if "count" in value else []
    span = [
        f"{_number(value[name])} {one if value[name] == 1 else many}" for name, one, many in _UNITS if name in value
    ]
    told += [f"in {span[0]}"] if span and "basis" in value else span
    told += [f"per {value['per']}"] if "per" in value else []
    told += [f"before {value['before']}"] if "before" in value else []
    told += [f"from {value['from']}"] if value.get("from", "not stated") != "not stated" else []
    told += ["when renewed"] if "renewal" in value else []
    return clean(" ".join(told))


def _number(number: Scalar) -> str:
    """
    >>> _number(1200), _number(0.1), _number(0.003)
    ('1,200', '0.10', '0.003')
    """
    if not isinstance(number, float):
        return f"{number:,}"
    return f"{number:,.2f}" if round(number, 2) == number else f"{number:f}".rstrip("0")


def money(fact: Fact) -> str:
    """A price: for what, from whom and above all to whom; "" for a fact that is none.

    It does not say "paid", because some prices are only asked for; the status beside it tells.
    """
    if not fact.amount:
        return ""
    amount = re.sub(r"\d{4,}", lambda match: f"{int(match.group()):,}", fact.amount).replace("-", " to ")
    if fact.unit.startswith("percent"):
        price = f"{amount} {fact.unit}"
    else:
        price = " ".join(part for part in (amount, fact.currency, f"per {fact.unit}" if fact.unit else "") if part)
    payer = f", from {fact.payer}" if fact.payer else ""
    to = {
        "creator": "to the creator",
        "platform": "to a platform, not to creators",
    }.get(fact.payee, "to whom is not known")
    licensed = f", for {fact.licensed}" if fact.licensed else ""
    return sentence(clean(f"{price}, {to}{payer}{licensed}"))


def found_because(because: str) -> str:
    """Why a fact is shown, where that limits what it proves; "" for a fact that is simply about this kind of term."""
    reasons = [reason for reason in because.split(", ") if reason != "cited for this term"]
    return ", ".join(reasons)


def source(title: str, url: str) -> str:
    return " ".join(part for part in (f"Source: {title}." if title else "", url) if part)


def is_web_address(url: str) -> bool:
    """Whether an address may become a link: a web page, with nothing in it that could end the link early."""
    return re.fullmatch(r"https?://[^\s<>\"']+", url) is not None


def party_lines(parties: Parties) -> tuple[str, ...]:
    if not parties.parties:
        return ("The program could not tell who the parties are.",)
    return tuple(f"{ROLE[party.role]}: {', '.join(clean(name) for name in party.names)}" for party in parties.parties)


_SIDES: dict[Side, str] = {
    "creator": "you",
    "company": "the other side",
    "other": "somebody else",
    "both": "both sides",
}


def direction(direction: Direction | None) -> str:
    """Who gives and who gets, in one line; "" where the words do not tell, for then the reason says so.

    >>> direction(Direction("creator", "company", "company"))
    'You give, the other side gets.'
    """
    if direction is None or direction.giver is None or direction.read_from == "contract":
        return ""
    if direction.giver == "both":
        return "Both sides promise the same to each other."
    gives = f"{capital(_SIDES[direction.giver])} {'give' if direction.giver == 'creator' else 'gives'}"
    if direction.receiver is None:
        return f"{gives}."
    return f"{gives}, {_SIDES[direction.receiver]} {'get' if direction.receiver == 'creator' else 'gets'}."


def measure(measure: Measure | None) -> str:
    """How often this kind of point was right and how often it was found, with the cases behind both.

    >>> measure(Measure(shown=30, right=27, labelled=29, found=26))
    'Tested: 27 of 30 shown were right; 26 of 29 passages of this or a related kind were found.'
    >>> measure(None)
    'Not tested: labelled contracts have not shown a point of this kind yet.'
    """
    if measure is None or not measure.shown:
        return "Not tested: labelled contracts have not shown a point of this kind yet."
    right = f"{measure.right} of {measure.shown} shown were right"
    if not measure.labelled:
        return f"Tested: {right}."
    return f"Tested: {right}; {measure.found} of {measure.labelled} passages of this or a related kind were found."


def measured_on(measured: Measured) -> str:
    """What the figures of ``measure`` were counted on, told once a report."""
    return (
        f"“Tested” figures: counted on {measured.contracts} labelled contracts on {measured.date}. Some of them were read "
        "while the program was made, so expect somewhat less on yours."
    )


def score_rule() -> str:
    """The formula of ``analyzer/score.py``, in words."""
    takes = joined([f"{POINTS[severity]:g} ({severity})" for severity in ("critical", "high", "medium", "low")])
    grades = ", ".join(f"{grade} from {least}" for least, grade in GRADES if least)
    return (
        f"The score starts at 100 and each point takes some away: {takes}. An unsure point takes less. When the same "
        f"kind of point comes again, it takes a quarter. Points that are worse together take {COMPOUND:g} more. A "
        f"passage that protects you gives {CREDIT:g} back, {CREDIT_LIMIT:g} at most. Grades: {grades}, F below. The "
        "score helps to compare contracts; it does not say whether this one is fair."
    )


def score_words(score: Score) -> str:
    return f"Score {score.value} of 100 ({score.grade})."


def cost(estimate: Estimate, price: str | None) -> str:
    """What asking a model will come to: calls, tokens, and money where the person said the price of a million tokens."""
    said = f"about {counted(estimate.calls, 'call', 'calls')} and {estimate.tokens:,} tokens"
    if price is None:
        return f"{said}; set FAIRTERMS_MODEL_PRICE to IN/OUT per million tokens to see the price"
    dear = max(map(float, price.split("/")))
    return f"{said}; at most {estimate.tokens * dear / 1_000_000:.2f} in the currency of your price"
