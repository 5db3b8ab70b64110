"""Intervals for shares that were seen in a sample."""

from __future__ import annotations

import math
from typing import Final

#: Two-sided 95 %.
Z: Final = 1.959964


def wilson(share: float, size: int) -> tuple[float, float, float]:
    """The share and its 95 % interval (Wilson 1927), each in 0..1, for `size` trials."""
    share = min(max(share, 0.0), 1.0)
    spread = Z * math.sqrt(share * (1 - share) / size + Z * Z / (4 * size * size))
    centre = share + Z * Z / (2 * size)
    scale = 1 + Z * Z / size
    return share, max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
