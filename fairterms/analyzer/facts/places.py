"""Where rights hold: the world, the universe, a named market."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fairterms.analyzer.facts.found import Found

_UNIVERSE = re.compile(r"\b(?:throughout |anywhere in |across )?the (?:known )?universe\b|\buniverse\b")
_WORLD = re.compile(
    r"\bworld-?\s?wide\b|\b(?:throughout|all over|across|around|anywhere in) the (?:entire |whole )?(?:world|globe)\b|\bthe (?:entire |whole )world\b"
    r"|\bglobally\b|\ball (?:countries|territories)(?: (?:of|in) the world)?\b"
)
_MARKET = re.compile(
    r"\b(?:throughout|within|only in|solely in|limited to|territory (?:of|is|means|shall be)|territory:|sale in|distribution in|distributed in|published in|rights in|rights for)\s+(?:the territory of\s+)?"
    r"(?P<place>(?:the )?(?:united states(?: of america)?|u\.s\.(?:a\.)?|usa|us|united kingdom|uk|british commonwealth|commonwealth|european union|eu|european economic area|eea"
    r"|north america|south america|latin america|europe|asia|africa|canada|mexico|australia|new zealand|ireland|germany|austria|switzerland|france|belgium|netherlands|italy|spain"
    r"|portugal|sweden|norway|denmark|finland|poland|japan|china|india|brazil|south africa|german-speaking (?:countries|territories)|english-speaking (?:countries|world))"
    r"(?:(?:, (?:and )?| and )(?:the )?(?:united states(?: of america)?|united kingdom|uk|ireland|canada|mexico|austria|switzerland|germany|france|australia|new zealand))*)\b"
)


def find_places(folded: str) -> Iterator[Found]:
    """The places named for the rights; those of the law or the courts are none.

    >>> [dict(found.value) for found in find_places("within the united kingdom and ireland, under the laws of france")]
    [{'territory': 'united kingdom and ireland'}]
    """
    for pattern, place in ((_UNIVERSE, "universe"), (_WORLD, "world")):
        for match in pattern.finditer(folded):
            yield Found(match.start(), match.end(), (("territory", place),))
    for match in _MARKET.finditer(folded):
        named = " ".join(match["place"].removeprefix("the ").split())
        yield Found(match.start("place"), match.end("place"), (("territory", named),))
