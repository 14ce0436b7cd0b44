"""Two versions of a contract as text or JSON: what got worse for the creator, what got better, and which figures changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from textwrap import fill
from typing import get_args

from fairterms.bargaining.edits import as_edits
from fairterms.bargaining.versions import Effect, PassageKind, Turn, Versions
from fairterms.reports.grid.table import GROUPS
from fairterms.reports.values import NOT_LEGAL_ADVICE

FORMS = ("text", "json")
_WIDTH = 96
_LONGEST = 340  # letters of a sentence that are shown
_KINDS: tuple[tuple[PassageKind, str], ...] = (
    ("changed", "changed"), ("added", "added"), ("removed", "taken out"), ("moved", "only moved"),
)  # fmt: skip
_HEADS: tuple[tuple[Turn, str], ...] = (
    ("worse", "WORSE FOR YOU"),
    ("better", "BETTER FOR YOU"),
    ("other", "ALSO CHANGED"),
)


def render_versions(versions: Versions, form: str) -> str:
    return _json(versions) if form == "json" else "\n".join(_text(versions)) + "\n"


def _text(versions: Versions) -> Iterator[str]:
    yield f"{versions.old} -> {versions.new}"
    changed = ", ".join(f"{versions.count(kind)} {word}" for kind, word in _KINDS)
    yield fill(
        f"Sentences: {changed}, {versions.count('same')} the same. Score {versions.before.value} before, {versions.after.value} now.",
        _WIDTH,
    )
    for turn, head in _HEADS:
        effects = [effect for effect in versions.effects if effect.turn == turn]
        if effects:
            yield ""
            yield f"{head} ({len(effects)})"
            for effect in effects:
                yield from _effect(effect)
    if versions.figures:
        yield ""
        yield f"FIGURES THAT CHANGED ({len(versions.figures)})"
        for figure in versions.figures:
            where = f" ({figure.section})" if figure.section else ""
            yield fill(
                f"- {figure.kind}: {figure.old or 'none'} -> {figure.new or 'none'}{where}",
                _WIDTH,
                subsequent_indent="  ",
            )
    if not versions.effects and not versions.figures:
        yield ""
        yield "Nothing that is looked for here changed for you; read the changed sentences all the same."
    yield ""
    yield fill(NOT_LEGAL_ADVICE, _WIDTH)


def _effect(effect: Effect) -> Iterator[str]:
    severities = " -> ".join(severity for severity in (effect.before, effect.after) if severity)
    where = f", {effect.section}" if effect.section else ""
    head = (
        f"- {effect.title} [{GROUPS[effect.group]}{where}]: {effect.because}{f' ({severities})' if severities else ''}"
    )
    yield fill(head, _WIDTH, subsequent_indent="  ")
    if effect.old or effect.new:
        yield fill(_marked(effect), _WIDTH, initial_indent="  | ", subsequent_indent="  | ")


def _marked(effect: Effect) -> str:
    """The sentence with what went in [-brackets-] and what came in {+braces+}."""
    if not effect.old or not effect.new:
        words = _short(effect.new or effect.old)
        return words if effect.new else f"[-{words}-]"
    marked, done = "", 0
    for edit in as_edits(effect.old, effect.new, 0):
        marked += effect.old[done : edit.span.start]
        gone = effect.old[edit.span.start : edit.span.end]
        marked += (f"[-{gone}-]" if gone else "") + (f"{{+{edit.replacement}+}}" if edit.replacement else "")
        done = edit.span.end
    return _short(marked + effect.old[done:])


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " ..."


def _json(versions: Versions) -> str:
    counts = {kind: versions.count(kind) for kind in get_args(PassageKind)}
    told = {
        "schema": "fairterms.diff/1",
        "old": versions.old,
        "new": versions.new,
        "sentences": counts,
        "score": {"before": versions.before.value, "after": versions.after.value},
        "effects": [asdict(effect) for effect in versions.effects],
        "figures": [asdict(figure) for figure in versions.figures],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
