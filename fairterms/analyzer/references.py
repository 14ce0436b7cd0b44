"""Words that send the reader elsewhere: which clause or document they mean, and whether it is there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from fairterms.analyzer.fold import fold, plain
from fairterms.analyzer.values import Clause, Document, Reference, Relation, Span

_CLAUSE_WORDS = r"sub-?sections?|sections?|secs?\.|sub-?clauses?|clauses?|articles?|arts?\.|sub-?paragraphs?|paragraphs?|paras?\.|points?|§§?"
_PAPER_WORDS = (
    r"exhibits?|schedules?|annex(?:es|ures?)?|annexe|appendix|appendices|attachments?|addendum|addenda|riders?"
)
_NUMBER = (
    r"(?:(?<![\w.])[A-Za-z]-)?\d{1,3}(?:\.\d{1,3}){0,4}[A-Za-z]?(?:\s?\(?\((?:[a-zA-Z]{1,5}|\d{1,2})\))*(?![\d%])"
    r"|[IVXLC]{1,7}(?![\w.]\w)(?![a-zA-Z])(?:\s?\((?:[a-zA-Z]{1,5}|\d{1,2})\))*"
    r"|[A-Z](?:-?\d{1,2})?(?:\.\d{1,2})*(?![\w'])(?:\s?\((?:[a-zA-Z]{1,5}|\d{1,2})\))*"
    r"|\((?:[a-zA-Z]{1,5}|\d{1,2})\)(?:\s?\((?:[a-zA-Z]{1,5}|\d{1,2})\))*"
)
# The name a reference gives its place: "9 (Confidentiality)", 'Section 9 ("Term")', "Section 9 [TERM]".
_SUBJECT = r"(?:\s{0,2}(?:\(\s*\"?(?P<s1>[A-Z][A-Za-z'&;,/ -]{2,70}?)\"?\s*\)|\[(?P<s2>[A-Z][A-Za-z'&;,/ -]{2,60})\]|,?\s\"(?P<s3>[A-Z][A-Za-z'&;,/ -]{2,60})[,.]?\"))?"
# Where a reference may begin: looked for first, since the whole pattern is slow to try at every letter.
_HINT = re.compile(
    r"(?<![\w$])(?:(?:this|the\s+present)\s+)?(?:sub-?)?(?:sec|claus|art|para|point|§|exhib|sched|annex|appendi|attachm|addend|rider)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    rf"(?:(?P<this>this|the\s+present)\s+(?P<kind>{_CLAUSE_WORDS}|{_PAPER_WORDS})(?:\s+(?P<own>{_NUMBER}))?"
    rf"|(?P<word>{_CLAUSE_WORDS}|{_PAPER_WORDS})\s*(?:nos?\.\s*)?(?P<first>{_NUMBER}))(?![\w-])",
    re.IGNORECASE,
)
_ITEM = re.compile(rf"(?P<number>{_NUMBER})(?![\w-]){_SUBJECT}")
_TAIL = re.compile(_SUBJECT)
_SEPARATOR = re.compile(
    rf"\s*(?:,?\s*(?P<to>\bto\b|\bthrough\b|\bthru\b|[-–—])(?:\s*and\s+including)?|[,;]?\s*(?:\band/or\b|\band\b|\bor\b|&)|[,;])\s*(?:(?P<word>{_CLAUSE_WORDS}|{_PAPER_WORDS})\s*)?(?={_NUMBER})",
    re.IGNORECASE,
)
_THIS_PAPER = (
    r"(?:hereof|herein|hereto|above|below|hereunder|(?:of|to|in|under)\s+(?:this|these|the\s+present|our)\s+(?:\w+\s+){0,3}?(?:agreement|contract|terms|licen[cs]e|"
    r"amendment|addendum|release|policy|policies|tos|dpa|deed|letter|document|conditions|schedule|exhibit|annex|appendix|attachment|section|article|clause|rider))\b"
)
_INSIDE = re.compile(rf"\s*(?:\(?(?:inclusive|collectively)\)?,?\s*)?,?\s*(?P<here>{_THIS_PAPER})", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    rf"\s*(?:et\s+seqq?\.?)?(?:,?\s+(?:respectively|inclusive|as\s+applicable))?\s*(?:\([^()]{{0,60}}\)\s*)?(?:,\s*)?(?:of|to|in|under)\s+(?:(?P<paper>{_PAPER_WORDS})\s+(?P<number>{_NUMBER})|(?P<what>(?:the|our|its|their|your|such|that|each|any|said)?\s*(?:[\w'’.&-]+\s+){{0,8}}?"
    r"(?:agreements?|contract|acts?|code|law|laws|regulations?|directive|convention|treaty|gdpr|indenture|deed|lease|plan|terms|policy|policies|guidelines|rules?|scc'?s|clauses|"
    r"constitution|statutes?|ordinance|addendum|dpa|charter|bylaws|certificate|appendix|annex|schedule|order|sow|statement\s+of\s+work|prospectus|note|warrant|license|licence|protocol|decision|ucc|msa|tfeu))\b)",
    re.IGNORECASE,
)
_OF_A_NAME = re.compile(r"\s*(?:,\s*)?(?:of|under)\s+(?:the|our|its|their|your|such|that|any|each|said)\s+[A-Z]")
# "Art. 17 Regulation 1215/2012", without an "of".
_OF_A_LAW = re.compile(
    r"\s*(?:\([^()]{0,30}\)\s*)?(?:gdpr|regulation|directive|tfeu|dsa|bgb|urhg|u\.?s\.?c\.?|c\.?f\.?r\.?)\b",
    re.IGNORECASE,
)
# "Paragraph 4 of Section 3", "Exhibit 1 of this Appendix": a place within another, which its number alone does not tell.
_WITHIN = re.compile(rf"\s*(?:of|in|to|under)\s+(?:this\s+)?(?:{_CLAUSE_WORDS})\s+{_NUMBER}", re.IGNORECASE)
_PAPER_WITHIN = re.compile(rf"\s*(?:of|to)\s+(?:this\s+|the\s+)?(?:{_PAPER_WORDS})\b", re.IGNORECASE)
_MODEL_CLAUSES = re.compile(r"\bstandard\s+contractual\s+clauses\b", re.IGNORECASE)
_LAW_BEFORE = re.compile(
    r"(?:\b(?:code|act|u\.?\s?s\.?\s?c\.?|c\.?f\.?r\.?|gdpr|directive|regulations?|treas\.?|statutes?|scc'?s?|constitution|ucc|law|stat\.|rev\.|ann\.|urhg|bgb|gdpr's|title\s+\d+)(?:,|\s+of\s+\d{4},?|\s+\d{4},?)?\s*(?:at\s+|under\s+)?|\d\s*(?:u\.s\.c\.|c\.f\.r\.)\s*)$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s*(?:days?|weeks?|months?|years?|hours?|percent|per\s?cent|%|copies|pages?|dollars|euros|million|business|calendar|other|of\s+which)\b",
    re.IGNORECASE,
)
_NEXT_PAPER = re.compile(r"[A-Z\d]{1,3}\b(?!\s+[a-z]{4,}\b(?<!attached))")
_RELATIONS: tuple[tuple[Relation, re.Pattern[str]], ...] = tuple(
    (relation, re.compile(pattern + r"[^.;:]{0,25}$", re.IGNORECASE))  # type: ignore[misc]
    for relation, pattern in (
        ("subject_to", r"\bsubject\s+(?:always\s+)?to\b(?:[^.;:,]{0,40}\b(?:in|of|under)\b)?"),
        ("notwithstanding", r"\b(?:notwithstanding|despite|regardless\s+of|irrespective\s+of|in\s+spite\s+of|in\s+derogation\s+(?:of|from)|anything\s+(?:to\s+the\s+contrary\s+)?in)\b(?:[^.;:,]{0,60}\b(?:in|of|under)\b)?"),
        ("except", r"\b(?:except|save|other\s+than|unless|excluding|with\s+the\s+exception\s+of)\b(?:[^.;:,]{0,50}\b(?:in|under|by|of|to|for)\b)?"),
        ("defined", r"\b(?:defined|meanings?\s+(?:given|set\s+(?:forth|out)|ascribed|assigned|specified|stated|provided)(?:[^.;:,]{0,30})?)\s+(?:in|by|under|at)\b"),
        ("set_out", r"\b(?:set\s+(?:forth|out)|specified|described|provided|stated|listed|laid\s+down|contained|detailed|as\s+per|granted|given|pursuant\s+to|in\s+accordance\s+with|under|by\s+virtue\s+of|attached(?:\s+hereto)?\s+as|see)\b(?:[^.;:,]{0,30}\b(?:in|under|by|of|at|as|on)\b)?"),
    )
)  # fmt: skip
_SURVIVES = re.compile(
    r"\bsurviv(?:e|es|al|ing)\b|\b(?:remain|continue)s?\b[^.;]{0,60}\b(?:after|beyond|despite|notwithstanding|following)\b[^.;]{0,40}\b(?:terminat|expir|end\b)",
    re.IGNORECASE,
)
_NOT_SURVIVING = re.compile(r"\b(?:not|nor|no)\b[^.;]{0,30}\bsurviv|\bdoes\s+not\s+survive", re.IGNORECASE)
_POSITION = re.compile(r"\((?:[a-zA-Z]{1,5}|\d{1,2})\)|\d+|[A-Za-z]+-?\d*")


_LONGEST_PLACE = 20000  # characters; "this Section" of a larger piece is more likely a numbering that was not followed


@dataclass(frozen=True, slots=True)
class _Place:
    """A numbered clause, its number cut into parts, and the extent of all that belongs to it."""

    clause: Clause
    word: str  # "article", "section", "exhibit" ..., "" where only the number is printed
    parts: tuple[str, ...]
    span: Span
    paper: int  # 0 for the body, 1, 2 ... for the exhibits in their order
    row: int  # which count of first numbers it belongs to: the clauses of the contract are one, a list of items another


@dataclass(slots=True)
class _Index:
    text: str
    places: list[_Place]
    has_model_clauses: bool = False  # the "Clause 17" of a data-processing agreement is theirs
    by_parts: dict[tuple[str, ...], list[_Place]] = field(default_factory=lambda: defaultdict(list))
    papers: list[tuple[int, str, tuple[str, ...]]] = field(default_factory=list)  # start, word, parts
    lengths: dict[int, int] = field(default_factory=lambda: defaultdict(int))  # of the rows, in characters

    def paper_at(self, position: int) -> int:
        return bisect_right([start for start, _, _ in self.papers], position)

    def is_one_count(self) -> bool:
        """Whether one row of clauses numbers the whole body: of several contracts in one file, none can be said to lack one."""
        counted = {p.row: 0 for p in self.places}
        for place in self.places:
            counted[place.row] += len(place.parts) == 1 and place.paper == 0
        longest = max(self.lengths.values(), default=0)
        return sum(n >= 4 and self.lengths[row] * 4 > longest for row, n in counted.items()) == 1

    def row_at(self, position: int) -> int | None:
        """The longest row of clauses of which one stands around the position."""
        around = {p.row for p in self.places if p.span.start <= position < p.span.end}
        return max(around, key=lambda row: self.lengths[row], default=None)


def find_references(document: Document, clauses: Sequence[Clause]) -> tuple[Reference, ...]:
    """Every reference to a clause or an attachment in text order, each with the place that it means if that is here."""
    text = plain(document.text)
    index = _index(text, clauses)
    own_name = _own_names(text)
    found: list[tuple[Reference, str]] = []
    lead_ins: list[tuple[int, str]] = []
    for clause in clauses:
        while lead_ins and lead_ins[-1][0] >= clause.level:
            lead_ins.pop()
        above = lead_ins[-1][1] if lead_ins else ""
        for sentence in clause.sentences:
            words = text[sentence.start : sentence.end]
            found.extend(_in_sentence(document, sentence, words, above, clause, index, own_name))
            if words.rstrip().endswith(":") and len(words) < 400:
                above = words
                lead_ins.append((clause.level, words))
    # An attachment may be written for use with another paper, so that only the body's own references can be dead.
    # "Clause 17" is no dead clause where nothing else is called a clause: it belongs to some other paper.
    one_count = index.is_one_count()
    called = {word for reference, word in found if reference.state == "found"} | {place.word for place in index.places}
    if any(not place.word for place in index.places):
        called |= {"section", "clause"}  # bare numbers go by either name
    return tuple(
        replace(reference, state="unclear", because="")
        if reference.state == "dead"
        and (word not in called or word == "paragraph" or not one_count or index.paper_at(reference.span.start))
        else reference
        for reference, word in found
    )


# ---------------------------------------------------------------- the places


def _index(text: str, clauses: Sequence[Clause]) -> _Index:
    index = _Index(text, [], has_model_clauses=_MODEL_CLAUSES.search(text) is not None)
    numbered = [clause for clause in clauses if clause.number]
    parsed = [(clause, *_parts_of(clause.number)) for clause in numbered]
    for clause, word, parts in parsed:
        if _is_paper(word):
            index.papers.append((clause.span.start, word, parts))
    for clause in clauses:  # "EXHIBIT A" as a mere heading or line
        head = plain(clause.heading or text[clause.span.start : clause.span.start + 40])
        match = re.match(rf"\W*(?P<word>{_PAPER_WORDS})\s+(?P<number>{_NUMBER})(?=\W|$)", head, re.IGNORECASE)
        if match and not clause.number and match["word"].lower() != "rider":
            word, parts = _parts_of(f"{match['word']} {match['number']}")
            index.papers.append((clause.span.start, word, parts))
    index.papers.sort()
    rows = _rows([parts for _, _, parts in parsed])
    for place, (clause, word, parts) in enumerate(parsed):
        end = clause.span.end
        for later, _, later_parts in parsed[place + 1 :]:
            if later_parts[: len(parts)] != parts and later.level <= clause.level:
                end = later.span.start
                break
        else:
            end = clauses[-1].span.end
        span = Span(clause.span.start, len(text[:end].rstrip()) if end > clause.span.end else end)
        paper, row = index.paper_at(clause.span.start), rows[place]
        entry = _Place(clause, word, parts, span, paper, row)
        index.places.append(entry)
        if len(parts) == 1:
            index.lengths[row] += len(span)
        for key in {parts, _plain_number(parts)}:
            index.by_parts[key].append(entry)
    return index


def _rows(numbers: Sequence[tuple[str, ...]]) -> list[int]:
    """For each number the row it carries on: 1, 2, 1, 2, 3 of a list within clause 2, 3 make two rows.

    >>> _rows([("1",), ("2",), ("1",), ("2",), ("2", "1"), ("3",)])
    [0, 0, 1, 1, 1, 1]
    """
    last: list[int] = []  # the value that each row has reached
    rows: list[int] = []
    for parts in numbers:
        first = _plain_number(parts)[:1]
        value = int(first[0]) if first and first[0].isdigit() else 0
        if len(parts) != 1 or not value:
            rows.append(
                next((row for row in range(len(last) - 1, -1, -1) if last[row] == value), rows[-1] if rows else 0)
            )
            continue
        row = next((row for row in range(len(last) - 1, -1, -1) if 0 < value - last[row] <= 2), None)
        if row is None:
            row = len(last)
            last.append(0)
        last[row] = value
        rows.append(row)
    return rows


def _parts_of(number: str) -> tuple[str, tuple[str, ...]]:
    """The word before a number, and the number in parts.

    >>> _parts_of("Section 7.2(b)(ii)")
    ('section', ('7', '2', 'b', 'ii'))
    """
    match = re.match(
        rf"\s*(?P<word>{_CLAUSE_WORDS}|{_PAPER_WORDS}|part|title|chapter)\s*(?P<rest>\S.*)", number, re.IGNORECASE
    )
    word, rest = (match["word"], match["rest"]) if match else ("", number)
    parts = tuple(part.strip("()").lower() for part in _POSITION.findall(rest))
    return _singular(word), parts


_SINGULAR = {"§": "section", "§§": "section", "sec.": "section", "secs.": "section", "art.": "article", "arts.": "article",
             "para.": "paragraph", "paras.": "paragraph", "annexes": "annex", "annexe": "annex", "annexure": "annex",
             "annexures": "annex", "appendices": "appendix", "addenda": "addendum"}  # fmt: skip


def _singular(word: str) -> str:
    low = word.lower().replace("sub-", "sub")
    if low in _SINGULAR:
        return _SINGULAR[low]
    low = low.removesuffix("s") if low not in ("annex", "appendix") else low
    return low.removeprefix("sub")


def _is_paper(word: str) -> bool:
    return word in ("exhibit", "schedule", "annex", "appendix", "attachment", "addendum", "rider")


_ROMAN = {"i": 1, "v": 5, "x": 10}


def _plain_number(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The number with a leading Roman numeral in digits, so that "Section 4" finds "ARTICLE IV"."""
    first = parts[0] if parts else ""
    if not re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", first) or not first:
        return parts
    digits = [_ROMAN[letter] for letter in first]
    value = sum(-d if d < after else d for d, after in zip(digits, [*digits[1:], 0], strict=True))
    return (str(value), *parts[1:])


# ---------------------------------------------------------------- the references


def _in_sentence(
    document: Document, sentence: Span, words: str, above: str, clause: Clause, index: _Index, own_name: re.Pattern[str]
) -> Iterator[tuple[Reference, str]]:
    """The references of a sentence, each with the word that its place is called by."""
    done = 0
    for hint in _HINT.finditer(words):
        match = _REFERENCE.match(words, hint.start()) if hint.start() >= done else None
        if match is None:
            continue
        before = re.sub(r"\s+", " ", words[max(0, match.start() - 160) : match.start()])[-120:]
        start = sentence.start + match.start()
        if match["this"]:
            done = match.end()
            yield _this_place(match, start, clause, index), ""
            continue
        items, done = _items(words, match)
        if not items:  # "section a" and other words that only look like a number
            done = match.end()
            continue
        if match.start() < 3 and clause.number and sentence.start - clause.span.start < 3:
            continue  # the clause's own number, which the reader left in the sentence
        relation: Relation = "survives" if _survives(words, above) else _relation(before)
        after = re.sub(r"\s+", " ", words[done : done + 200])[:140]
        paper, outside = _elsewhere(before, after, own_name, document, sentence.start + done, items[0][0], index)
        for word, number, subject, first, last in items:
            span = Span(sentence.start + first, sentence.start + last)
            reference = Reference(span, relation, number, "outside", None, subject)
            within = _PAPER_WITHIN if _is_paper(word) else _WITHIN
            if not outside and within.match(after):
                reference = replace(reference, state="unclear")
            elif not outside:
                stated = _INSIDE.match(after) is not None
                reference = _resolved(reference, word, index, start, paper, stated=stated)
            yield reference, word


def _survives(words: str, above: str) -> bool:
    whole = f"{above} {words}"
    return _SURVIVES.search(whole) is not None and not _NOT_SURVIVING.search(whole)


def _relation(before: str) -> Relation:
    return next((relation for relation, pattern in _RELATIONS if pattern.search(before)), "mentions")


def _items(words: str, match: re.Match[str]) -> tuple[list[tuple[str, str, str, int, int]], int]:
    """The places that a list names: word, number, subject, start and end of each; a range gives each of its numbers."""
    word = _singular(match["word"])
    items: list[tuple[str, str, str, int, int]] = []
    position = match.start("first")
    begin, is_range = match.start(), False
    while (item := _ITEM.match(words, position)) is not None and not _UNIT.match(words, item.end("number")):
        number = re.sub(r"\s", "", item["number"])
        subject = next((s for s in (item["s1"], item["s2"], item["s3"]) if s), "")
        if is_range and items:
            for between in _between(items[-1][1], number):
                items.append((word, between, "", items[-1][3], item.end("number")))
        if number.startswith("(") and items and not is_range:
            number = _sibling(items[-1][1], number)
        items.append((word, number, subject, begin, item.end("number")))
        position = item.end()
        separator = _SEPARATOR.match(words, position)
        if separator is None:
            break
        if separator["word"]:
            if _is_paper(_singular(separator["word"])) != _is_paper(word):
                break
            word = _singular(separator["word"])
        elif not (
            _NEXT_PAPER.match(words, separator.end())
            if _is_paper(word)
            else _may_follow(items[-1][1], words, separator.end())
        ):
            break
        is_range = bool(separator["to"])
        position = separator.end()
        begin = separator.start("word") if separator["word"] else position
    return items, position


def _may_follow(number: str, words: str, at: int) -> bool:
    """Whether what stands after "and" or a comma carries the list on: "Sections 2 and 5", not "Section 2 and 30 days"."""
    item = _ITEM.match(words, at)
    if item is None:
        return False
    following = item["number"]
    if _UNIT.match(words, item.end("number")):
        return False
    if following[0] == "(":  # "5(a) and (b)", not "Article 40, or (ii) disclosure ..."
        return _style(number) == _style(following) or _style(number[: number.rfind("(")]) == _style(following) != ""
    if number[0].isdigit():
        return following[0].isdigit()
    return following[0].isupper() and len(following) <= 6


def _between(first: str, last: str) -> Iterator[str]:
    """The numbers between the ends of a range.

    >>> list(_between("5", "8")), list(_between("3.1", "3.4"))
    (['6', '7'], ['3.2', '3.3'])
    """
    one, two = re.fullmatch(r"(.*?)(\d+)", first), re.fullmatch(r"(.*?)(\d+)", last)
    if one and two and (one[1] == two[1] or not two[1]) and 0 < int(two[2]) - int(one[2]) <= 60:
        yield from (f"{one[1]}{number}" for number in range(int(one[2]) + 1, int(two[2])))
    a, b = _plain_number((first.lower(),)), _plain_number((last.lower(),))
    if not one and a[0].isdigit() and b[0].isdigit() and len(first) <= 5:
        yield from (str(number) for number in range(int(a[0]) + 1, int(b[0])))


def _style(number: str) -> str:
    """What the last bracket of a number counts with: letters, Roman or other numerals; "" without a bracket."""
    last = re.search(r"\((\w{1,5})\)$", number)
    if last is None:
        return ""
    return (
        "1" if last[1].isdigit() else ("i" if re.fullmatch(r"[ivx]+", last[1]) else last[1][0].isupper() * "A" or "a")
    )


def _sibling(number: str, bracketed: str) -> str:
    """ "7(a)" and "(b)" make "7(b)", "5(b)(i)" and "(iv)" make "5(b)(iv)"."""
    stem = number[: number.rfind("(")]
    if _style(number) != _style(bracketed) and _style(stem) == _style(bracketed):
        stem = stem[: stem.rfind("(")]
    return f"{stem}{bracketed}"


def _this_place(match: re.Match[str], start: int, clause: Clause, index: _Index) -> Reference:
    span = Span(start, start + len(match.group()))
    kind = _singular(match["kind"])
    if match["own"]:
        reference = Reference(span, "mentions", re.sub(r"\s", "", match["own"]), "unclear")
        found = _resolved(reference, kind, index, start, None)
        # "this Section 11.2" stands in it; anything else would be another place of that number.
        if found.target is None or not found.target.contains(Span(start, start + 1)):
            return replace(found, state="unclear", target=None, because="")
        return found
    above = {clause.section, *clause.path}
    own = _parts_of(clause.number)[1] if clause.number else ()
    around = [
        place
        for place in index.places
        if place.span.contains(Span(start, start + 1))
        and len(place.span) < _LONGEST_PLACE
        and (place.clause.section in above or (own and own[: len(place.parts)] == place.parts))
    ]
    fitting = [p for p in around if p.word == kind] or (
        [p for p in around if not _is_paper(p.word)] if not _is_paper(kind) else []
    )
    if not fitting:
        return Reference(span, "mentions", "", "unclear")
    # A "section" is what a heading stands over; a "paragraph" or "clause" the smallest numbered piece.
    place = fitting[0] if kind in ("section", "article") or _is_paper(kind) else fitting[-1]
    if kind in ("section", "article"):
        whole = [p for p in fitting if "(" not in p.clause.number] or fitting
        place = next((p for p in reversed(whole) if p.word == kind), whole[-1])
    return Reference(span, "mentions", place.clause.number, "found", place.span)


def _own_names(text: str) -> re.Pattern[str]:
    """What this contract calls itself, beyond "this Agreement": "of the Agreement", "of the Terms"."""
    names = {"agreement", "contract", "terms"}
    # An amendment speaks of another paper as "the Agreement".
    if re.search(r"\bthis\s+(?:amendment|addendum|schedule|rider|annex)\b", text[:6000], re.IGNORECASE):
        names = set()
    names |= {fold(m[1]) for m in re.finditer(r"\(\s*(?:this|these)\s+\"([\w ]{3,30})\"\s*\)", text[:6000])}
    forms = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\s*(?:of|to|in|under)\s+(?:the\s+)(?:{forms or '(?!)'})\b(?!\s+[A-Z])", re.IGNORECASE)


def _elsewhere(
    before: str, after: str, own_name: re.Pattern[str], document: Document, end: int, word: str, index: _Index
) -> tuple[tuple[str, tuple[str, ...]] | None, bool]:
    """In which attachment the place is said to be, and whether it is a place of another document altogether."""
    if _LAW_BEFORE.search(before) or _OF_A_LAW.match(after) or before.rstrip().endswith(("U.S.C.", "C.F.R.")):
        return None, True
    link = re.match(r"[^\[\]\n]{0,80}\]\((?P<to>[^)\s]+)", document.text[end : end + 300])
    if link and not link["to"].startswith("#"):
        return None, True
    inside = _INSIDE.match(after)
    if inside or own_name.match(after):
        return None, False
    other = _OF_ANOTHER.match(after)
    if other is None:
        return None, _OF_A_NAME.match(after) is not None or (word == "clause" and index.has_model_clauses)
    if other["paper"]:
        return (_singular(other["paper"]), _parts_of(other["number"])[1]), False
    return None, True


def _resolved(
    reference: Reference,
    word: str,
    index: _Index,
    position: int,
    paper: tuple[str, tuple[str, ...]] | None,
    *,
    stated: bool = False,
) -> Reference:
    """The reference with its place; ``stated``: it says outright that the place is in this contract."""
    _, parts = _parts_of(reference.number)
    if not parts:
        return replace(reference, state="unclear")
    if _is_paper(word):
        return _paper(reference, word, parts, index)
    if reference.number.startswith("("):
        return replace(reference, state="unclear")  # "paragraph (b)" may be of this clause or of any list
    here = index.paper_at(position)
    home = here
    if paper is not None:
        chosen = next((n for n, (_, w, p) in enumerate(index.papers, start=1) if (w, p) == paper), None)
        if chosen is None:
            return replace(reference, state="detached")
        home = chosen
    exact = _choose(_fitting(parts, word, index), home, position, index, strictly=paper is not None)
    if exact is not None:
        found = replace(reference, state="found", target=exact.span)
        return _named(found, exact, index) if len(_fitting(parts, word, index)) == 1 else found
    if _fitting(parts, word, index):
        return replace(reference, state="unclear")
    for cut in range(len(parts) - 1, 0, -1):
        parent = _choose(_fitting(parts[:cut], word, index), home, position, index, strictly=paper is not None)
        if parent is not None:
            return _below(reference, parts, cut, parent, index)
    return _missing(reference, word, parts, index, home, stated=stated)


def _fitting(parts: tuple[str, ...], word: str, index: _Index) -> list[_Place]:
    keys = [parts, _plain_number(parts)]
    # A Roman numeral means a digit only where the contract counts nothing else with Roman numerals.
    if keys[0] != keys[1] and any(_plain_number(p.parts[-1:]) != p.parts[-1:] for p in index.places):
        keys = keys[:1]
    found = list({id(p): p for key in keys for p in index.by_parts.get(key, ())}.values())
    found = [p for p in found if not _is_paper(p.word) and p.word not in ("part", "title", "chapter")]
    same = [p for p in found if p.word == word]
    if same:
        return same
    if word == "article" and any(p.word == "article" for p in index.places):
        return []
    if word in ("section", "clause") and any(p.word == word for p in index.places) and len(parts) == 1:
        # A contract that prints "Section 4" on its clauses means no bare "4." of a list by that.
        return [p for p in found if p.word]
    return found


def _choose(found: Sequence[_Place], home: int, position: int, index: _Index, *, strictly: bool) -> _Place | None:
    """The one place meant among those with the number, None where it cannot be told."""
    if strictly:
        found = [p for p in found if p.paper == home]
    else:
        found = [p for p in found if p.paper == home] or [p for p in found if p.paper == 0] or list(found)
    if len(found) <= 1:
        return found[0] if found else None
    top = min(p.clause.level for p in found)
    found = [p for p in found if p.clause.level == top]
    row = index.row_at(position)
    longest_row = max((p.row for p in found), key=lambda r: index.lengths[r])
    found = [p for p in found if p.row == row] or [p for p in found if p.row == longest_row]
    if len(found) > 1:
        longest = max(found, key=lambda p: len(p.span))
        others = [p for p in found if p is not longest]
        # A table of contents repeats the numbers with a line each.
        if all(len(longest.span) > 3 * len(p.span) for p in others):
            return longest
        return None
    return found[0]


def _below(reference: Reference, parts: tuple[str, ...], cut: int, parent: _Place, index: _Index) -> Reference:
    """A place below a clause that is here, where the item itself has no clause of its own."""
    whole = index.text[parent.span.start : parent.span.end]
    wanted = parts[cut]
    has = re.search(rf"(?<!\w)\(?{re.escape(wanted)}\)", whole, re.IGNORECASE) or (
        wanted.isdigit() and re.search(rf"(?<![\w.]){re.escape('.'.join(parts[: cut + 1]))}(?![\w])", whole)
    )
    if has:
        return replace(reference, state="found", target=parent.span)
    first = {"a": "a", "i": "i", "1": "1"}
    sibling = "1" if wanted.isdigit() else ("a" if len(wanted) == 1 and wanted not in "ivx" else "i")
    has_row = re.search(rf"(?<!\w)\({first[sibling]}\)", whole) or any(
        p.parts == (*parts[:cut], sibling) for p in index.places
    )
    if wanted in ("i", "v", "x") and re.search(r"(?<!\w)\(a\)", whole):
        return replace(reference, state="unclear")
    if len(_fitting(parts[:cut], "", index)) > 1:
        return replace(reference, state="unclear")  # the item may be in another clause of that number
    if has_row and len(parts) == cut + 1 and not _printed_below(index.text, parts):
        shown = parent.clause.number
        return replace(reference, state="dead", because=f"{_place_name(shown)} has no {_item_name(parts[cut], parent)}")
    return replace(reference, state="unclear")


def _printed_below(text: str, parts: tuple[str, ...]) -> bool:
    """Whether some line begins with the decimal number after all."""
    decimal = r"\.".join(parts)
    return parts[-1].isdigit() and re.search(rf"(?m)(?:^\W*|\s{{2,}}){decimal}(?![\w])", text) is not None


def _item_name(part: str, parent: _Place) -> str:
    return f"part {'.'.join((*parent.parts, part))}" if part.isdigit() else f"item ({part})"


def _place_name(number: str) -> str:
    return number if re.match(r"[A-Za-z]{3,}|§", number) else f"Section {number}"


def _missing(
    reference: Reference, word: str, parts: tuple[str, ...], index: _Index, home: int, *, stated: bool
) -> Reference:
    """Nothing has the number: dead where the numbering is plain enough to say so."""
    if word == "article" and not stated and not any(place.word == "article" for place in index.places):
        return replace(reference, state="unclear")  # most likely an article of some law
    if word in ("paragraph", "point") or (not parts[0].isdigit() and _plain_number(parts) == parts):
        return replace(reference, state="unclear")
    first = _plain_number(parts)[0]
    tops = [
        int(p[0])
        for place in index.places
        if place.paper in (0, home) and not _is_paper(place.word)
        for p in [_plain_number(place.parts)]
        if len(p) == 1 and p[0].isdigit() and (place.word in ("", word) or word == "section")
    ]
    known = sorted(set(tops))
    # Only where the clauses count from 1 without a gap can a number be said to be missing.
    if len(known) < 3 or known != list(range(1, known[-1] + 1)) or not first.isdigit() or int(first) <= known[-1]:
        return replace(reference, state="unclear")
    if int(first) > known[-1] + 40 or _printed(index.text, reference, parts):
        return replace(reference, state="outside" if int(first) > known[-1] + 40 else "unclear")
    return replace(reference, state="dead", because=f"the numbered clauses end with {known[-1]}")


def _printed(text: str, reference: Reference, parts: tuple[str, ...]) -> bool:
    """Whether some line begins with the number after all, which the cutting of the contract did not see."""
    first = re.escape(parts[0])
    return re.search(rf"(?im)^\W*(?:section|article|clause|§)?\s*{first}(?:\s*[.):]|\s+[A-Z\"]|\s*$)", text) is not None


def _paper(reference: Reference, word: str, parts: tuple[str, ...], index: _Index) -> Reference:
    # "Exhibit 10.1" is a filing's number for the whole contract.
    if "." in reference.number and word == "exhibit":
        return replace(reference, state="outside")
    papers = index.papers
    for n, (start, kind, own) in enumerate(papers):
        if kind == word and own[:1] == parts[:1]:
            end = papers[n + 1][0] if n + 1 < len(papers) else len(index.text)
            return replace(reference, state="found", target=Span(start, len(index.text[:end].rstrip())))
    first = parts[0]
    # The same letter on another kind of paper, or a line that begins with the name: it may be here after all.
    if any(own[:1] == parts[:1] for _, _, own in papers) or re.search(
        rf"(?im)^\W*{word}\s+{re.escape(first)}\b(?!\s+(?:of|to|hereto|and|shall|is|are|as)\b)", index.text
    ):
        return replace(reference, state="unclear")
    return replace(reference, state="detached")


# ---------------------------------------------------------------- the name of a place

_IDLE_WORDS = "and the of to for in on by with or any section sections provisions certain other general your our last sentence only first second paragraph inclusive as"  # fmt: skip
_IDLE = frozenset(_IDLE_WORDS.split())


def _stems(words: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{3,}", fold(words)) if word not in _IDLE}


def _named(reference: Reference, place: _Place, index: _Index) -> Reference:
    """The reference, dead where the name it gives is not that of the place but another's."""
    wanted = _stems(reference.subject)
    if not wanted or (place.parts == _plain_number(place.parts) and not place.parts[0].isdigit()):
        return reference
    whole = index.text[place.span.start : place.span.end]
    first_line = re.sub(r"^\W*[\w.()]+\s+", "", whole.partition("\n")[0]).strip(" .:*_#")
    heading = place.clause.heading or (first_line if 0 < len(first_line.split()) <= 6 else "")
    if wanted & _stems(whole[:400]) or wanted & _stems(" ".join(place.clause.path[-1:])) or not heading:
        return reference
    others = [p for p in index.places if wanted <= _stems(p.clause.heading) and p.parts != place.parts]
    best = min(others, key=lambda p: (len(p.parts), len(p.clause.heading)), default=None)
    if best is None:
        return reference if wanted & _stems(whole) else replace(reference, state="unclear", target=None)
    if wanted & _stems(whole) and len(place.span) > 4 * len(best.span):
        return reference  # its own subject may stand far down in a long clause
    because = (
        f"{_place_name(place.clause.number)} is “{heading}”; “{reference.subject}” is {_place_name(best.clause.number)}"
    )
    return replace(reference, state="dead", target=None, because=because)
