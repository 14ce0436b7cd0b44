"""Names that a contract gives a meaning: where each is defined, what it means, and how a sentence reads with it put in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from fairterms.analyzer.fold import fold, plain
from fairterms.analyzer.values import Clause, Definition, Document, Span

Kind = Literal["means", "includes", "named", "elsewhere"]

_LONGEST_MEANING = 3000  # characters; beyond that a list is no meaning any more but a part of the contract
_DEEPEST = 3  # names within names: Content, Derived Data, Models
_LONGEST_READING = 1500  # characters of meanings put into one sentence, as much as the parser reads

_NAME = r'"\s*(?P<name>[^"\n]{1,60}?)\s*[,.;]?\s*"'
_ALSO = r'(?:\s*(?:,|/|and|or|,\s*(?:and|or))\s*(?:the\s+)?"[^"\n]{1,60}")*'
_BESIDE = (
    r"(?:\s*\([^()]{0,80}\))?"
    r"(?:,?\s+(?:as used|when used|wherever used|for (?:the )?purposes? of|in (?:this|these|our))\s[^,;.\"]{0,60},?)?"
)
_MEANS = (
    r"(?:(?:shall|will|do|does)\s+)?(?:also\s+|only\s+)?(?:mean(?:s|ing)?|refers?\s+to|denotes?|stands?\s+for|comprises?|covers?)\b"
    r"|(?:is|are|shall\s+be|will\s+be)\s+(?:hereby\s+)?(?:defined\s+(?:as|to\s+mean)|(?:to\s+be\s+)?(?:understood|construed|read)\s+(?:as|to\s+mean)|any\b|all\b|the\s+following\b)"
    r"|to\s+(?:refer\s+to|mean|describe|denote)\b"
)
_INCLUDES = r"(?:(?:shall|will|does)\s+)?(?:also\s+)?(?:(?:be\s+)?deemed\s+to\s+include|(?:is|are)\s+(?:deemed|intended|understood)\s+to\s+include|includes?|extends?\s+to|embraces?)\b"
_ELSEWHERE = (
    r"(?:(?:shall|will)\s+)?(?:has|have|bears?|carr(?:y|ies))\s+the\s+(?:same\s+)?(?:meanings?|definitions?)\b(?:\s+as)?"
    r"|(?:is|are|shall\s+be)\s+(?:as\s+)?defined\s+in\b"
)
_SAYS = rf"\s*[,:]?\s*(?:(?P<means>{_MEANS})|(?P<includes>{_INCLUDES})|(?P<elsewhere>{_ELSEWHERE}))"

_QUOTED = re.compile(_NAME + _ALSO + _BESIDE + _SAYS)
# A name without quotation marks needs words that announce it, or a capital letter and "means".
_WORDS = r"(?P<name>[A-Za-z][\w'/-]*(?:\s+[A-Za-z][\w'/-]*){0,4}?)"
_ANNOUNCED = re.compile(
    r"(?:(?:for|in)\s+(?:all\s+)?(?:the\s+)?purposes?\s+(?:of|hereof)\b[^,\"]{0,60},\s*|\bas\s+used\s+(?:in|throughout)\s+(?:this|these|our)[^,\"]{0,40},\s*"
    r"|\b(?:the\s+)?(?:terms?|words?|expressions?|phrases?|definitions?\s+of)\s+(?=[A-Z])|\breferences?\s+(?:\w+\s+){0,3}?to\s+)"
    rf"(?:the\s+|an?\s+|any\s+)?(?!the\s+(?:terms?|words?)\b){_WORDS}\s+{_BESIDE}{_SAYS}",
    re.IGNORECASE,
)
_CAPITAL = r"(?P<name>(?!The\b|This\b|That\b|It\b|Which\b|These\b|Such\b|What\b|There\b|We\b|You\b|Each\b)[A-Z][\w'/-]*(?:\s+(?:of\s+|and\s+|the\s+)?[A-Z][\w'/-]*){0,4})"
_PLAINLY = re.compile(
    rf"^\W*(?:\(?[\da-z.]{{1,6}}[.)]\s+)?(?:The\s+)?{_CAPITAL}\s+(?P<means>(?:shall\s+|will\s+)?means?\b|is\s+defined\s+as\b)(?!\s+that\b)"
)
# "The Photographer includes the Photographer's heirs": whom a party's name takes in.
_PARTY_INCLUDES = re.compile(
    rf"^\W*(?:\(?[\da-z.]{{1,6}}[.)]\s+)?(?:The\s+)?{_CAPITAL}\s+(?P<includes>(?:shall\s+|also\s+)*includes?)\b(?=[^.;]{{0,80}}\b(?:heirs|successors|assigns|affiliates|subsidiaries|estates?|representatives)\b)"
)
_SAYING = re.compile(r"mean|nclud|refer|defin|denot|deem|extend")
_CARRIES_ON = re.compile(r"^\W*(?:It|This|That|The\s+term|This\s+term|That\s+term|They)\s+(?:also\s+)?" + _INCLUDES)
_LABEL = re.compile(
    rf"^\W*(?:\(?[\da-z.]{{1,6}}[.)]\s+)?(?:{_NAME}|{_CAPITAL.replace('?P<name>', '?P<capital>')})\s*(?:\||:|\t|\s-{{1,2}}(?=\s))\s*(?=\S)"
)
_DEFINING_HEADING = re.compile(r"\b(?:definitions?|defined\s+(?:terms|words)|glossary|interpretation|meanings?)\b")
_TABLE_HEAD = re.compile(
    r"^\W*(?:defined\s+)?(?:terms?|words?|names?|expressions?)\W*\|\W*(?:meanings?|definitions?|what\b)"
)
_BRACKET = re.compile(
    r"\(\s*(?:(?:each|all|any|collectively|together|individually|jointly|hereinafter|hereafter|herein|such|the|this|these|those|an?|our|your|its"
    r"|being|referred|refer|to|defined|called|known|as|which|is|are|of|in|with|and|or|case|we|call|by|also|both|severally|,)\b[\s,]*)*"
    r"(?P<names>\"[^\"\n]{1,60}\"(?:\s*(?:,|/|;|and|or|,\s*(?:and|or))\s*(?:(?:the|an?|each|collectively|together|individually|our|this|as|of|them|with|all)\b[\s,]*)*\"[^\"\n]{1,60}\")*)"
    r"[^()\"]{0,60}\)",
    re.IGNORECASE,
)
_HEREINAFTER = re.compile(
    r",?\s+(?:hereinafter|hereafter|in\s+the\s+following)\s+(?:(?:referred|to|called|as|the|an?|collectively|jointly|known)\s+)*(?P<names>\"[^\"\n]{1,60}\")",
    re.IGNORECASE,
)
_QUOTED_NAME = re.compile(r'"\s*([^"\n]{1,60}?)\s*[,.]?\s*"')
# The verb before the words that a bracketed name stands for.
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|may|shall|will|must|can|grants?|gives?|assigns?|uploads?|submits?|posts?|delivers?|creates?|provides?|develops?"
    r"|operates?|offers?|makes?|owns?|performs?|collects?|produces?|uses?|sells?|publish(?:es)?|runs?|maintains?|engages?|commissions?|writes?|writing"
    r"|wish(?:es)?|agrees?|hosts?|distributes?|acquires?|obtains?|receives?|pays?|keeps?|needs?|records|means)\b(?:\s+(?:to|in|into|out|on|upon|with|for|of|also|us|you))*",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"^(?:you|your|we|us|our|i|me|my|it|he|she|they|this|and|or|shall|will|may|days?|including|include|includes)$", re.I
)


def find_definitions(document: Document, clauses: Sequence[Clause]) -> tuple[Definition, ...]:
    """Every definition in text order; a name that is defined in several places has several."""
    text = plain(document.text)
    found: list[Definition] = []
    for place, clause in enumerate(clauses):
        defining = bool(_DEFINING_HEADING.search(fold(" ".join([*clause.path, clause.heading]))))
        for order, sentence in enumerate(clause.sentences):
            here = list(_in_sentence(text, sentence, clause, order, defining=defining))
            if here and here[-1].meaning.end == sentence.end:
                end = _end_of_list(text, sentence, place, order, clauses)
                if end > sentence.end:
                    here[-1] = _definition(
                        text, here[-1].name, here[-1].kind, sentence.start, end, here[-1].meaning.start
                    )
            if not here and found and order and _CARRIES_ON.match(text, sentence.start, sentence.end):
                last = found[-1]
                if (
                    last.span.end <= sentence.start
                    and last.span.end > clause.span.start
                    and last.kind in ("means", "includes")
                ):
                    match = _CARRIES_ON.match(text, sentence.start, sentence.end)
                    assert match is not None
                    here = [_definition(text, last.name, "includes", sentence.start, sentence.end, match.end())]
            found.extend(here)
    return tuple(
        Definition(d.name, d.kind, d.span, d.meaning, document.quote(d.span))
        for d in _parted(text, found)
        if len(d.meaning) > 1 and d.name
    )


def _parted(text: str, found: Sequence[Definition]) -> Iterator[Definition]:
    """The definitions, a list's meaning ending where the next definition begins."""
    for place, d in enumerate(found):
        after = next((o for o in found[place + 1 :] if o.span.start > d.span.start and o.kind != "named"), None)
        if after is not None and d.meaning.start < after.span.start < d.meaning.end:
            d = _definition(text, d.name, d.kind, d.span.start, after.span.start, d.meaning.start)
        yield d


def _definition(text: str, name: str, kind: Kind, start: int, end: int, meaning: int) -> Definition:
    meaning_end = end
    while meaning < meaning_end and text[meaning] in " \t\r\n:,|-":
        meaning += 1
    while meaning_end > meaning and text[meaning_end - 1] in " \t\r\n.;,|":
        meaning_end -= 1
    return Definition(
        re.sub(r"\s+", " ", name).strip(" ,.;"),
        kind,
        Span(start, end),
        Span(meaning, meaning_end),
        "",
    )


def _in_sentence(text: str, sentence: Span, clause: Clause, order: int, *, defining: bool) -> Iterator[Definition]:
    words = text[sentence.start : sentence.end]
    starts = list(_QUOTED.finditer(words)) if '"' in words else []
    if not starts and _SAYING.search(words):
        match = _announced(words) or _PLAINLY.match(words) or _PARTY_INCLUDES.match(words)
        starts = [match] if match else []
    if starts:
        for match, after in zip(starts, [*starts[1:], None], strict=True):
            end = sentence.start + (after.start() if after else len(words))
            names = [match["name"]]
            names += _QUOTED_NAME.findall(words[match.end("name") + 1 : match.end()]) if match.re is _QUOTED else []
            begin = sentence.start if match is starts[0] else sentence.start + match.start()
            for name in names:
                if not _NO_NAME.match(name.strip()):
                    yield _definition(text, name, _kind(match), begin, end, sentence.start + match.end())
        return
    if (defining or _is_row(text, clause, order)) and not words.rstrip().endswith(":"):
        label = _LABEL.match(words)
        if label is not None:
            name = label["name"] or label["capital"]
            if _TABLE_HEAD.match(fold(words)):
                return
            if len(name.split()) <= 6 and not _DEFINING_HEADING.fullmatch(fold(name)):
                yield _definition(text, name, "means", sentence.start, sentence.end, sentence.start + label.end())
                return
        if defining and order == 0 and clause.path and 0 < len(clause.heading.split()) <= 5 and not words[:1].isdigit():
            heading = plain(clause.heading).strip(' "')
            if (
                not _DEFINING_HEADING.search(fold(heading))
                and text.find(heading, clause.span.start, sentence.start) >= 0
            ):
                yield _definition(text, heading, "means", sentence.start, sentence.end, sentence.start)
                return
    if '"' not in words:
        return
    for match in (*_BRACKET.finditer(words), *_HEREINAFTER.finditer(words)):
        start = _start_of_meaning(words, match.start())
        for name in _QUOTED_NAME.findall(match["names"]):
            if start < match.start() and not _NO_NAME.match(name):
                at = sentence.start
                named = _definition(text, name, "named", at + start, at + match.start(), at + start)
                yield replace(named, span=Span(named.span.start, at + match.end()))


def _announced(words: str) -> re.Match[str] | None:
    match = _ANNOUNCED.search(words)
    if match is None:
        return None
    name = match["name"]
    if match.start() > 60 or name.lower().split()[-1] in ("to", "of", "and", "or", "that", "which", "not", "shall"):
        return None
    # "References to legislation mean ..." say how to read, and name nothing that a grant would use.
    return match if name[0].isupper() or fold(match.group(0)).startswith(("for", "in ", "as used")) else None


def _kind(match: re.Match[str]) -> Kind:
    groups = match.groupdict()
    if groups.get("means"):
        return "means"
    return "includes" if groups.get("includes") else "elsewhere"


def _is_row(text: str, clause: Clause, order: int) -> bool:
    """Whether the sentence is a row of a table whose head says that it defines."""
    first = clause.sentences[0]
    return order > 0 and _TABLE_HEAD.match(fold(text[first.start : first.end])) is not None


def _end_of_list(text: str, sentence: Span, place: int, order: int, clauses: Sequence[Clause]) -> int:
    """Where the meaning ends when its sentence only leads in a list: behind the items below it."""
    if not text[sentence.start : sentence.end].rstrip().endswith((":", ": -")):
        return sentence.end
    clause, end = clauses[place], sentence.end
    if order + 1 < len(clause.sentences):
        end = clause.sentences[-1].end
    for item in clauses[place + 1 :]:
        if item.level <= clause.level or item.span.end - sentence.start > _LONGEST_MEANING:
            break
        end = item.span.end
    return end if end - sentence.start <= _LONGEST_MEANING else sentence.end


def _start_of_meaning(words: str, bracket: int) -> int:
    """Where the words begin that a bracketed name stands for: behind the last verb that leaves any."""
    start = max((m.end() for m in re.finditer(r"[;:.]\s|\)\s*,?\s*(?:and|or)\s", words[:bracket])), default=0)
    for match in _VERB.finditer(words, start, bracket):
        if len(words[match.end() : bracket].split()) >= 2:
            start = match.end()
    while start < bracket and words[start] in " \t\r\n,":
        start += 1
    return start


# ---------------------------------------------------------------- reading with meanings


@dataclass(frozen=True, slots=True)
class Meaning:
    """A stretch of a reading that came from definitions: the names that led there, outermost first.

    ``use`` is where the sentence uses the outermost name, ``at`` where the document holds the stretch.
    """

    start: int
    end: int
    path: tuple[Definition, ...]
    use: Span
    at: int


@dataclass(frozen=True, slots=True)
class Expanded:
    """A sentence with the meanings of the names that it uses put in their place."""

    text: str
    meanings: tuple[Meaning, ...]

    def meaning_at(self, start: int, end: int) -> Meaning | None:
        """The deepest meaning that words of the reading touch, None where they are the sentence's own."""
        touched = [m for m in self.meanings if m.start < end and start < m.end]
        return max(touched, key=lambda m: (len(m.path), min(m.end, end) - max(m.start, start)), default=None)


def by_name(definitions: Iterable[Definition]) -> dict[str, tuple[Definition, ...]]:
    """The definitions that say something of their own, by name; what "means" comes before what only "includes"."""
    named: dict[str, list[Definition]] = defaultdict(list)
    for definition in definitions:
        if definition.kind != "elsewhere":
            named[definition.name].append(definition)
    order = ("means", "named", "includes")
    return {name: tuple(sorted(found, key=lambda d: order.index(d.kind))) for name, found in named.items()}


def pattern_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Where a text uses one of the names, longest first; in quotation marks a name is spoken of and not used."""
    ordered = sorted(names, key=len, reverse=True)
    if not ordered:
        return None
    forms = "|".join(_forms(name) for name in ordered)
    return re.compile(rf"(?<![\w\"])(?:{forms})(?![\w\"]|-\w)")


def _forms(name: str) -> str:
    """The name in the singular and the plural, over line ends.

    >>> re.fullmatch(_forms("Derived Data"), "Derived\\nData") is not None
    True
    """
    stem = re.escape(name).replace(r"\ ", r"\s+")
    if name.endswith("ies"):
        return rf"{stem[:-3]}(?:ies|y)"
    if name.endswith("s") and not name.endswith("ss"):
        return rf"{stem[:-1]}s?"
    return rf"{stem[:-1]}(?:y|ies)" if name.endswith("y") else rf"{stem}(?:s|es)?"


def name_of(use: str, names: Mapping[str, tuple[Definition, ...]]) -> str | None:
    """Which defined name a use in the singular or plural is of."""
    words = re.sub(r"\s+", " ", use)
    if words in names:
        return words
    return next((name for name in names if re.fullmatch(_forms(name), words)), None)


_READ_WITHOUT = re.compile(
    r'"\s*([^"\n]{1,60}?)\s*"\s+(?:is |are |being |to be )?read (?:here |in this sentence )?without (?:the words? )?((?:"[^"]+"(?:,? (?:and |or )?)?)+)'
)


def leave_out(sentence: str) -> str:
    """The sentence with blanks for the words that it names only to take them out of a meaning.

    >>> leave_out('all Media, "Media" read here without the words "or later devised".')
    'all Media, "Media" read here without the words                   .'
    """
    if " without " not in sentence:
        return sentence
    for match in _READ_WITHOUT.finditer(plain(sentence)):
        start, end = match.span(2)
        sentence = sentence[:start] + " " * (end - start) + sentence[end:]
    return sentence


_DETERMINER = re.compile(r"(?<!\w)(?:the|any|all|such|all the|any and all|all such)\s+$", re.IGNORECASE)
_DETERMINED = re.compile(r"\s*(?:the|an?|any|all|each|every|this|that|those|these|anything|anyone)\b", re.IGNORECASE)


def expand(
    sentence: str, names: Mapping[str, tuple[Definition, ...]], uses: re.Pattern[str], *, only: Iterable[Span] = ()
) -> Expanded | None:
    """The sentence with the meanings of ``names`` put in, None where it uses none of them.

    A name to which the sentence itself gives a meaning keeps that one; words without which it says a name is to be read
    ("with "Media" read here without the words "or later devised"") are left out of the meaning.
    """
    words = plain(sentence)
    own = {match["name"].strip() for match in _QUOTED.finditer(words) if not match.groupdict().get("elsewhere")}
    without: dict[str, list[str]] = defaultdict(list)
    for match in _READ_WITHOUT.finditer(words):
        without[match[1]] += re.findall(r'"([^"]+)"', match[2])
    wanted = set(only)
    parts: list[str] = []
    meanings: list[Meaning] = []
    length = done = 0
    for match in uses.finditer(words):
        use = Span(*match.span())
        name = name_of(match.group(), names)
        if name is None or name in own or (wanted and use not in wanted):
            continue
        pieces = [piece for piece in _unfold(name, names, uses, without, own, ()) if piece[0]]
        before = sentence[done : use.start]
        if pieces and _DETERMINED.match(pieces[0][0]):  # "all Content" with "any text" put in is "any text"
            before = _DETERMINER.sub("", before)
        parts.append(before)
        length += len(before)
        for piece, path, at in pieces:
            if at >= 0:
                meanings.append(Meaning(length, length + len(piece), path, use, at))
            parts.append(piece)
            length += len(piece)
        done = use.end
    if not meanings:
        return None
    return Expanded("".join(parts) + sentence[done:], tuple(meanings))


def _unfold(
    name: str,
    names: Mapping[str, tuple[Definition, ...]],
    uses: re.Pattern[str],
    without: Mapping[str, Sequence[str]],
    own: Set[str],
    above: tuple[Definition, ...],
) -> Iterator[tuple[str, tuple[Definition, ...], int]]:
    """The words of a name's meaning, with the path of definitions to each stretch and its place in the document."""
    room = _LONGEST_READING
    for order, definition in enumerate(names[name]):
        words = definition.words.rstrip(" .;,")
        if len(words) > room:
            continue
        room -= len(words)
        if order:
            yield ", including ", above, -1
        path = (*above, definition)
        cuts = [
            (m.start(), m.end(), None)
            for gone in without.get(name, ())
            for m in re.finditer(re.escape(gone).replace(r"\ ", r"\s+"), plain(words), re.IGNORECASE)
        ]
        if len(path) < _DEEPEST:
            for match in uses.finditer(plain(words)):
                inner = name_of(match.group(), names)
                if inner is not None and inner not in own and inner not in {d.name for d in path}:
                    cuts.append((*match.span(), inner))  # type: ignore[arg-type]
        done = 0
        for start, end, nested in sorted(cuts, key=lambda cut: cut[:2]):
            if start < done:
                continue
            yield words[done:start], path, definition.meaning.start + done
            if nested is not None:
                yield from _unfold(nested, names, uses, without, own, path)
            done = end
        yield words[done:], path, definition.meaning.start + done


def _within(name: str, names: Mapping[str, tuple[Definition, ...]], uses: re.Pattern[str]) -> set[str]:
    """The names that the meaning of a name uses."""
    found = (name_of(m.group(), names) for d in names[name] for m in uses.finditer(plain(d.words)))
    return {inner for inner in found if inner is not None}


def reached_from(start: Iterable[str], names: Mapping[str, tuple[Definition, ...]], uses: re.Pattern[str]) -> set[str]:
    """The names that come in with the names of ``start``, and these themselves."""
    reached, new = set(), set(start)
    for _ in range(_DEEPEST):
        reached |= new
        new = {inner for name in new for inner in _within(name, names, uses)} - reached
    return reached


def reaching(carriers: Iterable[str], names: Mapping[str, tuple[Definition, ...]], uses: re.Pattern[str]) -> set[str]:
    """The names whose meaning holds one of the ``carriers``, over other names too, and these themselves."""
    reached = set(carriers)
    inside = {name: _within(name, names, uses) for name in names}
    while more := {name for name, within in inside.items() if name not in reached and within & reached}:
        reached |= more
    return reached


def is_within(span: Span, definitions: Sequence[Definition]) -> bool:
    """Whether a passage only defines; ``definitions`` come in text order."""
    at = bisect_right([d.span.start for d in definitions], span.start)
    return any(
        d.span.contains(span) and d.kind != "named" for d in definitions[max(at - 12, 0) : at]
    )  # a sentence defines a handful of names at most
