"""Labelled contracts as lines: what heads are trained on and measured with."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from fairterms.analyzer.detect.features import Line
from fairterms.analyzer.detect.lines import in_order, lines_of
from fairterms.analyzer.readers import read_text
from fairterms.analyzer.segment import segment
from fairterms.analyzer.values import Span

# The kinds of CUAD that bear on creators' contracts; the other sixteen are dates, names and corporate matters.
CUAD_KINDS = (
    "License Grant", "Irrevocable Or Perpetual License", "Unlimited/All-You-Can-Eat-License", "Ip Ownership Assignment",
    "Joint Ip Ownership", "Exclusivity", "Non-Compete", "Non-Transferable License", "Affiliate License-Licensee",
    "Covenant Not To Sue", "Most Favored Nation", "Revenue/Profit Sharing", "Minimum Commitment", "Audit Rights",
    "Cap On Liability", "Uncapped Liability", "Liquidated Damages", "Termination For Convenience", "Renewal Term",
    "Notice Period To Terminate Renewal", "Post-Termination Services", "Rofr/Rofo/Rofn", "Third Party Beneficiary",
    "Governing Law", "Anti-Assignment",
)  # fmt: skip
CLAUDETTE_KINDS = (
    "Arbitration", "Choice of law", "Content removal", "Contract by using", "Jurisdiction", "Limitation of liability",
    "Unilateral change", "Unilateral termination",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract's lines; ``entry`` is what the file says of it, ``spans`` where its lines stand in its text."""

    entry: Mapping[str, Any]
    lines: Sequence[Line]
    spans: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of service that come as sentences; ``entries`` are what the file says of each."""

    entries: Sequence[Mapping[str, Any]]
    lines: Sequence[Line]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def read_contracts(path: Path, *, workers: int = 2) -> list[Contract]:
    """Whole contracts (``doc_id``, ``text`` and perhaps ``spans``), cut into lines."""
    entries = list(read_lines(path))
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(_contract, entries, chunksize=8))


def _contract(entry: dict[str, Any]) -> Contract:
    document = read_text(entry["text"], entry["doc_id"])
    lines, spans = lines_of(document.text, segment(document))
    return Contract(entry, lines, spans)


def read_terms(path: Path) -> list[Terms]:
    """Sentences (``id`` ending in their number, ``doc_id``, ``text`` and perhaps ``labels``), by document in text order."""
    entries = sorted(read_lines(path), key=lambda entry: (entry["doc_id"], int(entry["id"].rpartition("-")[2])))
    return [
        Terms(sentences, in_order([entry["text"] for entry in sentences], [""] * len(sentences)))
        for _, group in groupby(entries, key=lambda entry: str(entry["doc_id"]))
        if (sentences := list(group))
    ]
