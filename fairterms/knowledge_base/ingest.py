"""Read the facts files, report all faults at once, and give the facts a version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from importlib import resources
from importlib.resources.abc import Traversable

import yaml

from fairterms.knowledge_base.schema import read_entry
from fairterms.knowledge_base.values import Fact, FactKind

FOLDERS: dict[str, FactKind] = {"law": "law", "precedents": "precedent", "rates": "rate"}

# libyaml reads the facts eight times faster than the Python parser; some platforms have no build of it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FaultyFacts(Exception):  # noqa: N818 - it names what the person has in hand
    """Facts files that cannot be used; the message names every fault, one to a line."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("the facts files have faults:\n" + "\n".join(self.faults))


def load_facts(folder: Traversable | None = None) -> tuple[Fact, ...]:
    """Every fact of ``folder`` (by default the shipped data), sorted by id."""
    root = folder if folder is not None else resources.files("fairterms.data")
    facts: dict[str, tuple[Fact, str]] = {}
    faults: list[str] = []
    for name, kind in FOLDERS.items():
        for path, raws in _read_folder(root / name, name, faults):
            for number, raw in enumerate(raws, start=1):
                named = raw.get("id") if isinstance(raw, dict) else None
                where = f"{path}: {named if isinstance(named, str) else f'entry {number}'}"
                entry = read_entry(raw, kind)
                if isinstance(entry, list):
                    faults.extend(f"{where}: {fault}" for fault in entry)
                elif entry.id in facts:
                    faults.append(f"{where}: the id is used twice; it is also in {facts[entry.id][1]}")
                else:
                    facts[entry.id] = (entry.as_fact(kind), path)
    if faults:
        raise FaultyFacts(faults)
    return tuple(facts[key][0] for key in sorted(facts))


def _read_folder(folder: Traversable, name: str, faults: list[str]) -> Iterable[tuple[str, list[object]]]:
    if not folder.is_dir():
        faults.append(f"{name}: the folder is missing")
        return
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".yaml"):
            continue
        path = f"{name}/{file.name}"
        try:
            content = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
        except yaml.YAMLError as error:
            faults.append(f"{path}: this is not YAML: {' '.join(str(error).split())}")
            continue
        except UnicodeDecodeError:
            faults.append(f"{path}: the file is not written in UTF-8")
            continue
        if not isinstance(content, list):
            faults.append(f"{path}: a facts file is a list of entries, each beginning with '- id: ...'")
            continue
        yield path, content


def facts_version(facts: Iterable[Fact]) -> str:
    """A short name for exactly these facts: a changed word is another version."""
    content = json.dumps([asdict(fact) for fact in facts], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def searchable(fact: Fact) -> str:
    """The words by which a fact is found."""
    return f"{fact.title}. {fact.says} {fact.use}"
