"""A chat model as a plain function from a prompt and a shape to an answer of that shape (the door to LangChain's models)."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

# The provider that runs on this machine, at this address; its own settings could point elsewhere.
_LOCAL = "ollama"
_LOCAL_ADDRESS = "http://127.0.0.1:11434"
_EXTRAS = {"openai": "openai", "anthropic": "anthropic", "ollama": "ollama"}
_SECONDS = 180  # a small machine takes two minutes over a page
# An answer is about as long as its question: four letters are a token, and a model that loops is cut off.
_LETTERS_A_TOKEN = 4
_ROOM = 200  # tokens for the shape around a short answer
_LIMIT = {"ollama": "num_predict"}  # what each provider calls the longest answer, where it is not "max_tokens"


class ModelRefused(Exception):  # noqa: N818 - it names what the person has to decide or install
    """The chat model asked for may not or cannot be used; the message says what to do."""


class NoAnswer(Exception):  # noqa: N818 - it says what came, or did not come, of a question
    """The model was reached, and what it said has not the shape that was asked for."""


@dataclass(frozen=True, slots=True)
class Complete:
    """A chat model: its name for the record, the function itself, and whether what it is asked leaves this machine.

    ``ask`` raises ``NoAnswer`` for an answer of another shape and ``ModelRefused`` where the model is not to be had.
    """

    name: str
    ask: Callable[[str, type[BaseModel]], BaseModel]
    is_remote: bool = False


def is_remote(spec: str) -> bool:
    """Whether a model string names a model that does not run on this machine."""
    provider, name, address = _parts(spec)
    if address:
        return not _is_this_machine(address)
    return provider != _LOCAL or name.endswith("-cloud")


def open_chat_model(spec: str, *, allow_remote: bool = False) -> Complete:
    """The model that a string names: PROVIDER:NAME, or PROVIDER:NAME@ADDRESS for a server at another address.

    ``ollama:qwen3`` and ``openai:NAME@http://127.0.0.1:8080/v1`` run on this machine. A contract's words go to the model.
    So one that runs elsewhere is refused unless ``allow_remote``. Raises ``ModelRefused``.
    """
    provider, name, address = _parts(spec)
    remote = is_remote(spec)
    if remote and not allow_remote:
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
        model = init_chat_model(f"{provider}:{name}", temperature=0, **_where(provider, address, remote))
    except Exception as error:  # each provider raises its own for a missing key or package
        raise ModelRefused(f"{spec}: {(str(error) or type(error).__name__).splitlines()[0]}") from error
    return Complete(spec, lambda prompt, shape: _ask(model, spec, prompt, shape), remote)


def _ask(model: Any, spec: str, prompt: str, shape: type[BaseModel]) -> BaseModel:
    from langchain_core.exceptions import OutputParserException
    from pydantic import ValidationError

    limit = {_LIMIT.get(_parts(spec)[0], "max_tokens"): _ROOM + len(prompt) // _LETTERS_A_TOKEN}
    try:
        answer = model.with_structured_output(shape, method="json_schema").invoke(prompt, **limit)
    except (OutputParserException, ValidationError) as error:
        raise NoAnswer("the answer has not the shape that was asked for") from error
    except Exception as error:  # each provider raises its own; whatever it is, the person has to see to the model
        if type(error).__name__ == "LengthFinishReasonError":
            raise NoAnswer("the answer has no end") from error
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelRefused(f"{spec}: the model gave no answer ({type(error).__name__}: {reason[:120]})") from error
    if not isinstance(answer, shape):
        raise NoAnswer("the answer has not the shape that was asked for")
    return answer


def _parts(spec: str) -> tuple[str, str, str]:
    """Provider, name and address of a model string; the address "" where it names none. Raises ``ModelRefused``."""
    named, _, address = spec.partition("@")
    provider, _, name = named.partition(":")
    if not name:
        raise ModelRefused(f"{spec}: write the model as PROVIDER:NAME, such as ollama:qwen3")
    return provider, name, address


def _where(provider: str, address: str, remote: bool) -> dict[str, Any]:
    """What a provider is told of the place; on this machine no proxy, no key and no other setting may lead elsewhere."""
    if provider == _LOCAL:
        if remote:
            return {"base_url": address} if address else {}
        return {"base_url": address or _LOCAL_ADDRESS, "client_kwargs": {"trust_env": False, "timeout": _SECONDS}}
    place: dict[str, Any] = {"timeout": _SECONDS}
    if address:
        place["base_url"] = address
    if provider == "openai" and not remote:
        import httpx

        place |= {"api_key": "none", "http_client": httpx.Client(trust_env=False, timeout=_SECONDS)}
    return place


def _is_this_machine(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
