"""Which sentences are worth the encoder's time; the parser reads those in which a signal's own wording occurs."""

from __future__ import annotations

import re

# A sentence that binds somebody: duties, permissions, grants, acknowledgements.
_OPERATIVE = re.compile(
    r"\b(?:may|shall|will|must|can(?:not)?|hereby|agrees?|grants?|granted|gives?|given|licen[cs]e[ds]?|assigns?|assigned|waives?|consents?|"
    r"conveys?|transfers?|permits?|permission|allows?|authori[sz]es?|authori[sz]ed|accepts?|acknowledges?|understands?|confirms?|retains?|keeps?|kept|"
    r"belongs?|owns?|owned|remains?|continues?|survives?|expires?|entitled|responsible|deemed|constitutes?|includes?|uses?|used|pays?|paid|payable|due|"
    r"stays?|becomes?|passes|sells?|vests?|changes?|deducts?|donates?|provides?|submits?|contributes?|shares?|helps?|collects?|rights?|train(?:s|ed|ing)?|is|are)\b"
)
# What the library's terms are about: the work, the person, their data, money, the machine, the text of the deal itself.
_SUBJECT_MATTER = re.compile(
    r"\b(?:works?|artworks?|content|materials?|recordings?|submissions?|contributions?|deliverables?|images?|photos?|photographs?|pictures?|files?|data|"
    r"performances?|music|manuscripts?|code|footage|videos?|uploads?|voice|likeness|face|faces|biometrics?|persona|model|models|ai|algorithms?|learning|"
    r"train(?:ed|ing)?|automated|synthetic|replica|clone|avatar|licen[cs]e[ds]?|copyright|rights?|ownership|moral|royalt(?:y|ies)|compensation|payment|fees?|"
    r"consideration|permission|consent|sublicen[cs]e\w*|transferable|revoke|irrevocable|perpetual|withdraw\w*|delete[ds]?|deletion|retain\w*|copies|terms|"
    r"polic(?:y|ies)|updates?|changes?|technology|products?|services?|research|watermarks?|cloaking|protection|machine|own(?:ed|ers?)?|author|title|proceeds|remed(?:y|ies)|attorney|sums?|money|pay|paid|residuals?|revenues?|income|rewards?|"
    r"personal|privacy|information|account|feedback|portfolio|tools?|systems?|deduct\w*|recoup\w*|costs|net|subscription)\b"
)
_SHORTEST = 28  # characters; shorter sentences of the gold documents carried no label but headings
_LONGEST = 2500  # the encoder reads 128 word pieces; what is longer is cut there anyway


def is_candidate(folded: str) -> bool:
    """Whether a folded sentence can say anything about a term of the library."""
    return (
        _SHORTEST <= len(folded) <= _LONGEST
        and _OPERATIVE.search(folded) is not None
        and _SUBJECT_MATTER.search(folded) is not None
    )
