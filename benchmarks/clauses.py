"""Single labelled clauses: is every risk in each of them found, and nothing else called one?"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import yaml

from fairterms.assistant.service import open_assistant


def run(data: Path, predictions: Path | None, show_errors: int) -> dict[str, float]:
    """Print and return in how many clauses the labels of the findings are exactly those that the clause bears.

    A clause bears ``labels``; ``labels.yaml`` beside the file says which of them a finding of each term may match. What a
    ``neutral:`` label names counts neither way.
    """
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        clauses = [json.loads(line) for line in lines if line.strip()]
    names = yaml.safe_load(data.with_name("labels.yaml").read_text(encoding="utf-8"))
    assistant = open_assistant()
    written, wrong = [], []
    for clause in clauses:
        findings = assistant.review(assistant.read_text(clause["text"], name=clause["id"])).analysis.findings
        terms = sorted({finding.term for finding in findings if finding.polarity == "risk"})
        written.append(json.dumps({"id": clause["id"], "terms": terms}) + "\n")
        if "labels" not in clause:
            continue
        risks = {label for label in clause["labels"] if ":" not in label}
        neutral = {label.partition(":")[2] for label in clause["labels"] if label.startswith("neutral:")}
        found: set[str] = set()
        beside = []
        for term in terms:
            own = set(names["terms"].get(term, ()))
            right = risks & (own | set(names["also"].get(term, ())))
            found |= right
            if own and not right and not own & neutral:
                beside.append(term)
        if missed := sorted(risks - found):
            wrong.append(f"{clause['id']}: missed {', '.join(missed)}")
        if beside:
            wrong.append(f"{clause['id']}: false {', '.join(beside)}")
    if predictions is not None:
        predictions.write_text("".join(written), encoding="utf-8")
    labelled = sum("labels" in clause for clause in clauses)
    if not labelled:
        return {}
    right_ones = labelled - len({line.partition(": ")[0] for line in wrong})
    print(f"clauses of which all is right: {right_ones} of {labelled}")
    for line in wrong[:show_errors]:
        print(line)
    return {"right": right_ones / labelled}
