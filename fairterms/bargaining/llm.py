"""A chat model as a plain function from prompt to text; remote only when allowed (the door to LangChain's models)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

# The provider that runs on this machine, at this address; its own settings could point elsewhere.
_LOCAL = "ollama"
_LOCAL_ADDRESS = "http://127.0.0.1:11434"
_EXTRAS = {"openai": "openai", "anthropic": "anthropic", "ollama": "ollama"}


class ModelRefused(Exception):  # noqa: N818 - it names what the person has to decide or install
    """The chat model asked for may not or cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Complete:
    """A chat model: its name for the record, and the function itself."""

    name: str
    ask: Callable[[str], str]


def open_chat_model(spec: str, *, allow_remote: bool = False) -> Complete:
    """The model that a LangChain provider string names, such as ``ollama:qwen3`` or ``openai:gpt-5``.

    A contract's words go to the model. So a provider that is not on this machine is refused unless ``allow_remote``.
    """
    provider, _, name = spec.partition(":")
    if not name:
        raise ModelRefused(f"{spec}: write the model as PROVIDER:NAME, such as ollama:qwen3")
    if (provider != _LOCAL or name.endswith("-cloud")) and not allow_remote:
        raise ModelRefused(
            f"{spec}: this model runs elsewhere and would be sent the contract's words; add --allow-remote if you agree"
        )
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as error:
        raise ModelRefused(
            f"{spec}: install the extra for it: pip install 'fairterms[{_EXTRAS.get(provider, 'models')}]'"
        ) from error
    try:
        where: dict[str, Any] = {} if allow_remote else {"base_url": _LOCAL_ADDRESS}
        model = init_chat_model(spec, temperature=0, **where)
    except (ImportError, ValueError) as error:
        raise ModelRefused(f"{spec}: {str(error).splitlines()[0]}") from error

    def ask(prompt: str) -> str:
        try:
            return str(model.invoke(prompt).text).strip()
        except Exception as error:  # each provider raises its own; whatever it is, the person has to see to the model
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ModelRefused(f"{spec}: the model gave no answer ({type(error).__name__}: {reason[:120]})") from error

    return Complete(spec, ask)


def prompt_for_wording(sentence: str, draft: str, meaning: str, aim: str) -> str:
    """The question that asks for a better wording of a draft; the contract's words are marked as material."""
    template = (files("fairterms.bargaining") / "prompts" / "reword.md").read_text(encoding="utf-8")
    return template.format(sentence=sentence, draft=draft, meaning=meaning, aim=aim)
