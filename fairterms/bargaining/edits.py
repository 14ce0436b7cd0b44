"""The smallest change of words that cures a sentence: the library's operations, and what they leave to tidy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from fairterms.analyzer.fold import fold
from fairterms.analyzer.values import Span
from fairterms.bargaining.names import fill
from fairterms.bargaining.values import Edit
from fairterms.clauses.load import ClauseLibrary
from fairterms.clauses.schema import Operation, Plan

_END = re.compile(r"(?P<close>[)\]\"'”’*]*)(?P<stop>[.;:,!?]?(?:,? (?:and|or))?)\s*$")
_STOP_IN_QUOTES = re.compile(r"\.(?P<close>[”\"’]+\)?)\s*$")
_ASIDE = re.compile(r"(?:at|by|for|from|in|on|over|through|throughout|to|under|with|without)\b", re.IGNORECASE)
# Conditions at the end of a sentence, kept apart until all are there; of Unicode's private use area.
_OPEN, _CLOSE = "\ue000", "\ue001"
_CONDITION = re.compile(rf"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_REPLACEABLE = 24  # words of a sentence that may be replaced as a whole
_TOKEN = re.compile(r"\w+(?:[’'-]\w+)*|\s+|[^\w\s]")


def mend(
    sentence: str,
    plan: Plan,
    names: Mapping[str, str],
    library: ClauseLibrary,
    *,
    whole: bool = True,
    marked: bool = False,
) -> str | None:
    """The sentence after the plan's operations, None where the plan does not fit or changes nothing.

    A whole new sentence never replaces a long one, in which other matters stand that must not be lost, and none where
    ``whole`` is false. ``marked`` keeps the conditions that are put before the full stop apart, for ``with_conditions``
    to join them with those of other plans.
    """
    folded = _folded(sentence)
    if plan.when is not None and not library.compile(plan.when).search(folded):
        return None
    if plan.unless is not None and library.compile(plan.unless).search(folded):
        return None
    words = sentence
    for operation in plan.edits:
        if operation.sentence is not None and (not whole or len(sentence.split()) > _REPLACEABLE):
            return None
        done = _apply(words, operation, names, library, marked)
        if done is None:
            if operation.required:
                return None
            continue
        words = done
    if words == sentence:
        return None
    if sentence[:1].isupper() and words[:1].islower():
        words = words[0].upper() + words[1:]
    return words


# "Section 14.5.2": its full stops end no sentence, so that a change of the words up to the next one leaves it whole.
_CLAUSE_NUMBER = re.compile(r"\b(?:sections?|clauses?|articles?|paragraphs?|schedules?|exhibits?) \d+(?:\.\d+)+")


def _folded(words: str) -> str:
    return _CLAUSE_NUMBER.sub(lambda number: number.group().replace(".", "·"), fold(words))


def _apply(
    words: str, operation: Operation, names: Mapping[str, str], library: ClauseLibrary, marked: bool
) -> str | None:
    if operation.sentence is not None:
        return fill(operation.sentence, names)
    if operation.append is not None:
        addition = fill(operation.append, names)
        return append(words, f"{_OPEN}{addition.rstrip('.')}{_CLOSE}" if marked else addition)
    if operation.add is not None:
        return _add(words, fill(operation.add, names))
    pattern = operation.strike or operation.replace or operation.before or operation.after
    assert pattern is not None
    places = [m for m in library.compile(pattern).finditer(_folded(words)) if m.end() > m.start()]
    if not places:
        return None
    if not operation.every:
        return _at(words, places[0].start(), places[0].end(), operation, names)
    # From the right, and looked for afresh each time: striking also changes words to its left.
    start = len(words) + 1
    while places := [
        m for m in library.compile(pattern).finditer(_folded(words)) if m.end() > m.start() and m.start() < start
    ]:
        start = places[-1].start()
        words = _at(words, start, places[-1].end(), operation, names)
    return words


def _at(words: str, start: int, end: int, operation: Operation, names: Mapping[str, str]) -> str:
    if operation.strike is not None:
        return strike(words, start, end)
    by = fill(operation.by or "", names)
    if operation.before is not None:
        return _joined(words[:start], by, words[start:])
    if operation.after is not None:
        return _joined(words[:end], by, words[end:])
    if (
        words[start : start + 1].isupper()
        and by[:1].islower()
        and (start == 0 or words[:start].rstrip().endswith((".", "!", "?")))
    ):
        by = by[0].upper() + by[1:]
    return mend_article(words[:start] + by + words[end:], start)


def _joined(left: str, middle: str, right: str) -> str:
    """Three pieces with a blank where two words would touch."""
    if left and left[-1].isalnum() and middle[:1].isalnum():
        left += " "
    if middle and middle[-1].isalnum() and right[:1].isalnum():
        middle += " "
    return left + middle + right


def append(words: str, addition: str) -> str:
    """Put words before the sentence's full stop, or before the semicolon of a list item.

    What begins with a semicolon is a condition of its own: ", provided that ...". Words that only lead in what follows
    ("the following:") have no end, and stay as they are.

    >>> append("We may sell it.", "; every sale needs your consent")
    'We may sell it, provided that every sale needs your consent.'
    """
    quoted = _STOP_IN_QUOTES.search(words)
    if quoted is not None:  # “as is.” ends the sentence within the quotation marks
        words = f"{words[: quoted.start()]}{quoted.group('close')}."
    match = _END.search(words)
    if match is None or match.group("stop").startswith(":"):
        return words
    place = match.start("stop")
    if addition.startswith(";"):
        addition = f"{_provided(words)} {addition[1:].strip()}"
    space = "" if addition.startswith((",", _OPEN)) else " "
    return words[:place].rstrip() + space + addition.rstrip(".") + words[place:]


def _provided(words: str) -> str:
    """What joins a condition to a sentence, which may have one already."""
    return (
        ", and provided further that" if re.search(r"\bprovided,? (?:however,? )?that\b", words) else ", provided that"
    )


def with_conditions(words: str) -> str:
    """The words with their marked conditions as one clean end of the sentence.

    What continues the sentence comes first, each after the first with "and" for "but"; whole clauses of their own follow,
    numbered where there are several.

    >>> with_conditions("We may sell it\ue000; AI needs a licence\ue001\ue000, but only once\ue001\ue000; you may object\ue001.")
    'We may sell it, but only once, provided that (i) AI needs a licence; and (ii) you may object.'
    """
    conditions = [match.group(1).strip() for match in _CONDITION.finditer(words)]
    if not conditions:
        return words
    own = [condition[1:].strip() for condition in conditions if condition.startswith(";")]
    going_on = [condition for condition in conditions if not condition.startswith(";")]
    end = ""
    for place, condition in enumerate(going_on):
        condition = re.sub(r"^, but\b", ", and", condition) if place else condition
        end += condition if condition.startswith(",") else f" {condition}"
    if len(own) == 1:
        end += f"{_provided(words)} {own[0]}"
    elif own:
        numbered = [f"({number}) {clause}" for number, clause in zip(_NUMERALS, own, strict=False)]
        end += f"{_provided(words)} {'; '.join(numbered[:-1])}; and {numbered[-1]}"
    first = words.index(_OPEN)
    rest = _CONDITION.sub("", words[first:])
    return words[:first].rstrip() + end + rest.lstrip()


def _add(words: str, sentence: str) -> str:
    """Put a sentence behind the sentence; behind a list item it becomes part of the item."""
    match = _END.search(words)
    stop = match.group("stop") if match else ""
    if stop[:1] in (";", ",", ":"):
        place = match.start("stop") if match else len(words)
        aside = sentence if sentence.startswith("I ") else sentence[0].lower() + sentence[1:]
        return f"{words[:place]} ({aside.rstrip('.')}){words[place:]}"
    closed = words.rstrip()
    if not closed.endswith((".", "!", "?", "”", '"')):
        closed += "."
    return f"{closed} {sentence}"


def strike(words: str, start: int, end: int) -> str:
    """Take words out, with the comma, "and" or blank that they leave over.

    >>> strike("a perpetual, irrevocable and worldwide licence", 13, 24)
    'a perpetual and worldwide licence'
    >>> strike("an irrevocable licence", 3, 14)
    'a licence'
    >>> strike("in print, now known or later devised, and to authorise others", 8, 36)
    'in print, and to authorise others'
    """
    comma = re.match(r"\s*,\s*(?=.)", words[start:end])
    if comma is not None:
        start += comma.end()  # the comma before is judged together with the one behind
    left, right = words[:start], words[end:]
    before = re.search(r"(?P<comma>\s*,)?\s*(?:\b(?P<and>and/or|and|or)\b)?\s*$", left)
    after = re.match(r"\s*(?P<comma>,)?\s*(?:(?P<and>and/or|and|or)\b)?", right)
    assert before is not None
    assert after is not None
    leads = bool(before.group("comma") or before.group("and"))
    follows = bool(after.group("comma") or after.group("and"))
    if before.group("and") and not (after.group("comma") and not after.group("and")):
        # The last of a list: the "and" goes, and the one before it takes it over where a comma parted them.
        conjunction = before.group("and")
        head = left[: before.start()]
        last = re.search(r",(?=\s+[^,;:.()]{1,60}$)", head)
        if last is not None and _same_list(head[last.end() :]):
            head = f"{head[: last.start()]} {conjunction}{head[last.end() :]}"
        joined = head + _gap(head, right)
    elif follows and (after.group("and") and leads):
        head = left[: before.start()]
        pair = after.group("comma") and " " not in words[start:end] and not re.search(r",\s[^,;:.()]{1,40}$", head)
        rest = right[after.end("comma") :] if pair else right
        joined = head + _gap(head, rest)
    elif comma is not None and follows and after.group("comma") and right[after.end() :].lstrip().startswith("to "):
        joined = left[: before.start()] + _gap(left[: before.start()], right[after.end("comma") :])
    elif follows and not leads and _is_aside(words[start:end], right[after.end() :]):
        joined = left.rstrip(" ") + right
    elif follows:
        rest = right[after.end() :].lstrip()
        joined = left + rest if left.endswith((" ", "(", "\n")) or not left else f"{left} {rest}"
    elif before.group("comma"):
        head = left[: before.start()]
        joined = head + _gap(head, right)
    else:
        head = left.rstrip(" ")
        joined = head + _gap(head, right)
    joined = re.sub(r" ?\( ?\)", "", joined)  # all that stood in brackets went
    return mend_article(joined, min(start, len(joined)))


def _is_aside(struck: str, rest: str) -> bool:
    """Whether "at any time" and the like was struck, and what follows is no such aside but goes on with the sentence."""
    return bool(_ASIDE.match(struck.lstrip())) and not _ASIDE.match(rest.lstrip())


def _same_list(item: str) -> bool:
    """Whether what stands behind the comma is a short list item, not a clause of its own."""
    words = item.split()
    return len(words) <= 4 and words[0].lower() not in (
        "is",
        "are",
        "shall",
        "will",
        "may",
        "must",
        "has",
        "have",
        "to",
    )


def _gap(head: str, right: str) -> str:
    rest = right.lstrip(" ")
    return rest if not head or not rest or rest[0] in ",.;:)" or head.endswith(("(", " ", "\n")) else f" {rest}"


def mend_article(words: str, near: int) -> str:
    """Make "a" and "an" fit the word that now follows, close to where the text was changed."""
    for match in re.finditer(r"\b([Aa])(n?) (\w+)", words):
        if abs(match.start() - near) > 14:
            continue
        article, following = match.group(1), match.group(3).lower()
        vowel = following[0] in "aeiou" and not re.match(r"(?:uni(?!n)|use|user|eu|one|once|u\b)", following)
        vowel = vowel or following in ("hour", "hourly", "honest") or re.fullmatch(r"8\w*|11|18", following) is not None
        fitting = f"{article}n" if vowel else article
        if match.group(1) + match.group(2) != fitting:
            words = words[: match.start()] + fitting + words[match.end(2) :]
    return words


def as_edits(before: str, after: str, offset: int) -> tuple[Edit, ...]:
    """The change from one text to the other as edits of whole words, at ``offset`` of the document.

    Edits parted by a blank only are one edit, so that a reader sees phrases and not single words.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    places = [0]
    for token in old:
        places.append(places[-1] + len(token))
    runs: list[list[int]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if runs and all(token.isspace() for token in old[runs[-1][1] : i1]):
            runs[-1][1], runs[-1][3] = i2, j2
        else:
            runs.append([i1, i2, j1, j2])
    return tuple(Edit(Span(offset + places[i1], offset + places[i2]), "".join(new[j1:j2])) for i1, i2, j1, j2 in runs)


def changed_share(before: str, after: str) -> float:
    """The words struck, put in or exchanged, as a share of the words there were; 1 at most.

    >>> changed_share("a perpetual licence to print", "a licence to print")
    0.2
    """
    old, new = before.split(), after.split()
    changes = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    changed = sum(max(i2 - i1, j2 - j1) for kind, i1, i2, j1, j2 in changes if kind != "equal")
    return min(changed / max(len(old), 1), 1.0)


def apply_edits(text: str, edits: tuple[Edit, ...]) -> str:
    """The text after the edits, which must not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text
