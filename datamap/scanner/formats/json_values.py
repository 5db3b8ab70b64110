"""JSON values one after another out of a file of any size, without holding more of it than one of them."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import IO, Any, Final

from datamap.scanner.formats.nested import label
from datamap.scanner.types import Unreadable

#: Characters of one value; what is longer has to be an array or object that can be entered.
MAX_VALUE: Final = 16 << 20
PIECE: Final = 1 << 18
#: Fewer elements are not worth decoding together.
SEVERAL: Final = 8
#: What may stand between values: line ends, the commas of an array, the record separators of RFC 7464.
BETWEEN: Final = " \t\r\n\x1e"
#: Objects within objects that are entered in search of lists.
MAX_ENTERED: Final = 6

DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


class Values:
    """A cursor over JSON text. Raises Unreadable: broken_json with its line, too_deep, line_too_long."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._text = ""
        self._at = 0
        self._line = 1
        self._alone = 0
        self._ended = False

    def peek(self, skipped: str = BETWEEN) -> str:
        """The next character that is not in `skipped`, "" at the end."""
        while True:
            while self._at < len(self._text):
                char = self._text[self._at]
                if char not in skipped:
                    return char
                self._at += 1
            if not self._more():
                return ""

    def take(self, expected: str) -> None:
        if self.peek() != expected:
            raise self.broken()
        self._at += 1

    def broken(self) -> Unreadable:
        return Unreadable("broken_json", self._line + self._text.count("\n", 0, self._at))

    def fits(self) -> bool:
        """Whether the next value is whole within MAX_VALUE characters; it stays the next."""
        before = self._at
        try:
            self._decode()
        except Unreadable as error:
            if error.code != "line_too_long":
                raise
            return False
        finally:
            self._at = before
        return True

    def value(self) -> Any:
        """The next value, decoded; numbers as they are written."""
        value = self._decode()
        self._forget()
        return value

    def several(self) -> list[Any]:
        """Elements of an array that stand whole in what was read so far, decoded together: many times the speed."""
        cut = self._text.rfind("},", self._at, self._at + PIECE)
        if cut < 0 or self._at < self._alone or self._text.count("}", self._at, cut) < SEVERAL:
            return []
        try:
            found: list[Any] = DECODER.decode(f"[{self._text[self._at : cut + 1]}]")
        except (ValueError, RecursionError):
            self._alone = cut  # it went through an element: one by one, up to there
            return []
        self._at = cut + 2
        self._forget()
        return found

    def _decode(self) -> Any:
        self.peek()
        wanted = PIECE
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                raise Unreadable("too_deep", self._line) from None
            except ValueError:
                end = -1
            if end >= 0 and (end < len(self._text) or self._ended):
                self._at = end
                return value
            if len(self._text) - self._at > MAX_VALUE:
                raise Unreadable("line_too_long", self._line)
            if not self._more(wanted):
                if end < 0:
                    raise self.broken()
                self._at = end
                return value
            wanted = 2 * (len(self._text) - self._at)

    def _more(self, wanted: int = 0) -> bool:
        raw = self._file.read(wanted or PIECE)
        self._text += self._decoder.decode(raw, final=not raw)
        self._ended = not raw
        return bool(raw)

    def _forget(self) -> None:
        if self._at > PIECE:
            self._line += self._text.count("\n", 0, self._at)
            self._alone -= self._at
            self._text, self._at = self._text[self._at :], 0


def elements(values: Values) -> Iterator[Any]:
    """The elements of the array that comes next, one by one."""
    values.take("[")
    if values.peek() == "]":
        values.take("]")
        return
    while True:
        yield from values.several()
        yield values.value()
        if values.peek() != ",":
            break
        values.take(",")
        if values.peek() == "]":  # a comma behind the last one, as people write them
            break
    values.take("]")


def members(values: Values) -> Iterator[str]:
    """The keys of the object that comes next; whoever iterates takes each value before going on."""
    values.take("{")
    if values.peek() == "}":
        values.take("}")
        return
    while True:
        if values.peek() != '"':
            raise values.broken()
        key = values.value()
        values.take(":")
        yield key
        if values.peek() != ",":
            break
        values.take(",")
    values.take("}")


def entered(values: Values, path: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """What an object too large to hold has in it: elements of lists under `path[]`, everything else under `path`."""
    if depth > MAX_ENTERED:
        raise Unreadable("too_deep")
    for key in members(values):
        name = f"{path}.{label(key)}" if path else label(key)
        opening = values.peek()
        if opening == "[":
            for element in elements(values):
                yield f"{name}[]", element
        elif opening == "{" and not values.fits():
            yield from entered(values, name, depth + 1)
        else:
            yield name, values.value()
