"""Risk, protective, or nothing: what negates found words, who gets what by them, and what they hang on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from fairterms.analyzer.fold import fold
from fairterms.analyzer.language import folded_text, token_at, tokens_from
from fairterms.analyzer.parties.roles import party_words, role_of
from fairterms.analyzer.values import Parties, Role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Verbs by which the subject lets somebody else have a right; of all other verbs the subject itself is the one to act.
_GIVING = re.compile(
    r"^(?:grant|give|licen[cs]e|assign|transfer|convey|authori[sz]e|permit|allow|consent|waive|release|donate|provide|"
    r"sell|offer|empower|entitle|appoint|agree|acknowledge|enable|let|surrender|relinquish|cede|vest|contribute|submit|confirm|accept)"
    r"(?:s|es|ed|d|ted|ting|ing|ring|red|y|ies|n|ves|ved|ving)?$"
)
_PERMITTING = re.compile(
    r"^(?:permit|allow|authori[sz]e|enable|empower|require|instruct|entitle|ask|invite|let)(?:s|es|ed|d|ting|ing)?$"
)
# What a company does with things it was given.
_PASSING_ON = re.compile(
    r"^(?:licen[cs]e|sublicen[cs]e|assign|transfer|sell|offer|provide|release|convey|submit|share)(?:s|es|ed|d|red|ring|ing)?$"
)
# Verbs of rights that stay or go: whose they are stands behind "to", "with" or "in".
_RESTING = re.compile(r"^(?:reserve|remain|stay|belong|vest|pass|revert|return|accrue|inure)(?:s|es|ed|d|ing)?$")
_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
_NEGATORS = {"not", "n't", "never", "no", "neither", "nor", "nothing", "none", "cannot", "nobody"}
# Words before the hit that take it away even where the parse is of no help.
_TAKEN_AWAY = re.compile(
    r"(?:\b(?:shall|may|will|must|do|does|did|can|could|should|would|is|are) (?:not|never)\b|\bcannot\b|n't\b|\bno right (?:or \w+ )?to\b"
    r"|\bno (?:licen[cs]e|right|permission|consent|grant|authority|rights|claim|ownership|assignment|transfer)\b|\bnothing (?:in|contained|herein|in this)\b|\bneither (?:party|we|the)\b"
    r"|\bnot (?:be )?(?:permitted|allowed|entitled|authori[sz]ed|required|obliged)\b|\bnever\b|\bprohibited from\b|\bforbids?\b|\bforbidden\b|\bprohibits?\b|\bbans?\b|\brules? out\b|\brefrain from\b|\bno longer\b|\b(?:under no circumstances|in no (?:event|case|way)|at no time|on no account|by no means)\b"
    r"|\bno (?:further|new|other|additional|more)\b|\bwithout (?:the|any) (?:right|licen[cs]e|permission)\b|\bnot to\b|\bmay only\b[^,;]{0,20}\bwith\b"
    r"|\bceases? (?:to|all|any|using)\b|\b(?:with the exception of|except|excluding|excludes|other than|exclusive of|but not|and not|rather than|instead of|save for|does not include|do not include)\b|\bfree (?:of|from) any\b)"
)
# "We will not: (a) ...; (b) ..." denies every item up to a "but".
_DENIED_LIST = re.compile(r"\b(?:not|never|prohibited from|refrain from)(?: to)?(?: do any of the following)? ?:")
# Such words deny the whole clause behind them, whoever is its subject.
_WHOLE_CLAUSE = re.compile(
    r"\b(?:under no circumstances|in no (?:event|case|way)|at no time|on no account|by no means)$"
)
# To deny these is to allow: "shall not be restricted from", "nothing prevents us from", "you agree not to object if".
_BLOCKING = re.compile(
    r"\b(?:prevent(?:s|ed)?|restrict(?:s|ed)?|limit(?:s|ed)?|stop(?:s|ped)?|prohibit(?:s|ed)?|preclude[sd]?|hinder(?:s|ed)?|bar(?:s|red)?|"
    r"restrain(?:s|ed)?|impair(?:s|ed)?|interfere[sd]?|object|oppose|challenge|contest|refuse|withhold|complain|protest)\b"
)
# To deny a condition is to allow without it: "the use shall not be subject to approval", "does not depend on consent".
_UNBOUND = re.compile(
    r"(?:\b(?:not|never|nor)|n't) (?:be )?(?:\w+ly )?(?:subject to|conditional|conditioned|contingent|depend|requires?|needs?|limited|restricted)\b"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_BUT = re.compile(r"\bbut\b|\bhowever\b|[.!?] ")
# Words that end the reach of an earlier negation: "but we may", a new main clause.
_FRESH_START = re.compile(
    r"[;:]|\bbut (?:we|the company|may|shall|will|only|that)\b|\bhowever\b|, (?:and|but) (?:you|we|the [a-z]+|[a-z]+) (?:grant|may|hereby|shall|will|agree|acknowledge)"
    r"|\bprovided that\b|, provided\b|\band, [^,;]{1,60}, (?:may|shall|will|can)\b(?! not| never)|\b(?:unless|until)\b|\b(?:save (?:that|as|where)|except that)\b|\bexcept\b[^.;]{0,60}\bwhich\b[^.;]{0,30}\bmay\b(?! not| never)|\b(?:no ?one|nobody|none|nothing|anyone|anybody) but\b|\bwithout (?:limitation|limiting)\b|\bincluding (?:but )?not limited to\b|\bnot limited to\b|\bnotwithstanding\b|\bnot (?:only|merely|just|simply)\b|,? and (?:may|shall|will|can|is entitled|are entitled)\b(?! not| never)|\bno (?:\w+ )?(?:consent|notice|permission|approval|fee|payment|royalt\w+|compensation|remuneration)\b[^.;]{0,40}\b(?:needed|required|necessary|due|payable)\b|\beven (?:if|though|after|when)\b|\bwhether or not\b"
    r"|\bwithout (?:further |any |additional |prior )?(?:notice|compensation|payment|consent|restriction|approval)\b"
)

# What is excepted from a ban is allowed: "shall not use it other than to review it", "to no one except its lawyers".
_EXCEPTION = re.compile(r"with the exception of|except|other than|save for")
# "Without keeping copies", "without the Studio keeping any".
_WITHOUT_DOING = re.compile(r"\bwithout (?:(?:the|its|their|your|our|my) )?(?:\w+ )?(?=\w+ing\b)")
_BAN = re.compile(
    r"\b(?:not|no|never|neither|nor|none|nobody|nothing|cannot|refrain|prohibit(?:s|ed)?|forbid(?:s|den)?)\b|n't\b"
)

# "To the extent that it is not a work made for hire, the Artist assigns ...": what the condition denies ends with it, and
# what an opening "except as the law demands, ..." excepts.
_AFTER_CONDITION = re.compile(
    r"^\W*(?:\(?[\da-z.]{1,5}[.)] )?(?:if|where|when|should|to the extent|insofar as|in (?:the event|case)|in so far as|as far as|whenever|unless|except|save|other than)\b[^;:]{0,300}?,"
    r"(?= (?:then )?(?:the |each |either )?(?:[a-z]+ )?[a-z]+ (?:hereby|[a-z]+ly|shall|may|will|agrees?|grants?|assigns?|transfers?|waives?|licen[cs]es?|conveys?|consents?)\b)"
)


def is_negated(doc: Doc, start: int, end: int) -> bool:
    """Whether the words at ``start:end`` of the parsed text are denied, forbidden or excepted."""
    text = folded_text(doc)
    before = text[:start]
    if any(match.end() == start for match in _WITHOUT_DOING.finditer(text, 0, end)):
        return True
    tail = before
    for match in _FRESH_START.finditer(before):
        tail = before[match.end() :]
    condition = _AFTER_CONDITION.search(text)
    if condition is not None and condition.end() <= start and len(before) - condition.end() < len(tail):
        tail = before[condition.end() :]
    listed = _DENIED_LIST.search(before)
    if listed is not None and not _BUT.search(before[listed.end() :]):
        return True
    # What is excepted within brackets that close before the hit is excepted there only.
    taken = list(_TAKEN_AWAY.finditer(_BRACKETS.sub(lambda match: " " * len(match.group(0)), tail)))
    if taken:
        begun = len(before) - len(tail) + taken[-1].end()
        if _BLOCKING.search(text, begun, start):
            return False
        if _EXCEPTION.fullmatch(taken[-1].group(0)) and _banned_before(doc, text, begun - len(taken[-1].group(0))):
            return False
        if _WHOLE_CLAUSE.search(taken[-1].group(0)):
            return True
        return not _another_clause_between(doc, len(before) - len(tail) + taken[-1].end(), start)
    token = _hit_token(doc, start, end)
    if token is None or _UNBOUND.search(text, end):
        return False
    return any(_denied(ancestor) for ancestor in _chain(token) if fold(ancestor.text) in tail or ancestor.idx >= start)


def _banned_before(doc: Doc, text: str, exception: int) -> bool:
    """Whether an exception stands in a ban."""
    return any(
        not _FRESH_START.search(text, ban.start(), exception) and not _another_clause_between(doc, ban.end(), exception)
        for ban in _BAN.finditer(text, 0, exception)
    )


def _another_clause_between(doc: Doc, start: int, end: int) -> bool:
    """Whether a verb with a subject of its own, and no negation, stands between two places of the text."""
    for token in tokens_from(doc, start + 1, end):
        if token.dep_ in _SUBJECTS and token.head.idx > start:
            verb = token.head
            relative = verb.dep_ in ("relcl", "acl", "advcl", "ccomp", "xcomp", "pcomp")
            if not relative and not _denied(verb) and verb.pos_ in ("VERB", "AUX"):
                return True
    return False


def _hit_token(doc: Doc, start: int, end: int) -> Token | None:
    """The syntactically highest token of the hit."""
    tokens = [token for token in tokens_from(doc, start, end) if not token.is_punct]
    if not tokens:
        return token_at(doc, start)
    inside = {token.i for token in tokens}
    for token in tokens:
        if token.head.i not in inside or token.head == token:
            return token
    return tokens[0]


def _chain(token: Token) -> Iterator[Token]:
    """The token and what it hangs on, up to the border of a relative clause or a subject."""
    yield token
    while token.head != token:
        if token.dep_ in ("relcl", "advcl", "parataxis") or (token.dep_ == "conj" and token.head.i > token.i):
            return
        token = token.head
        yield token


def _denied(token: Token) -> bool:
    for child in token.children:
        low = child.text.lower()
        if child.i < token.i and any(word.text == ")" for word in token.doc[child.i : token.i]):
            continue  # within brackets that close before
        denies = low in _NEGATORS and child.dep_ in ("det", "advmod", "preconj", "cc", "aux", "nsubj", "nsubjpass")
        if (child.dep_ == "neg" or denies) and (low == "nor" or not _only(child)):
            return True
        if child.dep_ in _SUBJECTS and any(
            grand.text.lower() in ("no", "neither", "nothing") for grand in (child, *child.children)
        ):
            return True
    return False


def _only(token: Token) -> bool:
    """ "not only", "not limited to": no negation."""
    after = token.nbor() if token.i + 1 < len(token.doc) else token
    return after.text.lower() in ("only", "limited", "just", "merely")


def beneficiary(doc: Doc, start: int, end: int, parties: Parties) -> Role | None:
    """Who ends up with the right or the act that the words speak of, None when the sentence does not say.

    "you grant us a licence": the company. "we grant you a licence": the creator. "we may modify": the company.
    """
    token = _hit_token(doc, start, end)
    if token is None:
        return None
    if (role := _grantee(folded_text(doc), start, parties)) is not None:
        return role
    seen: set[int] = set()
    for verb in _verbs_above(token):
        if verb.i in seen:
            continue
        seen.add(verb.i)
        role = _beneficiary_of(verb, parties)
        if role is not None:
            return role
    return _beneficiary_of_noun(token, parties) or _beneficiary_in_words(folded_text(doc), start, parties)


@lru_cache(maxsize=64)
def _keeping_pattern(parties: Parties) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<party>{party_words(parties)})(?: (?:hereby|also|expressly|irrevocably|unconditionally|and|[a-z]+ly|shall|will))* "
        r"(?:(?P<gives>waives?|forgoes?|surrenders?|relinquish(?:es)?)|reserves?|retains?|keeps?|receives?|obtains?|acquires?)\b".replace(
            " ", r"\s+"
        )
    )


def _beneficiary_in_words(text: str, hit: int, parties: Parties) -> Role | None:
    """The same from the words alone, for a sentence whose verb the parser took for a noun ("the Artist waives")."""
    last = None
    for match in _keeping_pattern(parties).finditer(text, 0, hit):
        last = match
    if last is None or re.search(r"[.!?;] ", text[last.end() : hit]):
        return None
    role = role_of(last.group("party"), parties)
    return _other(role) if last.group("gives") else role


_GRANTS = (
    r"(?: (?:hereby|also|further|automatically|expressly|irrevocably|unconditionally|perpetually|and|agrees? to|shall|will))*,? "
    r"(grants?|gives?|licen[cs]es?|assigns?|conveys?|transfers?)\b(?P<to>(?: to)? )"
)
_NEW_ACT = r"(?: \w+ly)? (?:may|shall|will|must|can|agrees?|acknowledges?|waives?|warrants?|represents?|retains?|keeps?|owns?|reserves?|is|are|has|have|hereby|grants?|gives?)\b"


@lru_cache(maxsize=64)
def _grant_patterns(parties: Parties) -> tuple[re.Pattern[str], re.Pattern[str]]:
    party = party_words(parties)
    return (
        re.compile(
            rf"\b(?!(?:our|your|my|his|her)\b)(?P<giver>{party}){_GRANTS}(?P<receiver>(?:the )?(?:{party})\b)?".replace(
                " ", r"\s+"
            )
        ),
        re.compile(rf"\b(?:{party}){_NEW_ACT}".replace(" ", r"\s+")),
    )


def _grantee(text: str, hit: int, parties: Parties) -> Role | None:
    """Who is given a right by "you grant us ... to use, adapt, ...", read from the words before the hit.

    A parser loses the giver in a grant of a hundred words; the words themselves do not, as long as no other party
    begins to act between the grant and the hit.
    """
    grant, new_act = _grant_patterns(parties)
    last = None
    for match in grant.finditer(text, 0, hit):
        last = match
    if last is None or new_act.search(text, last.end(), hit) or re.search(r"[.!?;] ", text[last.end() : hit]):
        return None
    giver = role_of(last.group("giver"), parties)
    receiver = role_of(last.group("receiver"), parties) if last.group("receiver") else None
    if receiver is not None and receiver != giver:
        return receiver
    return _other(giver)


def actor(doc: Doc, start: int, end: int, parties: Parties) -> Role | None:
    """Whose act or duty the words are: the subject of the nearest verb above them that has one."""
    token = _hit_token(doc, start, end)
    if token is None:
        return None
    for verb in _verbs_above(token):
        subject = _subject(verb)
        if subject is not None and subject.idx < start + 1:
            if subject.dep_ == "nsubjpass" and (agent := _agent(verb)) is not None:
                return _role(agent, parties)
            role = _role(subject, parties)
            if role is not None:
                return role
            if verb.dep_ not in ("conj", "xcomp", "advcl"):
                agent = _agent(verb)
                return _role(agent, parties) if agent is not None else None
    return None


# Verbs that give their subject something, also behind "shall": "the Publisher shall own", "we will keep".
_GAINING = re.compile(
    r"^(?:own|have|has|keep|retain|hold|use|receive|acquire|obtain|control|enjoy|become|be|own|reserve|share|continue|remain|"
    r"exploit|publish|benefit|collect|deduct|recoup|withhold|decide|determine|select|choose)s?$"
)
_BINDING = re.compile(
    r"^(?:shall|must|will|'ll|undertake|promise|covenant|agree|warrant|represent|indemnify|guarantee|commit|require|oblige|bound?)(?:s|es|ed|d)?$"
)


def is_duty(doc: Doc, start: int, end: int) -> bool:
    """Whether the words bind the one who acts: "shall deliver", "agrees not to", "may not remove"."""
    token = _hit_token(doc, start, end)
    if token is None:
        return False
    for verb in _verbs_above(token):
        low = verb.text.lower()
        if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children) and _subject_of_passive_is_free(verb):
            return False
        if _GIVING.match(low) and not _BINDING.match(low):
            return False
        if _BINDING.match(low) and low not in ("will", "shall"):
            return True
        modals = {child.text.lower() for child in verb.children if child.dep_ == "aux"}
        if _denied(verb) and modals:
            return True
        if modals & {"shall", "must", "will", "'ll"}:
            return not _GAINING.match(low)
        if _subject(verb) is not None and verb.dep_ not in ("conj", "xcomp"):
            return False
    return False


def _subject_of_passive_is_free(verb: Token) -> bool:
    """ "shall be used": the subject is no doer; "is required to deliver": it is."""
    return verb.text.lower() not in ("required", "obliged", "obligated", "bound", "forbidden", "prohibited", "asked")


def _verbs_above(token: Token) -> Iterator[Token]:
    current = token
    yielded = 0
    while True:
        if current.pos_ in ("VERB", "AUX"):
            yield current
            yielded += 1
        if current.head == current or yielded > 6:
            return
        current = current.head


def _subject(verb: Token) -> Token | None:
    """The verb's own subject, or that of the verb it is joined to ("may use and modify")."""
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if subjects:
        return subjects[-1]  # a heading that the parser took in stands further from the verb
    if verb.dep_ == "xcomp" and _PERMITTING.match(verb.head.text.lower()):
        # "Artist permits the Studio to analyse": the one permitted is the one to act.
        return next((child for child in verb.head.children if child.dep_ in ("dobj", "dative")), None)
    if verb.dep_ in ("conj", "xcomp") and verb.head.pos_ in ("VERB", "AUX"):
        return _subject(verb.head)
    return None


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def _role(token: Token, parties: Parties) -> Role | None:
    """Whose word a subject or object is: its own words and what stands before them, not its relative clauses."""
    if token.text.lower() in ("who", "which", "that") and token.head.dep_ == "relcl":
        token = token.head.head
    words = [token.text]
    words += [
        child.text + ("'s" if child.dep_ == "poss" else "")
        for child in token.lefts
        if child.dep_ in ("poss", "compound", "amod", "nmod")
    ]
    return role_of(fold(" ".join(reversed(words[1:])) + " " + words[0]), parties)


def _receiver(verb: Token, parties: Parties) -> Role | None:
    """The role that a giving verb gives to: its dative, its "to" phrase, or the person it permits."""
    for child in verb.children:
        if child.dep_ in ("dative", "prep") and child.text.lower() in ("to", "unto", "with"):
            for grand in child.children:
                if grand.dep_ == "pobj" and (role := _role(grand, parties)):
                    return role
        elif child.dep_ in ("dative", "dobj", "iobj") and (role := _role(child, parties)) and not _owned(child):
            return role
        elif child.dep_ in ("ccomp", "xcomp"):
            for grand in child.children:
                if grand.dep_ in _SUBJECTS and (role := _role(grand, parties)):
                    return role
    return None


def _holder(verb: Token, parties: Parties) -> Role | None:
    """Whose a right is that is reserved to, stays with or vests in somebody."""
    for child in verb.children:
        if child.dep_ in ("prep", "dative") and child.text.lower() in ("to", "with", "in", "by"):
            for grand in child.children:
                if grand.dep_ == "pobj" and (role := _role(grand, parties)):
                    return role
    return None


def _late_receiver(verb: Token, parties: Parties) -> Role | None:
    """The receiver of "you grant, and warrant that you have the right to grant, to us ...": it hangs on another verb."""
    for other in verb.subtree:
        if other.text.lower() == verb.text.lower() and other.i > verb.i:
            return _receiver(other, parties)
    return None


def _owned(token: Token) -> bool:
    """ "your work" is a thing, not a receiver."""
    return any(child.dep_ == "poss" for child in token.children)


def _other(role: Role | None) -> Role | None:
    return {"creator": "company", "company": "creator"}.get(role or "")  # type: ignore[return-value]


def _beneficiary_of(verb: Token, parties: Parties) -> Role | None:
    subject = _subject(verb)
    if _RESTING.match(verb.text.lower()) and (holder := _holder(verb, parties)) is not None:
        return holder
    if _GIVING.match(verb.text.lower()) and not (verb.dep_ == "relcl" and subject is None):
        passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)
        if passive:
            receiver = _receiver(verb, parties)
            if receiver is not None:
                return receiver
            agent = _agent(verb)
            if agent is not None:
                return _other(_role(agent, parties))
            # "you are granted a licence": the subject is the receiver; "the licence is granted": nobody is named.
            return _role(subject, parties) if subject is not None and not _owned(subject) else None
        giver = _role(subject, parties) if subject is not None else None
        receiver = _receiver(verb, parties)
        if receiver is None and giver is not None:
            receiver = _late_receiver(verb, parties)
        if giver == "company" and receiver != "creator" and _PASSING_ON.match(verb.text.lower()):
            return "company"  # "we may license your content to others": the company is the one to gain
        if giver is not None and receiver == giver and not any(child.dep_ in _SUBJECTS for child in verb.children):
            return receiver  # "agree that we are ..., and grant us ...": the giver was only inherited, and wrongly
        if giver is not None:
            return _other(giver) if receiver is None or receiver == giver else receiver
        return receiver
    if subject is None:
        return None
    if subject.dep_ == "nsubjpass" or _is_thing(subject, parties):
        # "Your samples are used by us": the samples do not act; who does stands behind "by", or is not said.
        agent = _agent(verb)
        return _role(agent, parties) if agent is not None else None
    role = _role(subject, parties)
    return _other(role) if verb.text.lower() in ("waive", "waives", "waived") else role


def _is_thing(token: Token, parties: Parties) -> bool:
    """Whether a noun only belongs to a party: "your samples", "Contributor Content"."""
    return role_of(fold(token.text), parties) is None


def _beneficiary_of_noun(token: Token, parties: Parties) -> Role | None:
    """ "your licence to us", "licence granted to you", "the Company's right": from the noun's own neighbours."""
    noun = token
    while noun.pos_ not in ("NOUN", "PROPN") and noun.head != noun:
        noun = noun.head
    for child in noun.children:
        if child.dep_ == "prep" and child.text.lower() == "to":
            for grand in child.children:
                if grand.dep_ == "pobj" and (role := _role(grand, parties)):
                    return role
        if child.dep_ == "poss" and re.search(r"licen[cs]e|right|permission", noun.text.lower()):
            role = role_of(fold(child.text), parties)
            if role is not None and "right" in noun.text.lower():
                return role
    return None


def hangs_on(doc: Doc, start: int, end: int) -> str:
    """The folded words that found words are said of: the noun they modify, and the verb with its subject and object."""
    token = _hit_token(doc, start, end)
    if token is None:
        return ""
    words: list[str] = []
    current = token
    for _ in range(5):
        if current.head == current:
            break
        current = current.head
        if current.pos_ in ("NOUN", "PROPN"):
            words += [child.text for child in current.lefts] + [current.text]
            words += _of_phrase(current)
            if current.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "ROOT", "dative"):
                break
        elif current.pos_ in ("VERB", "AUX"):
            words.append(current.text)
            for child in current.children:
                if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and child != token:
                    words += [grand.text for grand in child.lefts] + [child.text] + _of_phrase(child)
            break
    if token.pos_ in ("VERB", "AUX"):
        for child in token.children:
            if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
                words += [grand.text for grand in child.lefts] + [child.text] + _of_phrase(child)
    words += _of_phrase(token)
    return fold(" ".join(words))


def _of_phrase(noun: Token) -> list[str]:
    return [
        word
        for child in noun.rights
        if child.dep_ == "prep"
        for grand in child.children
        if grand.dep_ == "pobj"
        for word in (grand.text, *(great.text for great in grand.lefts))
    ]
