"""Every setting in one value; the only module that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fairterms.analyzer.readers import Limits
from fairterms.knowledge_base.schema import MEDIA, check_jurisdiction
from fairterms.knowledge_base.stores import STORES

PREFIX = "FAIRTERMS_"


class BadSettings(Exception):  # noqa: N818 - it names what the person has in hand
    """A setting that cannot be used; the message names it and says what is possible."""


class Settings(BaseModel):
    """What a person may set. Each field is also read from ``FAIRTERMS_<FIELD>``; arguments win over the environment.

    ``folder`` holds what the machine computed (the search index); it may be deleted at any time. ``records`` holds the
    record of consents. ``model`` is a LangChain provider string such as ``ollama:qwen3``; that a contract may go to a remote
    one is no setting, since a person says so for each contract. ``model_price`` is IN/OUT, per million tokens.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Path = Field(default_factory=lambda: _cache_folder(os.environ))
    records: Path = Field(default_factory=lambda: _state_folder(os.environ))
    jurisdiction: str | None = None
    medium: str | None = None
    model: str | None = None
    model_price: Annotated[str, Field(pattern=r"^\d+(?:\.\d+)?/\d+(?:\.\d+)?$")] | None = None
    max_megabytes: Annotated[int, Field(ge=1)] = 50
    max_pages: Annotated[int, Field(ge=1)] = 1000
    store: str = "chroma"
    similarity: bool = True

    @property
    def limits(self) -> Limits:
        return Limits(max_bytes=self.max_megabytes * 2**20, max_pages=self.max_pages)


def read_settings(
    given: Mapping[str, object] | None = None, *, environment: Mapping[str, str] | None = None
) -> Settings:
    """The settings from the environment, then from the arguments that are not None."""
    environment = os.environ if environment is None else environment
    values: dict[str, object] = {}
    for name in Settings.model_fields:
        if (value := environment.get(PREFIX + name.upper())) is not None:
            values[name] = value
    values.update({name: value for name, value in (given or {}).items() if value is not None})
    if isinstance(values.get("jurisdiction"), str):
        values["jurisdiction"] = str(values["jurisdiction"]).upper()
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        fault = error.errors()[0]
        name = ".".join(str(part) for part in fault["loc"])
        raise BadSettings(f"{name}: {fault['msg']}") from error
    if settings.jurisdiction is not None:
        try:
            check_jurisdiction(settings.jurisdiction)
        except ValueError as error:
            raise BadSettings(f"jurisdiction: {error}") from error
    if settings.store not in STORES:
        raise BadSettings(f"store: {settings.store!r} is not known; choose one of {', '.join(STORES)}")
    if settings.medium is not None and settings.medium not in MEDIA:
        raise BadSettings(f"medium: {settings.medium!r} is not known; choose one of {', '.join(MEDIA)}")
    return settings


def stay_silent() -> None:
    """Switch off every library's telemetry and every download, before the libraries are imported."""
    for name, value in {
        "ANONYMIZED_TELEMETRY": "False",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "LANGCHAIN_TRACING_V2": "false",
        "LANGSMITH_TRACING": "false",
        "TOKENIZERS_PARALLELISM": "false",
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }.items():
        os.environ[name] = value


def _state_folder(environment: Mapping[str, str]) -> Path:
    base = environment.get("XDG_STATE_HOME") or environment.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".local" / "state") / "fairterms"


def _cache_folder(environment: Mapping[str, str]) -> Path:
    base = environment.get("XDG_CACHE_HOME") or environment.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "fairterms"
