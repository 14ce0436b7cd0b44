"""The judgements a library file can call for by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fairterms.analyzer.checks import mutual, subject
from fairterms.analyzer.values import Parties


@dataclass(frozen=True, slots=True)
class Scope:
    """What a check may look at: folded texts from narrow to wide, and who is who."""

    sentence: str
    clause: str
    contract: str
    parties: Parties


Check = Callable[[str], bool]

# A check is asked about the text of the scope that the library file names.
CHECKS: dict[str, Check] = {
    "about_voice_or_likeness": subject.about_voice_or_likeness,
    "about_personal_data": subject.about_personal_data,
    "online_terms": subject.online_terms,
    "about_ai": subject.about_ai,
    "is_mutual": mutual.is_mutual,
}
