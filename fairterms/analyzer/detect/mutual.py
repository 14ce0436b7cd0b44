"""Whether a sentence binds, frees or entitles both sides alike."""

from __future__ import annotations

import re

_BOTH = re.compile(
    r"\b(?:each|either|neither|both)(?: of)?(?: the| these| said)? (?:part(?:y|ies)|sides?|of us|signator(?:y|ies))\b"
    r"|\bboth of us\b|\beach of us\b|\bneither of us\b|\beither of us\b"
    r"|\b(?:a|any|no|one|the (?:receiving|disclosing|indemnifying|breaching|defaulting|affected|terminating)) party\b[^.;]{0,160}\b(?:other|disclosing|receiving|indemnified|non-?breaching) part(?:y|ies)\b"
    r"|\bthe parties (?:shall|will|must|may|each|both|mutually|undertake|agree (?:to|not to))\b"
    r"|\b(?:you (?:and|or|nor) (?:we|us)|(?:we|us) (?:and|or|nor) you)\b|\b(?:one another|each other)\b"
    r"|\bmutual (?:consent|agreement|written|indemn\w+|release|waiver|duty|duties|obligation|confidentiality)|\bmutually (?:agree|release|waive|indemnify|undertake)"
    r"|\b(?:the )?(?!party)[a-z]+ and (?:the )?(?!part)[a-z]+ (?:each|both|(?:shall|will|must|may) (?:each|both))\b"
)
# What begins for both and ends for one: "either party may end it, but the Publisher need give no notice".
_THEN_ONE = re.compile(
    r"(?:\bbut\b|\bexcept that\b|\bprovided(?:,? however,?)? that\b|\bhowever\b|\bsave that\b|\bwhereas\b|\bwhile\b)(?: only)?,? "
    r"(?:the (?!part|other|sender|receiving|disclosing|notice|agreement|contract|term|foregoing|above|following|total|amount|law)[a-z]+|we|you|i)\b(?:'s)? (?:\w+ )?(?:may|shall|will|must|need|needs|is|are|has|have|can|cannot|owes?|keeps?|waives?)\b"
    r"|\bin (?:your|our) case\b|\b(?:only|solely) (?:the (?!part)[a-z]+|we|you)\b (?:may|shall|can)"
)


def is_mutual(text: str) -> bool:
    """Whether the folded sentence speaks of each side alike: "neither party shall be liable to the other".

    >>> is_mutual("either party may terminate on thirty days' notice.")
    True
    >>> is_mutual("either party may terminate, but the publisher may do so without notice.")
    False
    """
    return _BOTH.search(text) is not None and _THEN_ONE.search(text) is None
