"""Trains the encoder's layers further, together with the attention of all heads, on a GPU or, slowly, on the CPU."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from fairterms.analyzer.embed import Row, load_weights, token_states

# Chosen among six settings by average precision on one fold (docs/evaluation.md, "Trained heads").
_ROUNDS = 3
_BATCH = 64
_PACE_LAYERS, _PACE_HEADS = 2e-4, 3e-3
_DECAY_LAYERS, _DECAY_HEADS = 0.01, 0.03
_WARM_UP = 0.1  # of the steps, after which the pace falls to nothing
_DROPOUT = 0.1
_STEEPEST = 5.0  # to which the layers' gradient is cut
_SAMPLE = 1500  # windows that the centre and the spread of the states are taken from


@dataclass(frozen=True, slots=True)
class Task:
    """Windows as word pieces, and what they are: lines by outputs. ``folds`` name each line's fold."""

    rows: Sequence[Row]
    labels: npt.NDArray[np.bool_]
    folds: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tuned:
    """Trained layers by name, the attention over their states (outputs of all tasks side by side), and the scores of
    what was left out: ``places`` in the tasks' joined lines, and their log-odds."""

    layers: dict[str, npt.NDArray[np.float32]]
    attention: dict[str, npt.NDArray[np.float32]]
    places: npt.NDArray[np.int64]
    scores: npt.NDArray[np.float32]

    def save(self, path: Path) -> None:
        layers = {f"layers/{name}": value.astype(np.float16) for name, value in self.layers.items()}
        attention = {f"attention/{name}": value for name, value in self.attention.items()}
        with path.open("wb") as file:
            np.savez(file, places=self.places, scores=self.scores, **layers, **attention)  # type: ignore[arg-type]


def open_tuned(path: Path) -> Tuned:
    with np.load(path, allow_pickle=False) as stored:
        parts: dict[str, dict[str, npt.NDArray[np.float32]]] = {"layers": {}, "attention": {}}
        for name in stored.files:
            group, _, rest = name.partition("/")
            if rest:
                parts[group][rest] = stored[name].astype(np.float32)
        return Tuned(parts["layers"], parts["attention"], stored["places"], stored["scores"])


def tune(tasks: Sequence[Task], left_out: Sequence[int], device: str) -> Tuned:
    """Train on the folds that are not left out; the same on the same machine to the last bit."""
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # CUDA's own condition for the same sums each time
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    rows = [row for task in tasks for row in task.rows]
    lengths = np.array([len(row.ids) for row in rows])
    folds = np.concatenate([task.folds for task in tasks])
    labels, asked = _side_by_side(tasks)
    weights = {name: value.to(device) for name, value in load_weights().items()}
    kept = np.flatnonzero(~np.isin(folds, left_out))
    centre, spread = _spread([rows[place] for place in rng.choice(kept, min(_SAMPLE, len(kept)), False)], weights)
    trained = {name: value.clone().requires_grad_() for name, value in weights.items() if name.startswith("encoder.")}
    weights |= trained
    share = np.clip((labels & asked)[kept].sum(axis=0) / asked[kept].sum(axis=0), 1e-4, 0.99)
    size, outputs = len(centre), labels.shape[1]
    queries = torch.zeros(size, outputs, device=device, requires_grad=True)
    values = torch.zeros(size, outputs, device=device, requires_grad=True)
    offsets = torch.tensor(np.log(share / (1 - share)), dtype=torch.float32, device=device, requires_grad=True)

    def score(chosen: npt.NDArray[np.int64], dropout: float) -> Tensor:
        ids, mask, inside = _padded([rows[place] for place in chosen], device)
        with torch.autocast("cuda", torch.bfloat16, enabled=bool(dropout) and device != "cpu"):
            states = token_states(ids, mask, weights, dropout=dropout)
        level = (states.float() - centre) / spread
        weight = torch.softmax((level @ queries).masked_fill(~inside[:, :, None], -1e9), dim=1)
        return (weight * (level @ values)).sum(dim=1) + offsets

    matrices = [value for name, value in trained.items() if name.endswith("weight") and "LayerNorm" not in name]
    plain = [value for name, value in trained.items() if not (name.endswith("weight") and "LayerNorm" not in name)]
    optimiser = torch.optim.AdamW([
        {"params": [queries, values, offsets], "lr": _PACE_HEADS, "weight_decay": _DECAY_HEADS},
        {"params": matrices, "lr": _PACE_LAYERS, "weight_decay": _DECAY_LAYERS},
        {"params": plain, "lr": _PACE_LAYERS, "weight_decay": 0.0},
    ])  # fmt: skip
    steps = _ROUNDS * -(-len(kept) // _BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(step / (_WARM_UP * steps), (steps - step) / ((1 - _WARM_UP) * steps)) + 1e-6
    )
    for _ in range(_ROUNDS):
        # Lines of like length share a batch; which ones is drawn anew each round.
        near = kept[np.argsort(lengths[kept] + rng.random(len(kept)) * 10, kind="stable")]
        batches = [near[start : start + _BATCH] for start in range(0, len(near), _BATCH)]
        for place in rng.permutation(len(batches)):
            batch = batches[place]
            wanted = torch.from_numpy(labels[batch].astype(np.float32)).to(device)
            counts = torch.from_numpy(asked[batch].astype(np.float32)).to(device)
            lost = functional.binary_cross_entropy_with_logits(score(batch, _DROPOUT), wanted, reduction="none")
            optimiser.zero_grad(set_to_none=True)
            ((lost * counts).sum() / len(batch)).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_([*matrices, *plain], _STEEPEST)
            optimiser.step()
            pace.step()
    places = np.flatnonzero(np.isin(folds, left_out))
    scores = np.empty((len(places), outputs), dtype=np.float32)
    order = np.argsort(lengths[places], kind="stable")
    with torch.no_grad():
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            scores[chosen] = score(places[chosen], 0.0).cpu().numpy()
    attention = {"queries": queries, "values": values, "offsets": offsets, "centre": centre, "spread": spread}
    return Tuned(
        {name: value.detach().cpu().numpy() for name, value in trained.items()},
        {name: value.detach().cpu().numpy() for name, value in attention.items()},
        places,
        scores,
    )


def _side_by_side(tasks: Sequence[Task]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The labels of all tasks as one table, and which of its cells were asked at all."""
    shape = (sum(len(task.rows) for task in tasks), sum(task.labels.shape[1] for task in tasks))
    labels, asked = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    line, output = 0, 0
    for task in tasks:
        here = np.s_[line : line + len(task.rows), output : output + task.labels.shape[1]]
        labels[here], asked[here] = task.labels, True
        line, output = line + len(task.rows), output + task.labels.shape[1]
    return labels, asked


def _spread(rows: Sequence[Row], weights: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """The mean and the spread of the states before any training."""
    device = next(iter(weights.values())).device.type
    with torch.no_grad():
        ordered = sorted(rows, key=lambda row: len(row.ids))
        parts = []
        for start in range(0, len(ordered), _BATCH):
            ids, mask, inside = _padded(ordered[start : start + _BATCH], device)
            parts.append(token_states(ids, mask, weights)[inside])
        states = torch.cat(parts)
        return states.mean(dim=0), states.std(dim=0) + 1e-3


def _padded(rows: Sequence[Row], device: str) -> tuple[Tensor, Tensor, Tensor]:
    """Word pieces, which of them are there, and which belong to the lines themselves."""
    ids = torch.nn.utils.rnn.pad_sequence([torch.tensor(row.ids) for row in rows], batch_first=True).to(device)
    places = torch.arange(ids.shape[1], device=device)[None, :]
    lengths, starts, ends = (
        torch.tensor([number(row) for row in rows], device=device)[:, None]
        for number in (lambda row: len(row.ids), lambda row: row.start, lambda row: row.end)
    )
    return ids, places < lengths, (places >= starts) & (places < ends)
