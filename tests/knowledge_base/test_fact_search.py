"""What is found for a question and for a finding, and what is said when nothing is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fairterms.analyzer.embed import Embedder
from fairterms.knowledge_base.ingest import load_facts
from fairterms.knowledge_base.search import KnowledgeBase, comparables, open_knowledge_base, search
from fairterms.knowledge_base.stores import Vectors

QUESTIONS = [
    ("how long do publishers license books to AI companies?", "hc_microsoft"),
    ("what share should an author get when the publisher sells the book for AI?", "ag_split"),
    ("can a freelancer's work be work made for hire without a signed paper?", "us_101_wfh"),
    ("can I get my copyright back after many years?", "us_203_termination"),
    ("is a vague clause about a digital double valid in New York?", "ny_5_302"),
    ("which law protects a singer's voice against AI imitation in Tennessee?", "tn_elvis"),
    ("must a company delete a model that was trained on my photos?", "ftc_everalbum"),
    ("the website changed its terms quietly so that it may use my data for AI", "ftc_quiet_tos"),
    ("can I withdraw my consent to the use of my personal data?", "eu_gdpr_7"),
    ("do I have a right to have my data erased?", "eu_gdpr_17"),
    ("how much is paid for a minute of unused video?", "video_minute_rates"),
    ("what do photographers earn per image from the Shutterstock fund?", "shutterstock_rate"),
    ("a company recorded my face without asking in Illinois", "il_bipa"),
    ("when must a client in New York pay a freelancer?", "ny_fifa"),
    ("can copyright be sold in Germany?", "de_29"),
    ("can moral rights be given up in France?", "fr_moral"),
    ("what royalty does GEMA ask from AI music services?", "gema_model"),
    ("do the musicians have to agree again when a model is retrained?", "stim_reuse"),
    ("what does a voice actor get when a chatbot speaks with the voice in real time?", "sag_ima_realtime"),
    ("can an actor's replica be used without consent?", "sag_tv_2023"),
    ("how do I tell crawlers that I reserve text and data mining?", "eu_dsm_4"),
    ("may freelancers agree prices together in Ireland?", "ie_2017"),
    ("does the law forbid non-compete clauses in California?", "ca_noncompete"),
    ("was AI training wording in a file transfer service withdrawn after protest?", "wetransfer_2025"),
    ("are tools like Glaze allowed to protect my style?", "glaze_nightshade"),
]


def found(term: str, base: KnowledgeBase, *, kind: str, quote: str | None = None, **reader: str | None) -> list[str]:
    matches, _ = comparables(
        term,
        quote,
        base=base,
        jurisdiction=reader.get("jurisdiction"),
        medium=reader.get("medium"),
        per_kind=20,
    )
    return [match.fact.id for match in matches if match.fact.kind == kind]


def notes(term: str, base: KnowledgeBase, *, jurisdiction: str | None, medium: str | None = None) -> tuple[str, ...]:
    return comparables(term, None, base=base, jurisdiction=jurisdiction, medium=medium)[1]


def test_plain_questions_find_their_fact_among_the_first_five(base: KnowledgeBase) -> None:
    missed = [
        (question, wanted)
        for question, wanted in QUESTIONS
        if wanted not in [match.fact.id for match in search(question, base=base, limit=5)]
    ]
    assert len(missed) <= len(QUESTIONS) * 0.2, missed


def test_every_match_says_why_it_was_found(base: KnowledgeBase) -> None:
    for match in search(QUESTIONS[0][0], base=base):
        assert match.because in ("same words", "similar wording", "same words, similar wording")


def test_a_search_keeps_to_the_kinds_and_the_number_asked_for(base: KnowledgeBase) -> None:
    matches = search("AI training licence", base=base, limit=4, kinds=("rate",))
    assert len(matches) == 4
    assert {match.fact.kind for match in matches} == {"rate"}


@pytest.mark.parametrize("question", ["", "   ", "xyzzy plugh", "tomato soup recipe"])
def test_a_question_about_nothing_we_know_finds_nothing(base: KnowledgeBase, question: str) -> None:
    assert search(question, base=base) == ()


def test_the_same_search_gives_the_same_answer(base: KnowledgeBase) -> None:
    assert search("voice clone", base=base) == search("voice clone", base=base)


def test_a_reader_sees_the_law_of_their_own_state_then_their_country_then_others(base: KnowledgeBase) -> None:
    law = found("digital_replica", base, kind="law", jurisdiction="US-CA")
    places = [base.by_id[key].jurisdictions for key in law if base.by_id[key].status == "as described"]
    ranks = [0 if "US-CA" in place else 1 if "US" in place else 2 for place in places]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}


def test_a_reader_in_a_member_state_also_gets_eu_law(base: KnowledgeBase) -> None:
    assert found("no_payment", base, kind="law", jurisdiction="DE")[:2] == ["de_32", "eu_dsm_18"]
    assert "eu_dsm_18" in found("no_payment", base, kind="law", jurisdiction="FR")[:1]


def test_a_british_reader_gets_the_law_that_holds_there(base: KnowledgeBase) -> None:
    assert found("copyright_assignment", base, kind="law", jurisdiction="GB")[0] == "uk_cdpa_90"
    assert set(found("bundled_consent", base, kind="law", jurisdiction="GB")[:3]) == {
        "eu_gdpr_4_11",
        "eu_gdpr_7",
        "eu_gdpr_9",
    }


def test_the_readers_trade_comes_first_among_agreements(base: KnowledgeBase) -> None:
    assert found("irrevocable_grant", base, kind="precedent", medium="voice")[0] == "sag_narrativ_2024"
    trained = found("ai_training_explicit", base, kind="precedent", medium="music")
    assert set(trained[:2]) == {"stim_licence", "umg_udio"}


def test_a_bad_example_and_an_open_matter_come_after_what_was_agreed(base: KnowledgeBase) -> None:
    agreed = found("irrevocable_grant", base, kind="precedent", medium="voice")
    assert agreed.index("neon_terms") > agreed.index("sag_narrativ_2024")
    assert found("unilateral_change", base, kind="law", jurisdiction="US")[0] == "ftc_quiet_tos"


def test_the_price_of_another_trade_is_not_shown_as_comparable(base: KnowledgeBase) -> None:
    assert found("perpetual_term", base, kind="rate", medium="text")[:1] != []
    assert found("perpetual_term", base, kind="rate", medium="voice") == []


def test_a_creators_pay_comes_before_a_platforms_price(base: KnowledgeBase) -> None:
    rates = [base.by_id[key] for key in found("ai_training_explicit", base, kind="rate", medium="text")]
    payees = [rate.payee for rate in rates]
    assert payees == sorted(payees)
    assert set(payees) == {"creator", "platform"}


def test_a_match_beside_a_finding_says_why_it_is_there(base: KnowledgeBase) -> None:
    matches, _ = comparables("no_payment", None, base=base, jurisdiction="US-CA", medium=None)
    because = {match.fact.id: match.because for match in matches}
    assert because["ca_sb988"] == "cited for this term, same jurisdiction"
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)


def test_where_no_fact_is_cited_one_worded_alike_is_shown_as_such(base: KnowledgeBase) -> None:
    quote = "All fees shall be recoupable from the author's share of the AI licence that the publisher arranges."
    matches, _ = comparables("a_term_nobody_linked", quote, base=base, jurisdiction=None, medium="text")
    assert matches
    assert all(match.because.startswith("similar wording") for match in matches)
    assert not [match for match in matches if match.fact.kind == "rate"]


@pytest.mark.parametrize(
    ("term", "jurisdiction", "note"),
    [
        ("no_payment", "KE", "No law for KE is in the knowledge base; ask a person."),
        (
            "ai_training_implied",
            "DE",
            "No law for DE on this term is in the knowledge base; the law shown holds elsewhere.",
        ),
        ("a_term_nobody_linked", None, "No law on this term is in the knowledge base; ask a person."),
        ("broad_grant", None, "No public rate for this use is in the knowledge base."),
        ("a_term_nobody_linked", None, "No precedent for this term is in the knowledge base."),
    ],
)
def test_what_is_lacking_is_said(base: KnowledgeBase, term: str, jurisdiction: str | None, note: str) -> None:
    assert note in notes(term, base, jurisdiction=jurisdiction)


def test_nothing_is_said_to_be_lacking_where_all_is_there(base: KnowledgeBase) -> None:
    assert notes("ai_training_explicit", base, jurisdiction="US", medium="text") == ()


def test_cited_facts_need_no_model(tmp_path: Path) -> None:
    def broken(texts: object) -> Vectors:
        raise AssertionError("the model was asked")

    base = open_knowledge_base(broken, folder=tmp_path)
    assert comparables("digital_replica", "a voice double", base=base, jurisdiction="US", medium="voice")[0]


def letters(texts: object) -> Vectors:
    """A cheap embedder: how often each letter occurs."""
    assert isinstance(texts, list)
    counts = np.array([[text.lower().count(chr(97 + place)) + 0.01 for place in range(26)] for text in texts])
    vectors: Vectors = (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)
    return vectors


def test_changed_facts_or_another_model_make_another_index(tmp_path: Path) -> None:
    facts = load_facts()
    for number, (some, model) in enumerate([(facts, "a"), (facts[:-1], "a"), (facts[:-1], "b")]):
        base = open_knowledge_base(letters, folder=tmp_path, facts=some, model=model)
        assert len(base.vectors.open().nearest(letters(["licence"])[0], 999)) == len(some), number
        base.vectors.close()
        assert len(list(tmp_path.iterdir())) == 1


def test_a_second_opening_embeds_no_fact_again(tmp_path: Path) -> None:
    asked: list[int] = []

    def counting(texts: object) -> Vectors:
        assert isinstance(texts, list)
        asked.append(len(texts))
        return letters(texts)

    for _ in range(2):
        base = open_knowledge_base(counting, folder=tmp_path)
        search("voice", base=base)
        base.vectors.close()
    assert asked == [len(base.facts), 1, 1]


def test_a_folder_that_cannot_be_used_costs_a_note_not_the_answer(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("in the way")
    base = open_knowledge_base(letters, folder=tmp_path / "index")
    assert search("voice replica", base=base)
    assert base.vectors.notes == (
        "The search index is kept in memory only: the folder index cannot be used (FileExistsError).",
    )


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert search("voice replica", base=open_knowledge_base(letters, folder=None))
    assert list(tmp_path.iterdir()) == []


def test_chains_can_ask_the_knowledge_base_as_a_langchain_retriever(base: KnowledgeBase, embedder: Embedder) -> None:
    from fairterms.knowledge_base.retriever import FactRetriever

    documents = FactRetriever(base=base, limit=3, kinds=("rate",)).invoke(QUESTIONS[0][0])
    assert [document.id for document in documents].count("hc_microsoft") == 1
    assert len(documents) == 3
    for document in documents:
        assert "unverified" in document.metadata["standing"]
        assert document.metadata["source"]
        assert document.metadata["date"]
