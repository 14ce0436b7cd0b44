"""``python -m benchmarks.training --data FOLDER --work FOLDER [--device cuda]`` trains the shipped heads again.

The encoder is trained six times, which wants a GPU; all else runs on two cores. What is done stays in the work folder, so a
run that was cut off goes on.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from benchmarks.claudette import figures as unfair_figures
from benchmarks.claudette import labels_of
from benchmarks.cuad import answers_of, by_contract, candidates_of, figures, is_same, words_of
from benchmarks.labelled import CLAUDETTE_KINDS, CUAD_KINDS, Contract, Terms, read_contracts, read_terms
from benchmarks.training.encoder import Task, Tuned, open_tuned, tune
from benchmarks.training.heads import ALL, Labelled, Recipe, Trained, best_cut, finish, part_of, weigh_words
from benchmarks.training.reliability import reliability
from fairterms.analyzer.detect.features import Line
from fairterms.analyzer.detect.heads import CLAUSES, LAYERS, MODELS, UNFAIR, save_head, window_of
from fairterms.analyzer.embed import open_tokenizer, save_layers

_FOLDS = 5
_CUAD = Recipe(
    glance=-7.0, least=-7.0, strict=0.5, wording=None, by_akin=True, credit="CUAD v1, The Atticus Project, CC BY 4.0"
)
_CLAUDETTE = Recipe(
    glance=-np.inf, least=-8.0, strict=0.7, wording=0.4, by_akin=False, credit="CLAUDETTE-ML, nlp-unibo 2024, CC BY 4.0"
)


def label_contracts(contracts: list[Contract]) -> Labelled:
    """Lines that hold most of an answer (or lie mostly in one) are akin; those that would count as it are wanted."""
    lines: list[Line] = []
    numbers: list[int] = []
    folds: list[int] = []
    wanted: list[npt.NDArray[np.bool_]] = []
    akin: list[npt.NDArray[np.bool_]] = []
    for number, contract in enumerate(contracts):
        entry = contract.entry
        answers = [
            (span["start"], span["end"], CUAD_KINDS.index(span["label"]), words_of(entry["text"][span["start"] : span["end"]]))
            for span in entry["spans"]
            if span["label"] in CUAD_KINDS
        ]  # fmt: skip
        for line, where in zip(contract.lines, contract.spans, strict=True):
            is_wanted, is_akin = np.zeros(len(CUAD_KINDS), bool), np.zeros(len(CUAD_KINDS), bool)
            for start, end, kind, words in answers:
                overlap = min(end, where.end) - max(start, where.start)
                if overlap > 0:
                    is_akin[kind] |= overlap >= min(end - start, len(where)) / 2
                    is_wanted[kind] |= is_same(words, words_of(line.text))
            wanted.append(is_wanted)
            akin.append(is_akin)
        lines += contract.lines
        numbers += [number] * len(contract.lines)
        folds += [fold_of(entry["doc_id"])] * len(contract.lines)
    return Labelled(
        CUAD_KINDS, lines, np.array(numbers), np.array(folds), np.array(wanted), np.array(akin), _CUAD
    )  # fmt: skip


def fold_of(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % _FOLDS


def label_terms(terms: list[Terms]) -> Labelled:
    """Sentences that are unfair are wanted; those that speak of the matter, fairly or not, are akin."""
    entries = [entry for document in terms for entry in document.entries]
    akin = [[kind in entry["tag_levels"] for kind in CLAUDETTE_KINDS] for entry in entries]
    return Labelled(
        CLAUDETTE_KINDS,
        [line for document in terms for line in document.lines],
        np.repeat(np.arange(len(terms)), [len(document.lines) for document in terms]),
        np.array([int(entry["official_fold"]) for entry in entries]),
        labels_of(entries),
        np.array(akin, dtype=bool),
        _CLAUDETTE,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds cuad and claudette_ml")
    parser.add_argument("--work", type=Path, required=True, help="a folder for what is done on the way")
    parser.add_argument(
        "--output", type=Path, default=MODELS, help="where the heads are written; else over the shipped ones"
    )
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"), help="where the encoder is trained")
    options = parser.parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    options.output.mkdir(parents=True, exist_ok=True)
    contracts = read_contracts(options.data / "cuad/train.jsonl.gz")
    terms = read_terms(options.data / "claudette_ml/claudette_ml_en.train.jsonl.gz")
    labelled = [label_contracts(contracts), label_terms(terms)]
    words = [weigh_words(data) for data in labelled]
    seen = [weighed.seen(data.recipe.glance) for data, weighed in zip(labelled, words, strict=True)]
    say(f"words are weighed; the encoder reads {len(seen[0])} and {len(seen[1])} lines")
    tasks = [_task(data, places) for data, places in zip(labelled, seen, strict=True)]
    tuned = {left_out: _tuned(tasks, left_out, options) for left_out in (ALL, *((fold,) for fold in range(_FOLDS)))}
    layers = {name: torch.from_numpy(value) for name, value in tuned[ALL].layers.items()}
    save_layers(layers, options.output / LAYERS.name)
    joined = np.empty((len(seen[0]) + len(seen[1]), sum(task.labels.shape[1] for task in tasks)), dtype=np.float32)
    for fold in range(_FOLDS):
        joined[tuned[(fold,)].places] = tuned[(fold,)].scores
    size = 2 * len(CUAD_KINDS)
    clauses = finish(labelled[0], words[0], seen[0], joined[: len(seen[0]), :size], part_of(tuned[ALL], 0, size))
    save_head(clauses.head, options.output / CLAUSES.name)
    width = 2 * len(CLAUDETTE_KINDS)
    unfair = finish(labelled[1], words[1], seen[1], joined[len(seen[0]) :, size:], part_of(tuned[ALL], size, width))
    save_head(unfair.head, options.output / UNFAIR.name)
    tell_clauses(contracts, labelled[0], clauses)
    tell_unfair(labelled[1], unfair)


def _task(data: Labelled, seen: npt.NDArray[np.int64]) -> Task:
    rows = open_tokenizer()([window_of(data.lines[place]) for place in seen])
    return Task(rows, np.hstack([data.wanted[seen], data.akin[seen]]), data.folds[seen])


def _tuned(tasks: list[Task], left_out: tuple[int, ...], options: argparse.Namespace) -> Tuned:
    path: Path = options.work / f"encoder-{'-'.join(map(str, left_out)) or 'all'}.npz"
    if not path.exists():
        say(f"training the encoder{f' without fold {left_out[0]}' if left_out else ''}")
        tune(tasks, left_out, options.device).save(path)
    return open_tuned(path)


def tell_clauses(contracts: list[Contract], data: Labelled, trained: Trained) -> None:
    """Held-out figures: lines, whole contracts, calibration."""
    folds = {contract.entry["doc_id"]: fold_of(contract.entry["doc_id"]) for contract in contracts}
    candidates = [
        candidate
        for number, contract in enumerate(contracts)
        for candidate in candidates_of(
            contract, trained.held_out[data.contracts == number], data.kinds, folds[contract.entry["doc_id"]]
        )
    ]
    entries = [contract.entry for contract in contracts]
    answers = answers_of(entries, folds)
    print("CUAD, held out, all kinds:", _told(figures(candidates, answers)))
    for kind in data.kinds:
        own = [answer for answer in answers if answer.kind == kind]
        if not own:
            continue
        print(f"  {kind:<38}{len(own):5}  {_told(figures([c for c in candidates if c.kind == kind], own))}")
    whole = by_contract(candidates, entries, folds)
    for kind, (heads, floor) in whole.items():
        print(f"  whole contracts: {kind:<38} heads {heads:.3f}  plain expression {floor:.3f}")
    means = np.array(list(whole.values())).mean(axis=0)
    print(
        f"  whole contracts: mean                                   heads {means[0]:.3f}  plain expression {means[1]:.3f}"
    )
    print(reliability(trained.held_out, data.wanted))


def tell_unfair(data: Labelled, trained: Trained) -> None:
    told = np.zeros(data.wanted.shape, dtype=bool)
    for fold in range(_FOLDS):
        here = data.folds == fold
        for kind in range(len(data.kinds)):
            cut = best_cut(trained.held_out[~here, kind], data.wanted[~here, kind])
            told[here, kind] = trained.held_out[here, kind] >= cut
    print("CLAUDETTE-ML, held out:", _told(unfair_figures(told, data.wanted)))
    print(reliability(trained.held_out, data.wanted))


def _told(values: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:.3f}" for name, value in values.items())


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
