"""Who is who: the creator, the company, "you", "we", and the names that the contract gives them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from fairterms.analyzer.fold import fold
from fairterms.analyzer.values import Document, Parties, Party, Role

# What contracts call the two sides. A name is matched as a whole word, so "Artist" also covers "the Artist".
CREATOR_ROLES = (
    "artist", "author", "illustrator", "photographer", "contributor", "performer", "talent", "creator", "writer",
    "licensor", "grantor", "assignor", "freelancer", "contractor", "consultant", "streamer", "seller", "user", "member",
    "participant", "voice actor", "voice artist", "voice talent", "narrator", "composer", "musician", "designer", "coder",
    "speaker", "model", "actor", "journalist", "translator", "videographer", "filmmaker", "songwriter", "donor",
    "data provider", "uploader", "vendor", "supplier", "developer", "animator", "rights holder", "rightsholder",
    "owner", "employee", "singer", "dancer", "podcaster", "influencer", "subject", "releasor",
)  # fmt: skip
COMPANY_ROLES = (
    "company", "publisher", "client", "platform", "licensee", "grantee", "assignee", "producer", "studio", "buyer",
    "distributor", "label", "customer", "commissioner", "agency", "operator", "provider", "magazine", "network",
    "purchaser", "broadcaster", "corporation", "employer", "sponsor", "marketplace", "service provider", "firm",
    "recipient", "partner", "licencee", "releasee", "developer company",
    "hiring party", "commissioning party", "engaging party",
)  # fmt: skip

_CLEAR_CREATORS = tuple(
    role
    for role in CREATOR_ROLES
    if role not in ("developer", "owner", "vendor", "supplier", "subject", "model", "employee")
)
_SHORT = 1500  # characters; below that a word used once is all the evidence there is
_EITHER = ("developer", "user", "member", "owner", "vendor", "supplier", "subject", "model", "seller", "employee")
# Company words that name the one who serves where a clearer company word stands beside them.
_SERVING = ("provider", "service provider", "partner", "recipient")
_PAYING = ("company", "client", "customer", "employer", "producer", "studio", "purchaser", "buyer", "publisher", "agency",
           "commissioner", "hiring party", "commissioning party", "engaging party", "label", "network")  # fmt: skip

_DEFINED = re.compile(
    r'\(\s*(?:each,? |collectively,? |together,? |hereinafter |the |referred to as |an? )*"([^"()\n]{2,60}?)[,.]?"',
    re.I,
)
_DEFINED_MANY = re.compile(r'"([^"\n]{2,40})"')
_GIVES = r"(?:hereby |irrevocably |also |further |automatically |expressly )*(?:grants?|gives?|licen[cs]es?|assigns?|waives?|consents?|agrees? that|authori[sz]es?|permits?|conveys?|transfers?|donates?|releases?|uploads?|submits?)\b"


def find_parties(document: Document) -> Parties:
    """Read the parties and their roles from defined names, role words and the way rights flow between pronouns.

    What cannot be decided is left out: no role is guessed from a company's or a person's proper name alone.
    """
    text = fold(document.text)
    creators = _used(text, CREATOR_ROLES)
    companies = _used(text, COMPANY_ROLES)
    if creators and not companies:
        companies = _named(document.text, COMPANY_ROLES)
    elif companies and not creators:
        creators = _named(document.text, tuple(role for role in CREATOR_ROLES if role not in _EITHER))
    i, we, you = _pronouns(text, bool(creators), bool(companies))
    creators, companies = _settle(_principal(creators), _principal(companies), "creator" in (i, we, you))
    defined_creator, defined_company = _defined_names(document.text, text, creators, companies)
    if creators and not companies and not defined_company and we is None:
        defined_company = _firms(document.text)
    parties: list[Party] = []
    creator_names = _ordered(document.text, [*creators, *defined_creator])
    company_names = [n for n in _ordered(document.text, [*companies, *defined_company]) if n not in creator_names]
    if creator_names or "creator" in (i, we, you):
        parties.append(Party("creator", tuple(creator_names)))
    if company_names or "company" in (i, we, you):
        parties.append(Party("company", tuple(company_names)))
    return Parties(tuple(parties), we=we, you=you, i=i)


def _used(text: str, roles: tuple[str, ...]) -> dict[str, int]:
    """How often each role word stands as a party: after "the", before a verb of duty or with a possessive."""
    found: dict[str, int] = {}
    for role in roles:
        word = re.escape(role).replace(r"\ ", r"\s+")
        uses = len(re.findall(
            rf"\b(?:the )?{word}(?:'s)?\s+(?:hereby|shall|will|may|agrees?|grants?|warrants?|represents?|acknowledges?|must|has|is|conveys?|gives?|assigns?|waives?|keeps?|retains?|owns?|provides?|can|does|confirms?|licen[cs]es?)\b",
            text,
        ))  # fmt: skip
        if re.search(rf'"(?:the )?{word}s?"', text):
            uses += 6  # a defined name is worth more than a word in passing
        if uses >= (2 if len(text) > _SHORT else 1):
            found[role] = uses
    return found


def _named(text: str, roles: tuple[str, ...]) -> dict[str, int]:
    """How often each role word is written as a name, where the other side has one and this side seems to have none."""
    count = {role: len(re.findall(rf"(?<![.!?] )\b{re.escape(role.title())}\b", text)) for role in roles}
    return {role: uses for role, uses in count.items() if uses >= 2}


def _settle(
    creators: dict[str, int], companies: dict[str, int], by_pronoun: bool
) -> tuple[dict[str, int], dict[str, int]]:
    """Words that may name either side go to the side that has no clearer name.

    An AI "developer" beside a "writer" is the company; a platform's "user" beside "you" is somebody else.
    """
    clear = {name: count for name, count in creators.items() if name not in _EITHER}
    if not clear and not by_pronoun:
        serving = {name: count for name, count in companies.items() if name in _SERVING}
        if serving and not creators and any(name in _PAYING for name in companies):
            return serving, {name: count for name, count in companies.items() if name not in _SERVING}
        return creators, companies
    if "developer" in creators and clear and "developer" not in clear:
        companies = {**companies, "developer": creators["developer"]}
    elif "owner" in creators and clear and not companies:
        companies = {"owner": creators["owner"]}
    return clear, companies


def _principal(uses: dict[str, int]) -> dict[str, int]:
    """The names used at least a quarter as often as the most used one."""
    most = max(uses.values(), default=0)
    return {name: count for name, count in uses.items() if count * 4 >= most}


def _pronouns(text: str, creators: bool, companies: bool) -> tuple[Role | None, Role | None, Role | None]:
    """Which role "I", "we" and "you" stand for, from who gives rights to whom."""
    count = Counter({
        "we": len(re.findall(r"\b(?:we|us|our)\b", text)),
        "you": len(re.findall(r"\byou(?:r)?\b", text)),
        "i": len(re.findall(r"\bi (?:hereby|grant|give|agree|am|have|understand|acknowledge|will|may|can|confirm|consent|keep|own|permit|allow|accept|want|do|did|also|must|shall|waive|assign|license)\b|\bmy\b", text)),
    })  # fmt: skip
    you_give = len(
        re.findall(
            rf"\byou {_GIVES}|\byour (?:content|user content|submissions?|contributions?|work|voice|recordings?|uploads?|materials?|photos?|images|data|streams?)\b",
            text,
        )
    )
    we_give = len(
        re.findall(
            r"\bwe (?:hereby |also )*(?:grant|licen[cs]e|assign|transfer) (?:to )?you\b(?! (?:a|an) (?:limited|personal|revocable|non-exclusive,? (?:limited|non-transferable|revocable)))",
            text,
        )
    )
    we_work = len(
        re.findall(
            r"\bwe(?:'ll| will)? (?:design|create for you|write for you|bill|invoice|deliver|show off|can't guarantee)|\bour (?:fees|invoice|hourly|portfolio)\b|\byou(?:'ll| will| agree to)? pay us\b",
            text,
        )
    )
    i = we = you = None
    enough = 3 if len(text) > _SHORT else 1
    if count["i"] >= enough and count["i"] >= count["we"] / 3:
        i = "creator"
    if count["you"] >= enough or count["we"] >= enough:
        if we_work + 2 * we_give > you_give:
            we, you = "creator", "company"
        elif count["you"] >= enough and i is None:
            you, we = "creator", "company"
        elif i == "creator":
            you = "company" if count["you"] >= min(enough, 2) else None
            we = "company" if count["we"] >= min(enough, 2) else None
    if count["we"] >= enough and we is None and creators and not companies:
        we = "company"
    return i, we, you  # type: ignore[return-value]


def _defined_names(
    text: str, folded: str, settled_creators: Mapping[str, int], settled_companies: Mapping[str, int]
) -> tuple[list[str], list[str]]:
    """Proper names that a sentence ties to a role: 'Riverbend Books Ltd ("Publisher")', 'Acme ("we", "us")'."""
    creators: list[str] = []
    companies: list[str] = []
    of_company = {*COMPANY_ROLES, "we", "us", "our", *settled_companies} - settled_creators.keys()
    of_creator = {*CREATOR_ROLES, "you", "i", *settled_creators} - settled_companies.keys()
    for match in re.finditer(
        r"([A-Z][\w&.'-]*(?: (?:[A-Z][\w&.'-]*|of|and|&)){0,5}),? *\(([^()]{2,120})\)", text[:12000]
    ):
        before = text[: match.start()].rstrip(" \n")
        if before.endswith(",") or before.split(" ")[-1] in ("in", "of", "at", "from", "under"):
            continue  # the end of an address stands before the bracket, not the name
        name = re.sub(r"^(?:The|This|By|Between|And|Welcome)\s+", "", match.group(1)).strip(" ,")
        inside = fold(match.group(2))
        labels = set(_DEFINED_MANY.findall(inside))
        labels = {re.sub(r"^the ", "", label).strip(" ,.") for label in labels}
        if labels & of_company:
            companies.append(name)
        elif labels & of_creator:
            creators.append(name)
    # A short name that does what companies do: "Kestrel may update these Terms", beside "you".
    if re.search(r"\byou\b", folded):
        doing = Counter(_DOING.findall(text))
        companies += [name for name, uses in doing.most_common(3) if uses >= 3 and _is_proper_name(name, text)]
    return list(dict.fromkeys(creators)), list(dict.fromkeys(companies))


_FIRM = re.compile(
    r"\b(?:Inc|LLC|L\.L\.C|Ltd|Limited|GmbH|B\.?V|S\.?A|A\.?B|Corp|Corporation|plc|LLP|AG|Oy|KG|Co)\b\.?,?[^()\"\n]{0,120}"
    r"\(\s*(?:hereinafter |the |referred to as )*[\"“]([A-Z][\w&' -]{1,40})[\"”]\s*\)"
)


def _firms(text: str) -> list[str]:
    """What a contract calls a firm by a name of its own: 'Acme Sound, Inc., a Delaware corporation ("Acme")'."""
    return list(dict.fromkeys(match.group(1).strip() for match in _FIRM.finditer(text[:6000])))


_DOING = re.compile(
    r"\b([A-Z][a-zA-Z]+(?: [A-Z][a-zA-Z]+)?) (?:may|will|can|reserves|disclaims|shall|does not|is not|grants)\b"
)


def _is_proper_name(name: str, text: str) -> bool:
    """Whether a capitalised word is a name and not a defined term: it acts on others, and is never written small."""
    if re.search(rf"(?<![./@\w-]){re.escape(name.lower())}\b(?![./@-])", text) or name.split()[0] in (
        "The",
        "If",
        "This",
        "These",
        "Your",
        "Our",
        "You",
    ):
        return False
    return re.search(rf"\b(?:to|by|with) {re.escape(name)}\b|\b{re.escape(name)}(?:’|')s\b", text) is not None


def _ordered(text: str, names: list[str]) -> list[str]:
    """The names as the contract spells them, each once, the shortest first."""
    spelled: list[str] = []
    for name in dict.fromkeys(names):
        match = re.search(rf"\b{re.escape(name[:1].upper() + name[1:])}\b", text)
        if match is None:
            match = re.search(rf"\b{re.escape(name)}\b", text, re.I)
        if match:
            spelled.append(" ".join(match.group(0).split()))
    return sorted(dict.fromkeys(spelled), key=lambda name: (len(name), name))


@lru_cache(maxsize=64)
def _role_pattern(parties: Parties) -> tuple[re.Pattern[str], dict[str, Role]]:
    """One pattern for every word that stands for a party, and whose each word is."""
    owners: dict[str, Role] = {}
    sides: tuple[tuple[Role, tuple[str, ...]], ...] = (("company", COMPANY_ROLES), ("creator", _CLEAR_CREATORS))
    for role, general in sides:
        names = [fold(name) for name in parties.names(role)]
        # Without a defined name, any word for such a role may be meant.
        for name in names or general:
            owners[name] = role
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
