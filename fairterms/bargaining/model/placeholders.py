"""Names, sums and addresses stay on this machine: a model is sent placeholders, and its answer gets the words back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from fairterms.analyzer.parties.words import COMPANY_ROLES, CREATOR_ROLES
from fairterms.analyzer.values import Analysis

_CONTACT = re.compile(
    r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\bhttps?://\S*[\w/]|\bwww\.\S*\w|(?<![\w@])@\w{2,}"
    r"|(?<![\w.])\+?\(?\d[\d ()/-]{7,}\d(?!\w)"
    r"|\b\d{1,5}[a-z]? (?:[A-Z][\w'’]+\.? ){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Square|Court|Way|Place)\b\.?"
    r"|\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}\b"
)
_NUMERAL = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)"
_MONEY = r"(?:dollars?|euros?|pounds?|francs?|cents?|yen|rupees?|USD|EUR|GBP|CHF|CAD|AUD|JPY)"
_AMOUNT = re.compile(
    rf"(?:US|CA|AU|C|A)?[$€£¥₹]\s?\d[\d,.]*\d?(?:\s?(?:million|thousand|billion|[km]\b))?"
    rf"|\b(?:USD|EUR|GBP|CHF|CAD|AUD|JPY)\s?\d[\d,.]*"
    rf"|\b\d[\d,.]*\s?(?:%|per ?cent\b|(?:million |thousand )?{_MONEY}\b)"
    rf"|\b{_NUMERAL}(?:(?:[ -]| and ){_NUMERAL})*(?: \(\d[\d,.]*\))? (?:per ?cent|{_MONEY})\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Z][\w'’&-]*\w")
_JOINED = re.compile(r"[ ]|,? (?:of|and|&|de|van|von) ")
_MARK = re.compile(r"\b(?:NAME|AMOUNT|CONTACT)_\d+\b")
# Words with a capital that name nobody: they open headings and clauses, or are every contract's own.
_NOBODY = frozenset(
    [
        "Agreement",
        "Contract",
        "Party",
        "Parties",
        "Section",
        "Article",
        "Clause",
        "Schedule",
        "Exhibit",
        "Annex",
        "Appendix",
        "Effective",
        "Date",
        "Term",
        "Work",
        "Works",
        "Licence",
        "License",
        "Services",
        "Content",
        "Recordings",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "English",
        "Internet",
        "AI",
    ]
)


class Tampered(Exception):  # noqa: N818 - it says what is wrong with an answer
    """An answer holds a placeholder that the question did not."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Texts with placeholders, in the order given, and what each placeholder stands for."""

    texts: tuple[str, ...]
    kept: Mapping[str, str]

    def put_back(self, answer: str) -> str:
        """The answer with the contract's own words again. Raises ``Tampered``."""
        unknown = [mark for mark in _MARK.findall(answer) if mark not in self.kept]
        if unknown:
            raise Tampered(f"it holds a placeholder that the question did not, {unknown[0]}")
        return _MARK.sub(lambda mark: self.kept[mark.group()], answer)


def hide(texts: Sequence[str], names: frozenset[str]) -> Hidden:
    """The texts with every address, sum and name replaced; the same words get the same placeholder.

    ``names`` are the single words that the contract uses for somebody, as ``names_in`` tells them.
    """
    marks: dict[tuple[str, str], str] = {}
    taken = set(_MARK.findall("\n".join(texts)))

    def mark(kind: str, words: str) -> str:
        if (kind, words) not in marks:
            number = 1 + sum(known == kind for known, _ in marks)
            while f"{kind}_{number}" in taken:
                number += 1
            marks[kind, words] = f"{kind}_{number}"
            taken.add(f"{kind}_{number}")
        return marks[kind, words]

    hidden = []
    for text in texts:
        text = _CONTACT.sub(lambda found: mark("CONTACT", found.group()), text)
        text = _AMOUNT.sub(lambda found: mark("AMOUNT", found.group()), text)
        hidden.append(_hide_names(text, names, mark))
    return Hidden(tuple(hidden), {sign: words for (_, words), sign in marks.items()})


def names_in(analysis: Analysis, common: Set[str] = frozenset()) -> frozenset[str]:
    """The words of a contract that name a person, firm or place: always with a capital, defined nowhere, no party's role.

    ``common`` are words in small letters that name nobody, whatever the contract does with them.
    """
    text = analysis.document.text
    small = set(re.findall(r"\b[a-z][\w'’-]+", text)) | common
    roles = {word.capitalize() for role in (*CREATOR_ROLES, *COMPANY_ROLES) for word in role.split()}
    proper = {
        word
        for party in analysis.parties.parties
        for name in party.names
        for word in _WORD.findall(name)
        if word not in roles
    }
    defined = {word for definition in analysis.definitions for word in _WORD.findall(definition.name)} - proper
    found = {
        word
        for word in map(_stem, _WORD.findall(text))
        if word.lower() not in small and not word.isupper() and word not in roles | defined | _NOBODY
    }
    return frozenset(found | proper)


def _hide_names(text: str, names: frozenset[str], mark: object) -> str:
    pieces: list[str] = []
    end = 0
    words = [word for word in _WORD.finditer(text) if word.group() in names or _stem(word.group()) in names]
    while words:
        first = last = words.pop(0)
        while words and _JOINED.fullmatch(text[last.end() : words[0].start()]):
            last = words.pop(0)
        stop = last.start() + len(_stem(last.group()))
        pieces += [text[end : first.start()], mark("NAME", text[first.start() : stop])]  # type: ignore[operator]
        end = stop
    return "".join([*pieces, text[end:]])


def _stem(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)
