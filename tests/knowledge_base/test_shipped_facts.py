"""The facts that are shipped, and what a faulty facts file is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from fairterms.knowledge_base.ingest import FaultyFacts, facts_version, load_facts
from fairterms.knowledge_base.schema import MEDIA, check_jurisdiction
from fairterms.knowledge_base.values import Fact

FACTS = load_facts()
TAXONOMY = Path(__file__).parents[3] / "shared" / "domain" / "taxonomy.yaml"

ENTRY = {
    "id": "an_agreement",
    "title": "An agreement",
    "says": "Half to the author.",
    "use": "Ask for half.",
    "source": {"title": "A newspaper", "url": ""},
    "date": "2025",
    "jurisdictions": ["DE"],
    "status": "as described",
    "checked": False,
    "recalled": False,
    "terms": ["no_payment"],
    "media": ["text"],
}
RATE = {
    "amount": "2500",
    "currency": "USD",
    "unit": "title",
    "payer": "a publisher",
    "payee": "creator",
    "licensed": "a book for AI training",
}


def write(folder: Path, **files: object) -> Path:
    for name in ("law", "precedents", "rates"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        content = files.get(name)
        if content is not None:
            text = content if isinstance(content, str) else yaml.safe_dump(content)
            (folder / name / "some.yaml").write_text(text, encoding="utf-8")
    return folder


def test_there_are_at_least_ninety_facts_of_every_kind_together() -> None:
    assert len(FACTS) >= 90
    assert {fact.kind for fact in FACTS} == {"law", "precedent", "rate"}
    assert [fact.id for fact in FACTS] == sorted(fact.id for fact in FACTS)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_a_fact_shows_source_date_status_and_use(fact: Fact) -> None:
    assert fact.source.title
    assert fact.date
    assert fact.status
    assert fact.use
    assert set(fact.media) <= set(MEDIA)
    for code in fact.jurisdictions:
        check_jurisdiction(code)


def test_nothing_is_called_checked_before_a_person_checked_it() -> None:
    assert [fact.id for fact in FACTS if fact.checked] == []
    assert all("unverified" in fact.standing for fact in FACTS)


def test_what_was_written_from_memory_says_so() -> None:
    recalled = next(fact for fact in FACTS if fact.id == "us_204_writing")
    assert recalled.recalled
    assert recalled.standing.endswith("from memory")


@pytest.mark.parametrize(
    "fact_id", ["bartz_settlement", "us_ross", "wga_2026", "equity_pact_2026", "us_no_fakes", "uk_report_2026"]
)
def test_an_open_matter_says_that_it_is_open_and_when_it_was_looked_at(fact_id: str) -> None:
    status = next(fact.status for fact in FACTS if fact.id == fact_id)
    assert any(word in status for word in ("pending", "disputed", "bill", "open"))
    assert "looked" in status


def test_a_settlement_is_no_rate() -> None:
    rates = [fact for fact in FACTS if fact.kind == "rate"]
    assert not [fact.id for fact in rates if "settle" in f"{fact.title} {fact.says}".lower()]


def test_what_a_company_got_is_never_a_creators_pay() -> None:
    payees = {fact.id: fact.payee for fact in FACTS if fact.kind == "rate"}
    companies = {"reddit_google", "newscorp_openai", "nyt_amazon", "axel_openai", "wiley_deal", "tf_microsoft"}
    assert {payees[fact_id] for fact_id in companies} == {"platform"}
    # The split leaves the author 2,500 of the 5,000 dollars per title.
    pay = next(fact for fact in FACTS if fact.id == "hc_microsoft")
    assert (pay.payee, pay.amount, pay.currency) == ("creator", "2500", "USD")


def test_another_word_makes_another_version() -> None:
    changed = (*FACTS[:-1], FACTS[0])
    assert facts_version(FACTS) == facts_version(load_facts())
    assert facts_version(FACTS) != facts_version(changed)


def test_all_faults_are_told_at_once_in_plain_words(tmp_path: Path) -> None:
    faulty = {**ENTRY, "jurisdictions": ["UK"], "date": 2025, "colour": "red"}
    del faulty["source"]
    folder = write(
        tmp_path,
        law=[ENTRY, faulty, {**ENTRY, "amount": "5"}],
        precedents=[ENTRY, "no entry", {**ENTRY, "id": "odd", "media": ["opera"], "recalled": True, "checked": True}],
        rates=[{**ENTRY, **RATE, "id": "lira", "currency": "LIRA"}, {**ENTRY, "id": "empty_rate"}],
    )
    with pytest.raises(FaultyFacts) as caught:
        load_facts(folder)
    told = "\n".join(caught.value.faults)
    for part in (
        "law/some.yaml: an_agreement: source: is missing",
        "'UK' is no ISO 3166 code; write 'GB'",
        "date: must be text; put quotes around 2025",
        "colour: is not a known name",
        "amount: only a rate has these",
        "precedents/some.yaml: an_agreement: the id is used twice; it is also in law/some.yaml",
        "entry 2: this is no entry",
        "odd: media.0:",
        "'LIRA' is no known ISO 4217 currency",
        "empty_rate: payee: a rate needs it",
    ):
        assert part in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param("- id: [", "this is not YAML", id="broken YAML"),
        pytest.param("id: alone", "is a list of entries", id="one entry without a list"),
    ],
)
def test_a_file_that_holds_no_entries_is_named(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(FaultyFacts, match=told):
        load_facts(write(tmp_path, law=content))


def test_a_missing_folder_is_a_fault_not_an_empty_answer(tmp_path: Path) -> None:
    with pytest.raises(FaultyFacts, match="law: the folder is missing"):
        load_facts(tmp_path)


def test_a_share_needs_no_currency(tmp_path: Path) -> None:
    share = {**ENTRY, **RATE, "currency": "", "unit": "percent of net income", "amount": "30"}
    (fact,) = load_facts(write(tmp_path, rates=[share]))
    assert fact.kind == "rate"


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("DE", True),
        ("EU", True),
        ("US-CA", True),
        ("GB-SCT", True),
        ("US-XX", False),
        ("UK", False),
        ("Germany", False),
        ("US-", False),
        ("de", False),
    ],
)
def test_places_are_written_in_iso_codes(code: str, good: bool) -> None:
    if good:
        assert check_jurisdiction(code) == code
    else:
        with pytest.raises(ValueError, match="no ISO 3166 code"):
            check_jurisdiction(code)


@pytest.mark.skipif(not TAXONOMY.exists(), reason="the working taxonomy does not lie beside the project")
def test_the_facts_belong_to_terms_of_the_taxonomy_and_cover_its_references() -> None:
    taxonomy = yaml.safe_load(TAXONOMY.read_text(encoding="utf-8"))
    terms = {term["id"]: set(term["fact_refs"] or ()) for term in taxonomy["terms"]}
    assert {term for fact in FACTS for term in fact.terms} <= set(terms)
    for fact in FACTS:
        assert {term for term, references in terms.items() if fact.id in references} <= set(fact.terms)
