"""Logistic regression on groups of words, one weight a column and label, by L-BFGS."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from fairterms.analyzer.detect.features import COLUMNS, Rows

# Measured on CUAD's folds: see docs/evaluation.md, "Trained heads".
_STRENGTH = 5e-7  # of the L2 penalty, beside the mean loss of a line
_STEPS = 80
_KEPT = 0.4  # of the lines without any label; each then counts 1 / 0.4 times


def matrix(rows: Rows) -> Any:
    """The rows as a sparse matrix."""
    return sparse.csr_matrix((rows.values, rows.columns, rows.starts), shape=(len(rows), COLUMNS))


def fit_linear(rows: Any, labels: npt.NDArray[np.bool_]) -> tuple[Any, Any]:
    """Weights (columns by labels) and offsets for sparse rows and their labels (rows by labels)."""
    some: npt.NDArray[np.bool_] = np.asarray(labels.any(axis=1))
    lots = np.array([zlib.crc32(str(place).encode()) / 2**32 for place in range(len(labels))])
    chosen = np.flatnonzero(some | (lots < _KEPT))
    inputs, wanted = rows[chosen].astype(np.float32), labels[chosen].astype(np.float32)
    counts = np.where(some[chosen], 1.0, 1 / _KEPT).astype(np.float32)[:, None] / len(labels)
    turned = inputs.T.tocsr()
    shape = (COLUMNS, labels.shape[1])
    shares = np.clip((wanted * counts).sum(axis=0), 1e-6, None)
    first = np.zeros(COLUMNS * shape[1] + shape[1])
    first[-shape[1] :] = np.log(shares)

    def loss(values: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        weights = values[: -shape[1]].reshape(shape).astype(np.float32)
        offsets = values[-shape[1] :].astype(np.float32)
        scores = inputs @ weights + offsets
        soft = np.logaddexp(0, scores)
        value = float((counts * (soft - wanted * scores)).sum(dtype=np.float64))
        value += _STRENGTH * float((weights.astype(np.float64) ** 2).sum()) / 2
        slope = counts * (1 / (1 + np.exp(-scores)) - wanted)
        down = np.empty_like(values)
        down[: -shape[1]] = (turned @ slope + _STRENGTH * weights).ravel()
        down[-shape[1] :] = slope.sum(axis=0)
        return value, down

    found = optimize.minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "maxcor": 6})
    values = found.x
    return values[: -shape[1]].reshape(shape).astype(np.float16), values[-shape[1] :].astype(np.float32)
