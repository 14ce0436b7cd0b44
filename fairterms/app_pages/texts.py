"""Every word the app shows, in one catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from fairterms.analyzer.values import Level, Severity
from fairterms.bargaining.values import Strength
from fairterms.reports.words import NO_SCORE


def _fixed(words: dict[str, str]) -> Mapping[str, str]:
    return MappingProxyType(words)


# ISO 3166; the places of the shipped facts, and those that many creators work in.
_COUNTRIES = {
    "AR": "Argentina", "AU": "Australia", "AT": "Austria", "BE": "Belgium", "BR": "Brazil", "BG": "Bulgaria",
    "CA": "Canada", "CL": "Chile", "CN": "China", "CO": "Colombia", "HR": "Croatia", "CY": "Cyprus", "CZ": "Czechia",
    "DK": "Denmark", "EG": "Egypt", "EE": "Estonia", "FI": "Finland", "FR": "France", "DE": "Germany", "GH": "Ghana",
    "GR": "Greece", "HU": "Hungary", "IS": "Iceland", "IN": "India", "ID": "Indonesia", "IE": "Ireland", "IL": "Israel",
    "IT": "Italy", "JP": "Japan", "KE": "Kenya", "LV": "Latvia", "LT": "Lithuania", "LU": "Luxembourg", "MT": "Malta",
    "MX": "Mexico", "NL": "Netherlands", "NZ": "New Zealand", "NG": "Nigeria", "NO": "Norway", "PH": "Philippines",
    "PL": "Poland", "PT": "Portugal", "RO": "Romania", "RS": "Serbia", "SG": "Singapore", "SK": "Slovakia",
    "SI": "Slovenia", "ZA": "South Africa", "KR": "South Korea", "ES": "Spain", "SE": "Sweden", "CH": "Switzerland",
    "TW": "Taiwan", "TR": "Türkiye", "UA": "Ukraine", "GB": "United Kingdom", "US": "United States",
}  # fmt: skip
_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina",
    "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip


def _places() -> Mapping[str, str]:
    places = dict(_COUNTRIES, EU="European Union")
    places |= {f"US-{code}": f"United States: {name}" for code, name in _STATES.items()}
    return _fixed(dict(sorted(places.items(), key=lambda place: place[1])))


def counted(count: int, one: str, many: str) -> str:
    """The number with its word: "1 finding", "3 findings"."""
    return f"{count} {one if count == 1 else many}"


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of the app in one language; braces stand for what is filled in."""

    app: str = "FairTerms"
    lead: str = "Know what a contract asks of you before you agree to it."
    start: str = (
        "Give FairTerms a contract. It shows what is risky, what is missing, and drafts words you can answer with."
    )
    stays_here: str = (
        "The contract is read on the computer that runs this app. It is kept only while this page is open."
    )

    # The contract comes in
    way: str = "How the contract comes in"
    upload_tab: str = "Upload a file"
    paste_tab: str = "Paste text"
    sample_tab: str = "Try a sample"
    upload: str = "Contract as PDF, Word, web page or text"
    password: str = "Password of this file"
    password_wanted: str = "This file is protected by a password. Type the password and press the button again."
    password_wrong: str = "That password does not open this file. Try it again."
    paste: str = "Text of the contract"
    paste_hint: str = "Paste the whole contract here, the small print too."
    pasted_name: str = "Pasted text"
    sample: str = "Sample contract"
    place: str = "Where you work (optional)"
    place_help: str = "Law and examples from your place come first."
    medium: str = "What you make (optional)"
    medium_help: str = "Agreements and rates of your own trade come first."
    not_said: str = "I would rather not say"
    review: str = "Read my contract"
    nothing_given: str = "Choose a file, paste a text or pick a sample first."
    media: Mapping[str, str] = field(
        default_factory=lambda: _fixed(
            {
                "text": "Text",
                "illustration": "Illustration and design",
                "photography": "Photography",
                "music": "Music",
                "voice": "Voice",
                "screen": "Film and television",
                "games": "Games",
                "code": "Software",
                "personal_data": "Personal recordings and data",
                "video": "Video",
            }
        )
    )
    places: Mapping[str, str] = field(default_factory=_places)

    # While it is read
    stages: Mapping[str, str] = field(
        default_factory=lambda: _fixed(
            {
                "waiting": "Waiting for another contract to be finished",
                "reading": "Reading the file",
                "analyzing": "Looking for what is risky and what is missing",
                "comparing": "Comparing with agreements, law and rates",
                "proposing": "Drafting answers and reading them again",
            }
        )
    )
    model_offer: str = "Let a language model help with the words (you do not need one)"
    model_help: str = (
        "It may make a draft flow better, put a reason into plainer words and sum up. Every answer is checked, and what fails is "
        "left out. Names, sums and addresses are replaced before it is asked."
    )
    model_name: str = "The model"
    model_hint: str = "ollama:qwen3, or openai:NAME@http://127.0.0.1:8080/v1"
    model_consent: str = (
        "This model runs elsewhere. I agree that the clauses of this contract, without names and sums, are sent to it. "
        "My consent is written down on this machine."
    )
    model_go: str = "Ask the model"
    model_busy: str = "Asking the model and checking what it says"
    model_done: str = "What the model was asked, and what was not used"
    first_time: str = "The first contract takes longer, because the language models are loaded."

    # The summary
    another: str = "Read another contract"
    summary: str = "In short"
    of_hundred: str = "of 100"
    score_label: str = "Fairness score"
    grade: str = "Grade {grade}"
    grades: Mapping[str, str] = field(
        default_factory=lambda: _fixed(
            {
                "A": "Few or no known risks were found in the words.",
                "B": "Some points deserve a question.",
                "C": "Several points should be changed.",
                "D": "A good part of it works against you.",
                "E": "Much of it works against you.",
                "F": "It weighs heavily against you.",
            }
        )
    )
    no_score: str = NO_SCORE
    score_limits: str = (
        "The score sums up the words found. It does not know your situation and does not say what to do."
    )
    severities: Mapping[Severity, str] = field(
        default_factory=lambda: MappingProxyType(
            {"critical": "Critical", "high": "High", "medium": "Medium", "low": "Low"}
        )
    )
    severity_meanings: Mapping[Severity, str] = field(
        default_factory=lambda: MappingProxyType(
            {
                "critical": "can cost you your rights or living",
                "high": "change before you agree",
                "medium": "worth asking about",
                "low": "good to know",
            }
        )
    )
    worst: str = "Look at these first"
    missing: str = "What is missing"
    protects: str = "What protects you"
    together: str = "Worse together"
    and_more: str = "and {count} more below"
    ask: str = "Ask for changes"
    ask_severe: str = (
        "Do not agree yet. Choose an answer to each serious point below, download your answers and send them."
    )
    ask_mild: str = "Nothing critical was found. Choose below what matters to you, and ask for it."
    ask_mild_unread: str = (
        "Nothing critical was found in the part that was read. Choose below what matters to you, and ask for it."
    )
    ask_protected: str = (
        "No known risk was found in the words that were read. Ask about anything you do not understand."
    )
    help: str = "Get help"
    help_severe: str = "Show this report to your union or a lawyer before you answer: critical points are at stake."
    help_unsure: str = "Some findings are unsure. Let your union or a lawyer look at those."
    help_unread: str = "Pages {pages} could not be read. Get a readable copy, or have a person read them with you."
    help_partly: str = "Part of the contract could not be judged. Have a person read all of it with you."
    help_always: str = "Your union can tell you what others in your trade got."
    caveats: str = "Keep in mind"

    # Several contracts side by side
    review_page: str = "Read a contract"
    compare_page: str = "Compare"
    compare_lead: str = "Put contracts side by side."
    compare_start: str = (
        "Give FairTerms two contracts or more. It shows for every kind of term what each one says, which is better and "
        "which is worse, and the words."
    )
    compare_upload: str = "Contracts as PDF, Word, web page or text"
    compare_button: str = "Compare these contracts"
    compare_others: str = "Compare others"
    compare_count: str = "Choose between {least} and {most} contracts; you have chosen {count}."
    compare_too_few: str = "Fewer than two of these files could be read, so there is nothing to compare."
    compare_locked: str = "{name}: is protected by a password; save it without one and add it again"
    compare_reading: str = "Reading the files"
    compare_at: str = "Reading {name}"
    compare_failed: str = "Not compared"
    compare_hint: str = "Choose a cell to see its words."
    compare_nowhere: str = "Found in none of them: {titles}."
    compare_close: str = "Close"
    compare_grid: str = "Terms by contracts"
    compare_name: str = "comparison.{suffix}"
    compare_formats: Mapping[str, str] = field(
        default_factory=lambda: _fixed(
            {"xlsx": "Excel workbook", "csv": "CSV", "html": "Web page to print", "json": "JSON"}
        )
    )

    # The document
    document: str = "The contract"
    document_help: str = "Marked words lead to the finding; its number leads back here."
    page: str = "Page {page}"
    page_of: str = "Page {page} of {pages}"
    page_unread: str = "This page could not be read"
    page_picture: str = "Page {page} of the contract"
    show_all_pages: str = "Show every page"
    pages_hidden: str = "Pages without marked words are left out here."
    marked: str = "{number}. {title}, {severity}"
    protective_mark: str = "Protects you against “{title}”"
    one_more_place: str = "and 1 more place"
    more_places: str = "and {count} more places"
    against: str = "Against “{title}”"

    # The findings
    findings: str = "Findings"
    one_finding: str = "finding"
    many_findings: str = "findings"
    none_found: str = "No known risk was found in this contract. That is no proof that it is fair."
    none_found_unread: str = "No known risk was found in the part that could be read. The rest may hold some."
    answered: str = "{done} of {all} answered"
    to_answers: str = "Go to your answers"
    order: str = "Order"
    by_severity: str = "Worst first"
    by_place: str = "As in the contract"
    same_words: str = "The same words also carry"
    section: str = "Section {section}"
    absent: str = "Missing"
    absent_words: str = "The contract has no words on this."
    absent_because: str = "It is needed because of these words:"
    show_passage: str = "Show in the contract"
    levels: Mapping[Level, str] = field(
        default_factory=lambda: MappingProxyType(
            {
                "certain": "Clear from the words",
                "likely": "Likely",
                "ask_a_person": "Unsure: have a person look at it",
            }
        )
    )
    how_severe: str = "How this was judged"
    starts_at: str = "It counts as {severity} by itself."
    stays: str = "Nothing else in the contract makes it better or worse."
    step: str = "{before} to {after}: {because}"
    rung: str = "Step {rung} of 5 from fair to unfair."
    figures: str = "Named in it: {figures}"
    comparables: str = "What others got, law and rates"
    kinds: Mapping[str, str] = field(
        default_factory=lambda: _fixed({"precedent": "Agreement", "law": "Law", "rate": "Rate"})
    )
    shown_because: str = "Shown because: {because}"
    paid_by: str = "{amount} {currency} {unit}, paid by {payer}"
    payer_unknown: str = "a payer not named"

    # Answers
    strength: str = "How much to ask for"
    strengths: Mapping[Strength, str] = field(
        default_factory=lambda: MappingProxyType({"fair": "Fair", "fallback": "Fallback"})
    )
    strength_help: str = "Fair is what to ask for first. Fallback is what you could still live with."
    struck: str = "Taken out:"
    put_in: str = "Put in:"
    new_clause: str = "New clause"
    cured: str = "Read again by FairTerms: the risk is answered."
    not_cured: str = "Not confirmed: {because}."
    aims: Mapping[Strength, str] = field(
        default_factory=lambda: MappingProxyType({"fair": "What to ask for:", "fallback": "If they say no, at least:"})
    )
    no_draft: str = (
        "There is no draft: none of the ready changes fits this sentence. Write your own, or ask your union."
    )
    drafted_by: str = "Worded by {author}."
    accept: str = "Accept"
    edit: str = "Edit"
    drop: str = "Drop"
    undo: str = "Change my mind"
    keep: str = "Keep my words"
    cancel: str = "Cancel"
    your_words: str = "Your words for: {title}"
    decided: Mapping[str, str] = field(
        default_factory=lambda: _fixed(
            {"accepted": "Accepted", "edited": "In your own words", "dropped": "Dropped: you will not ask for this"}
        )
    )
    answers: str = "Your answers"
    answers_none: str = "Nothing accepted yet. Accept a proposal above, or edit it, and it is listed here."
    answers_file: str = "Changes asked for: {name}"
    answers_name: str = "{stem}-answers.txt"
    report_name: str = "{stem}-report.{suffix}"
    instead_of: str = "Instead of:"
    we_ask: str = "We ask for ({title}):"
    add_clause: str = "Please add ({title}):"
    dropped_count: str = "{count} dropped."

    # Put together and sent
    sending: str = "Send your changes"
    sending_about: str = (
        "Your answers are put together: points in one sentence become one clean sentence, new clauses get numbers, and the"
        " whole contract is read again with them. Then you can take it away for the other side."
    )
    put_together: str = "Put my answers together"
    putting_together: str = "Putting them together and reading the contract again ..."
    package: str = (
        "Changes: {changes}. Points answered: {points}. Score: {before} before, {after} of 100 with these changes."
    )
    package_conflicts: str = "Not changed; ask a person to word these:"
    package_left: str = "Still there with all these changes:"
    package_words: str = "The new words"
    package_read: str = "Read the files before you send them. They hold your changes and a reason for each, and nothing that is meant for you alone."
    your_name: str = "Your name"
    your_name_hint: str = "as it should stand beside the changes"
    your_name_help: str = "The name that the marks in Word and the letter bear. It is kept for this visit only."
    unnamed: str = "Creator"
    send_forms: Mapping[str, str] = field(
        default_factory=lambda: _fixed(
            {
                "docx": "Word file with tracked changes",
                "pdf": "Your PDF with notes",
                "letter": "Letter (Word)",
                "eml": "E-mail draft",
            }
        )
    )

    # Downloads
    download_answers: str = "Your answers (text)"
    formats: Mapping[str, str] = field(
        default_factory=lambda: _fixed(
            {
                "brief": "Two pages (PDF)",
                "pdf": "Report (PDF)",
                "html": "Report (web page)",
                "markdown": "Report (Markdown)",
                "text": "Report (text)",
                "json": "Report (JSON)",
            }
        )
    )


TEXTS = Texts()
