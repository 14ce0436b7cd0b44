"""The contract's own names for the two sides and for the work, in the forms that a sentence needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from fairterms.analyzer.fold import fold
from fairterms.analyzer.parties.roles import creator_is_a_person
from fairterms.analyzer.values import Analysis, Parties, Role

_PRONOUNS = {
    "we": {"": "we", "obj": "us", "poss": "our"},
    "you": {"": "you", "obj": "you", "poss": "your"},
    "i": {"": "I", "obj": "me", "poss": "my"},
}
# Defined names that contracts use for what the creator gives.
_WORKS = (
    "Work", "Works", "Artwork", "Artworks", "Recordings", "Recording", "Content", "User Content", "Materials", "Contribution",
    "Contributions", "Submission", "Submissions", "Deliverables", "Footage", "Images", "Image", "Photographs", "Photos",
    "Data", "Performance", "Performances", "Illustrations", "Music", "Tracks", "Code", "Text", "Uploads", "Licensed Works",
    "Licensed Work", "Clips", "Samples", "Composition", "Manuscript",
)  # fmt: skip
_FIELD = re.compile(r"\{([A-Za-z_]+)\}")


def names_of(analysis: Analysis) -> Mapping[str, str]:
    """What to fill into the library's texts: creator, company, work, their objects and possessives, where the creator is at home,
    and ``or_person``, a firm having no voice or likeness.
    """
    parties, text = analysis.parties, analysis.document.text
    names: dict[str, str] = {}
    for role, default in (("creator", "the Creator"), ("company", "the Company")):
        names.update(_forms(role, parties, text, default))  # type: ignore[arg-type]
    names["work"] = _work(text, by_pronoun=names["creator"] == "you", possessive=names["creator_poss"])
    person = creator_is_a_person(parties)
    names["home"] = "place of residence" if person else "principal place of business"
    names["or_person"] = f" or {names['creator_poss']} voice, likeness or data" if person else ""
    for key, value in list(names.items()):
        names[key[0].upper() + key[1:]] = value[:1].upper() + value[1:]
    return names


def fill(template: str, names: Mapping[str, str]) -> str:
    """The template with the contract's names put in; unknown fields stand as blanks to fill in."""
    return _FIELD.sub(lambda match: names.get(match.group(1), f"[{match.group(1).replace('_', ' ')}]"), template)


def _forms(role: Role, parties: Parties, text: str, default: str) -> dict[str, str]:
    own = [word for word, owner in (("we", parties.we), ("you", parties.you), ("i", parties.i)) if owner == role]
    pronoun = max(own, key=lambda word: _uses(word, text), default=None)
    if pronoun is not None and not _named_more_often(role, pronoun, parties, text):
        return {f"{role}{'_' + form if form else ''}": word for form, word in _PRONOUNS[pronoun].items()}
    name = _most_used(parties.names(role), text)
    # A defined role takes the article where the contract itself uses it: "the Artist", but "Artist" where it never does.
    full = default if name is None else name
    if name is not None:
        uses = len(re.findall(rf"\b{re.escape(name)}\b", text))
        with_article = len(re.findall(rf"\b[Tt]he {re.escape(name)}\b", text))
        full = f"the {name}" if 2 * with_article >= uses else name
    return {role: full, f"{role}_obj": full, f"{role}_poss": f"{full}’" if full.endswith("s") else f"{full}’s"}


def _most_used(names: tuple[str, ...], text: str) -> str | None:
    count = Counter({name: len(re.findall(rf"\b{re.escape(name)}\b", text)) for name in names})
    return count.most_common(1)[0][0] if count else None


def _uses(pronoun: str, text: str) -> int:
    words = {"we": r"\b(?:we|us|our)\b", "you": r"\byour?\b", "i": r"\b(?:I|my|me)\b"}[pronoun]
    return len(re.findall(words, text if pronoun == "i" else fold(text)))


def _named_more_often(role: Role, pronoun: str, parties: Parties, text: str) -> bool:
    pronouns = _uses(pronoun, text)
    return any(len(re.findall(rf"\b{re.escape(name)}\b", text)) > pronouns for name in parties.names(role))


def _work(text: str, *, by_pronoun: bool, possessive: str) -> str:
    """The contract's own name for what is given, else words that need no definition."""
    count = Counter(
        {
            name: len(re.findall(rf"(?<![.!?] )\b(?:[Tt]he|[Yy]our|[Mm]y|this) {re.escape(name)}\b", text))
            for name in _WORKS
        }
    )
    # "User Content" holds "Content": the longer name wins where both are used as often.
    name, uses = max(count.items(), key=lambda item: (item[1], len(item[0])))
    if uses:
        return f"{possessive} {name}" if by_pronoun else f"the {name}"
    return "your content" if by_pronoun else f"{possessive} material"
