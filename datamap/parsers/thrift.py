"""Reads Thrift's compact protocol, in which a Parquet file keeps its footer. Values in, plain Python values out.

By https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md. Every length is checked against
what is left of the bytes before anything is made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from datamap.parsers.types import Unreadable

_MAX_DEPTH: Final = 40
_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = (
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
)

Struct = dict[int, Any]


@dataclass(slots=True)
class Reader:
    """`at` moves forward over `data`. Every method raises Unreadable(damaged) where the bytes end or make no sense."""

    data: bytes
    at: int = 0

    def struct(self, depth: int = 0, *, only: frozenset[int] | None = None) -> Struct:
        """Fields by their number; with `only`, reading stops as soon as all of those were seen."""
        found: Struct = {}
        number = 0
        while header := self._byte():
            delta, kind = header >> 4, header & 15
            number = number + delta if delta else _unzigzag(self._varint())
            found[number] = kind == _TRUE if kind in (_TRUE, _FALSE) else self._value(kind, depth)
            if only and only <= found.keys():
                break
        return found

    def _value(self, kind: int, depth: int) -> Any:
        if depth > _MAX_DEPTH:
            raise Unreadable("too_deep")
        if kind in (_I16, _I32, _I64):
            return _unzigzag(self._varint())
        if kind == _BINARY:
            return self._bytes(self._varint())
        if kind == _STRUCT:
            return self.struct(depth + 1)
        if kind in (_LIST, _SET):
            return self._list(depth)
        if kind == _MAP:
            return self._map(depth)
        if kind in (_TRUE, _FALSE, _BYTE):  # in a list a truth value is a byte of its own
            return self._byte()
        if kind == _DOUBLE:
            return self._bytes(8)
        raise Unreadable("damaged")

    def _list(self, depth: int) -> list[Any]:
        header = self._byte()
        size, kind = header >> 4, header & 15
        count = self._varint() if size == 15 else size
        self._check(count)
        return [self._value(kind, depth + 1) for _ in range(count)]

    def _map(self, depth: int) -> None:
        count = self._varint()
        self._check(count)
        kinds = self._byte() if count else 0
        for _ in range(count):
            self._value(kinds >> 4, depth + 1)
            self._value(kinds & 15, depth + 1)

    def _byte(self) -> int:
        self._check(1)
        self.at += 1
        return self.data[self.at - 1]

    def _varint(self) -> int:
        result = shift = 0
        while True:
            byte = self._byte()
            result |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return result
            if shift > 63:
                raise Unreadable("damaged")

    def _bytes(self, length: int) -> bytes:
        self._check(length)
        self.at += length
        return self.data[self.at - length : self.at]

    def _check(self, count: int) -> None:
        """No list has more elements, no text more bytes than are left."""
        if count > len(self.data) - self.at:
            raise Unreadable("damaged")


def _unzigzag(value: int) -> int:
    return (value >> 1) ^ -(value & 1)
