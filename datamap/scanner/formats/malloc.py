"""How the C library hands out memory, for a process whose address space is limited."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Final

#: glibc's number for the size from which memory is mapped by itself, and returned as soon as it is free.
M_MMAP_THRESHOLD: Final = -3
PIECE: Final = 64 << 10


@cache
def return_at_once() -> None:
    """Have larger pieces of memory returned when they are freed: what Arrow reserves and gives back leaves no holes.

    Arrow reserves a whole block for every column of it. Costs time with few columns. Other C libraries do so anyway.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, PIECE)
