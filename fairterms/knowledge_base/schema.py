"""The shape of one entry of a facts file; what does not fit is refused in plain words."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from fairterms.knowledge_base.values import Fact, FactKind, Source

Medium = Literal[
    "text", "illustration", "photography", "music", "voice", "screen", "games", "code", "personal_data", "video"
]
MEDIA: tuple[str, ...] = get_args(Medium)

# ISO 3166-1 alpha-2, the officially assigned codes, and EU, which ISO reserves for the European Union.
_COUNTRIES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT
    MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG
    UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW EU
"""
# ISO 3166-2:US, the states and the district.
_US_STATES = """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA
    RI SC SD TN TX UT VT VA WA WV WI WY
"""
# ISO 4217, the currencies of the places that union members have worked with; add one when a rate needs it.
_CURRENCIES = """
    AUD BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW MXN MYR NGN NOK NZD PHP PLN RON SEK
    SGD THB TRY TWD UAH USD VND ZAR
"""
_COUNTRY_CODES = frozenset(_COUNTRIES.split())
_US_STATE_CODES = frozenset(_US_STATES.split())
_CURRENCY_CODES = frozenset(_CURRENCIES.split())
_LIKELY_MEANT = {"UK": "GB", "EL": "GR", "USA": "US"}


def check_jurisdiction(code: str) -> str:
    """The code itself when it is one of ISO 3166; otherwise a ``ValueError`` that says what to write."""
    country, _, part = code.partition("-")
    if country in _LIKELY_MEANT:
        raise ValueError(f"{code!r} is no ISO 3166 code; write {_LIKELY_MEANT[country]!r}")
    if "-" not in code:
        known = code in _COUNTRY_CODES
    elif country == "US":
        known = part in _US_STATE_CODES
    else:
        known = country in _COUNTRY_CODES and re.fullmatch("[A-Z0-9]{1,3}", part) is not None
    if not known:
        raise ValueError(f"{code!r} is no ISO 3166 code; write one like 'DE', 'EU' or 'US-CA'")
    return code


def _check_currency(code: str) -> str:
    if code and code not in _CURRENCY_CODES:
        raise ValueError(f"{code!r} is no known ISO 4217 currency; write one like 'USD' or 'EUR'")
    return code


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Jurisdiction = Annotated[str, AfterValidator(check_jurisdiction)]
Amount = Annotated[str, StringConstraints(pattern=r"^(\d+(\.\d+)?(-\d+(\.\d+)?)?)?$")]


class SourceEntry(BaseModel):
    """Where an entry comes from; ``url`` is "" where no address was looked up."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: Words
    url: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$")]


class FactEntry(BaseModel):
    """One entry of a file in ``data/law``, ``data/precedents`` or ``data/rates``."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Name
    title: Words
    says: Words
    use: Words
    source: SourceEntry
    date: Words
    jurisdictions: list[Jurisdiction]
    status: Words
    checked: bool
    recalled: bool
    terms: list[Name]
    media: list[Medium]
    amount: Amount = ""
    currency: Annotated[str, AfterValidator(_check_currency)] = ""
    unit: str = ""
    payer: str = ""
    payee: Literal["", "creator", "platform"] = ""
    licensed: str = ""

    @model_validator(mode="after")
    def _checked_is_not_recalled(self) -> FactEntry:
        if self.checked and self.recalled:
            raise ValueError("'checked' and 'recalled' cannot both be true: a checked fact is no longer from memory")
        return self

    def rate_faults(self, kind: FactKind) -> list[str]:
        """What a rate lacks, or what a fact of another kind has too much."""
        told = {name: getattr(self, name) for name in ("amount", "unit", "payer", "payee", "licensed")}
        if kind != "rate":
            extra = [name for name, value in {**told, "currency": self.currency}.items() if value]
            return [f"{', '.join(extra)}: only a rate has these"] if extra else []
        faults = [f"{name}: a rate needs it" for name, value in told.items() if not value]
        if not self.currency and not self.unit.startswith("percent"):
            faults.append("currency: a rate needs it, unless its unit begins with 'percent'")
        return faults

    def as_fact(self, kind: FactKind) -> Fact:
        return Fact(
            id=self.id,
            kind=kind,
            title=self.title,
            says=self.says,
            use=self.use,
            source=Source(title=self.source.title, url=self.source.url),
            date=self.date,
            jurisdictions=tuple(self.jurisdictions),
            status=self.status,
            checked=self.checked,
            recalled=self.recalled,
            terms=tuple(self.terms),
            media=tuple(self.media),
            amount=self.amount,
            currency=self.currency,
            unit=self.unit,
            payer=self.payer,
            payee=self.payee,
            licensed=self.licensed,
        )


Entry = FactEntry | list[str]


def read_entry(raw: Any, kind: FactKind) -> Entry:
    """The entry, or all its faults in plain words."""
    if not isinstance(raw, dict):
        return ["this is no entry; each begins with '- id: ...'"]
    try:
        entry = FactEntry.model_validate(raw)
    except ValidationError as error:
        return [_in_words(fault) for fault in error.errors(include_url=False)]
    return entry.rate_faults(kind) or entry


def _in_words(fault: Any) -> str:
    place = ".".join(str(part) for part in fault["loc"])
    match fault["type"]:
        case "missing":
            said = "is missing"
        case "extra_forbidden":
            said = "is not a known name"
        case "value_error":
            said = str(fault["ctx"]["error"])
        case "string_type":
            said = f"must be text; put quotes around {fault['input']!r}"
        case "string_too_short":
            said = "is empty"
        case "string_pattern_mismatch":
            said = f"{fault['input']!r} is not written as it should be"
        case _:
            said = f"{fault['msg'][:1].lower()}{fault['msg'][1:]}"
    return f"{place}: {said}" if place else said
