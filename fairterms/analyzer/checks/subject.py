"""What a text is about: voice and likeness, personal data, a platform's terms, AI."""

from __future__ import annotations

import re

_VOICE_OR_LIKENESS = re.compile(
    r"\b(?:voice|vocal|likeness|face|facial|biometric\w*|body scan|scans?|performances?|performer|avatar|persona|replica|image and name|name and image)\b"
)
_PERSONAL_DATA = re.compile(
    r"\b(?:personal (?:data|information)|biometric\w*|recordings of (?:you|people)|voice (?:data|recordings?|samples?|prints?)|faces?|health data|location data|demographic)\b"
)
_ONLINE_TERMS = re.compile(
    r"\b(?:your account|these terms|terms of (?:use|service)|our (?:website|site|service|services|platform|app)|by using (?:the|our)|user content|sign(?:ing)? up|log ?in)\b"
)
_AI = re.compile(
    r"\b(?:artificial intelligence|ai|machine[- ]learning|neural|language models?|generative|foundation models?|train(?:ed|ing)? (?:\w+ ){0,4}(?:models?|systems?|algorithms?)|algorithms?|automated (?:systems?|learning))\b"
)


def about_voice_or_likeness(text: str) -> bool:
    return _VOICE_OR_LIKENESS.search(text) is not None


def about_personal_data(text: str) -> bool:
    return _PERSONAL_DATA.search(text) is not None


def online_terms(text: str) -> bool:
    """Two different marks of a platform's terms, since one alone stands in many signed contracts."""
    return len({match.group(0) for match in _ONLINE_TERMS.finditer(text)}) >= 2


def about_ai(text: str) -> bool:
    return _AI.search(text) is not None
