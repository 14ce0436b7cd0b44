"""Puts one thing to a chat model, checks the answer, asks again where it has no shape, and keeps the record of it all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TypeVar

from pydantic import BaseModel

from fairterms.bargaining.model.chat import Complete, ModelRefused, NoAnswer
from fairterms.bargaining.model.checks import fault_in
from fairterms.bargaining.model.placeholders import Hidden, Tampered, hide
from fairterms.bargaining.model.values import (
    Explanation,
    ModelWork,
    Paragraph,
    Refusal,
    Rewording,
    Summary,
    Use,
)
from fairterms.knowledge_base.values import Fact

_TRIES = 2  # an answer without the right shape is asked for once more
Shape = TypeVar("Shape", bound=BaseModel)


@cache
def prompt(name: str) -> str:
    """The text of one question, with fields in braces; contract words stand in it as marked material."""
    return (files("fairterms.bargaining.model") / "prompts" / f"{name}.md").read_text(encoding="utf-8")


@dataclass(slots=True)
class Talk:
    """A conversation about one contract. ``names`` are the words that are never sent.

    Once the model is not to be had, it is not asked again, and all further answers are None.
    """

    model: Complete
    names: frozenset[str]
    asked: int = 0
    used: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    explanations: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    stopped: str = ""

    def work(self) -> ModelWork:
        return ModelWork(
            self.model.name, self.asked, self.used, tuple(self.refusals), dict(self.explanations), self.summary, self.stopped
        )  # fmt: skip

    def reword(
        self, finding: str, sentence: str, draft: str, meaning: str, aim: str, check: Callable[[str], str]
    ) -> str | None:
        """The draft worded better, or None where it stays as it is; ``check`` reads the new words again."""
        hidden = hide((sentence, draft), self.names)
        fields = {"sentence": hidden.texts[0], "draft": hidden.texts[1], "meaning": meaning, "aim": aim}
        answer = self._asked("wording", finding, prompt("reword").format(**fields), Rewording)
        words = self._words(answer.sentence, hidden, "wording", finding) if answer is not None else None
        if words is None:
            return None
        if words in (draft, sentence):
            self.used += 1  # the model found nothing to better
            return None
        fault = fault_in(words, f"{sentence} {draft} {meaning} {aim}", quotable=f"{sentence} {draft}") or check(words)
        if fault:
            self._refuse("wording", finding, fault)
            return None
        self.used += 1
        return words

    def explain(
        self, finding: str, clause: str, why: str, facts: Sequence[Fact], new_terms: Callable[[str], Sequence[str]]
    ) -> str | None:
        """A point in plain words. ``new_terms`` names the risks that a text speaks of beyond those of the clause."""
        hidden = hide((clause,), self.names)
        records = "\n".join(f"[{fact.id}] {fact.title}: {fact.says}" for fact in facts) or "(none)"
        question = prompt("explain").format(clause=hidden.texts[0], why=why, records=records)
        answer = self._asked("explanation", finding, question, Explanation)
        if answer is None:
            return None
        said = []
        for sentence in answer.sentences:
            words = self._words(sentence.text, hidden, "explanation", finding)
            quote = self._words(sentence.quote, hidden, "explanation", finding) if sentence.quote else ""
            if words is None or quote is None:
                return None
            record = next((fact for fact in facts if fact.id == sentence.fact.strip("[] ")), None)
            if sentence.fact and record is None:
                self._refuse("explanation", finding, f"it names a record that it was not given ({sentence.fact})")
                return None
            material = f"{clause} {why}" + (
                f" {record.title} {record.says} {record.date}" if record is not None else ""
            )
            fault = fault_in(words, material, quotable=clause)
            if not fault and quote and " ".join(quote.split()).strip(' .“”"') not in " ".join(clause.split()):
                fault = "it quotes words that the contract does not hold"
            if not fault and (brought := new_terms(words)):
                fault = f"it brings in another point ({brought[0]})"
            if fault:
                self._refuse("explanation", finding, fault)
                return None
            said.append(words)
        self.used += 1
        self.explanations[finding] = " ".join(said)
        return self.explanations[finding]

    def summarise(self, points: Sequence[str], new_terms: Callable[[str], Sequence[str]]) -> str | None:
        """A contract's points in a few sentences; they are the library's words, so nothing of the contract is sent."""
        listed = "\n".join(f"{number}. {point}" for number, point in enumerate(points, start=1))
        answer = self._asked("summary", "", prompt("summarise").format(points=listed), Summary)
        if answer is None:
            return None
        for sentence in answer.sentences:
            unknown = [number for number in sentence.points if not 1 <= number <= len(points)]
            fault = f"it speaks of a point that there is not ({unknown[0]})" if unknown else ""
            if not fault and not sentence.points:
                fault = "it has a sentence that rests on no point"
            fault = fault or fault_in(sentence.text, listed, quotable="")
            if not fault and (brought := new_terms(sentence.text)):
                fault = f"it brings in another point ({brought[0]})"
            if fault:
                self._refuse("summary", "", fault)
                return None
        self.used += 1
        self.summary = " ".join(sentence.text.strip() for sentence in answer.sentences)
        return self.summary

    def write(self, paragraph: str, tone: str, blanks: Sequence[str]) -> str | None:
        """A paragraph of a letter in a tone that the reader named; every blank, day, sum and name stays."""
        hidden = hide((paragraph,), self.names)
        answer = self._asked("letter", "", prompt("letter").format(paragraph=hidden.texts[0], tone=tone), Paragraph)
        words = self._words(answer.paragraph, hidden, "letter", "") if answer is not None else None
        if words is None:
            return None
        fault = fault_in(words, paragraph, quotable=paragraph)
        lost = [kept for kept in (*blanks, *hidden.kept.values()) if kept in paragraph and kept not in words]
        if not fault and lost:
            fault = "it leaves out a name, sum or blank that has to stay"
        if not fault and len(words.split()) > 2 * len(paragraph.split()) + 10:
            fault = "it says much more than the letter does"
        if fault:
            self._refuse("letter", "", fault)
            return None
        self.used += 1
        return words

    def _asked(self, use: Use, finding: str, question: str, shape: type[Shape]) -> Shape | None:
        if self.stopped:
            return None
        self.asked += 1
        for last in (number == _TRIES for number in range(1, _TRIES + 1)):
            try:
                answer = self.model.ask(question, shape)
            except NoAnswer as error:
                if last:
                    self._refuse(use, finding, str(error))
            except ModelRefused as error:
                self.stopped = str(error)
                return None
            else:
                assert isinstance(answer, shape)
                return answer
        return None

    def _words(self, answer: str, hidden: Hidden, use: Use, finding: str) -> str | None:
        try:
            return hidden.put_back(" ".join(answer.split()))
        except Tampered as error:
            self._refuse(use, finding, str(error))
            return None

    def _refuse(self, use: Use, finding: str, because: str) -> None:
        self.refusals.append(Refusal(use, finding, because))
