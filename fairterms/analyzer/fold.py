"""A copy of a text for matching: lower case, plain quotes and dashes, and of exactly the same length."""

from __future__ import annotations

import re

_PLAIN = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "*": " ", "_": " ", "`": " ",  # Markdown emphasis would stand between the words of a pattern
})  # fmt: skip
# A "Voice Actor" is a person: the calling becomes another of the same length, so that no pattern hears a voice in it.
_CALLING = re.compile(r"\bvoice(?=(?:[ -]over)? (?:actor|actress|artist|talent|performer)(?:s|es)?\b)")


def fold(text: str) -> str:
    """The text for matching; offsets stay valid.

    >>> fold("The Artist’s “Work”")
    'the artist\\'s "work"'
    >>> fold("The Voice Actor’s voice")
    "the stage actor's voice"
    """
    return _CALLING.sub("stage", lower(text))


def lower(text: str) -> str:
    """The same with every calling as it stands, for finding names."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals, such as İ, have a longer small form
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_PLAIN)


def plain(text: str) -> str:
    """The text with plain quotes and dashes, its capitals kept: a defined name is known by them.

    >>> plain("the Artist’s “Work”")
    'the Artist\\'s "Work"'
    """
    return text.translate(_PLAIN)
