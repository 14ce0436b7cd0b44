"""Grows the trees of the third look with LightGBM, and lays them out as plain arrays."""

from __future__ import annotations

from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from fairterms.analyzer.detect.trees import Trees

_TREES = 300
_SETTINGS = {
    "objective": "binary", "learning_rate": 0.03, "num_leaves": 15, "min_data_in_leaf": 100, "lambda_l2": 5.0,
    "feature_fraction": 0.3, "bagging_fraction": 0.8, "bagging_freq": 1, "seed": 0, "deterministic": True,
    "force_row_wise": True, "num_threads": 1, "verbosity": -1,
}  # fmt: skip


def grow(columns: npt.NDArray[np.float32], wanted: npt.NDArray[np.bool_]) -> Trees:
    """Trees whose sum is the log-odds of ``wanted``; rows by columns, NaN where a value is missing."""
    data = lightgbm.Dataset(columns, label=wanted.astype(np.float32))
    booster = lightgbm.train(_SETTINGS, data, num_boost_round=_TREES)
    return trees_of(booster.dump_model())


def trees_of(model: dict[str, Any]) -> Trees:
    """LightGBM's own description of a model, as arrays."""
    nodes: list[list[float]] = []

    def add(node: dict[str, Any]) -> int:
        place = len(nodes)
        nodes.append([0, np.inf, place, place, 1, 0.0])
        if "leaf_value" in node and "split_feature" not in node:
            nodes[place][5] = node["leaf_value"]
        else:
            # Where no value was missing in training, a missing one is read as 0.
            left = node["default_left"] if node["missing_type"] == "NaN" else node["threshold"] >= 0.0
            nodes[place][:2] = node["split_feature"], node["threshold"]
            nodes[place][4] = left
            nodes[place][2] = add(node["left_child"])
            nodes[place][3] = add(node["right_child"])
        return place

    roots = [add(tree["tree_structure"]) for tree in model["tree_info"]]
    column, threshold, left, right, missing, value = np.array(nodes).T
    return Trees(
        np.array(roots, dtype=np.int32), column.astype(np.int16), threshold, left.astype(np.int32),
        right.astype(np.int32), missing.astype(bool), value,
    )  # fmt: skip
