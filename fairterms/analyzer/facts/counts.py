"""Numbers of things: revisions, sequels, images, words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fairterms.analyzer.facts.found import Found, of_one
from fairterms.analyzer.facts.numbers import NUMBER, Number, agreed, readings
from fairterms.analyzer.facts.periods import measured

# Only things that contracts of creators count: "3 parties" or "section 3 terms" say nothing about a deal.
_THINGS = (
    r"(?:rounds? of (?:revisions?|changes|edits|corrections|amendments)|sets? of (?:revisions?|changes|edits)|revisions?|changes|edits|drafts?"
    r"|sequels?|prequels?|spin-?offs?|works?|titles?|books?|novels?|manuscripts?|volumes?|images?|pictures?|photos?|photographs?|illustrations?"
    r"|drawings?|paintings?|sketches|designs?|covers?|clips?|recordings?|songs?|tracks?|albums?|compositions?|episodes?|seasons?|series|sessions?"
    r"|takes?|copies|prints?|versions?|models?|lines?|words|pages?|characters|minutes?|hours?|seconds?|users?|views|impressions|streams|downloads"
    r"|posts?|videos?|options?|renewals?|extensions?|languages?|territories|projects?|productions?|games?|performances?|samples?|credits|licen[cs]es?"
    r"|sub-?licensees?|units?|articles?|columns?|stories|story|scripts?|screenplays?|datasets?|files?|prompts?|outputs?|installments?|instalments?|excerpts?|poems?)"
)
_LIMITS = {
    "at most": ("up to", "no more than", "not more than", "at most", "a maximum of", "maximum of", "limited to", "maximum"),
    "at least": ("at least", "no fewer than", "not fewer than", "not less than", "no less than", "a minimum of", "minimum of", "minimum"),
}  # fmt: skip
_LIMIT = "|".join(word.replace(" ", r"\s+") for words in _LIMITS.values() for word in words)
_COUNT = re.compile(
    rf"(?:\b(?P<limit>{_LIMIT})\s+)?(?<![\w.,§$€£#/-])(?:(?P<other>{NUMBER})(?:\s(?:or|to)\s|(?<=\d)\s?-\s?(?=\d)))?(?P<number>{NUMBER})(?:\s*\(\s*(?P<again>{NUMBER})\s*\))?[\s-]+"
    r"(?:(?:additional|further|more|different|separate|other|free|complimentary|gratis|author|author's|finished|original|new|printed|final|successive"
    rf"|consecutive|future|subsequent|such|individual|recorded|full|high-resolution|digital|studio|live|bound)\s+)*(?P<thing>{_THINGS})\b(?P<row>\s+in a row|\s+in succession)?"
)
_NUMBERED = re.compile(
    r"\b(?:sections?|articles?|clauses?|schedules?|exhibits?|annex|appendix|paragraphs?|chapters?|parts?|pages?|no\.?|per|items?|points?|any|each|every|this|version|volume)\s+$"
)


def find_counts(folded: str) -> Iterator[Found]:
    """How many of what, and whether that is the most or the least.

    >>> [dict(found.value) for found in find_counts("up to 3 revisions and two sequels")]
    [{'count': 3, 'of': 'revisions', 'limit': 'at most'}, {'count': 2, 'of': 'sequels'}]
    """
    timed = [found for found, sort in measured(folded) if sort != "other"]
    for match in _COUNT.finditer(folded):
        before = folded[max(match.start() - 40, 0) : match.start()]
        if _NUMBERED.search(before) or before.endswith(("per ", "/")):
            continue
        if any(found.start < match.end() and match.start() < found.end for found in timed):
            continue
        limit = " ".join((match["limit"] or "").split())
        bound = next((name for name, words in _LIMITS.items() if limit in words), "")
        if bound == "at most" and before.endswith(("not ", "without being ")):
            bound = ""
        said = (("limit", bound),) if bound else ()
        thing = " ".join((match["thing"] + (match["row"] or "")).split())
        groups = [agreed(match["number"], match["again"])]
        if match["other"]:
            groups.insert(0, readings(match["other"]))
        if not all(_is_countable(value, match["thing"]) for values in groups for value in values):
            continue
        for values in groups:
            yield Found(match.start(), match.end(), (*of_one(values, "count"), ("of", thing), *said))


def _is_countable(value: Number, thing: str) -> bool:
    """Whole numbers of things; "12 article" and "a sixty-minute film" count nothing."""
    return isinstance(value, int) and (value == 1 or thing.endswith("s"))
