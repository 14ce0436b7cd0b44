"""Whose words a subject or object is, once the parties are known."""

from __future__ import annotations

import re
from functools import lru_cache

from fairterms.analyzer.fold import fold
from fairterms.analyzer.parties.sides import CLEAR
from fairterms.analyzer.parties.words import COMPANY_ROLES, CREATOR_ROLES, FIRM_WORDS, WHERE_BOUND
from fairterms.analyzer.values import Parties, Role

_CLEAR_CREATORS = tuple(
    role
    for role in CREATOR_ROLES
    if role not in ("developer", "owner", "vendor", "supplier", "subject", "model", "employee")
)
_POSSESSIVE = frozenset(("our", "your", "my", "her", "his", "their"))
_MAY_BE_A_FIRM = frozenset(
    ("licensor", "supplier", "vendor", "developer", "owner", "provider", "seller", "user", "member")
)
_PERSONS_NAME = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z]\.)?(?: [A-Z][a-z'’-]+)+")


@lru_cache(maxsize=64)
def _role_pattern(parties: Parties) -> tuple[re.Pattern[str], dict[str, Role]]:
    """One pattern for every word that stands for a party, and whose each word is."""
    owners: dict[str, Role] = {}
    sides: tuple[tuple[Role, tuple[str, ...]], ...] = (("company", COMPANY_ROLES), ("creator", _CLEAR_CREATORS))
    for role, general in sides:
        names = [fold(name) for name in parties.names(role)]
        # Without a defined name, any word for such a role may be meant.
        if role == "creator" and "creator" in (parties.i, parties.we, parties.you):
            owners |= {name: role for name in general if name not in owners}
        for name in names or general:
            owners[name] = role
    for name in parties.names("other"):
        owners[fold(name)] = "other"
    pronouns: tuple[tuple[str, Role | None], ...] = (
        ("we us our ours", parties.we or ("company" if parties.you != "company" else "creator")),
        ("you your yours", parties.you or ("creator" if parties.we != "creator" and parties.i is None else "company")),
        ("i me my mine", parties.i or "creator"),
        # Contracts say "she" or "he" of a person, and "it" of a company and of anything else.
        ("she her hers he him his", "creator"),
    )
    for words, owner in pronouns:
        if owner is not None:
            owners.update(dict.fromkeys(words.split(), owner))
    names = sorted(owners, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(re.escape(name) for name in names)})(?:s|es)?\b"), owners


def party_words(parties: Parties) -> str:
    """An alternation of every folded word that stands for a party, for use inside a pattern."""
    _, owners = _role_pattern(parties)
    return "|".join(re.escape(name) for name in sorted(owners, key=len, reverse=True))


def role_of(words: str, parties: Parties) -> Role | None:
    """Whose words a subject or object is: "the Artist", "we", "Publisher's licensees"; None where it is nobody's.

    ``words`` are folded; the first party word decides, so "your licensees" are the creator's.
    """
    pattern, owners = _role_pattern(parties)
    match = pattern.search(words)
    return owners[match.group(1)] if match else None


@lru_cache(maxsize=64)
def _names_by_role(parties: Parties) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """The contract's own names for the two sides, and the word that stands for each."""
    words = {fold(name): f"the {role}" for role in ("company", "creator") for name in parties.names(role)}
    if not words:
        return None
    names = "|".join(re.escape(name) for name in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:the )?({names})(?!\w)"), words


def by_role(folded: str, parties: Parties) -> str:
    """A folded text in which "Sponsor" or "Harrow Ltd" is "the company", so that patterns know who is meant.

    Its offsets are its own.
    """
    known = _names_by_role(parties)
    return known[0].sub(lambda name: known[1][name.group(1)], folded) if known is not None else folded


def tell_roles(folded: str, parties: Parties) -> str:
    """A folded text in which every name, role word and pronoun of a side reads "creator", "company" or "other".

    "the artist grants harrow ltd our marks" becomes "creator grants company company's marks"; its offsets are its own.
    """
    pattern, owners = _role_pattern(parties)

    def told(match: re.Match[str]) -> str:
        owns = match.group(2) or match.group(1) in _POSSESSIVE
        return owners[match.group(1)] + ("'s" if owns else "")

    return re.sub(rf"\b(?:the )?{pattern.pattern[2:]}('s|')?(?!\w)", told, folded)


def creator_is_a_person(parties: Parties) -> bool:
    """Whether the giving side is somebody in person ("you", "the Artist", "Ada Moor") and not, or perhaps not, a firm.

    True where nothing names that side, as in a clause on its own.
    """
    names = parties.names("creator")
    if not names or "creator" in (parties.i, parties.we, parties.you):
        return True
    if any(FIRM_WORDS.search(name) for name in names):
        return False
    roles = {fold(name).removesuffix("s") for name in names}
    return bool(roles & (set(CREATOR_ROLES) - _MAY_BE_A_FIRM)) or any(
        WHERE_BOUND.get(fold(name), 0) >= CLEAR or _PERSONS_NAME.fullmatch(name) for name in names
    )
