"""Negation and exceptions alone: which of seventeen statements a secrecy agreement makes, which it contradicts (ContractNLI)."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import yaml
from pydantic import BeforeValidator

from benchmarks.cuad import f1_of
from fairterms.analyzer.detect.signals import Reading, fire, sentence_matches
from fairterms.analyzer.fold import fold
from fairterms.analyzer.language import Parser, open_language
from fairterms.analyzer.passages import Passage, passages_of
from fairterms.analyzer.readers import read_text
from fairterms.analyzer.segment import segment
from fairterms.analyzer.values import Level, Parties, Span
from fairterms.clauses.load import ClauseLibrary, load_library
from fairterms.clauses.schema import Prose, Signal, Strict

Choice = Literal["Entailment", "Contradiction", "NotMentioned"]
CHOICES: tuple[Choice, ...] = ("Entailment", "Contradiction", "NotMentioned")
STATEMENTS = Path(__file__).with_name("statements.yaml")
TRAIN = "contract_nli.train50.jsonl.gz"  # beside the data: what the rules were written on
_WEIGHT: dict[Level, int] = {"certain": 0, "likely": 1, "ask_a_person": 2}
_NOBODY = Parties(())  # a secrecy agreement has no creator and no company, so no signal here asks who acts


def _whoever_acts(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"who": "any", **entry} for entry in entries]


Signals = Annotated[tuple[Signal, ...], BeforeValidator(_whoever_acts)]


class Statement(Strict):
    """What shows that a statement holds or is contradicted; a hit that is negated shows the opposite.

    Where a plain hit shows nothing, the signal stands under ``holds_if_denied`` or ``contradicted_if_denied``. Of several
    hits the one of the highest level decides; among equals ``first`` says which side.
    """

    says: Prose
    holds: Signals = ()
    contradicted: Signals = ()
    holds_if_denied: Signals = ()
    contradicted_if_denied: Signals = ()
    first: Literal["holds", "contradicted"] = "holds"

    @property
    def sides(self) -> tuple[tuple[bool, bool, tuple[Signal, ...]], ...]:
        """Each list of signals with what its plain hits show, and whether only its negated ones count."""
        return (
            (True, False, self.holds),
            (False, False, self.contradicted),
            (False, True, self.holds_if_denied),
            (True, True, self.contradicted_if_denied),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    choice: Choice
    span: Span | None = None  # the sentence that shows it


@dataclass(frozen=True, slots=True)
class Judge:
    """What a judgement needs, opened once: the statements, the library's words with theirs, and the parser."""

    statements: Mapping[str, Statement]
    library: ClauseLibrary
    parser: Parser


def open_judge() -> Judge:
    data = yaml.safe_load(STATEMENTS.read_text(encoding="utf-8"))
    library = load_library()
    words = dict(library.words) | {name: str(pattern) for name, pattern in data["words"].items()}
    statements = {id: Statement.model_validate(entry) for id, entry in data["statements"].items()}
    return Judge(statements, replace(library, terms=(), words=tuple(sorted(words.items()))), open_language())


def verdicts(text: str, judge: Judge) -> dict[str, Verdict]:
    """What a contract says to each statement."""
    document = read_text(text, name="agreement")
    passages = passages_of(document.text, segment(document))
    signals = [
        signal for statement in judge.statements.values() for *_, signals in statement.sides for signal in signals
    ]
    worded = [passage for passage in passages if _may_speak(passage, signals, judge.library)]
    docs = judge.parser.parse([passage.full for passage in worded])
    readings = [Reading(passage, fold(passage.text), doc) for passage, doc in zip(worded, docs, strict=True)]
    judge.parser.forget()
    return {id: _verdict(statement, readings, judge.library) for id, statement in judge.statements.items()}


def _may_speak(passage: Passage, signals: Iterable[Signal], library: ClauseLibrary) -> bool:
    text = fold(passage.full)
    return any(sentence_matches(signal, text, library) for signal in signals)


def _verdict(statement: Statement, readings: Sequence[Reading], library: ClauseLibrary) -> Verdict:
    shown: list[tuple[int, bool, Span, bool]] = []  # best first when sorted
    for reading in readings:
        for plain, only_denied, signals in statement.sides:
            for hit in fire(signals, reading, _NOBODY, library, in_definitions=True):
                if only_denied and hit.polarity == "risk":
                    continue
                holds = plain is (hit.polarity == "risk")
                shown.append((_WEIGHT[hit.level], holds != (statement.first == "holds"), reading.passage.span, holds))
    if not shown:
        return Verdict("NotMentioned")
    _, _, span, holds = min(shown, key=lambda entry: (entry[0], entry[1], entry[2].start))
    return Verdict("Entailment" if holds else "Contradiction", span)


def figures(told: Sequence[str], wanted: Sequence[str], statements: Sequence[str]) -> dict[str, float]:
    """Accuracy, and F1 of what holds and of what is contradicted: over all pairs and as the mean over statements.

    A statement that no contract holds (or contradicts) has no F1 and is left out of that mean.
    """
    ours, right, of = np.array(told), np.array(wanted), np.array(statements)
    result = {"accuracy": float(np.mean(ours == right))}
    for choice, name in (("Entailment", "holds"), ("Contradiction", "contradicted")):
        result[f"{name} f1"] = f1_of(ours == choice, right == choice)
        by_statement = [
            f1_of(ours[of == id] == choice, right[of == id] == choice)
            for id in dict.fromkeys(statements)
            if np.any(right[of == id] == choice)
        ]
        result[f"{name} macro f1"] = float(np.mean(by_statement)) if by_statement else 0.0
    return result


def shows(verdict: Verdict, entry: Mapping[str, Any], statement: str) -> bool:
    """Whether the sentence that is quoted overlaps what is labelled as showing the answer."""
    label = f"{statement}:{verdict.choice}"
    return verdict.span is not None and any(
        verdict.span.overlaps(Span(span["start"], span["end"])) for span in entry["spans"] if span["label"] == label
    )


def read_agreements(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def usual_answers(entries: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """For each statement the most common answer: what to say without reading."""
    return {id: Counter(entry["choices"][id] for entry in entries).most_common(1)[0][0] for id in entries[0]["choices"]}


def run(data: Path, predictions: Path | None, show_errors: int) -> dict[str, float]:
    """Print a table by statement and the figures, and return the figures.

    Beside them stands what the usual answer to each statement would reach, learnt from the training file beside ``data``.
    """
    judge = open_judge()
    entries = read_agreements(data)
    told = [verdicts(entry["text"], judge) for entry in entries]
    if predictions is not None:
        predictions.write_text(
            "".join(_line(entry, said) for entry, said in zip(entries, told, strict=True)), encoding="utf-8"
        )
    if not all("choices" in entry for entry in entries):
        return {}
    pairs = [(entry, id, said[id]) for entry, said in zip(entries, told, strict=True) for id in judge.statements]
    wanted = [entry["choices"][id] for entry, id, _ in pairs]
    result = figures([verdict.choice for *_, verdict in pairs], wanted, [id for _, id, _ in pairs])
    right = [pair for pair, choice in zip(pairs, wanted, strict=True) if pair[2].choice == choice != "NotMentioned"]
    result["quoted"] = sum(shows(verdict, entry, id) for entry, id, verdict in right) / len(right) if right else 0.0
    _print_table(judge.statements, told, entries)
    print("  ".join(f"{name} {value:.3f}" for name, value in result.items()))
    train = data.with_name(TRAIN)
    if train.exists():
        usual = usual_answers(read_agreements(train))
        blind = figures([usual[id] for _, id, _ in pairs], wanted, [id for _, id, _ in pairs])
        print("usual answers: " + "  ".join(f"{name} {value:.3f}" for name, value in blind.items()))
    wrong = [(*pair, choice) for pair, choice in zip(pairs, wanted, strict=True) if pair[2].choice != choice]
    for entry, id, verdict, choice in wrong[:show_errors]:
        quote = entry["text"][verdict.span.start : verdict.span.end] if verdict.span else ""
        print(f"{entry['id']}: {id}: {choice} read as {verdict.choice}: {' '.join(quote.split())[:300]}")
    return result


def _line(entry: Mapping[str, Any], said: Mapping[str, Verdict]) -> str:
    spans = {id: [verdict.span.start, verdict.span.end] for id, verdict in said.items() if verdict.span is not None}
    choices = {id: verdict.choice for id, verdict in said.items()}
    return json.dumps({"id": entry["id"], "choices": choices, "spans": spans}) + "\n"


def _print_table(
    statements: Mapping[str, Statement], told: Sequence[Mapping[str, Verdict]], entries: Sequence[Mapping[str, Any]]
) -> None:
    print(f"  {'':<8} {'right':>9}  {'holds':>17}  {'contradicted':>17}   (found of labelled, + said wrongly)")
    for id, statement in statements.items():
        choices = [(said[id].choice, entry["choices"][id]) for said, entry in zip(told, entries, strict=True)]
        row = f"  {id:<8} {sum(ours == right for ours, right in choices):3} of {len(choices):2}"
        for choice in CHOICES[:2]:
            found = sum(ours == right == choice for ours, right in choices)
            of = sum(right == choice for _, right in choices)
            wrong = sum(ours == choice != right for ours, right in choices)
            row += f"   {found:2} of {of:2} + {wrong:2}   "
        print(f"{row} {statement.says}")
