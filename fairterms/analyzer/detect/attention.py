"""For each kind, which words of a line matter to it, and what they say: a weighted mean of the encoder's token states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

States = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Attention:
    """``queries`` and ``values`` are dimensions by kinds, ``offsets`` one a kind; ``centre`` and ``spread`` of a state."""

    queries: npt.NDArray[np.float32]
    values: npt.NDArray[np.float32]
    offsets: npt.NDArray[np.float32]
    centre: npt.NDArray[np.float32]
    spread: npt.NDArray[np.float32]

    def log_odds(self, states: Sequence[States]) -> npt.NDArray[np.float32]:
        """One row of log-odds for each line's token states (tokens by dimensions)."""
        found = np.empty((len(states), self.values.shape[1]), dtype=np.float32)
        for row, line in enumerate(states):
            level = (line - self.centre) / self.spread
            asked = level @ self.queries
            weight = np.exp(asked - asked.max(axis=0))
            found[row] = (weight * (level @ self.values)).sum(axis=0) / weight.sum(axis=0)
        return found + self.offsets
