"""Which of those who are named is the creator, which the company, and which neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fairterms.analyzer.parties.sides import APART, CLEAR, EVIDENT, Side
from fairterms.analyzer.values import Role


def who_acts(sides: Mapping[str, Side], enough: int) -> list[Side]:
    """Everybody who acts often enough to be a party, each once."""
    unique = {id(side): side for side in sides.values()}.values()
    return [side for side in unique if side.uses >= enough or (side.defined and side.uses)]


def plain_sides(used: Sequence[Side]) -> set[Role]:
    """The sides that somebody is plainly on."""
    roles: set[Role] = set()
    for side in used:
        if abs(side.shown) >= EVIDENT and not side.go_between:
            roles.add("creator" if side.shown > 0 else "company")
    return roles


def settle(
    used: Sequence[Side], spoken: set[Role | None], tied: Mapping[int, Role]
) -> tuple[list[Side], list[Side], list[Side]]:
    """Creators, companies and others among those who are named.

    A word that may name either side goes where its deeds put it, or to the side that stands empty; beside a clear name,
    or beside "you" and "we", it is somebody else. ``tied`` holds the roles of those who are also a pronoun.
    """
    clear_creator = "creator" in spoken or any(side.weight >= CLEAR and side.shown > 0 for side in used)
    creators: list[Side] = []
    companies: list[Side] = []
    rest: list[Side] = []
    firms: list[Side] = []  # named where "you" and "we" stand for the sides already
    for side in used:
        vague = abs(side.weight) <= 1.5 and not side.proper
        if id(side) in tied:
            (creators if tied[id(side)] == "creator" else companies).append(side)
        elif (side.proper or side.told < 0 < side.shown) and {"creator", "company"} <= spoken:
            firms.append(side)
        elif side.go_between:
            rest.append(side)
        elif side.sided >= EVIDENT and not (vague and clear_creator):
            creators.append(side)
        elif side.sided <= -EVIDENT and not (vague and not side.defined and "company" in spoken):
            companies.append(side)
        else:
            rest.append(side)
    if firms and not any(id(side) in tied for side in companies):
        companies.append(min((side for side in firms if side.told <= 0), key=lambda side: side.place, default=firms[0]))
    creators, companies = principals(creators), principals(companies)
    if len(creators) > 1 and not companies and "company" not in spoken:
        _, companies = _opposed(creators)
    elif len(companies) > 1 and not creators and "creator" not in spoken:
        creators, _ = _opposed(companies)
    creators = [side for side in creators if side not in companies]
    companies = [side for side in companies if side not in creators]
    if not companies and (creators or "creator" in spoken):
        rest = [side for side in rest if side.defined] if "creator" in spoken else rest
        companies = _opposite(rest, -1)
    elif not creators and companies and "creator" not in spoken:
        creators = _opposite(rest, 1)
    elif not creators and not companies and not spoken:
        rest = [side for side in rest if side.defined or side.proper] or rest
        creators, companies = parted(rest)
    rest = [side for side in rest if side not in companies and side not in creators]
    others = [side for side in rest if side.defined and (side.go_between or side.proper or side.told)]
    if len(creators + companies) > 1 and not spoken and not (creators and companies):
        alike = [side for side in (*creators, *companies) if side.proper]
        if len(alike) > 1:  # two who do the same for each other
            return [], [], [*others, *alike]
    creators, more = _foremost(creators, 1)
    companies, also = _foremost(companies, -1)
    return creators, companies, [*others, *more, *also]


def principals(sides: list[Side]) -> list[Side]:
    """Those used at least a quarter as often as the most used one."""
    most = max((side.uses for side in sides), default=0)
    return [side for side in sides if side.uses * 4 >= most]


def _opposite(rest: Sequence[Side], sign: int) -> list[Side]:
    """Who stands opposite, where one side is known."""
    named = [side for side in rest if side.defined or not side.proper]
    likely = [side for side in named if not side.go_between and sign * side.shown > -2]
    likely = likely or [side for side in named if side.go_between]
    return sorted(
        likely, key=lambda side: (sign * side.weight <= 0, not side.defined, -sign * (side.shown + side.told))
    )[:1]


def parted(sides: Sequence[Side], apart: float = APART) -> tuple[list[Side], list[Side]]:
    """The most and the least giving of parties whose names say nothing, where they are far enough apart."""
    ordered = sorted(sides, key=lambda side: side.shown + side.told)
    if len(ordered) < 2 or (ordered[-1].shown + ordered[-1].told) - (ordered[0].shown + ordered[0].told) < apart:
        return [], []
    return [ordered[-1]], [ordered[0]]


def _opposed(sides: Sequence[Side]) -> tuple[list[Side], list[Side]]:
    """The same of parties who all seem to give, or all to take: "Seller" and "Buyer" may both grant something."""
    ordered = sorted((side for side in sides if not side.proper), key=lambda side: side.weight)
    if len(ordered) > 1 and ordered[-1].weight >= 0 > ordered[0].weight:
        return [ordered[-1]], [ordered[0]]
    return parted(sides, 1.0 if ordered else APART)


def _foremost(sides: list[Side], sign: int) -> tuple[list[Side], list[Side]]:
    """Of several parties with names of their own on one side, those who give (or take) themselves, and the rest."""
    named = [side for side in sides if side.defined and side.told]
    if len(named) < 2:
        return sides, []
    best = max(named, key=lambda side: sign * (side.shown + side.told / 2))
    main = [side for side in sides if side is best or side not in named or sign * side.flow >= EVIDENT]
    return main, [side for side in sides if side not in main]
