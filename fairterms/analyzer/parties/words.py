"""Words that contracts have for the two sides, and what a name looks like."""

from __future__ import annotations

import re


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What contracts call the two sides. A name is matched as a whole word, so "Artist" also covers "the Artist".
CREATOR_ROLES = (
    "artist", "author", "illustrator", "photographer", "contributor", "performer", "talent", "creator", "writer",
    "licensor", "grantor", "assignor", "freelancer", "contractor", "consultant", "streamer", "seller", "user", "member",
    "participant", "voice actor", "voice artist", "voice talent", "stage actor", "stage artist", "stage talent", "narrator", "composer", "musician", "designer", "coder",
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
EITHER = {
    "developer": 0.0, "owner": 0.0, "user": 0.5, "member": 0.5, "vendor": 1.0, "supplier": 1.0, "subject": 1.5,
    "model": 1.5, "seller": 1.0, "photographer": 2.5, "employee": 3.0,
    "licensor": 2.0, "grantor": 2.0, "assignor": 2.0, "designer": 2.5, "participant": 2.0, "donor": 2.0,
    "licensee": -2.0, "grantee": -2.0, "assignee": -2.0, "recipient": -1.0, "partner": -0.5, "provider": 0.0,
    "service provider": 0.5, "agency": -1.0, "producer": -2.0, "network": -2.0, "firm": -1.0, "buyer": -2.0,
    "customer": -2.0,
    "corporation": -2.0, "label": -3.0,
}  # fmt: skip
# Words that name a party only where the contract defines them or binds them: too common to mean one elsewhere.
WHERE_BOUND = {
    "hirer": -4.0, "organizer": -4.0, "organiser": -4.0, "team": -2.0, "club": -2.0, "theatre": -2.0, "theater": -2.0,
    "festival": -3.0, "school": -2.0, "college": -2.0, "record company": -4.0, "production company": -4.0,
    "newspaper": -3.0, "sponsors": -3.0, "host": 0.0, "guest": 2.0, "player": 3.0, "athlete": 4.0, "lecturer": 4.0,
    "teacher": 3.0, "instructor": 3.0, "trainer": 2.0, "coach": 2.0, "researcher": 2.0, "inventor": 4.0, "maker": 3.0,
    "craftsperson": 4.0, "storyteller": 4.0, "poet": 4.0, "playwright": 4.0, "screenwriter": 4.0, "director": 3.0,
    "editor": 1.0, "volunteer": 3.0, "respondent": 3.0, "labeler": 4.0, "labeller": 4.0, "worker": 4.0, "tasker": 4.0,
    "reviewer": 2.0, "interpreter": 4.0, "comedian": 4.0, "band": 4.0, "ensemble": 3.0, "choreographer": 4.0,
    "stylist": 3.0, "copywriter": 4.0, "blogger": 4.0, "columnist": 4.0, "modder": 4.0, "programmer": 3.0,
    "celebrity": 4.0, "endorser": 4.0, "professional": 3.0, "ambassador": 3.0,
    "interviewee": 4.0, "annotator": 4.0, "lyricist": 4.0, "cartoonist": 4.0, "sculptor": 4.0, "painter": 4.0,
    "actress": 4.0, "presenter": 1.5, "reader": 0.5, "lender": 1.0, "foundation": -2.0, "brand": -4.0, "advertiser": -4.0,
    "organisation": -2.0, "organization": -2.0, "museum": -2.0, "gallery": -2.0, "university": -2.0, "institute": -2.0,
    "assigning party": 3.0, "disclosing party": 0.0, "receiving party": 0.0, "homeowner": 2.0, "inventor or author": 4.0,
}  # fmt: skip
UNCLEAR_WORDS = frozenset(word for word, weight in EITHER.items() if abs(weight) <= 1.5)
TOKEN = re.compile(r"[^\W_]+(?:[-'&](?!s\b)[^\W_]+)*|'s\b|[.;:!?(),]")
_CAPITAL = r"[^\W\d_a-zß-ÿ](?:[\w'-]|\.(?=\w)|(?<=\b[A-Z])\.|(?<=\bInc)\.|(?<=\bLtd)\.|(?<=\bCo)\.|(?<=\bCorp)\.|(?<=\bPvt)\.)*"
PROPER = (
    rf"(?:(?:Ms|Mr|Mrs|Mx|Dr|Miss|Prof)\.? )?{_CAPITAL}"
    rf"(?:(?: |,? (?=(?:Inc|LLC|L\.L\.C|Ltd|Limited|GmbH|Corp)\b))(?:{_CAPITAL}|&|of|de|van|von|der|den|and(?= [A-Z][\w'-]+ (?:Inc|LLC|Ltd|LLP|GmbH))))*"
)
NAME = re.compile(PROPER)
NOT_A_NAME = word_set(
    "this the that these those agreement contract and by between among dated made entered effective date whereas on of "
    "january february march april may june july august september october november december in at for to its with a an "
    "welcome all any if when where as each no section article terms services license licence release memorandum letter "
    "hello dear you your we our i statement recording deed parties party background recitals whose model content products "
    "product works work software services territory period year years exhibit schedule addendum amendment"
)
FIRM_WORDS = re.compile(
    r"\b(?:Inc|LLC|L\.L\.C|Ltd|LTD|Limited|GmbH|B\.?V|S\.?A|A\.?B|Corp|Corporation|plc|PLC|LLP|AG|Oy|KG|Co|Company|Press|"
    r"Studios?|Games|Media|Records|Networks?|Technolog(?:y|ies)|Systems|Labs?|Publishing|Publishers|Productions|Pictures|"
    r"Foundation|University|Institute|Bank|Group|Software|Entertainment|Pvt|Pty|AS|ASA|SARL|SAS|SpA|SE|N\.?V|Management|"
    r"Agency|Books|Museum|Gallery|Collective|Partners|Holdings?|Films?|Audio|Association|Society|Trust|Verlag|Council|Racing|Motorsports|Club|Enterprises|"
    r"Industries)\b"
)
