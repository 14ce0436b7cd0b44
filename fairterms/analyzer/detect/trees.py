"""Boosted trees as plain arrays, evaluated without the library that grew them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Trees:
    """Nodes of all trees in a row. A row of columns goes left where ``columns[column] <= threshold``.

    ``left`` and ``right`` are places of nodes; a leaf points to itself and has a ``value``. ``missing_left`` says where
    a row goes whose column is NaN. ``roots`` are the places where the trees begin. The sum of the leaves is a log-odds.
    """

    roots: npt.NDArray[np.int32]
    column: npt.NDArray[np.int16]
    threshold: npt.NDArray[np.float64]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    missing_left: npt.NDArray[np.bool_]
    value: npt.NDArray[np.float64]

    def log_odds(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """The sum of all trees, one a row."""
        sums = np.zeros(len(columns))
        everyone = np.arange(len(columns))
        for root in self.roots:
            at = np.full(len(columns), root)
            while True:
                seen = columns[everyone, self.column[at]].astype(np.float64)
                goes_left = np.where(np.isnan(seen), self.missing_left[at], seen <= self.threshold[at])
                following = np.where(goes_left, self.left[at], self.right[at])
                if np.array_equal(following, at):
                    break
                at = following
            sums += self.value[at]
        return sums
