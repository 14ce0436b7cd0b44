"""Whether probabilities are true: of the lines said to be one of a kind with 70 %, are seven in ten?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_BANDS = 10
_LEAST = 0.01  # probabilities below say "no" and would drown the others: hundreds to one


def expected_calibration_error(probabilities: npt.NDArray[np.float32], wanted: npt.NDArray[np.bool_]) -> float:
    """The mean distance between what was said and what was so, over bands of equal width, weighed by their cases."""
    return sum(count * abs(said - so) for _, count, said, so in _bands(probabilities, wanted)) / max(
        int((probabilities >= _LEAST).sum()), 1
    )


def reliability(probabilities: npt.NDArray[np.float32], wanted: npt.NDArray[np.bool_]) -> str:
    """A plot in letters, one band a line: said, so, and how many cases."""
    lines = [f"expected calibration error {expected_calibration_error(probabilities, wanted):.3f}"]
    for band, count, said, so in _bands(probabilities, wanted):
        mark = [" "] * 41
        mark[round(said * 40)] = "|"
        mark[round(so * 40)] = "o"
        lines.append(
            f"{band / _BANDS:.1f}-{(band + 1) / _BANDS:.1f} {''.join(mark)} said {said:.2f} so {so:.2f} ({count})"
        )
    return "\n".join(lines)


def _bands(
    probabilities: npt.NDArray[np.float32], wanted: npt.NDArray[np.bool_]
) -> list[tuple[int, int, float, float]]:
    kept = probabilities >= _LEAST
    said, so = probabilities[kept].astype(np.float64), wanted[kept]
    place = np.minimum((said * _BANDS).astype(int), _BANDS - 1)
    return [
        (band, int(here.sum()), float(said[here].mean()), float(so[here].mean()))
        for band in range(_BANDS)
        if (here := place == band).any()
    ]
