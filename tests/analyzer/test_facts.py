"""What a sentence states in figures: each kind, its normalised value, and the sentences that state nothing."""

from __future__ import annotations

from time import perf_counter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.detect.tools import Analyzer
from fairterms.analyzer.facts import StatedIn, extract, facts_of
from fairterms.analyzer.readers import read_text
from fairterms.analyzer.values import Span
from fairterms.clauses.schema import FactKind

KINDS: tuple[FactKind, ...] = get_args(FactKind)
NOTHING: list[dict[str, object]] = []

WRITTEN_BEFORE_THE_CODE = [
    # durations
    pytest.param("duration", "The licence lasts 3 (three) years from publication.", [{"months": 36, "from": "publication"}], id="figure before the word"),
    pytest.param("duration", "Illustrator grants the rights for thirty-six (36) months.", [{"months": 36}], id="word before the figure"),
    pytest.param("duration", "for the full term of copyright and all renewals thereof", [{"copyright_term": True}], id="as long as copyright"),
    pytest.param("duration", "The rights are granted until 31 December 2027.", [{"until": "2027-12-31"}], id="to a day"),
    pytest.param("duration", "You grant us a perpetual, worldwide licence.", [{"perpetual": True}], id="for ever"),
    pytest.param("duration", "The Voice Artist grants a two-year licence, renewable for successive one-year terms.", [{"months": 24}, {"months": 12, "renewal": True}], id="a term and its renewal"),
    pytest.param("duration", "The right runs for a period of ninety days.", [{"days": 90}], id="days that are a term"),
    pytest.param("duration", "during the Term", [{"agreement_term": True}], id="as long as the agreement"),
    pytest.param("duration", "You must be at least 18 years of age.", NOTHING, id="an age is no term"),
    pytest.param("duration", "the fees paid in the preceding 12 months", NOTHING, id="looking back is no term"),
    pytest.param("duration", "Either side may end this on three months' notice.", NOTHING, id="notice is no term"),
    pytest.param("duration", "The parties meet once every two years.", NOTHING, id="how often is no term"),
    pytest.param("duration", "a term of thirty (60) months", [{"ambiguous": True, "could_be": ("30 months", "60 months")}], id="word and figure at odds"),
    # notice
    pytest.param("notice", "on not less than ninety days' prior written notice", [{"days": 90}], id="days of notice"),
    pytest.param("notice", "by giving five (5) business days' notice", [{"business_days": 5}], id="business days stay apart"),
    pytest.param("notice", "We will notify you at least 30 days before the change takes effect.", [{"days": 30}], id="told beforehand"),
    pytest.param("notice", "We may change these terms at any time without notice.", [{"days": 0}], id="no notice at all"),
    pytest.param("notice", "upon written notice of at least two months", [{"months": 2}], id="notice of a length"),
    pytest.param("notice", "The invoice is paid within 30 days of receipt.", NOTHING, id="a deadline is no notice"),
    # amounts
    pytest.param("amount", "The Company pays USD 0.10 per minute of accepted audio.", [{"amount": 0.1, "currency": "USD", "per": "minute"}], id="a price for each minute"),
    pytest.param("amount", "Das Honorar beträgt EUR 1.200,00.", [{"amount": 1200, "currency": "EUR"}], id="continental marks"),
    pytest.param("amount", "a one-off payment of ten thousand dollars ($10,000)", [{"amount": 10000, "currency": "$"}], id="word and figure are one sum"),
    pytest.param("amount", "a fee of £500 per image", [{"amount": 500, "currency": "GBP", "per": "image"}], id="pounds an image"),
    pytest.param("amount", "US$ 2,500 per title", [{"amount": 2500, "currency": "USD", "per": "title"}], id="dollars of the United States"),
    pytest.param("amount", "between $100 and $300 an hour", [{"amount": 100, "currency": "$", "per": "hour"}, {"amount": 300, "currency": "$", "per": "hour"}], id="both ends of a range"),
    pytest.param("amount", "Fees shall be reasonable.", NOTHING, id="no figure, no amount"),
    # percentages
    pytest.param("share", "50% of Net Receipts", [{"percent": 50, "of": "net receipts"}], id="a share of something"),
    pytest.param("share", "twelve and a half per cent (12.5%) of the list price", [{"percent": 12.5, "of": "list price"}], id="word and figure of a share"),
    pytest.param("share", "a commission of fifteen percent", [{"percent": 15}], id="a share of nothing named"),
    # caps
    pytest.param("cap", "Our liability shall not exceed the fees paid in the preceding 12 months.", [{"basis": "fees paid", "months": 12}], id="a cap by what was paid"),
    pytest.param("cap", "Excerpts are limited to 200 words in a row.", [{"count": 200, "of": "words in a row"}], id="a cap on words"),
    pytest.param("cap", "Deductions are capped at 15% of gross income.", [{"percent": 15, "of": "gross income"}], id="a cap as a share"),
    pytest.param("cap", "including but not limited to 3 books", NOTHING, id="not limited to is no cap"),
    # dates
    pytest.param("date", "This Agreement begins on 1 May 2027.", [{"date": "2027-05-01"}], id="day month year"),
    pytest.param("date", "dated May 1st, 2027", [{"date": "2027-05-01"}], id="month day year"),
    pytest.param("date", "effective 03/04/2027", [{"ambiguous": True, "could_be": ("2027-03-04", "2027-04-03")}], id="either month"),
    pytest.param("date", "effective 31/12/2027", [{"date": "2027-12-31"}], id="only one reading"),
    # counts
    pytest.param("count", "The fee includes up to 3 revisions.", [{"count": 3, "of": "revisions", "limit": "at most"}], id="at most so many"),
    pytest.param("count", "an option on two sequels", [{"count": 2, "of": "sequels"}], id="so many"),
    pytest.param("count", "Section 3 works as follows", NOTHING, id="a number of a section"),
    # deadlines
    pytest.param("deadline", "The Publisher pays within 30 days of receipt of the invoice.", [{"days": 30, "from": "receipt of the invoice"}], id="days from an event"),
    pytest.param("deadline", "You are bound unless you write to us within 30 days.", [{"days": 30, "from": "not stated"}], id="no event is named"),
    pytest.param("deadline", "Royalties fall due 60 days after the end of each half year.", [{"days": 60, "from": "end of each half year"}], id="days after"),
    pytest.param("deadline", "no later than 14 business days after delivery", [{"business_days": 14, "from": "delivery"}], id="business days after"),
    pytest.param("deadline", "The Manuscript is delivered by 1 June 2027.", [{"date": "2027-06-01"}], id="by a day"),
    # territory
    pytest.param("territory", "in all languages throughout the world", [{"territory": "world"}], id="the world"),
    pytest.param("territory", "anywhere in the universe", [{"territory": "universe"}], id="the universe"),
]  # fmt: skip

WRITTEN_AFTER_THE_CODE = [
    # durations
    pytest.param("duration", "Lizenzdauer: 10 years as of the date of signature.", [{"months": 120, "from": "date of signature"}], id="years from the signature"),
    pytest.param("duration", "The Photographer licenses the Pictures for one (1) year, after which the rights come back.", [{"months": 12}], id="one year"),
    pytest.param("duration", "The exclusivity period shall be six weeks.", [{"days": 42}], id="weeks are days"),
    pytest.param("duration", "These obligations survive for five years after termination.", [{"months": 60, "from": "termination"}], id="a tail after the end"),
    pytest.param("duration", "for as long as copyright subsists in the Songs", [{"copyright_term": True}], id="as long as copyright subsists"),
    pytest.param("duration", "This is not a perpetual licence.", NOTHING, id="a denied eternity"),
    pytest.param("duration", "You let us keep the Recordings forever.", [{"perpetual": True}], id="forever"),
    pytest.param("duration", "an initial term of eighteen months and thereafter for further periods of 12 months each", [{"months": 18}, {"months": 12, "renewal": True}], id="an initial term and further ones"),
    pytest.param("duration", "for 12 or 24 months at the Publisher's choice", [{"months": 12}, {"months": 24}], id="either of two terms"),
    pytest.param("duration", "a one hundred and eighty day option", [{"days": 180}], id="a hundred and eighty in words"),
    pytest.param("duration", "royalties are accounted for every six months", NOTHING, id="how often is no length"),
    pytest.param("duration", "The Model has ten years of experience.", NOTHING, id="experience is no term"),
    pytest.param("duration", "This permission ends on 30 June 2029.", [{"until": "2029-06-30"}], id="an end on a day"),
    # notice
    pytest.param("notice", "Either party may terminate on thirty (30) days written notice.", [{"days": 30}], id="without an apostrophe"),
    pytest.param("notice", "The Studio may revoke access by giving the Actor one month's notice.", [{"months": 1}], id="a month by number"),
    pytest.param("notice", "Changes are announced by email at least two weeks in advance.", [{"days": 14}], id="announced in advance"),
    pytest.param("notice", "You can cancel with 48 hours’ notice.", [{"hours": 48}], id="hours of notice"),
    pytest.param("notice", "We can do so with or without prior notice to you.", [{"days": 0}], id="with or without"),
    pytest.param("notice", "notice of non-renewal must be given no later than 60 days before the end of the current term", [{"days": 60}], id="notice before a renewal"),
    pytest.param("notice", "Notices are sent to the address above.", NOTHING, id="a notice without a time"),
    # amounts
    pytest.param("amount", "The fee is 2.500 EUR.", [{"ambiguous": True, "could_be": ("2500 EUR", "2.5 EUR")}], id="a mark with two meanings"),
    pytest.param("amount", "twenty-five cents per word", [{"amount": 25, "currency": "cents", "per": "word"}], id="cents of an unnamed currency"),
    pytest.param("amount", "The Narrator receives €250 per finished hour plus VAT.", [{"amount": 250, "currency": "EUR", "per": "finished hour"}], id="a finished hour"),
    pytest.param("amount", "an hourly rate of CAD 85", [{"amount": 85, "currency": "CAD", "per": "hour"}], id="the unit stands before"),
    pytest.param("amount", "a lump sum of 5,000 US dollars and a further 1,000 US dollars on publication", [{"amount": 5000, "currency": "USD"}, {"amount": 1000, "currency": "USD"}], id="two sums"),
    pytest.param("amount", "$1.5 million", [{"amount": 1500000, "currency": "$"}], id="millions"),
    pytest.param("amount", "0,50 € per download", [{"amount": 0.5, "currency": "EUR", "per": "download"}], id="a sign behind"),
    pytest.param("amount", "one hundred pounds sterling (£100) for each use", [{"amount": 100, "currency": "GBP", "per": "use"}], id="for each use"),
    pytest.param("amount", "$0.003 per stream", [{"amount": 0.003, "currency": "$", "per": "stream"}], id="a small price"),
    pytest.param("amount", "five books weighing ten pounds", NOTHING, id="a weight is no money"),
    # shares
    pytest.param("share", "The Author gets 25 per cent of the Publisher's net receipts from sublicences.", [{"percent": 25, "of": "publisher's net receipts"}], id="of the publisher's net receipts"),
    pytest.param("share", "ten percent (10%) royalty on all copies sold", [{"percent": 10, "of": "copies sold"}], id="a royalty on copies"),
    pytest.param("share", "half of the licence income", [{"percent": 50, "of": "licence income"}], id="half"),
    pytest.param("share", "late sums bear interest at 1.5% per month", [{"percent": 1.5, "per": "month"}], id="interest per month"),
    pytest.param("share", "between 5% and 8% of the retail price", [{"percent": 5, "of": "retail price"}, {"percent": 8, "of": "retail price"}], id="two shares of one thing"),
    # caps
    pytest.param("cap", "In no event will our aggregate liability be greater than one hundred dollars ($100).", [{"amount": 100, "currency": "$"}], id="greater than"),
    pytest.param("cap", "Neither party's liability shall exceed the total amounts you paid us in the six months before the claim.", [{"basis": "amounts paid", "months": 6}], id="paid in the months before"),
    pytest.param("cap", "liability is limited to the greater of £500 and the fees received over the previous year", [{"amount": 500, "currency": "GBP"}, {"basis": "fees received", "months": 12}], id="the greater of two"),
    pytest.param("cap", "Snippets of no more than 25 words may be shown.", [{"count": 25, "of": "words"}], id="no more than so many words"),
    pytest.param("cap", "The fee may exceed $500 in some months.", NOTHING, id="may exceed is no cap"),
    # dates
    pytest.param("date", "on the 1st day of March, 2028", [{"date": "2028-03-01"}], id="the first day of"),
    pytest.param("date", "as of 2027-11-05", [{"date": "2027-11-05"}], id="already in ISO form"),
    pytest.param("date", "signed on 04.04.2027", [{"date": "2027-04-04"}], id="the same either way"),
    pytest.param("date", "delivery in September 2027", [{"date": "2027-09"}], id="a month"),
    pytest.param("date", "on 31 February 2027", NOTHING, id="a day that does not exist"),
    # counts
    pytest.param("count", "at least twelve (12) illustrations", [{"count": 12, "of": "illustrations", "limit": "at least"}], id="at least so many"),
    pytest.param("count", "two further rounds of revisions are included", [{"count": 2, "of": "rounds of revisions"}], id="rounds of revisions"),
    pytest.param("count", "The Author receives ten complimentary copies.", [{"count": 10, "of": "copies"}], id="free copies"),
    pytest.param("count", "Under clause 4 images may be cropped.", NOTHING, id="the number is the clause's"),
    pytest.param("count", "a session of four hours and 300 lines of script", [{"count": 4, "of": "hours"}, {"count": 300, "of": "lines"}], id="hours of work"),
    # deadlines
    pytest.param("deadline", "We delete your files within ninety (90) days after you close your account.", [{"days": 90, "from": "you close your account"}], id="after an act of yours"),
    pytest.param("deadline", "You have 14 days from the date of acceptance to opt out.", [{"days": 14, "from": "date of acceptance"}], id="days from a date"),
    pytest.param("deadline", "Invoices are paid net 45.", [{"days": 45, "from": "not stated"}], id="net so many"),
    pytest.param("deadline", "a 30-day cure period", [{"days": 30, "from": "not stated"}], id="a cure period"),
    pytest.param("deadline", "Statements follow within two months of each 30 June and 31 December.", [{"months": 2, "from": "each 30 june"}], id="months after a day of the year"),
    pytest.param("deadline", "The option lapses if it is not used by 15 March 2028.", [{"date": "2028-03-15"}], id="used by a day"),
    pytest.param("deadline", "The licence runs for 30 days.", NOTHING, id="a term is no deadline"),
    # territory
    pytest.param("territory", "rights in the United Kingdom and Ireland only", [{"territory": "united kingdom and ireland"}], id="a market of two countries"),
    pytest.param("territory", "governed by the laws of France", NOTHING, id="a law is no market"),
]  # fmt: skip


def stated(kind: FactKind, text: str) -> list[dict[str, object]]:
    return [dict(fact.value) for fact in extract(kind, text)]


@pytest.mark.parametrize(("kind", "text", "expected"), WRITTEN_BEFORE_THE_CODE + WRITTEN_AFTER_THE_CODE)
def test_what_is_stated_is_found_with_its_value(kind: FactKind, text: str, expected: list[dict[str, object]]) -> None:
    assert stated(kind, text) == expected


LICENCE = (
    "1. Licence\n"
    "For three years from delivery the Artist grants the Publisher the right:\n"
    "(a) to reproduce the Drawings in perpetuity in the archive;\n"
    "(b) to print the Drawings in one book.\n\n"
    "2. Fee\n"
    "The Publisher pays a fee. It comes to £500 per image and is due within 30 days of receipt of the invoice.\n"
)


def sentence(words: str) -> Span:
    return Span(LICENCE.index(words), LICENCE.index(words) + len(words))


def test_a_fact_stands_where_the_document_holds_its_words() -> None:
    stands = sentence("It comes to £500 per image and is due within 30 days of receipt of the invoice.")
    for fact in facts_of(("amount", "deadline"), StatedIn(LICENCE), stands):
        assert fact.span is not None
        assert LICENCE[fact.span.start : fact.span.end] == fact.text


def test_the_lead_in_of_a_list_speaks_for_its_items() -> None:
    item = sentence("to print the Drawings in one book.")
    lead_in = "For three years from delivery the Artist grants the Publisher the right"
    (fact,) = facts_of(("duration",), StatedIn(LICENCE), item, lead_in=lead_in)
    assert (dict(fact.value), fact.place) == ({"months": 36, "from": "delivery"}, "lead_in")
    assert fact.span is not None
    assert LICENCE[fact.span.start : fact.span.end] == "three years"


def test_several_values_are_all_kept() -> None:
    item = sentence("to reproduce the Drawings in perpetuity in the archive;")
    lead_in = "For three years from delivery the Artist grants the Publisher the right"
    facts = facts_of(("duration",), StatedIn(LICENCE), item, lead_in=lead_in)
    assert [dict(fact.value) for fact in facts] == [{"months": 36, "from": "delivery"}, {"perpetual": True}]


def test_the_clause_is_asked_where_the_sentence_names_none_and_says_so() -> None:
    pays = sentence("The Publisher pays a fee.")
    clause = (pays, sentence("It comes to £500 per image and is due within 30 days of receipt of the invoice."))
    (fact,) = facts_of(("amount",), StatedIn(LICENCE), pays, clause=clause)
    assert (dict(fact.value), fact.place) == ({"amount": 500, "currency": "GBP", "per": "image"}, "clause")


def test_what_is_nowhere_stated_is_none_found() -> None:
    (fact,) = facts_of(("cap",), StatedIn(LICENCE), sentence("The Publisher pays a fee."))
    assert fact.is_none_found
    assert (fact.text, fact.span) == ("", None)


def test_a_finding_carries_the_facts_that_its_term_asks_for(signals_only: Analyzer) -> None:
    text = "The Artist grants the Publisher a perpetual licence to use the Drawings. Notice is given in writing.\n"
    analysis = analyze(read_text(text, name="deal.txt"), signals_only)
    finding = next(finding for finding in analysis.findings if finding.term == "perpetual_term")
    told = {fact.kind: dict(fact.value) for fact in finding.facts}
    assert told["duration"] == {"perpetual": True}
    assert {fact.kind for fact in finding.facts} >= set(signals_only.library.term("perpetual_term").facts)


@given(st.text(alphabet="0123456789.,%$€()- aonetwhrundysmfp\n'", max_size=200), st.sampled_from(KINDS))
def test_any_text_is_quoted_as_it_stands(text: str, kind: FactKind) -> None:
    for fact in extract(kind, text):
        assert fact.span is not None
        assert " ".join(text[fact.span.start : fact.span.end].split()) == fact.text
        assert fact.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_sentence_as_long_as_a_book_is_searched_in_seconds(kind: FactKind) -> None:
    # A table without full stops is one sentence.
    text = "liability limited to $5 or 30 days after notice on 1 May 2027, 3 images at 5% of " * 1200
    begin = perf_counter()
    extract(kind, text)
    assert perf_counter() - begin < 10
