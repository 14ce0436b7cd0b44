"""Between whom a contract is made."""

from __future__ import annotations

import pytest

from fairterms.analyzer.parties.preamble import parties_between

_PAIRS = {
    "names in brackets": (
        'by and between harbor.fm, inc., a Delaware corporation ("harbor.fm"), and Orin Foods Ltd, with a seat in Reno ("Sponsor"). WHEREAS,',
        ({"harbor.fm"}, {"sponsor"}),
    ),
    "hereinafter, without quotation marks": (
        'between Sorrel Racing, Inc. (hereinafter Sorrel), and Brant Oil (Hereinafter to be referred to as "Brant");',
        ({"sorrel"}, {"brant"}),
    ),
    "one for whom the other acts is no party": (
        'between Lark Mobile ("Lark"), as administrator for Lark Film Corporation ("Trademark Licensor") and Opal Games ("Licensee").',
        ({"lark"}, {"licensee"}),
    ),
    "hands": (
        'by and among, on the one hand, Rook LLC ("Rook") for the services of Ada Moor ("CELEBRITY"), and, on the other hand, '
        'Pia Fund ("PF") and Pia Inc. ("PI") (together, "PIA").',
        ({"rook", "celebrity"}, {"pf", "pi", "pia"}),
    ),
    "a blank to be filled in": (
        'between OAKLEAF, INC. (the "Company"), and          (hereinafter referred to as the "Professional"). WHEREAS',
        ({"company"}, {"professional"}),
    ),
    "two on one side, named alike": (
        'between Ridge TV ("Producer") and Kofi Mensah ("Writer A") and Lily Tran ("Writer B").',
        ({"producer"}, {"writer a", "writer b"}),
    ),
    "two names for one": (
        'between Boro LLC, referred to in this Agreement as "Company" or "Boro", and Cale Inc, referred to in this agreement as "Sponsor".',
        ({"company", "boro"}, {"sponsor"}),
    ),
}


@pytest.mark.parametrize("case", _PAIRS)
def test_the_first_sentence_names_the_two_parties(case: str) -> None:
    text, (first, second) = _PAIRS[case]
    assert parties_between(f'This Agreement (the "Agreement") is made {text}') == (first, second)


@pytest.mark.parametrize(
    "text",
    [
        'between Gloss SA ("Company"), Starling Talent ("Agency"), acting on behalf of Nora Beck, and Nora Beck ("Creator").',
        "between you and us.",
        'The difference between the ("Fee") and the price is kept.',
    ],
)
def test_nobody_is_guessed_where_it_does_not_name_two(text: str) -> None:
    assert parties_between(text) is None
