"""Who is who: the creator, the company, "you", "we", and the names that the contract gives them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from fairterms.analyzer.fold import lower
from fairterms.analyzer.parties.deeds import observe
from fairterms.analyzer.parties.naming import side_called, sides_bound, sides_named
from fairterms.analyzer.parties.preamble import parties_between
from fairterms.analyzer.parties.pronouns import by_capitals, letter_names, names_that_act, read_pronouns
from fairterms.analyzer.parties.settling import parted, plain_sides, settle, who_acts
from fairterms.analyzer.parties.sides import LEAST_APART, SHORT, Side
from fairterms.analyzer.parties.words import COMPANY_ROLES, CREATOR_ROLES, TOKEN, UNCLEAR_WORDS
from fairterms.analyzer.values import Document, Parties, Party

_STRAIGHT = (("“", '"'), ("”", '"'), ("„", '"'), ("«", '"'), ("»", '"'), ("’", "'"), ("‘", "'"), ("*", " "), ("_", " "))


def find_parties(document: Document) -> Parties:
    """Read the parties from the preamble, definitions, role words, names, pronouns and the signatures.

    The role follows from who gives rights or work to whom, together with the word itself. Where both stay silent, no
    role is guessed: the parties are then ``other``, and one side is missing.
    """
    text = document.text
    for mark, plain in _STRAIGHT:
        text = text.replace(mark, plain)
    folded = lower(document.text)
    tokens = TOKEN.findall(folded)
    sides = sides_named(text, folded)
    pair = [side_called(names, sides) for names in parties_between(text) or ()]
    found = observe(tokens, sides)
    enough = 2 if len(folded) > SHORT else 1
    used = who_acts(sides, enough)
    i, we, you = read_pronouns(folded, tokens, found, used)
    bystanders: list[Side] = []
    if pair and not {i, we, you} - {None}:
        bystanders = [side for side in used if side not in pair and side.defined and (side.proper or side.told)]
        used = pair
    if (
        used is not pair
        and not {"creator", "company"} <= {*plain_sides(used), i, we, you}
        and not any(side.told for side in used)
    ):
        bound = sides_bound(text, sides)
        if bound:
            sides |= bound
            observe(tokens, sides)
            used = who_acts(sides, enough)
    tied = {
        id(sides[f"<{word}>"]): role
        for word, role in (("i", i), ("we", we), ("you", you))
        if f"<{word}>" in sides and role
    }
    creators, companies, others = settle(used, {i, we, you} - {None}, tied)
    if used is pair and not (creators and companies):
        creators, companies = parted(pair, LEAST_APART)
        others = [side for side in pair if side not in (*creators, *companies)]
    others = [*others, *bystanders]
    if used is pair:
        pass  # nobody else is a party
    elif creators and not companies and "company" not in (i, we, you):
        companies = by_capitals(text, COMPANY_ROLES)
    elif companies and not creators and "creator" not in (i, we, you):
        creators = by_capitals(text, tuple(role for role in CREATOR_ROLES if role not in UNCLEAR_WORDS))
    if creators and not companies and we is None and sum(map(tokens.count, ("we", "us", "our"))) >= enough:
        we = "company"
    creator_names = _names(creators, text)
    company_names = [name for name in _names(companies, text) if name not in creator_names]
    if you == "creator":
        named = {lower(name) for name in (*company_names, *creator_names)}
        company_names += [name for name in names_that_act(text) if lower(name) not in named]
    for name, pronoun in letter_names(text):
        role = {"i": i, "we": we, "you": you}[pronoun]
        if role == "creator" and name not in creator_names:
            creator_names.append(name)
        elif role == "company" and name not in company_names:
            company_names.append(name)
    parties: list[Party] = []
    if creator_names or "creator" in (i, we, you):
        parties.append(Party("creator", _shortest_first(creator_names)))
    if company_names or "company" in (i, we, you):
        parties.append(Party("company", _shortest_first(company_names)))
    taken = {*creator_names, *company_names}
    for side in others:
        names = [name for name in _names([side], text) if name not in taken]
        if names:
            parties.append(Party("other", _shortest_first(names)))
    return Parties(tuple(parties), we=we, you=you, i=i)


def _names(sides: Sequence[Side], text: str) -> list[str]:
    """The names as the contract spells them, each once."""
    spelled = [_spelled(name, text) for name in dict.fromkeys(name for side in sides for name in side.names)]
    return list(dict.fromkeys(name for name in spelled if name))


def _spelled(name: str, text: str) -> str:
    """As the contract mostly spells the name; small letters throughout only where it hardly has a capital one."""
    pattern = rf"(?<!\w){re.escape(name)}(?!\w)".replace(r"\ ", r"\s+")
    forms = Counter(" ".join(match.group().split()) for match in re.finditer(pattern, text, re.IGNORECASE))
    capital = [form for form in forms if form != form.lower()]
    small = max((form for form in forms if form not in capital), key=lambda form: forms[form], default="")
    best = max(capital, key=lambda form: forms[form], default="")
    return small if forms[small] > 4 * forms[best] else best


def _shortest_first(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(names), key=lambda name: (len(name), name)))
