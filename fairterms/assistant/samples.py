"""The shipped sample contracts, with what is said about each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented contract, and the person, place and medium that it was written for."""

    id: str
    file: str
    title: str
    about: str
    creator: str
    jurisdiction: str
    medium: str

    @property
    def data(self) -> bytes:
        return (files("fairterms.data") / "samples" / self.file).read_bytes()


@cache
def read_samples() -> tuple[Sample, ...]:
    index = yaml.safe_load((files("fairterms.data") / "samples" / "samples.yaml").read_text(encoding="utf-8"))
    names = ("id", "file", "title", "about", "creator", "jurisdiction", "medium")
    return tuple(Sample(**{name: entry[name] for name in names}) for entry in index)
