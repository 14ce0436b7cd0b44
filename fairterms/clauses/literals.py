"""The plain strings that a pattern cannot do without, so that most sentences need not be searched at all."""

from __future__ import annotations

import re._constants as codes  # the parser behind ``re``; its trees have kept their shape since Python 3.11
import re._parser as parser
from typing import Any

Needs = tuple[tuple[str, ...], ...]

_SHORTEST = 3  # letters; "of" stands in nearly every sentence
_MOST = 3  # groups of strings that are asked for; more cost more than they save
# Words so common in contracts that looking for them saves nothing.
_EVERYWHERE = frozenset((
    "the", "and", "any", "all", "not", "for", "you", "your", "our", "its", "shall", "will", "may", "with", "this", "that", "such",
    "work", "agreement", "has", "are", "can", "right", "other", "use", "content", "company", "service", "terms",
))  # fmt: skip


def needs_of(pattern: str) -> Needs:
    """Groups of strings: a match of the pattern holds at least one string of each group.

    >>> needs_of(r"\\bperpetual(?:ly)?\\b|in perpetuity")
    (('in perpetuity', 'perpetual'),)
    """
    groups = sorted(_groups(parser.parse(pattern)), key=_worth, reverse=True)[:_MOST]
    return tuple(tuple(sorted(group)) for group in groups)


def has_needed(text: str, needs: Needs) -> bool:
    """Whether a text holds what a pattern needs, so that searching it is worth the time."""
    for group in needs:
        for (
            string
        ) in group:  # plain loops: generators take four times as long here, and this is asked 500 times a sentence
            if string in text:
                break
        else:
            return False
    return True


def _groups(nodes: Any) -> list[frozenset[str]]:
    """Each part of a sequence must be passed, so each gives its own groups."""
    groups: list[frozenset[str]] = []
    run = ""
    for code, value in [*nodes, (None, None)]:
        if code is codes.LITERAL:
            run += chr(value)
            continue
        if run:
            groups.append(frozenset((run,)))
        run = ""
        if code is codes.SUBPATTERN:
            groups += _groups(value[3])
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT) and value[0] >= 1:
            groups += _groups(value[2])
        elif code is codes.ATOMIC_GROUP:
            groups += _groups(value)
        elif code is codes.BRANCH:
            best = [max(_groups(branch), key=_worth, default=frozenset[str]()) for branch in value[1]]
            if all(best):
                groups.append(frozenset().union(*best))
    return [group for group in groups if _worth(group) > 0]


def _worth(strings: frozenset[str]) -> float:
    """How well a set tells sentences apart: by its shortest string, and by how few they are."""
    if any(len(string) < _SHORTEST or string.strip() in _EVERYWHERE for string in strings):
        return 0.0
    return min((len(string) for string in strings), default=0) / (4 + len(strings))
