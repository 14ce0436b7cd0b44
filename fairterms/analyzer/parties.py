"""Who is who: the creator, the company, "you", "we", and the names that the contract gives them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from fairterms.analyzer.fold import fold
from fairterms.analyzer.values import Document, Parties, Party, Role


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What contracts call the two sides. A name is matched as a whole word, so "Artist" also covers "the Artist".
CREATOR_ROLES = (
    "artist", "author", "illustrator", "photographer", "contributor", "performer", "talent", "creator", "writer",
    "licensor", "grantor", "assignor", "freelancer", "contractor", "consultant", "streamer", "seller", "user", "member",
    "participant", "voice actor", "voice artist", "voice talent", "narrator", "composer", "musician", "designer", "coder",
    "speaker", "model", "actor", "journalist", "translator", "videographer", "filmmaker", "songwriter", "donor",
    "data provider", "uploader", "vendor", "supplier", "developer", "animator", "rights holder", "rightsholder",
    "owner", "employee", "singer", "dancer", "podcaster", "influencer", "subject", "releasor", "interviewee",
    "annotator", "lyricist",
)  # fmt: skip
COMPANY_ROLES = (
    "company", "publisher", "client", "platform", "licensee", "grantee", "assignee", "producer", "studio", "buyer",
    "distributor", "label", "customer", "commissioner", "agency", "operator", "provider", "magazine", "network",
    "purchaser", "broadcaster", "corporation", "employer", "sponsor", "marketplace", "service provider", "firm",
    "recipient", "partner", "licencee", "releasee", "developer company",
    "hiring party", "commissioning party", "engaging party",
)  # fmt: skip
# Words that say little by themselves: who gives and who pays decides, or who stands opposite.
_EITHER = {
    "developer": 0.0, "owner": 0.0, "user": 0.5, "member": 0.5, "vendor": 1.0, "supplier": 1.0, "subject": 1.5,
    "model": 1.5, "seller": 1.0, "photographer": 2.5, "employee": 3.0,
    "licensor": 2.0, "grantor": 2.0, "assignor": 2.0, "designer": 2.5, "participant": 2.0, "donor": 2.0,
    "licensee": -2.0, "grantee": -2.0, "assignee": -2.0, "recipient": -1.0, "partner": -0.5, "provider": 0.0,
    "service provider": 0.5, "agency": -1.0, "producer": -2.0, "network": -2.0, "firm": -1.0, "buyer": -2.0,
    "customer": -2.0,
    "corporation": -2.0, "label": -3.0,
}  # fmt: skip
# Words that name a party only where the contract defines them or binds them: too common to mean one elsewhere.
_WHERE_BOUND = {
    "hirer": -4.0, "organizer": -4.0, "organiser": -4.0, "team": -2.0, "club": -2.0, "theatre": -2.0, "theater": -2.0,
    "festival": -3.0, "school": -2.0, "college": -2.0, "record company": -4.0, "production company": -4.0,
    "newspaper": -3.0, "sponsors": -3.0, "host": 0.0, "guest": 2.0, "player": 3.0, "athlete": 4.0, "lecturer": 4.0,
    "teacher": 3.0, "instructor": 3.0, "trainer": 2.0, "coach": 2.0, "researcher": 2.0, "inventor": 4.0, "maker": 3.0,
    "craftsperson": 4.0, "storyteller": 4.0, "poet": 4.0, "playwright": 4.0, "screenwriter": 4.0, "director": 3.0,
    "editor": 1.0, "volunteer": 3.0, "respondent": 3.0, "labeler": 4.0, "labeller": 4.0, "worker": 4.0, "tasker": 4.0,
    "reviewer": 2.0, "interpreter": 4.0, "comedian": 4.0, "band": 4.0, "ensemble": 3.0, "choreographer": 4.0,
    "stylist": 3.0, "copywriter": 4.0, "blogger": 4.0, "columnist": 4.0, "modder": 4.0, "programmer": 3.0,
    "interviewee": 4.0, "annotator": 4.0, "lyricist": 4.0, "cartoonist": 4.0, "sculptor": 4.0, "painter": 4.0,
    "actress": 4.0, "presenter": 1.5, "reader": 0.5, "lender": 1.0, "foundation": -2.0, "brand": -4.0, "advertiser": -4.0,
    "organisation": -2.0, "organization": -2.0, "museum": -2.0, "gallery": -2.0, "university": -2.0, "institute": -2.0,
    "assigning party": 3.0, "disclosing party": 0.0, "receiving party": 0.0, "homeowner": 2.0, "inventor or author": 4.0,
}  # fmt: skip
_CLEAR = 3.0  # the weight of a word that names one side only, and the least at which a word does
_UNCLEAR_WORDS = frozenset(word for word, weight in _EITHER.items() if abs(weight) <= 1.5)
_GO_BETWEEN = ("agency", "agent", "manager", "management", "representative", "broker", "guardian", "parent", "guarantor",
               "witness", "escrow agent", "union")  # fmt: skip
_PARTY_WORDS = re.compile(
    r"\b(?:party [a-d]|(?:the )?(?:first|second|third) party|part(?:y|ies) of the (?:first|second|third) part)\b"
)

_SHORT = 1500  # characters; below that a word used once is all the evidence there is
_PREAMBLE = 8000  # characters in which contracts say who their parties are
_EVIDENT = 1.5  # the weight at which a party is taken for one side by itself
_APART = 2.5  # how far two parties must be apart for one to be the creator and one the company

_TOKEN = re.compile(r"[^\W_]+(?:[-'&](?!s\b)[^\W_]+)*|'s\b|[.;:!?(),]")
_JOINS = frozenset(("and", "or", "the"))
_STOPS = frozenset(".;:!?")
# Words between a party and what it does.
_PASSED = _set(
    "hereby also shall will may must agrees agree to and further automatically can does do would undertakes warrants "
    "represents covenants acknowledges confirms has have agreed hereinafter both is are up"
)
_ACTS = _set(
    "hereby shall will may agrees agree grants grant warrants represents acknowledges must has is conveys gives assigns "
    "waives keeps retains owns provides can does confirms licenses licences undertakes pays consents authorises authorizes "
    "permits allows transfers releases delivers writes records performs composes draws"
)
_GIVE = _set(
    "grant grants give gives license licenses licence licences assign assigns waive waives consent consents authorise "
    "authorises authorize authorizes permit permits allow allows convey conveys transfer transfers donate donates release "
    "releases upload uploads submit submits contribute contributes sell sells cede cedes let lets"
)
_WORK = _set(
    "deliver delivers perform performs record records write writes compose composes draw draws design designs create creates "
    "illustrate illustrates edit edits translate translates animate animates stream streams post posts photograph photographs "
    "sing sings act acts narrate narrates develop develops build builds produce produces render renders film films paint paints "
    "label labels annotate annotates attend attends sit sits furnish furnishes invoice invoices appear appears make makes read "
    "reads provide provides supply supplies"
)
_PAY = _set("pay pays remunerate remunerates compensate compensates reimburse reimburses")
_ENGAGE = _set(
    "engage engages engaged commission commissions commissioned hire hires hired retains retain appoint appoints employ "
    "employs asks asked invited invites"
)
_CREATORS_THING = _set(
    "services work works performance performances voice likeness image images recordings recording manuscript fee fees invoice "
    "invoices royalty royalties contribution contributions remuneration moral portfolio name talent body face photographs "
    "illustrations drawings designs artwork artworks song songs music story compositions scripts submission submissions pictures "
    "compensation honorarium content tracks clips videos footage biography household"
)
_COMPANYS_THING = _set(
    "platform service website site products product customers affiliates licensees subsidiaries models systems request "
    "instructions directions direction discretion sole shareholders successors premises app software clients users "
    "sublicensees brand campaign assistant business"
)
# A licence to use what a company runs is no gift of work.
_SMALL_LICENCE = _set(
    "limited personal revocable non-transferable nontransferable software service services app platform website site "
    "application tool tools api sdk technology receipt"
)
_RIGHTS = _set("right rights licence license permission consent authority all")
_NOT = _set("not never cannot no neither nor")

_FIRM_WORDS = re.compile(
    r"\b(?:Inc|LLC|L\.L\.C|Ltd|LTD|Limited|GmbH|B\.?V|S\.?A|A\.?B|Corp|Corporation|plc|PLC|LLP|AG|Oy|KG|Co|Company|Press|"
    r"Studios?|Games|Media|Records|Networks?|Technolog(?:y|ies)|Systems|Labs?|Publishing|Publishers|Productions|Pictures|"
    r"Foundation|University|Institute|Bank|Group|Software|Entertainment|Pvt|Pty|AS|ASA|SARL|SAS|SpA|SE|N\.?V|Management|"
    r"Agency|Books|Museum|Gallery|Collective|Partners|Holdings?|Films?|Audio|Association|Society|Trust|Verlag|Council)\b"
)
_PERSON_WORDS = re.compile(
    r"\b(?:an individual|natural person|freelance\w*|self-employed|sole (?:trader|proprietor)|residing|resident|born|of legal "
    r"age|independent (?:artist|writer|musician)|home address|passport|citizen|professional (?:name|ly known))\b|"
    r"\b(?:Ms|Mr|Mrs|Mx|Dr|Miss|Prof)\b\.?|\bperson (?:signing|named|identified|whose)\b|\bundersigned\b",
    re.I,
)
_CAPITAL = r"[^\W\d_a-zß-ÿ](?:[\w'-]|\.(?=\w)|(?<=\b[A-Z])\.|(?<=\bInc)\.|(?<=\bLtd)\.|(?<=\bCo)\.|(?<=\bCorp)\.|(?<=\bPvt)\.)*"
_FIRM_ABOUT = re.compile(
    r"\b(?:corporation|company|limited|partnership|registered|incorporated|non-?profit|charity)\b", re.I
)
_PROPER = (
    rf"(?:(?:Ms|Mr|Mrs|Mx|Dr|Miss|Prof)\.? )?{_CAPITAL}"
    rf"(?:(?: |,? (?=(?:Inc|LLC|L\.L\.C|Ltd|Limited|GmbH|Corp)\b))(?:{_CAPITAL}|&|of|de|van|von|der|den|and(?= [A-Z][\w'-]+ (?:Inc|LLC|Ltd|LLP|GmbH))))*"
)
_NAME = re.compile(_PROPER)
_NOT_A_NAME = _set(
    "this the that these those agreement contract and by between among dated made entered effective date whereas on of "
    "january february march april may june july august september october november december in at for to its with a an "
    "welcome all any if when where as each no section article terms services license licence release memorandum letter "
    "hello dear you your we our i statement recording deed parties party background recitals whose model content products "
    "product works work software services territory period year years exhibit schedule addendum amendment"
)
_NO_PARTY = frozenset(
    (
        "it",
        "he",
        "she",
        "they",
        "who",
        "which",
        "party",
        "parties",
        "there",
        "such",
        "both",
        "neither",
        "either",
        "nothing",
        "everything",
        "one",
        "some",
        "everyone",
        "nobody",
        "all",
        "and",
        "or",
        "but",
        "so",
        "then",
        "otherwise",
        "what",
        "client",
        "other",
    )
)
_THINGS = _set(
    "rights right title payment payments fee fees royalties ownership copyright copyrights moral notice notices delivery deliverables "
    "use invoices invoice data recordings recording images photographs photos manuscript termination disputes arbitration claims users "
    "customers nothing failure time interest taxes liability confidentiality clause sections law courts information intellectual "
    "advance advances credit permission consent licences licenses termination effective gross net revenue third any no "
    "videos files service services outputs output inputs parties terms criteria region regions center centre status policy policies guidelines "
    "progress act regulation directive videos files website site account accounts section sub sublicensees models project budget schedule"
)
_BRACKET = re.compile(r"\(([^()]{2,160})\)")
_QUOTED = re.compile(r'["“]\s*(?:[Tt]he |[Aa]n? )?([^"”\n]{1,60}?)[,.]?\s*["”]')
_CALLED = re.compile(
    r"^\W*(?:each,? |individually,? |collectively,? |together,? )*(?:(?:herein|here)(?:in)?after |hereafter )?(?:referred to as |called |known as |being )?"
    r"(?:the |an? |')*([A-Z][\w&' -]{1,40}?)'?\W*$"
)
_MEANS = re.compile(
    r'((?:"[^"\n]{1,40}"(?:,? (?:or|and|,)? ?)?){1,4}) ?(?:means|mean|refers? to|shall mean|shall be|is|are)\b(?= ([^;\n]{3,160}))'
)
_STRAIGHT = (("“", '"'), ("”", '"'), ("„", '"'), ("«", '"'), ("»", '"'), ("’", "'"), ("‘", "'"), ("*", " "), ("_", " "))


@dataclass(slots=True, eq=False)
class _Side:
    """Somebody who may be a party: what the contract calls them, and what speaks for which side.

    ``weight`` is what the words alone say, above 0 for a creator; ``gives`` and ``takes`` count what they do.
    """

    weight: float = 0.0
    told: float = 0.0  # what is said of them: a firm, a person
    names: list[str] = field(default_factory=list)
    defined: bool = False
    place: int = 1_000_000  # where the definition stands
    proper: bool = False  # known by a name of their own and not by a role word
    go_between: bool = False
    worth: int = 0  # uses that a definition counts for
    quoted: bool = False  # stands between quotation marks somewhere
    seen: int = 0
    gives: float = 0.0
    takes: float = 0.0

    @property
    def uses(self) -> int:
        # A defined name is worth more than a word in passing, once it also does something.
        return self.worth + self.seen + (6 if self.quoted and (self.seen or self.told) else 0)

    @property
    def flow(self) -> float:
        return 6 * (self.gives - self.takes) / (self.gives + self.takes + 2)

    @property
    def shown(self) -> float:
        return self.weight + self.flow

    @property
    def sided(self) -> float:
        """The same, but a word that names one side only is not overruled by what its bearer does."""
        return self.weight if abs(self.weight) >= _CLEAR else self.shown


def find_parties(document: Document) -> Parties:
    """Read the parties from the preamble, definitions, role words, names, pronouns and the signatures.

    The role follows from who gives rights or work to whom, together with the word itself. Where both stay silent, no
    role is guessed: the parties are then ``other``, and one side is missing.
    """
    text = document.text
    for mark, plain in _STRAIGHT:
        text = text.replace(mark, plain)
    folded = fold(document.text)
    tokens = _TOKEN.findall(folded)
    sides = _sides(text, folded)
    found = _observe(tokens, sides)
    enough = 2 if len(folded) > _SHORT else 1
    used = _used(sides, enough)
    i, we, you = _pronouns(folded, tokens, found, used)
    if not {"creator", "company"} <= {*_plain_sides(used), i, we, you} and not any(side.told for side in used):
        bound = _bound(text, sides)
        if bound:
            sides |= bound
            _observe(tokens, sides)
            used = _used(sides, enough)
    tied = {
        id(sides[f"<{word}>"]): role
        for word, role in (("i", i), ("we", we), ("you", you))
        if f"<{word}>" in sides and role
    }
    creators, companies, others = _settle(used, {i, we, you} - {None}, tied)
    if creators and not companies and "company" not in (i, we, you):
        companies = _by_capitals(text, COMPANY_ROLES)
    elif companies and not creators and "creator" not in (i, we, you):
        creators = _by_capitals(text, tuple(role for role in CREATOR_ROLES if role not in _UNCLEAR_WORDS))
    if creators and not companies and we is None and sum(map(tokens.count, ("we", "us", "our"))) >= enough:
        we = "company"
    creator_names = _names(creators, text)
    company_names = [name for name in _names(companies, text) if name not in creator_names]
    if you == "creator":
        named = {fold(name) for name in (*company_names, *creator_names)}
        company_names += [name for name in _doing(text) if fold(name) not in named]
    for name, pronoun in _letter_names(text):
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


def _used(sides: Mapping[str, _Side], enough: int) -> list[_Side]:
    """Everybody who acts often enough to be a party, each once."""
    unique = {id(side): side for side in sides.values()}.values()
    return [side for side in unique if side.uses >= enough or (side.defined and side.uses)]


def _plain_sides(used: Sequence[_Side]) -> set[Role]:
    """The sides that somebody is plainly on."""
    roles: set[Role] = set()
    for side in used:
        if abs(side.shown) >= _EVIDENT and not side.go_between:
            roles.add("creator" if side.shown > 0 else "company")
    return roles


_BOUND = re.compile(
    r"(?:[Tt]he |[Ee]ach )?([A-Z][\w-]+(?: [A-Z][\w-]+)?) (?:shall|will|agrees|grants|hereby|pays|assigns|waives|warrants|undertakes|"
    r"must|may|licenses|authori[sz]es|permits|commissions|engages|transfers)\b"
)


def _bound(text: str, sides: Mapping[str, _Side]) -> dict[str, _Side]:
    """Names that nothing defines, of those who have duties: "the Lecturer grants", "VoxNest pays"."""
    count = Counter(match.group(1) for match in _BOUND.finditer(text))
    enough = 3 if len(text) > _SHORT else 1
    found: dict[str, _Side] = {}
    for name, uses in count.most_common(8):
        label = fold(name)
        if uses < enough or (label in sides and sides[label].uses) or not _NOT_A_NAME.isdisjoint(label.split()):
            continue
        if label.split()[0] in _THINGS or label.split()[-1] in _THINGS or label in _NO_PARTY:
            continue
        weight = _weight_of(label)
        found[label] = _Side(weight=weight or 0.0, names=[label], proper=weight is None, defined=True)
    return found if found else {}


def _weight_of(label: str) -> float | None:
    """What a name that ends in a role word says by itself, None where it does not end so."""
    words = label.split()
    if len(words) > 1 and len(words[-1]) == 1:
        words = words[:-1]  # "Writer A"
    for size in (2, 1):
        word = " ".join(words[-size:])
        for form in (word, word.removesuffix("s")):
            if form in _EITHER or form in _WHERE_BOUND:
                return _EITHER.get(form, _WHERE_BOUND.get(form))
            if form in CREATOR_ROLES:
                return _CLEAR + 1
            if form in COMPANY_ROLES:
                return -_CLEAR - 1
    return 0.0 if words and (words[-1] in _GO_BETWEEN) else None


def _sides(text: str, folded: str) -> dict[str, _Side]:
    """Everybody who may be a party, under each folded word for them."""
    sides: dict[str, _Side] = {}
    for role in (*CREATOR_ROLES, *COMPANY_ROLES, *_WHERE_BOUND):
        sides[role] = _Side(weight=_weight_of(role) or 0.0, names=[role], go_between=role in _GO_BETWEEN)
    quoted = {" ".join(label.split()) for label in re.findall(r'"(?:the )?([^"\n]{2,40}?)[,.]?"', folded)}
    for role in quoted & sides.keys() | {label.removesuffix("s") for label in quoted} & sides.keys():
        sides[role].quoted = sides[role].defined = True
    preamble = text[:_PREAMBLE]
    for definition in (*_bracketed(preamble), *_meant(preamble)):
        _define(sides, definition)
    if not any(side.defined and side.proper for side in sides.values()):
        for match in _PARTY_WORDS.finditer(folded):
            label = match.group(0).removeprefix("the ")
            if label.startswith("third") and "first party" not in folded:
                continue  # an outsider
            sides.setdefault(label, _Side(names=[label], proper=True, defined=True))
        _name_both(sides, text)
    for match in re.finditer(r"^\W*(?:the )?([a-z]+(?: [a-z]+)?) ?:", folded[-2500:], re.M):
        if match.group(1) in sides:
            sides[match.group(1)].worth += 1  # the line to sign on
            sides[match.group(1)].defined = True
    return sides


@dataclass(frozen=True, slots=True)
class _Definition:
    """Labels that a text gives to a name, what it says about the name, and where."""

    labels: Sequence[str]
    name: str
    about: str
    place: int
    early: bool  # among those between whom the contract is made


def _define(sides: dict[str, _Side], definition: _Definition) -> None:
    """Join the names that a definition gives to one party."""
    labels, name = definition.labels, definition.name
    told = _told(name, definition.about)
    if told == 1 and not definition.early:
        told = 0.0  # two capital words may be anything
    known = [label for label in labels if label in sides or (told and _weight_of(label) is not None)]
    own = [
        label
        for label in labels
        if told and label not in known and _is_short_for(label, name) and label.split()[-1] not in _NOT_A_NAME | _THINGS
    ]
    pronouns = [label for label in labels if label in ("we", "us", "our", "you", "i")]
    if not known and not own and not pronouns:
        return
    side = next((sides[label] for label in known if label in sides), None) or _Side()
    for label in known:
        sides.setdefault(label, side)
        weight = _weight_of(label)
        if label not in side.names:
            side.names.append(label)
            side.weight = weight or side.weight
        side.go_between = side.go_between or label.split()[-1] in _GO_BETWEEN
    side.defined = True
    side.place = min(side.place, definition.place)
    side.worth += 6 if not known or known[0] not in CREATOR_ROLES + COMPANY_ROLES else 0
    side.proper = side.proper or not known
    side.told = side.told or told
    if name and told:
        for short in dict.fromkeys((*own, *_forms_of(name, whole=bool(known or own)))):
            sides.setdefault(short, side)
            if short not in side.names:
                side.names.append(short)
    if "you" in pronouns and told < 0 and (own or len(pronouns) > 1):
        pronouns = []  # a bracket that explains several words, and not the firm
    for pronoun in pronouns:
        key = "we" if pronoun in ("us", "our") else pronoun
        sides[f"<{key}>"] = side


def _told(name: str, about: str) -> float:
    """Above 0 where a person is described, below where a firm is."""
    if _FIRM_WORDS.search(name) or _FIRM_ABOUT.search(about):
        return -2
    if _PERSON_WORDS.search(about) or _PERSON_WORDS.search(name):
        return 2
    # A first name and a family name, perhaps with more between them.
    return 1 if re.fullmatch(r"[^\W\d_]+ (?:[^\W\d_]+\.? )?[^\W\d_'-]+", name) and name.title() == name else 0


def _is_short_for(label: str, name: str) -> bool:
    """Whether a firm or a person may be called so: "Kestrel" of Kestrel Audio Inc., "KAI" of the same."""
    words = [word.strip(".,") for word in fold(name).split() if word not in ("of", "and", "the", "&")]
    first = label.split()[0] if label.split() else ""
    return bool(words) and (
        first in words or label.replace(".", "") == "".join(word[0] for word in words)[: len(label)]
    )


def _forms_of(name: str, *, whole: bool) -> list[str]:
    """What a party may be called for short, folded: without "Ltd", by the family name, by the first word of a firm."""
    folded = fold(name).strip(" .,")
    plain = re.sub(
        r",? (?:inc|llc|l\.l\.c|ltd|limited|gmbh|b\.?v|s\.?a|a\.?b|corp|plc|llp|ag|oy|kg|co|pvt|pty|as|sarl|sas|spa)\b\.?",
        "",
        folded,
    ).strip(" .,")
    words = plain.split()
    forms = [folded, plain]
    if whole or len(words) < 2:
        return list(dict.fromkeys(form for form in forms if form))
    if words[0].rstrip(".") in ("ms", "mr", "mrs", "mx", "dr", "miss", "prof"):
        forms += [f"{words[0]} {words[-1]}", words[-1], " ".join(words[1:])]
    elif _FIRM_WORDS.search(name):
        forms.append(words[0])
    else:
        forms += [words[-1], words[0], f"ms {words[-1]}", f"mr {words[-1]}"]
    return list(dict.fromkeys(form for form in forms if len(form) > 2 and form not in _NOT_A_NAME))


def _bracketed(text: str) -> Iterator[_Definition]:
    """The labels, the name before them and what is said of it, of 'Acme Inc., a Delaware company ("Acme")'."""
    done = 0
    for match in _BRACKET.finditer(text):
        inside = match.group(1)
        labels = _QUOTED.findall(inside)
        if not labels:
            called = _CALLED.match(" ".join(inside.split()))
            if called is None or not re.match(r"\W*(?:the|herein|here|each|called|referred|')", inside):
                continue
            labels = [called.group(1)]
        labels = [re.sub(r"^the ", "", fold(" ".join(label.split())).strip(" ,.'")) for label in labels]
        before = text[max(done, match.start() - 350) : match.start()]
        before = re.split(r"\n\s*\n", before.rstrip())[-1]
        between = list(re.finditer(r"\b(?:between|among|by and between|part of|engages|from)\b", before, re.I))
        before = before[between[-1].end() :] if between else before
        name = _name_in(before, labels)
        if spoken := re.search(r"\b(I|[Ww]e|[Yy]ou)(?:,| am\b| are\b)[^.;]{0,60}$", before):
            labels.append(spoken.group(1).lower())
        about = before[before.find(name) + len(name) :] if name else before
        early = bool(between) or (done > 0 and match.start() - done < 350)
        yield _Definition([label for label in labels if label], name, about, match.start(), early)
        done = match.end()


def _name_in(words: str, labels: Sequence[str]) -> str:
    """The first proper name in the words, or the one that a label is short for."""
    names = []
    for match in _NAME.finditer(words):
        name = " ".join(match.group(0).split()).strip(" ,.")
        parts = name.split()
        while parts and parts[0].lower() in _NOT_A_NAME:
            parts = parts[1:]
        cut = [place for place, part in enumerate(parts) if part[:1].isupper() and part.lower() in _NOT_A_NAME]
        parts = parts[: cut[0]] if cut else parts
        if parts and not (len(parts) == 1 and len(parts[0]) < 2):
            owner = next((place for place, part in enumerate(parts) if part.endswith(("'s", "'"))), None)
            name = " ".join(parts if owner is None else [*parts[:owner], parts[owner].rstrip("s").rstrip("'")])
            if _FIRM_WORDS.sub("", name).strip(" .,"):
                names.append(name)
    for name in names:
        if any(_is_short_for(label, name) for label in labels):
            return name
    firms = [name for name in names if _FIRM_WORDS.search(name)]
    return (firms or names or [""])[0]


def _meant(text: str) -> Iterator[_Definition]:
    """The same of '"Composer" means Signe Moe'."""
    for match in _MEANS.finditer(text):
        labels = [fold(" ".join(label.split())) for label in _QUOTED.findall(match.group(1))]
        said = match.group(2)
        name = _NAME.match(re.sub(r"^(?:the |a |an )", "", said))
        about = said[: said.find(".") + 1] or said
        yield _Definition(labels, name.group(0).strip(" ,.") if name else "", about, match.start(), True)


def _name_both(sides: dict[str, _Side], text: str) -> None:
    """The parties of "between Acme Voices Ltd and Ms Hanna Doe", who have no other name."""
    for match in re.finditer(
        rf"\b(?:[Bb]etween|BETWEEN|among)\b:?\s+({_PROPER})(?:,[^\"()\n]{{0,120}}?)? (?:and|AND)\s+({_PROPER})",
        text[:4000],
    ):
        for name, about in ((match.group(1), ""), (match.group(2), text[match.end() : match.end() + 60].split(".")[0])):
            name = " ".join(name.split()).strip(" ,.")
            if fold(name) in _NOT_A_NAME or fold(name).split()[0] in ("you", "the", "party"):
                continue
            if any(fold(word) in sides and sides[fold(word)].defined for word in [name]):
                continue
            side = _Side(proper=True, defined=True)
            side.told, side.place = _told(name, about), match.start()
            for form in _forms_of(name, whole=False):
                sides.setdefault(form, side)
                if form not in side.names:
                    side.names.append(form)
        return


def _observe(tokens: Sequence[str], sides: Mapping[str, _Side]) -> dict[str, _Side]:
    """Count anew what everybody does, and return the same of the pronouns."""
    for side in sides.values():
        side.seen, side.gives, side.takes = 0, 0.0, 0.0
    pronouns = {word: _Side() for word in ("we", "you", "i")}
    words: dict[str, list[tuple[tuple[str, ...], _Side]]] = {}
    known: list[tuple[tuple[str, ...], _Side]] | None
    for label, side in sides.items():
        if not label.startswith("<"):
            parts = tuple(_TOKEN.findall(label))
            if parts:
                words.setdefault(parts[0], []).append((parts, side))
    for word, key in (("we", "we"), ("us", "we"), ("you", "you"), ("i", "i"), ("me", "i")):
        words[word] = [((word,), pronouns[key])]
    for known in words.values():
        known.sort(key=lambda entry: -len(entry[0]))
    place, end = 0, len(tokens)
    joined: _Side | None = None  # the first of "Lind and Amin will paint"
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
    tokens: Sequence[str], start: int, after: int, side: _Side, words: Mapping[str, list[tuple[tuple[str, ...], _Side]]]
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
    side: _Side,
    words: Mapping[str, list[tuple[tuple[str, ...], _Side]]],
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
    tokens: Sequence[str], start: int, giver: _Side, words: Mapping[str, list[tuple[tuple[str, ...], _Side]]]
) -> tuple[_Side | None, Sequence[str]]:
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


def _settle(
    used: Sequence[_Side], spoken: set[Role | None], tied: Mapping[int, Role]
) -> tuple[list[_Side], list[_Side], list[_Side]]:
    """Creators, companies and others among those who are named.

    A word that may name either side goes where its deeds put it, or to the side that stands empty; beside a clear name,
    or beside "you" and "we", it is somebody else. ``tied`` holds the roles of those who are also a pronoun.
    """
    clear_creator = "creator" in spoken or any(side.weight >= _CLEAR and side.shown > 0 for side in used)
    creators: list[_Side] = []
    companies: list[_Side] = []
    rest: list[_Side] = []
    firms: list[_Side] = []  # named where "you" and "we" stand for the sides already
    for side in used:
        vague = abs(side.weight) <= 1.5 and not side.proper
        if id(side) in tied:
            (creators if tied[id(side)] == "creator" else companies).append(side)
        elif (side.proper or side.told < 0 < side.shown) and {"creator", "company"} <= spoken:
            firms.append(side)
        elif side.go_between:
            rest.append(side)
        elif side.sided >= _EVIDENT and not (vague and clear_creator):
            creators.append(side)
        elif side.sided <= -_EVIDENT and not (vague and not side.defined and "company" in spoken):
            companies.append(side)
        else:
            rest.append(side)
    if firms and not any(id(side) in tied for side in companies):
        companies.append(min((side for side in firms if side.told <= 0), key=lambda side: side.place, default=firms[0]))
    creators, companies = _principal(creators), _principal(companies)
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
        creators, companies = _parted(rest)
    rest = [side for side in rest if side not in companies and side not in creators]
    others = [side for side in rest if side.defined and (side.go_between or side.proper or side.told)]
    if len(creators + companies) > 1 and not spoken and not (creators and companies):
        alike = [side for side in (*creators, *companies) if side.proper]
        if len(alike) > 1:  # two who do the same for each other
            return [], [], [*others, *alike]
    creators, more = _foremost(creators, 1)
    companies, also = _foremost(companies, -1)
    return creators, companies, [*others, *more, *also]


def _principal(sides: list[_Side]) -> list[_Side]:
    """Those used at least a quarter as often as the most used one."""
    most = max((side.uses for side in sides), default=0)
    return [side for side in sides if side.uses * 4 >= most]


def _opposite(rest: Sequence[_Side], sign: int) -> list[_Side]:
    """Who stands opposite, where one side is known."""
    named = [side for side in rest if side.defined or not side.proper]
    likely = [side for side in named if not side.go_between and sign * side.shown > -2]
    likely = likely or [side for side in named if side.go_between]
    return sorted(
        likely, key=lambda side: (sign * side.weight <= 0, not side.defined, -sign * (side.shown + side.told))
    )[:1]


def _parted(sides: Sequence[_Side], apart: float = _APART) -> tuple[list[_Side], list[_Side]]:
    """The most and the least giving of parties whose names say nothing, where they are far enough apart."""
    ordered = sorted(sides, key=lambda side: side.shown + side.told)
    if len(ordered) < 2 or (ordered[-1].shown + ordered[-1].told) - (ordered[0].shown + ordered[0].told) < apart:
        return [], []
    return [ordered[-1]], [ordered[0]]


def _opposed(sides: Sequence[_Side]) -> tuple[list[_Side], list[_Side]]:
    """The same of parties who all seem to give, or all to take: "Seller" and "Buyer" may both grant something."""
    ordered = sorted((side for side in sides if not side.proper), key=lambda side: side.weight)
    if len(ordered) > 1 and ordered[-1].weight >= 0 > ordered[0].weight:
        return [ordered[-1]], [ordered[0]]
    return _parted(sides, 1.0 if ordered else _APART)


def _foremost(sides: list[_Side], sign: int) -> tuple[list[_Side], list[_Side]]:
    """Of several parties with names of their own on one side, those who give (or take) themselves, and the rest."""
    named = [side for side in sides if side.defined and side.told]
    if len(named) < 2:
        return sides, []
    best = max(named, key=lambda side: sign * (side.shown + side.told / 2))
    main = [side for side in sides if side is best or side not in named or sign * side.flow >= _EVIDENT]
    return main, [side for side in sides if side not in main]


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
_I_ACT = _set(
    "hereby grant give agree am have understand acknowledge will may can confirm consent keep own permit allow accept want do "
    "did also must shall waive assign license"
)


def _pronouns(
    folded: str, tokens: Sequence[str], found: Mapping[str, _Side], used: Sequence[_Side]
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
    enough = 3 if len(folded) > _SHORT else 1
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


def _by_capitals(text: str, roles: tuple[str, ...]) -> list[_Side]:
    """Role words that are written as names, where the other side has one and this side seems to have none."""
    capitals = Counter(re.findall(r"(?<![.!?] )[A-Z][a-z]+", text))
    found = []
    for role in roles:
        title = role.title()
        uses = capitals[title] if " " not in role else text.count(title)
        if uses >= 2:
            found.append(_Side(names=[role], worth=uses))
    return _principal(found)


_DOING = re.compile(
    r"([A-Z][a-zA-Z]+(?: [A-Z][a-zA-Z]+)?) (?:may|will|can|reserves|disclaims|shall|does not|is not|grants)\b"
)


def _doing(text: str) -> list[str]:
    """Short names that do what companies do beside "you": "Kestrel may update these Terms"."""
    doing = Counter(_DOING.findall(text))
    return [
        name
        for name, uses in doing.most_common(3)
        if uses >= 3 and _is_proper_name(name, text) and fold(name).split()[-1] not in _THINGS
    ]


def _is_proper_name(name: str, text: str) -> bool:
    """Whether a capitalised word is a name and not a defined term: it acts on others, and is never written small."""
    opening = _set("The This These You We If It They Some Any Each Your Our There I He She")
    written_small = re.search(rf"(?<![./@\w-]){re.escape(name.lower())}\b(?![./@-])", text)
    return written_small is None and name.split()[0] not in opening


_DEAR = re.compile(
    r"^[ \t]*Dear ((?:(?:Ms|Mr|Mrs|Mx|Dr|Miss|Prof)\.? )?[^\W\d_a-z][\w'-]+(?: [^\W\d_a-z][\w'-]+){0,2})", re.M
)
_SIGNED_FOR = re.compile(rf"\b(?:for(?: and on behalf of)?|on behalf of) ({_PROPER})")


def _letter_names(text: str) -> list[tuple[str, str]]:
    """Of a letter: whom "you" is, and the firm that writes as "we"."""
    dear = _DEAR.search(text[:4000])
    if dear is None:
        return []
    names = [(dear.group(1), "you")]
    names += [
        (re.sub(r" (?:Ltd|Inc|LLC|GmbH|plc)\.?$", "", match.group(1).strip(" ,.")), "we")
        for match in _SIGNED_FOR.finditer(text[-600:])
    ]
    return [(name, pronoun) for name, pronoun in names if fold(name) not in _NOT_A_NAME]


def _names(sides: Sequence[_Side], text: str) -> list[str]:
    """The names as the contract spells them, each once."""
    spelled = [_spelled(name, text) for name in dict.fromkeys(name for side in sides for name in side.names)]
    return list(dict.fromkeys(name for name in spelled if name))


def _spelled(name: str, text: str) -> str:
    for form in (name.title(), name[:1].upper() + name[1:], name.upper(), name):
        place = text.find(form)
        while place >= 0:
            around = text[max(place - 1, 0) : place] + text[place + len(form) : place + len(form) + 1]
            if not any(letter.isalnum() for letter in around):
                return form
            place = text.find(form, place + 1)
    match = re.search(rf"\b{re.escape(name)}\b".replace(r"\ ", r"\s+"), text, re.I)
    return " ".join(match.group(0).split()) if match else ""


def _shortest_first(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(names), key=lambda name: (len(name), name)))


_CLEAR_CREATORS = tuple(
    role
    for role in CREATOR_ROLES
    if role not in ("developer", "owner", "vendor", "supplier", "subject", "model", "employee")
)


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
