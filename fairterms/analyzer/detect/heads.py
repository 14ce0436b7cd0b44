"""Trained heads: how likely each line of a contract is of each of some labelled kinds of clause."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fairterms.analyzer.detect.attention import Attention
from fairterms.analyzer.detect.features import Line, Rows, rows_of
from fairterms.analyzer.detect.surroundings import columns_of
from fairterms.analyzer.detect.trees import Trees
from fairterms.analyzer.embed import TokenReader, Window, open_token_reader

MODELS = Path(__file__).with_name("models")
LAYERS = MODELS / "layers.npz"
"""The encoder's layers, trained further on the labelled contracts of all heads together."""

CLAUSES = MODELS / "clauses.npz"
"""Twenty-five kinds of clause of business contracts."""

UNFAIR = MODELS / "unfair.npz"
"""Eight kinds of unfair clause of terms of service."""

_ARRAYS = ("queries", "values", "offsets", "centre", "spread")
_NODES = ("roots", "column", "threshold", "left", "right", "missing_left", "value")


@dataclass(frozen=True, slots=True)
class Head:
    """What was learnt of some kinds of clause, in three looks at a contract.

    The first counts groups of words (``weights``, ``offsets``) and lets the lines through whose log-odds for some kind
    are above ``glance``. The second reads these lines with the encoder; its ``attention`` has two columns a kind, first
    all for what was asked, then all for a wider label, joined with ``strict`` as the share of the first. The third,
    where there are ``trees``, weighs both looks in the line's surroundings, for the kinds above ``least`` at the second;
    without trees both looks are added, with ``wording`` as the share of the first. ``cuts`` are the probabilities from
    which a line is best called one of its kind; ``slope`` straightens the log-odds, ``credit`` names the data.
    """

    kinds: tuple[str, ...]
    weights: npt.NDArray[np.float16]
    offsets: npt.NDArray[np.float32]
    attention: Attention
    trees: Trees | None
    glance: float
    least: float
    strict: float
    wording: float
    cuts: npt.NDArray[np.float32]
    slope: tuple[float, float]
    credit: str

    def probabilities(
        self, lines: Sequence[Line], read: TokenReader, *, only: Sequence[str] = ()
    ) -> npt.NDArray[np.float32]:
        """Calibrated probabilities, lines by kinds, for the lines of one contract in text order.

        ``only`` names the kinds that matter to the caller: lines that can be none of these are not read, to save time.
        """
        found = np.zeros((len(lines), len(self.kinds)), dtype=np.float32)
        if not lines:
            return found
        words = self._first_look(rows_of(lines))
        meaning = np.full_like(words, np.nan)
        asked = [self.kinds.index(kind) for kind in only] if only else slice(None)
        chosen = np.flatnonzero(words[:, asked].max(axis=1) > self.glance)
        if len(chosen):
            both = self.attention.log_odds(read([window_of(lines[place]) for place in chosen.tolist()]))
            meaning[chosen] = join_labels(both, self.strict)
        places = places_of(meaning, self.least)
        if places:
            rows, kinds = np.array(places).T
            if self.trees is not None:
                log_odds = self.trees.log_odds(columns_of(lines, words, meaning, places))
            else:
                log_odds = join_looks(words, meaning, self.wording)[rows, kinds]
            found[rows, kinds] = calibrated(log_odds, self.slope)
        return found

    def _first_look(self, rows: Rows) -> npt.NDArray[np.float32]:
        return rows.times(self.weights) + self.offsets


def join_labels(both: npt.NDArray[np.float32], strict: float) -> npt.NDArray[np.float32]:
    """Log-odds of what was asked and of the wider label, side by side, as one."""
    asked, wider = np.split(both, 2, axis=1)
    joined: npt.NDArray[np.float32] = strict * asked + (1 - strict) * wider
    return joined


def join_looks(
    words: npt.NDArray[np.float32], meaning: npt.NDArray[np.float32], wording: float
) -> npt.NDArray[np.float64]:
    joined: npt.NDArray[np.float64] = (wording * words + (1 - wording) * meaning).astype(np.float64)
    return joined


def calibrated(log_odds: npt.NDArray[np.float64], slope: tuple[float, float]) -> npt.NDArray[np.float64]:
    """Log-odds, straightened by a line fitted on held-out contracts, as probabilities."""
    result: npt.NDArray[np.float64] = 1 / (1 + np.exp(-(slope[0] * log_odds + slope[1])))
    return result


def window_of(line: Line) -> Window:
    return Window(line.text, line.heading, line.before, line.after)


def places_of(meaning: npt.NDArray[np.float32], least: float) -> list[tuple[int, int]]:
    """The lines and kinds that the third look weighs; NaN stands for what was not read."""
    rows, kinds = np.nonzero(np.nan_to_num(meaning, nan=-np.inf) > least)
    return list(zip(rows.tolist(), kinds.tolist(), strict=True))


@cache
def models_version() -> str:
    """Which trained heads these are: a fingerprint of their files."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in (LAYERS, CLAUSES, UNFAIR)))
    return f"heads@{digest.hexdigest()[:12]}"


@cache
def open_reader() -> TokenReader:
    """The encoder that all heads read with."""
    return open_token_reader(LAYERS)


def save_head(head: Head, path: Path) -> None:
    """Write a head as one compressed file that holds numbers and names only."""
    arrays = {name: getattr(head.attention, name).astype(np.float32) for name in _ARRAYS}
    nodes = {f"tree_{name}": getattr(head.trees, name) for name in _NODES} if head.trees is not None else {}
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            kinds=np.array(head.kinds),
            weights=head.weights,
            word_offsets=head.offsets,
            cuts=head.cuts,
            numbers=np.array([head.glance, head.least, head.strict, head.wording, *head.slope]),
            credit=np.array(head.credit),
            **arrays,
            **nodes,
        )


@cache
def open_head(path: Path) -> Head:
    """The head that ``save_head`` wrote; FileNotFoundError where there is none."""
    with np.load(path, allow_pickle=False) as stored:
        glance, least, strict, wording, *slope = stored["numbers"].tolist()
        grown = "tree_roots" in stored.files
        return Head(
            kinds=tuple(stored["kinds"].tolist()),
            weights=stored["weights"],
            offsets=stored["word_offsets"],
            attention=Attention(**{name: stored[name] for name in _ARRAYS}),
            trees=Trees(**{name: stored[f"tree_{name}"] for name in _NODES}) if grown else None,
            glance=glance,
            least=least,
            strict=strict,
            wording=wording,
            cuts=stored["cuts"],
            slope=(slope[0], slope[1]),
            credit=str(stored["credit"]),
        )
