"""What must hold for every JSON report, whatever contract it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

FACT_KINDS = {"duration", "notice", "amount", "share", "territory", "cap", "date", "count", "deadline"}
SEVERITIES = {"critical", "high", "medium", "low"}
STRING, NUMBER = (str,), (int, float)

_KEYS: dict[str, dict[str, tuple[type, ...]]] = {
    "report": {
        "schema": STRING, "document": (dict,), "parties": (list,), "findings": (list,), "compounds": (list,),
        "score": (dict,), "proposals": (list,), "provenance": (dict,), "definitions": (list,), "references": (list,),
    },
    "definition": {"name": STRING, "kind": STRING, "start": (int,), "end": (int,), "text": STRING},
    "reference": {
        "start": (int,), "end": (int,), "relation": STRING, "number": STRING, "state": STRING,
        "target": (dict, type(None)), "because": STRING,
    },
    "document": {
        "name": STRING, "sha256": STRING, "format": STRING, "pages": (int,), "characters": (int,), "language": STRING,
        "warnings": (list,), "unread_pages": (list,),
    },
    "party": {"role": STRING, "names": (list,)},
    "finding": {
        "id": STRING, "term": STRING, "title": STRING, "polarity": STRING, "severity": STRING, "confidence": NUMBER,
        "level": STRING, "direction": (dict, type(None)), "rung": (int, type(None)), "start": (int, type(None)), "end": (int, type(None)),
        "quote": (str, type(None)), "page": (int, type(None)), "section": (str, type(None)), "boxes": (list,),
        "why": STRING, "evidence": (list,), "steps": (list,), "facts": (dict,),
        "measured": (dict, type(None)),
    },
    "direction": {
        "giver": (str, type(None)), "receiver": (str, type(None)), "beneficiary": (str, type(None)), "read_from": STRING,
    },
    "measured": {"shown": (int,), "right": (int,), "labelled": (int,), "found": (int,)},
    "box": {"page": (int,), "x0": NUMBER, "y0": NUMBER, "x1": NUMBER, "y1": NUMBER},
    "evidence": {
        "kind": STRING, "text": STRING, "start": (int, type(None)), "end": (int, type(None)), "score": NUMBER,
    },
    "step": {"from": STRING, "to": STRING, "because": STRING},
    "compound": {"id": STRING, "findings": (list,), "severity": STRING, "why": STRING},
    "score": {"value": (int,), "grade": STRING, "parts": (list,)},
    "part": {"finding": STRING, "points": NUMBER},
    "proposal": {
        "finding": STRING, "strength": STRING, "edits": (list,), "text": STRING, "rationale": STRING,
        "citations": (list,), "verified": (bool,), "author": STRING,
    },
    "edit": {"start": (int,), "end": (int,), "replacement": STRING},
    "citation": {
        "id": STRING, "title": STRING, "date": STRING, "jurisdiction": STRING, "status": STRING, "checked": (bool,),
        "url": STRING,
    },
    "provenance": {"library": STRING, "code": STRING, "models": (list,)},
}  # fmt: skip
_OPTIONAL = {"document": {"text"}, "proposal": {"unverified_because"}}
# A sheet of A0 is 2384 by 3370 points; a contract's page is never larger.
_LARGEST_PAGE = 3400
_JURISDICTION = re.compile(r"(?:[A-Z]{2}(?:-[A-Z0-9]{1,3})?(?:, [A-Z]{2}(?:-[A-Z0-9]{1,3})?)*)?")


def broken_invariants(data: dict[str, Any], text: str) -> list[str]:
    """Every way in which the report is not what `interface.md` promises; empty when all is well."""
    faults = list(_shape("report", data, "report"))
    if faults:
        return faults
    faults += _shape("document", data["document"], "document")
    if data["schema"] != "fairterms.report/1":
        faults.append(f"schema is {data['schema']}")
    if data["document"].get("text", text) != text or data["document"]["characters"] != len(text):
        faults.append("document.text is not the text that was read")
    for party in data["parties"]:
        faults += _shape("party", party, "party")
        faults += _one_of(party["role"], {"creator", "company", "other"}, "party.role")
    ids = [finding["id"] for finding in data["findings"]]
    if len(ids) != len(set(ids)):
        faults.append("two findings have one id")
    for finding in data["findings"]:
        faults += _finding(finding, text, data["document"]["pages"])
    for definition in data["definitions"]:
        faults += _shape("definition", definition, definition["name"])
        if text[definition["start"] : definition["end"]] != definition["text"]:
            faults.append(f"the definition of {definition['name']} does not quote the text")
    for reference in data["references"]:
        faults += _shape("reference", reference, reference["number"])
        target = reference["target"]
        if (target is not None) != (reference["state"] == "found"):
            faults.append(f"reference {reference['number']} is {reference['state']} and has the target {target}")
        if target is not None and not 0 <= target["start"] < target["end"] <= len(text):
            faults.append(f"reference {reference['number']} points outside the text")
    compounds = {compound["id"] for compound in data["compounds"]}
    for compound in data["compounds"]:
        faults += _shape("compound", compound, compound["id"])
        faults += _one_of(compound["severity"], SEVERITIES, compound["id"])
        faults += [f"{compound['id']} names {id}" for id in compound["findings"] if id not in ids]
    faults += _score(data["score"], {*ids, *compounds})
    for proposal in data["proposals"]:
        faults += _proposal(proposal, set(ids), text)
    return faults + list(_shape("provenance", data["provenance"], "provenance"))


def _shape(kind: str, value: dict[str, Any], name: str) -> Iterator[str]:
    wanted = _KEYS[kind]
    if missing := wanted.keys() - value.keys():
        yield f"{name} lacks {sorted(missing)}"
    if extra := value.keys() - wanted.keys() - _OPTIONAL.get(kind, set()):
        yield f"{name} has {sorted(extra)} beyond the schema"
    for key, types in wanted.items():
        if key in value and type(value[key]) not in types:
            yield f"{name}.{key} is {type(value[key]).__name__}"


def _one_of(value: str, allowed: set[str], name: str) -> list[str]:
    return [] if value in allowed else [f"{name} is {value}"]


def _direction(finding: dict[str, Any], name: str) -> Iterator[str]:
    direction = finding["direction"]
    if (direction is None) != (finding["polarity"] == "absent"):
        yield f"{name} has a direction only where words stand"
    if direction is None:
        return
    yield from _shape("direction", direction, f"{name}.direction")
    yield from _one_of(direction["read_from"], {"sentence", "contract"}, f"{name}.read_from")
    sides = {direction[key] for key in ("giver", "receiver", "beneficiary")}
    if not sides <= {"creator", "company", "other", "both", None}:
        yield f"{name} has the sides {sides}"
    if not sides & {"creator", "company", "both"} and finding["level"] != "ask_a_person":
        yield f"{name} is sure though nobody knows its direction"


def _finding(finding: dict[str, Any], text: str, pages: int) -> Iterator[str]:
    name = finding["id"]
    yield from _shape("finding", finding, name)
    yield from _one_of(finding["polarity"], {"risk", "protective", "absent"}, f"{name}.polarity")
    yield from _one_of(finding["severity"], SEVERITIES, f"{name}.severity")
    yield from _one_of(finding["level"], {"certain", "likely", "ask_a_person"}, f"{name}.level")
    if not 0 <= finding["confidence"] <= 1:
        yield f"{name}.confidence is {finding['confidence']}"
    if finding["rung"] is not None and finding["rung"] not in range(1, 6):
        yield f"{name}.rung is {finding['rung']}"
    if finding["polarity"] == "absent":
        if any(finding[key] is not None for key in ("start", "end", "quote", "page")) or finding["boxes"]:
            yield f"{name} is absent and yet stands somewhere"
    elif finding["start"] is None or text[finding["start"] : finding["end"]] != finding["quote"]:
        yield f"{name} does not quote the text"
    elif not finding["quote"].strip():
        yield f"{name} quotes nothing"
    yield from _direction(finding, name)
    for box in finding["boxes"]:
        yield from _shape("box", box, f"{name}.box")
        if not 1 <= box["page"] <= pages:
            yield f"{name} has a box on page {box['page']} of {pages}"
        if not (0 <= box["x0"] < box["x1"] <= _LARGEST_PAGE and 0 <= box["y0"] < box["y1"] <= _LARGEST_PAGE):
            yield f"{name} has a box off the page: {box}"
    for evidence in finding["evidence"]:
        yield from _shape("evidence", evidence, f"{name}.evidence")
        if evidence["start"] is not None and not 0 <= evidence["start"] <= evidence["end"] <= len(text):
            yield f"{name} rests on words outside the text"
    for step in finding["steps"]:
        yield from _shape("step", step, f"{name}.step")
        yield from _one_of(step["from"], SEVERITIES, f"{name}.step.from")
        yield from _one_of(step["to"], SEVERITIES, f"{name}.step.to")
    for kind, facts in finding["facts"].items():
        yield from _one_of(kind, FACT_KINDS, f"{name}.facts")
        if facts == "none_found":
            continue
        for fact in facts:
            if " ".join(text[fact["start"] : fact["end"]].split()) != fact["words"]:
                yield f"{name}.facts.{kind} does not quote the text"
            if set(fact) <= {"words", "start", "end", "place"}:
                yield f"{name}.facts.{kind} holds no value"


def _score(score: dict[str, Any], known: set[str]) -> Iterator[str]:
    yield from _shape("score", score, "score")
    if not 0 <= score["value"] <= 100 or score["grade"] not in set("ABCDEF"):
        yield f"score is {score['value']} {score['grade']}"
    for part in score["parts"]:
        yield from _shape("part", part, "score.part")
        if part["finding"] not in known:
            yield f"score counts {part['finding']}"


def _proposal(proposal: dict[str, Any], ids: set[str], text: str) -> Iterator[str]:
    name = f"proposal {proposal['finding']} {proposal['strength']}"
    yield from _shape("proposal", proposal, name)
    yield from _one_of(proposal["strength"], {"fair", "fallback"}, f"{name}.strength")
    if proposal["finding"] not in ids:
        yield f"{name} answers no finding"
    if proposal["verified"] == ("unverified_because" in proposal):
        yield f"{name}: unverified_because stands exactly where verified is false"
    if proposal.get("unverified_because") == "":
        yield f"{name} is unverified without a reason"
    if proposal["verified"] and not proposal["edits"]:
        yield f"{name} is verified and changes nothing"
    done = 0
    for edit in sorted(proposal["edits"], key=lambda edit: (edit["start"], edit["end"])):
        yield from _shape("edit", edit, name)
        if not done <= edit["start"] <= edit["end"] <= len(text):
            yield f"{name} has edits that overlap or leave the text"
        if edit["start"] == edit["end"] and not edit["replacement"]:
            yield f"{name} has an edit that changes nothing"
        done = edit["end"]
    for citation in proposal["citations"]:
        yield from _shape("citation", citation, name)
        if not _JURISDICTION.fullmatch(citation["jurisdiction"]):
            yield f"{name} cites law of {citation['jurisdiction']}"
        if not citation["date"] or not citation["status"]:
            yield f"{name} cites {citation['id']} without date or status"
