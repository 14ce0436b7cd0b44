"""Whom a contract names: definitions, role words, and parties that are only bound by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fairterms.analyzer.fold import lower
from fairterms.analyzer.parties.sides import CLEAR, SHORT, Side
from fairterms.analyzer.parties.words import (
    COMPANY_ROLES,
    CREATOR_ROLES,
    EITHER,
    FIRM_WORDS,
    NAME,
    NOT_A_NAME,
    PROPER,
    WHERE_BOUND,
    word_set,
)

_GO_BETWEEN = ("agency", "agent", "manager", "management", "representative", "broker", "guardian", "parent", "guarantor",
               "witness", "escrow agent", "union")  # fmt: skip
_PARTY_WORDS = re.compile(
    r"\b(?:party [a-d]|(?:the )?(?:first|second|third) party|part(?:y|ies) of the (?:first|second|third) part)\b"
)
_PREAMBLE = 8000  # characters in which contracts say who their parties are
_PERSON_WORDS = re.compile(
    r"\b(?:an individual|natural person|freelance\w*|self-employed|sole (?:trader|proprietor)|residing|resident|born|of legal "
    r"age|independent (?:artist|writer|musician)|home address|passport|citizen|professional (?:name|ly known))\b|"
    r"\b(?:Ms|Mr|Mrs|Mx|Dr|Miss|Prof)\b\.?|\bperson (?:signing|named|identified|whose)\b|\bundersigned\b",
    re.I,
)
_FIRM_ABOUT = re.compile(
    r"\b(?:corporation|company|limited|partnership|registered|incorporated|non-?profit|charity)\b", re.I
)
_NO_PARTY = frozenset(
    (
        "it",
        "he",
        "she",
        "they",
        "who",
        "which",
        "party",
        "parties",
        "there",
        "such",
        "both",
        "neither",
        "either",
        "nothing",
        "everything",
        "one",
        "some",
        "everyone",
        "nobody",
        "all",
        "and",
        "or",
        "but",
        "so",
        "then",
        "otherwise",
        "what",
        "client",
        "other",
    )
)
THINGS = word_set(
    "rights right title payment payments fee fees royalties ownership copyright copyrights moral notice notices delivery deliverables "
    "use invoices invoice data recordings recording images photographs photos manuscript termination disputes arbitration claims users "
    "customers nothing failure time interest taxes liability confidentiality clause sections law courts information intellectual "
    "advance advances credit permission consent licences licenses termination effective gross net revenue third any no "
    "videos files service services outputs output inputs parties terms criteria region regions center centre status policy policies guidelines "
    "progress act regulation directive videos files website site account accounts section sub sublicensees models project budget schedule"
)
_BRACKET = re.compile(r"\(([^()]{2,160})\)")
_QUOTED = re.compile(r'["“]\s*(?:[Tt]he |[Aa]n? )?([^"”\n]{1,60}?)[,.]?\s*["”]')
_CALLED = re.compile(
    r"^\W*(?:each,? |individually,? |collectively,? |together,? )*(?:(?:herein|here)(?:in)?after |hereafter )?(?:referred to as |called |known as |being )?"
    r"(?:the |an? |')*([A-Z][\w&' -]{1,40}?)'?\W*$"
)
_MEANS = re.compile(
    r'((?:"[^"\n]{1,40}"(?:,? (?:or|and|,)? ?)?){1,4}) ?(?:means|mean|refers? to|shall mean|shall be|is|are)\b(?= ([^;\n]{3,160}))'
)
_BOUND = re.compile(
    r"(?:[Tt]he |[Ee]ach )?([A-Z][\w-]+(?: [A-Z][\w-]+)?) (?:shall|will|agrees|grants|hereby|pays|assigns|waives|warrants|undertakes|"
    r"must|may|licenses|authori[sz]es|permits|commissions|engages|transfers)\b"
)


def sides_bound(text: str, sides: Mapping[str, Side]) -> dict[str, Side]:
    """Names that nothing defines, of those who have duties: "the Lecturer grants", "VoxNest pays"."""
    count = Counter(match.group(1) for match in _BOUND.finditer(text))
    enough = 3 if len(text) > SHORT else 1
    found: dict[str, Side] = {}
    for name, uses in count.most_common(8):
        label = lower(name)
        if uses < enough or (label in sides and sides[label].uses) or not NOT_A_NAME.isdisjoint(label.split()):
            continue
        if label.split()[0] in THINGS or label.split()[-1] in THINGS or label in _NO_PARTY:
            continue
        weight = _weight_of(label)
        found[label] = Side(weight=weight or 0.0, names=[label], proper=weight is None, defined=True)
    return found if found else {}


def _weight_of(label: str) -> float | None:
    """What a name that ends in a role word says by itself, None where it does not end so."""
    words = label.split()
    if len(words) > 1 and len(words[-1]) == 1:
        words = words[:-1]  # "Writer A"
    for size in (2, 1):
        word = " ".join(words[-size:])
        for form in (word, word.removesuffix("s")):
            if form in EITHER or form in WHERE_BOUND:
                return EITHER.get(form, WHERE_BOUND.get(form))
            if form in CREATOR_ROLES:
                return CLEAR + 1
            if form in COMPANY_ROLES:
                return -CLEAR - 1
    return 0.0 if words and (words[-1] in _GO_BETWEEN) else None


def sides_named(text: str, folded: str) -> dict[str, Side]:
    """Everybody who may be a party, under each folded word for them."""
    sides: dict[str, Side] = {}
    for role in (*CREATOR_ROLES, *COMPANY_ROLES, *WHERE_BOUND):
        sides[role] = Side(weight=_weight_of(role) or 0.0, names=[role], go_between=role in _GO_BETWEEN)
    quoted = {" ".join(label.split()) for label in re.findall(r'"(?:the )?([^"\n]{2,40}?)[,.]?"', folded)}
    for role in quoted & sides.keys() | {label.removesuffix("s") for label in quoted} & sides.keys():
        sides[role].quoted = sides[role].defined = True
    preamble = text[:_PREAMBLE]
    for definition in (*_bracketed(preamble), *_meant(preamble)):
        _define(sides, definition)
    if not any(side.defined and side.proper for side in sides.values()):
        for match in _PARTY_WORDS.finditer(folded):
            label = match.group(0).removeprefix("the ")
            if label.startswith("third") and "first party" not in folded:
                continue  # an outsider
            sides.setdefault(label, Side(names=[label], proper=True, defined=True))
        _name_both(sides, text)
    for match in re.finditer(r"^\W*(?:the )?([a-z]+(?: [a-z]+)?) ?:", folded[-2500:], re.M):
        if match.group(1) in sides:
            sides[match.group(1)].worth += 1  # the line to sign on
            sides[match.group(1)].defined = True
    return sides


def side_called(names: Iterable[str], sides: dict[str, Side]) -> Side:
    """The one party that has all these names, joined where the contract seemed to name several."""
    known = [sides[name] for name in sorted(names) if name in sides]
    side = max(known, key=lambda one: (one.defined, one.worth, abs(one.weight)), default=Side(proper=True))
    for other in known:
        if other is not side:
            side.names += [name for name in other.names if name not in side.names]
            side.weight = side.weight or other.weight
            side.told = side.told or other.told
            for label, owner in list(sides.items()):
                if owner is other:
                    sides[label] = side
    for name in sorted(names):
        if name not in side.names:
            side.names.append(name)
            side.weight = side.weight or _weight_of(name) or 0.0
        sides[name] = side
    side.defined = True
    return side


@dataclass(frozen=True, slots=True)
class _Definition:
    """Labels that a text gives to a name, what it says about the name, and where."""

    labels: Sequence[str]
    name: str
    about: str
    place: int
    early: bool  # among those between whom the contract is made


def _define(sides: dict[str, Side], definition: _Definition) -> None:
    """Join the names that a definition gives to one party."""
    labels, name = definition.labels, definition.name
    told = _told(name, definition.about)
    if told == 1 and not definition.early:
        told = 0.0  # two capital words may be anything
    known = [label for label in labels if label in sides or (told and _weight_of(label) is not None)]
    own = [
        label
        for label in labels
        if told and label not in known and _is_short_for(label, name) and label.split()[-1] not in NOT_A_NAME | THINGS
    ]
    pronouns = [label for label in labels if label in ("we", "us", "our", "you", "i")]
    if not known and not own and not pronouns:
        return
    side = next((sides[label] for label in known if label in sides), None) or Side()
    for label in known:
        sides.setdefault(label, side)
        weight = _weight_of(label)
        if label not in side.names:
            side.names.append(label)
            side.weight = weight or side.weight
        side.go_between = side.go_between or label.split()[-1] in _GO_BETWEEN
    side.defined = True
    side.place = min(side.place, definition.place)
    side.worth += 6 if not known or known[0] not in CREATOR_ROLES + COMPANY_ROLES else 0
    side.proper = side.proper or not known
    side.told = side.told or told
    if name and told:
        for short in dict.fromkeys((*own, *_forms_of(name, whole=bool(known or own)))):
            sides.setdefault(short, side)
            if short not in side.names:
                side.names.append(short)
    if "you" in pronouns and told < 0 and (own or len(pronouns) > 1):
        pronouns = []  # a bracket that explains several words, and not the firm
    for pronoun in pronouns:
        key = "we" if pronoun in ("us", "our") else pronoun
        sides[f"<{key}>"] = side


def _told(name: str, about: str) -> float:
    """Above 0 where a person is described, below where a firm is."""
    if FIRM_WORDS.search(name) or _FIRM_ABOUT.search(about):
        return -2
    if _PERSON_WORDS.search(about) or _PERSON_WORDS.search(name):
        return 2
    # A first name and a family name, perhaps with more between them.
    return 1 if re.fullmatch(r"[^\W\d_]+ (?:[^\W\d_]+\.? )?[^\W\d_'-]+", name) and name.title() == name else 0


def _is_short_for(label: str, name: str) -> bool:
    """Whether a firm or a person may be called so: "Kestrel" of Kestrel Audio Inc., "KAI" of the same."""
    words = [word.strip(".,") for word in lower(name).split() if word not in ("of", "and", "the", "&")]
    first = label.split()[0] if label.split() else ""
    return bool(words) and (
        first in words or label.replace(".", "") == "".join(word[0] for word in words)[: len(label)]
    )


def _forms_of(name: str, *, whole: bool) -> list[str]:
    """What a party may be called for short, folded: without "Ltd", by the family name, by the first word of a firm."""
    folded = lower(name).strip(" .,")
    plain = re.sub(
        r",? (?:inc|llc|l\.l\.c|ltd|limited|gmbh|b\.?v|s\.?a|a\.?b|corp|plc|llp|ag|oy|kg|co|pvt|pty|as|sarl|sas|spa)\b\.?",
        "",
        folded,
    ).strip(" .,")
    words = plain.split()
    forms = [folded, plain]
    if whole or len(words) < 2:
        return list(dict.fromkeys(form for form in forms if form))
    if words[0].rstrip(".") in ("ms", "mr", "mrs", "mx", "dr", "miss", "prof"):
        forms += [f"{words[0]} {words[-1]}", words[-1], " ".join(words[1:])]
    elif FIRM_WORDS.search(name):
        forms.append(words[0])
    else:
        forms += [words[-1], words[0], f"ms {words[-1]}", f"mr {words[-1]}"]
    return list(dict.fromkeys(form for form in forms if len(form) > 2 and form not in NOT_A_NAME))


def _bracketed(text: str) -> Iterator[_Definition]:
    """The labels, the name before them and what is said of it, of 'Acme Inc., a Delaware company ("Acme")'."""
    done = 0
    for match in _BRACKET.finditer(text):
        inside = match.group(1)
        labels = _QUOTED.findall(inside)
        if not labels:
            called = _CALLED.match(" ".join(inside.split()))
            if called is None or not re.match(r"\W*(?:the|herein|here|each|called|referred|')", inside):
                continue
            labels = [called.group(1)]
        labels = [re.sub(r"^the ", "", lower(" ".join(label.split())).strip(" ,.'")) for label in labels]
        before = text[max(done, match.start() - 350) : match.start()]
        before = re.split(r"\n\s*\n", before.rstrip())[-1]
        between = list(re.finditer(r"\b(?:between|among|by and between|part of|engages|from)\b", before, re.I))
        before = before[between[-1].end() :] if between else before
        name = _name_in(before, labels)
        if spoken := re.search(r"\b(I|[Ww]e|[Yy]ou)(?:,| am\b| are\b)[^.;]{0,60}$", before):
            labels.append(spoken.group(1).lower())
        about = before[before.find(name) + len(name) :] if name else before
        early = bool(between) or (done > 0 and match.start() - done < 350)
        yield _Definition([label for label in labels if label], name, about, match.start(), early)
        done = match.end()


def _name_in(words: str, labels: Sequence[str]) -> str:
    """The first proper name in the words, or the one that a label is short for."""
    names = []
    for match in NAME.finditer(words):
        name = " ".join(match.group(0).split()).strip(" ,.")
        parts = name.split()
        while parts and parts[0].lower() in NOT_A_NAME:
            parts = parts[1:]
        cut = [place for place, part in enumerate(parts) if part[:1].isupper() and part.lower() in NOT_A_NAME]
        parts = parts[: cut[0]] if cut else parts
        if parts and not (len(parts) == 1 and len(parts[0]) < 2):
            owner = next((place for place, part in enumerate(parts) if part.endswith(("'s", "'"))), None)
            name = " ".join(parts if owner is None else [*parts[:owner], parts[owner].rstrip("s").rstrip("'")])
            if FIRM_WORDS.sub("", name).strip(" .,"):
                names.append(name)
    for name in names:
        if any(_is_short_for(label, name) for label in labels):
            return name
    firms = [name for name in names if FIRM_WORDS.search(name)]
    return (firms or names or [""])[0]


def _meant(text: str) -> Iterator[_Definition]:
    """The same of '"Composer" means Signe Moe'."""
    for match in _MEANS.finditer(text):
        labels = [lower(" ".join(label.split())) for label in _QUOTED.findall(match.group(1))]
        said = match.group(2)
        name = NAME.match(re.sub(r"^(?:the |a |an )", "", said))
        about = said[: said.find(".") + 1] or said
        yield _Definition(labels, name.group(0).strip(" ,.") if name else "", about, match.start(), True)


def _name_both(sides: dict[str, Side], text: str) -> None:
    """The parties of "between Acme Voices Ltd and Ms Hanna Doe", who have no other name."""
    for match in re.finditer(
        rf"\b(?:[Bb]etween|BETWEEN|among)\b:?\s+({PROPER})(?:,[^\"()\n]{{0,120}}?)? (?:and|AND)\s+({PROPER})",
        text[:4000],
    ):
        for name, about in ((match.group(1), ""), (match.group(2), text[match.end() : match.end() + 60].split(".")[0])):
            name = " ".join(name.split()).strip(" ,.")
            if lower(name) in NOT_A_NAME or lower(name).split()[0] in ("you", "the", "party"):
                continue
            if any(lower(word) in sides and sides[lower(word)].defined for word in [name]):
                continue
            side = Side(proper=True, defined=True)
            side.told, side.place = _told(name, about), match.start()
            for form in _forms_of(name, whole=False):
                sides.setdefault(form, side)
                if form not in side.names:
                    side.names.append(form)
        return
