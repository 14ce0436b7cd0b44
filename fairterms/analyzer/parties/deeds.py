"""What each party does: who gives rights and work, who pays and engages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fairterms.analyzer.parties.sides import Side
from fairterms.analyzer.parties.words import TOKEN, word_set

_JOINS = frozenset(("and", "or", "the"))
_STOPS = frozenset(".;:!?")
# Words between a party and what it does.
_PASSED = word_set(
    "hereby also shall will may must agrees agree to and further automatically can does do would undertakes warrants "
    "represents covenants acknowledges confirms has have agreed hereinafter both is are up"
)
_ACTS = word_set(
    "hereby shall will may agrees agree grants grant warrants represents acknowledges must has is conveys gives assigns "
    "waives keeps retains owns provides can does confirms licenses licences undertakes pays consents authorises authorizes "
    "permits allows transfers releases delivers writes records performs composes draws"
)
_GIVE = word_set(
    "grant grants give gives license licenses licence licences assign assigns waive waives consent consents authorise "
    "authorises authorize authorizes permit permits allow allows convey conveys transfer transfers donate donates release "
    "releases upload uploads submit submits contribute contributes sell sells cede cedes let lets"
)
_WORK = word_set(
    "deliver delivers perform performs record records write writes compose composes draw draws design designs create creates "
    "illustrate illustrates edit edits translate translates animate animates stream streams post posts photograph photographs "
    "sing sings act acts narrate narrates develop develops build builds produce produces render renders film films paint paints "
    "label labels annotate annotates attend attends sit sits furnish furnishes invoice invoices appear appears make makes read "
    "reads provide provides supply supplies"
)
_PAY = word_set("pay pays remunerate remunerates compensate compensates reimburse reimburses")
_ENGAGE = word_set(
    "engage engages engaged commission commissions commissioned hire hires hired retains retain appoint appoints employ "
    "employs asks asked invited invites"
)
_CREATORS_THING = word_set(
    "services work works performance performances voice likeness image images recordings recording manuscript fee fees invoice "
    "invoices royalty royalties contribution contributions remuneration moral portfolio name talent body face photographs "
    "illustrations drawings designs artwork artworks song songs music story compositions scripts submission submissions pictures "
    "compensation honorarium content tracks clips videos footage biography household"
)
_COMPANYS_THING = word_set(
    "platform service website site products product customers affiliates licensees subsidiaries models systems request "
    "instructions directions direction discretion sole shareholders successors premises app software clients users "
    "sublicensees brand campaign assistant business"
)
# A licence to use what a company runs is no gift of work.
_SMALL_LICENCE = word_set(
    "limited personal revocable non-transferable nontransferable software service services app platform website site "
    "application tool tools api sdk technology receipt"
)
_RIGHTS = word_set("right rights licence license permission consent authority all")
_NOT = word_set("not never cannot no neither nor")


def observe(tokens: Sequence[str], sides: Mapping[str, Side]) -> dict[str, Side]:
    """Count anew what everybody does, and return the same of the pronouns."""
    for side in sides.values():
        side.seen, side.gives, side.takes = 0, 0.0, 0.0
    pronouns = {word: Side() for word in ("we", "you", "i")}
    words: dict[str, list[tuple[tuple[str, ...], Side]]] = {}
    known: list[tuple[tuple[str, ...], Side]] | None
    for label, side in sides.items():
        if not label.startswith("<"):
            parts = tuple(TOKEN.findall(label))
            if parts:
                words.setdefault(parts[0], []).append((parts, side))
    for word, key in (("we", "we"), ("us", "we"), ("you", "you"), ("i", "i"), ("me", "i")):
        words[word] = [((word,), pronouns[key])]
    for known in words.values():
        known.sort(key=lambda entry: -len(entry[0]))
    place, end = 0, len(tokens)
    joined: Side | None = None  # the first of "Lind and Amin will paint"
    while place < end:
        known = words.get(tokens[place])
        if known is None:
            place += 1
            continue
        for parts, side in known:
            size = len(parts)
            if size == 1 or tuple(tokens[place : place + size]) == parts:
                _weigh(tokens, place, place + size, side, words)
                if joined is not None and joined is not side and tokens[place - 1] in _JOINS:
                    _weigh(tokens, place, place + size, joined, words)
                joined = side if tokens[place + size : place + size + 1] in (["and"], ["or"]) else None
                place += size
                break
        else:
            place += 1
    for label, side in sides.items():
        if label.startswith("<") and pronouns[label[1:-1]].uses:
            seen = pronouns[label[1:-1]]
            side.gives += seen.gives
            side.takes += seen.takes
            side.seen += 1
    return pronouns


def _weigh(
    tokens: Sequence[str], start: int, after: int, side: Side, words: Mapping[str, list[tuple[tuple[str, ...], Side]]]
) -> None:
    """What one mention of a party shows."""
    following = tokens[after] if after < len(tokens) else ""
    if following == "'s":
        following = tokens[after + 1] if after + 1 < len(tokens) else ""
        if following in _CREATORS_THING:
            side.gives += 1
        elif following in _COMPANYS_THING:
            side.takes += 0.5
        if following in _ACTS:
            side.seen += 1
        return
    if following in _ACTS or following in _GIVE or following in _PAY or following in _WORK or following in _ENGAGE:
        side.seen += 1
    elif following == ":" and start and tokens[start - 1] != "the":
        side.seen += 2
        return
    elif following == "," and tokens[after + 1 : after + 2] == ["acting"] and "behalf" in tokens[after + 2 : after + 5]:
        side.go_between = True
        return
    for verb in _deeds(tokens, after):
        _credit(tokens, verb, side, words, first=verb == after)


def _deeds(tokens: Sequence[str], after: int) -> Iterator[int]:
    """Where the verbs stand that a party is the subject of, also behind "and", up to the next full stop."""
    place, end = after, min(after + 45, len(tokens))
    begins = True
    while place < end and tokens[place] not in _STOPS:
        if begins:
            denied = False
            limit = min(place + 8, end)
            while place < limit and (tokens[place] in _PASSED or tokens[place] in _NOT or tokens[place].endswith("ly")):
                denied = denied or tokens[place] in _NOT
                place += 1
            if place < end and not denied:
                yield place
        begins = tokens[place : place + 1] in (["and"], [","])
        place += 1


def _credit(
    tokens: Sequence[str],
    place: int,
    side: Side,
    words: Mapping[str, list[tuple[tuple[str, ...], Side]]],
    *,
    first: bool,
) -> None:
    """What one deed says about the one who does it and the one it is done for."""
    verb = tokens[place]
    if first and not verb.endswith("s") and tokens[place - 1] not in ("we", "you", "i"):
        return  # "Model Release": a noun
    if verb in _GIVE:
        other, near = _next_party(tokens, place + 1, side, words)
        small = any(word in _SMALL_LICENCE for word in near)
        if verb in ("give", "gives") and not _RIGHTS.intersection(near):
            small = True
        if not small:
            side.gives += 2
            if other is not None:
                other.takes += 2
                other.seen += 1
    elif verb in _PAY:
        other, _ = _next_party(tokens, place + 1, side, words)
        side.takes += 2
        if other is not None:
            other.gives += 2
            other.seen += 1
    elif verb in _ENGAGE:
        other, _ = _next_party(tokens, place + 1, side, words)
        if other is not None:
            side.takes += 3
            other.gives += 3
    elif verb in _WORK or (verb == "be" and tokens[place + 1 : place + 2] in (["paid"], ["engaged"], ["commissioned"])):
        side.gives += 1


def _next_party(
    tokens: Sequence[str], start: int, giver: Side, words: Mapping[str, list[tuple[tuple[str, ...], Side]]]
) -> tuple[Side | None, Sequence[str]]:
    """The receiver of a gift: the next other party of the same sentence that is named at once or after "to"."""
    limit = min(start + 22, len(tokens))
    for place in range(start, limit):
        word = tokens[place]
        if word in _STOPS:
            return None, tokens[start:place]
        known = words.get(word)
        if known is None:
            continue
        near = place <= start + 1 or tokens[place - 1] in ("to", "unto") or tokens[place - 2 : place] == ["to", "the"]
        if not near:
            continue
        for parts, side in known:
            if tuple(tokens[place : place + len(parts)]) == parts and side is not giver:
                if tokens[place + len(parts) : place + len(parts) + 1] == ["'s"]:
                    break
                return side, tokens[start : place + 14]
    return None, tokens[start:limit]
