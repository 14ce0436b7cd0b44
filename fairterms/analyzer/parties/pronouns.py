"""Who "I", "we" and "you" are, and names that stand only in a letter or beside a verb."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from fairterms.analyzer.fold import lower
from fairterms.analyzer.parties.naming import THINGS
from fairterms.analyzer.parties.settling import principals
from fairterms.analyzer.parties.sides import SHORT, Side
from fairterms.analyzer.parties.words import NOT_A_NAME, PROPER, word_set
from fairterms.analyzer.values import Role

_GIVES = r"(?:hereby |irrevocably |also |further |automatically |expressly )*(?:grants?|gives?|licen[cs]es?|assigns?|waives?|consents?|agrees? that|authori[sz]es?|permits?|conveys?|transfers?|donates?|releases?|uploads?|submits?)\b"
_YOU_GIVE = re.compile(
    rf"you(?<=\byou)(?: {_GIVES}|r (?:content|user content|submissions?|contributions?|work|voice|recordings?|uploads?|materials?|photos?|images|data|streams?)\b)"
)
_WE_GIVE = re.compile(
    r"we(?<=\bwe) (?:hereby |also )*(?:grant|licen[cs]e|assign|transfer) (?:to )?you\b(?! (?:a|an) (?:limited|personal|revocable|non-exclusive,? (?:limited|non-transferable|revocable)))"
)
_WE_WORK = re.compile(
    r"we(?<=\bwe)(?:'ll| will)? (?:design|create for you|write for you|bill|invoice|deliver|show off|can't guarantee)"
)
_OUR_WORK = re.compile(r"our(?<=\bour) (?:fees|invoice|hourly|portfolio)\b")
_YOU_PAY = re.compile(r"you(?<=\byou)(?:'ll| will| agree to)? pay us\b")
_I_ACT = word_set(
    "hereby grant give agree am have understand acknowledge will may can confirm consent keep own permit allow accept want do "
    "did also must shall waive assign license"
)


def read_pronouns(
    folded: str, tokens: Sequence[str], found: Mapping[str, Side], used: Sequence[Side]
) -> tuple[Role | None, Role | None, Role | None]:
    """Which role "I", "we" and "you" stand for, from who gives rights to whom."""
    count = Counter(tokens)
    many_we = count["we"] + count["us"] + count["our"] + count["we'll"]
    many_you = count["you"] + count["your"] + count["you'll"]
    many_i = (
        count["my"] + sum(1 for place, word in enumerate(tokens[:-1]) if word == "i" and tokens[place + 1] in _I_ACT)
        if count["i"] or count["my"]
        else 0
    )
    you_give = len(_YOU_GIVE.findall(folded))
    we_give = len(_WE_GIVE.findall(folded))
    we_work = len(_WE_WORK.findall(folded)) + len(_OUR_WORK.findall(folded)) + len(_YOU_PAY.findall(folded))
    i: Role | None = None
    we: Role | None = None
    you: Role | None = None
    enough = 3 if len(folded) > SHORT else 1
    named = sum(side.seen for side in used if side.defined or side.told)
    many_i, many_we, many_you = (many if 3 * many >= named else 0 for many in (many_i, many_we, many_you))
    if many_i >= enough and many_i >= many_we / 3:
        i = "creator"
    if many_you >= enough or many_we >= enough:
        if we_work + 2 * we_give > you_give:
            we, you = "creator", "company"
        elif many_you >= enough and i is None:
            you, we = "creator", "company"
        elif i == "creator":
            you = "company" if many_you >= min(enough, 2) else None
            we = "company" if many_we >= min(enough, 2) else None
    return i, we, you


def by_capitals(text: str, roles: tuple[str, ...]) -> list[Side]:
    """Role words that are written as names, where the other side has one and this side seems to have none."""
    capitals = Counter(re.findall(r"(?<![.!?] )[A-Z][a-z]+", text))
    found = []
    for role in roles:
        title = role.title()
        uses = capitals[title] if " " not in role else text.count(title)
        if uses >= 2:
            found.append(Side(names=[role], worth=uses))
    return principals(found)


_DOING = re.compile(
    r"([A-Z][a-zA-Z]+(?: [A-Z][a-zA-Z]+)?) (?:may|will|can|reserves|disclaims|shall|does not|is not|grants)\b"
)


def names_that_act(text: str) -> list[str]:
    """Short names that do what companies do beside "you": "Kestrel may update these Terms"."""
    doing = Counter(_DOING.findall(text))
    return [
        name
        for name, uses in doing.most_common(3)
        if uses >= 3 and _is_proper_name(name, text) and lower(name).split()[-1] not in THINGS
    ]


def _is_proper_name(name: str, text: str) -> bool:
    """Whether a capitalised word is a name and not a defined term: it acts on others, and is never written small."""
    opening = word_set("The This These You We If It They Some Any Each Your Our There I He She")
    written_small = re.search(rf"(?<![./@\w-]){re.escape(name.lower())}\b(?![./@-])", text)
    return written_small is None and name.split()[0] not in opening


_DEAR = re.compile(
    r"^[ \t]*Dear ((?:(?:Ms|Mr|Mrs|Mx|Dr|Miss|Prof)\.? )?[^\W\d_a-z][\w'-]+(?: [^\W\d_a-z][\w'-]+){0,2})", re.M
)
_SIGNED_FOR = re.compile(rf"\b(?:for(?: and on behalf of)?|on behalf of) ({PROPER})")


def letter_names(text: str) -> list[tuple[str, str]]:
    """Of a letter: whom "you" is, and the firm that writes as "we"."""
    dear = _DEAR.search(text[:4000])
    if dear is None:
        return []
    names = [(dear.group(1), "you")]
    names += [
        (re.sub(r" (?:Ltd|Inc|LLC|GmbH|plc)\.?$", "", match.group(1).strip(" ,.")), "we")
        for match in _SIGNED_FOR.finditer(text[-600:])
    ]
    return [(name, pronoun) for name, pronoun in names if lower(name) not in NOT_A_NAME]
