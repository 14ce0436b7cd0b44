"""The knowledge base as a LangChain retriever, for chains and agents that expect one."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from fairterms.knowledge_base.search import KnowledgeBase, search
from fairterms.knowledge_base.values import FactKind, Match


class FactRetriever(BaseRetriever):
    """``FactRetriever(base=base).invoke(question)`` gives the facts as documents, best first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    base: KnowledgeBase
    limit: int = 10
    kinds: tuple[FactKind, ...] | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(match) for match in search(query, base=self.base, limit=self.limit, kinds=self.kinds)]


def _document(match: Match) -> Document:
    """What a model may read of a fact: its words, and beside them all that a citation must show."""
    fact = match.fact
    return Document(
        id=fact.id,
        page_content=f"{fact.title}. {fact.says}",
        metadata={
            "kind": fact.kind,
            "date": fact.date,
            "jurisdictions": list(fact.jurisdictions),
            "standing": fact.standing,
            "source": fact.source.title,
            "url": fact.source.url,
            "payee": fact.payee,
            "because": match.because,
        },
    )
