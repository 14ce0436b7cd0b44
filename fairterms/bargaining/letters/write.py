"""Puts a letter together: the template's paragraphs, with what the contract, the changes and the law have to say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from fairterms.analyzer.values import Analysis, Finding
from fairterms.bargaining.letters.contents import (
    Window,
    full_name,
    mail_of,
    passages_for,
    title_of,
    window_of,
)
from fairterms.bargaining.letters.templates import Template, templates
from fairterms.bargaining.letters.values import Letter, NothingToWrite, Sender
from fairterms.bargaining.propose import cite
from fairterms.bargaining.values import Change, Citation, Package
from fairterms.knowledge_base.values import Fact, Match

_BLOCK = re.compile(r"^<(\w+)>$")
_BLANK = re.compile(r"\[[^\]\n]{3,80}\]")
_LONGEST_QUOTE = 420  # letters of the contract that a letter repeats; the file itself has the rest
_EUROPEAN = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "HR",
        "CY",
        "CZ",
        "DK",
        "EE",
        "FI",
        "FR",
        "DE",
        "GR",
        "HU",
        "IE",
        "IT",
        "LV",
        "LT",
        "LU",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SK",
        "SI",
        "ES",
        "SE",
    ]
)


def write_letter(
    kind: str,
    analysis: Analysis,
    package: Package | None,
    facts: Mapping[str, Fact],
    sender: Sender,
    *,
    tone: str = "plain",
    jurisdiction: str | None = None,
) -> Letter:
    """A letter of one kind. ``package`` holds the changes of a counter-proposal; ``facts`` are the records of the knowledge
    base by id, and law is cited from them only.

    Raises ``NothingToWrite`` where the contract holds nothing that such a letter answers.
    """
    template = templates().letters[kind]
    passages = passages_for(analysis, template.terms, template.protective, template.prefer)
    changes = package.changes if package is not None else ()
    if kind == "counter-proposal" and not changes:
        raise NothingToWrite("no change is proposed for this contract, so there is nothing to counter")
    if kind == "arbitration-opt-out" and not passages:
        raise NothingToWrite("no arbitration clause was found in this contract; if there is one, ask a person")
    today = sender.today or date.today()
    window = window_of(analysis, passages, sender.started) if "<deadline>" in template.plain else None
    law, citations = _law(kind, facts, jurisdiction)
    fields = {
        "contract": f"“{title_of(analysis)}”",
        "company": full_name(analysis, "company"),
        "creator": sender.name or full_name(analysis, "creator"),
        "date": _day(today),
        "reply_by": _day(today + timedelta(days=template.reply_days)),
    }
    blocks: dict[str, Callable[[], Iterable[str]]] = {
        "points": lambda: _points(changes, analysis),
        "passages": lambda: _quoted(passages, analysis),
        "questions": lambda: _questions(analysis),
        "law": lambda: law,
        "deadline": lambda: _deadline(window),
    }
    body = _filled(template, tone, fields, blocks)
    if sender.account:
        body = [words.replace("[your account name or contract number]", sender.account) for words in body]
    to = (fields["company"] or "[name of the company]",)
    signed = (fields["creator"] or "[your name]", *(sender.address.splitlines() or ("[your address]",)))
    subject = _put_in(template.subject, fields).translate({ord("“"): None, ord("”"): None})
    mails = mail_of(analysis, [finding.span for finding in passages if finding.span is not None], template.desk)
    blanks = tuple(dict.fromkeys(_BLANK.findall("\n".join([*to, *signed, subject, *body]))))
    return Letter(
        kind, subject, to, signed, fields["date"], tuple(body), mails, blanks, tuple(_notes(window, citations, kind, jurisdiction, mails)),
        citations, passages,
    )  # fmt: skip


def _filled(
    template: Template, tone: str, fields: Mapping[str, str], blocks: Mapping[str, Callable[[], Iterable[str]]]
) -> list[str]:
    """The template's paragraphs with its blocks; an empty block takes the line that announces it away too."""
    written: list[str] = []
    for paragraph in (template.firm if tone == "firm" else template.plain).strip().split("\n\n"):
        words = " ".join(paragraph.split())
        block = _BLOCK.match(words)
        if block is None:
            written.append(_put_in(words, fields))
            continue
        inside = list(blocks[block.group(1)]())
        if not inside and written and written[-1].endswith(":"):
            written.pop()
        written += inside
    return written


def _put_in(words: str, fields: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: fields[match.group(1)] or f"[{match.group(1)}]", words)


def _points(changes: Sequence[Change], analysis: Analysis) -> Iterable[str]:
    """Each change: where, what it says now, what it should say, and why."""
    points = []
    for change in changes:
        where = _section(change, analysis)
        if change.span is None:
            for text, answer in zip(change.text.split("\n\n"), change.answers, strict=True):
                points.append(f"{where}: please add “{text}” {answer.reason}")
        else:
            old, new = _short(analysis.document.quote(change.span)), " ".join(change.text.split())
            reasons = " ".join(dict.fromkeys(answer.reason for answer in change.answers))
            points.append(f"{where}: in place of “{old}”, please write “{new}” {reasons}")
    return [f"{number}. {point}" for number, point in enumerate(points, start=1)]


def _section(change: Change, analysis: Analysis) -> str:
    place = change.edits[0].span.start
    clause = next((c for c in reversed(analysis.clauses) if c.span.start <= place), None)
    name = clause.section.replace("**", "").strip() if clause is not None else ""
    if not name:
        return "General"
    prefix = "After " if change.span is None else ""
    return f"{prefix}{'clause ' if name[:1].isdigit() and prefix else 'Clause ' if name[:1].isdigit() else ''}{name}"


def _quoted(passages: Sequence[Finding], analysis: Analysis) -> Iterable[str]:
    for finding in passages:
        where = f" ({finding.section.replace('**', '').strip()})" if finding.section else ""
        yield f"“{_short(finding.quote or '')}”{where}"


def _short(words: str) -> str:
    words = " ".join(words.replace("**", "").split())
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " ..."


def _questions(analysis: Analysis) -> Iterable[str]:
    shown = {finding.term for finding in analysis.risks}
    asked = [words for term, words in templates().questions.items() if term in shown]
    # Who holds what, and what is it used for: to be asked of every contract.
    general = [templates().questions[term] for term in ("missing_training_limit", "data_resale")]
    for number, words in enumerate(dict.fromkeys(asked or general), start=1):
        yield f"{number}. {words}"


def _deadline(window: Window | None) -> Iterable[str]:
    if window is None:
        return
    if window.last_day is not None:
        yield f"You gave {window.days} days for an answer; they end on {_day(window.last_day)}, and this letter is in time."
    else:
        yield f"You gave {window.days} days for an answer; this letter is in time. They began on [day on which the {window.days} days began]."


def _law(kind: str, facts: Mapping[str, Fact], jurisdiction: str | None) -> tuple[list[str], tuple[Citation, ...]]:
    """What may be said of the law where the reader works; nothing where the place is not known."""
    if jurisdiction is None:
        return [], ()
    held = {jurisdiction, jurisdiction.partition("-")[0], *(["EU"] if jurisdiction in _EUROPEAN else [])}
    said, cited = [], []
    for id, words in templates().law.get(kind, {}).items():
        fact = facts.get(id)
        if fact is not None and held & set(fact.jurisdictions):
            said.append(words)
            cited.append(cite(Match(fact, 1.0, "named in the letter")))
    return said, tuple(cited)


def _notes(
    window: Window | None, citations: Sequence[Citation], kind: str, jurisdiction: str | None, mails: Sequence[str]
) -> Iterable[str]:
    """What the member has to know and the other side does not."""
    if window is not None:
        yield f"The contract says: “{window.words}”"
        if window.last_day is not None:
            late = f"Send it so that it arrives by {_day(window.last_day)}."
            yield f"{late} Counted from the day that you gave; ask a person where holidays or time zones may matter."
        else:
            yield f"The {window.days} days run from a day that only you know; name it with --from to have the last day worked out."
    for citation in citations:
        if not citation.checked:
            yield f"{citation.title}: {citation.status}. Have it checked before you rely on it."
    if not citations and templates().law.get(kind):
        place = f"for {jurisdiction}" if jurisdiction else "since no jurisdiction was given"
        yield f"No law is cited, {place}: ask a person what holds where you are."
    if not mails:
        yield "The contract names no e-mail address; look for the way in which it wants notices to be sent."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
