"""JSON documents: where the records are. Lists of objects are tables, what stands beside them is one record more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import IO, Any, Final, TypeAlias

from datamap.scanner.formats import grid, nested
from datamap.scanner.formats.json_values import BETWEEN, Values, elements, entered
from datamap.scanner.formats.stream import MAX_COLUMNS, Stream, clean
from datamap.scanner.types import Unreadable

MAX_TABLES: Final = 50
MAX_SEARCHED: Final = 6
NAMES: Final = ("columns", "header", "headers", "fields", "column_names")
ROWS: Final = ("data", "rows", "values", "records")

#: So many objects under keys of their own in a document too large to hold are records.
KEYED: Final = 20
#: What the columns of a document's own record start with, where its list's would be called the same.
BESIDE: Final = "document."

Tables: TypeAlias = "dict[str, list[Any]]"


def read(opened: Callable[[], IO[bytes]]) -> list[Stream]:
    """The tables of a document; `opened` gives its text from the start, as often as needed.

    Raises Unreadable: broken_json (with its line), too_deep, line_too_long, too_many_columns, empty.
    """
    values = Values(opened())
    first = values.peek()
    if first == "[":
        return _rows(chain(elements(values), _following(values)))
    if first == "{" and not values.fits():
        return _large(opened)
    document = values.value()
    if values.peek(BETWEEN + ",") or not isinstance(document, dict):
        return _rows(chain([document], _following(values)))
    return _streams(tables(document))


def _following(values: Values) -> Iterator[Any]:
    """Values that stand behind one another without being a list: logs, and documents joined end to end."""
    while opening := values.peek(BETWEEN + ","):
        if opening == "[":
            yield from elements(values)
        else:
            yield values.value()


def _rows(rows: Iterator[Any]) -> list[Stream]:
    """Records as one table; lists of cells as a table with a header of its own, if it has one."""
    first = next(rows, None)
    if first is None:
        raise Unreadable("empty")
    rows = chain([first], rows)
    if isinstance(first, list) and not any(isinstance(cell, dict | list) for cell in first):
        found = grid.stream("json", (cells(row) for row in rows))
        if found is None:
            raise Unreadable("empty")
        return [found]
    return [Stream("json", [], nested.batches(rows))]


def cells(row: Any) -> list[str]:
    cells = row if isinstance(row, list) else [row]
    return ["" if cell is None else str(cell) for cell in cells]


def _streams(found: Tables) -> list[Stream]:
    """One stream a table; a list that is all there is, or that only has a few words beside it, needs no name."""
    lists = [name for name in found if name]
    if not any(found.values()) or found == {"": [{}]}:
        raise Unreadable("empty")
    streams = []
    for name, records in found.items():
        stream = Stream("json", [], nested.batches(records))
        alone = len(lists) == 1 and len(records) > 1
        stream.table = "" if alone or not name else f"{clean(name)}."
        streams.append(stream)
    if len(lists) == 1 and set(found.get("", [{}])[0]) & {key for record in found[lists[0]][:100] for key in record}:
        streams[-1].table = BESIDE
    return streams


def tables(document: dict[str, Any]) -> Tables:
    """The records of a document by the path of their list; "" for what stands in no list of objects."""
    for form in (_split, _by_column, _by_key):
        if (records := form(document)) is not None:
            return {"": records}
    found: Tables = {}
    rest = _search(document, "", found, 0)
    if len(found) > MAX_TABLES:
        return {"": [document]}
    if rest or not found:
        found[""] = [rest]
    return found


def _search(value: dict[str, Any], path: str, found: Tables, depth: int) -> dict[str, Any]:
    """Move lists of objects into `found`; what is left."""
    left: dict[str, Any] = {}
    for key, inner in value.items():
        label = nested.label(key)
        name = f"{path}.{label}" if path else label
        if isinstance(inner, list) and inner and all(isinstance(item, dict) for item in inner):
            own = [{nested.KEY: key, **item} for item in inner] if label == nested.HIDDEN else inner
            found.setdefault(f"{name}[]", []).extend(own)
        elif isinstance(inner, dict) and depth < MAX_SEARCHED:
            if kept := _search(inner, name, found, depth + 1):
                left[key] = kept
        elif inner not in (None, [], {}):
            left[key] = inner
    return left


def _by_column(document: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """{"name": [...], "age": [...]}: lists of one length, or objects with the row numbers as keys."""
    columns = list(document.values())
    if len(columns) < 2:
        return None
    if all(isinstance(column, dict) and len(column) > 1 and all(key.isdigit() for key in column) for column in columns):
        columns = [list(column.values()) for column in columns]
    if not all(isinstance(column, list) and len(column) > 1 for column in columns):
        return None
    if len(set(map(len, columns))) > 1 or any(isinstance(cell, dict | list) for column in columns for cell in column):
        return None
    return [dict(zip(document, row, strict=True)) for row in zip(*columns, strict=True)]


def _split(document: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """{"columns": [...], "data": [[...]]}: names apart from rows."""
    names = next((document[key] for key in NAMES if isinstance(document.get(key), list)), None)
    rows = next((document[key] for key in ROWS if isinstance(document.get(key), list)), None)
    if not names or not rows or not all(isinstance(row, list) and len(row) == len(names) for row in rows):
        return None
    labels = [str(name.get("name", "")) if isinstance(name, dict) else str(name) for name in names]
    return [dict(zip(labels, row, strict=True)) for row in rows]


def _by_key(document: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """{"FR": {...}, "DE": {...}}: records of the same keys, each under its own; that becomes a column named key."""
    if not nested.is_keyed(document):
        return None
    return [{"key": key, **record} for key, record in document.items()]


def _large(opened: Callable[[], IO[bytes]]) -> list[Stream]:
    """A document that is not held: once through for its lists, and once more for each of them."""
    counts: Counter[str] = Counter()
    beside: list[tuple[str, Any]] = []
    objects = 0
    for path, value in entered(Values(opened())):
        if path.endswith("[]"):
            counts[path] += 1
        elif isinstance(value, dict) and "." not in path:
            objects += 1
        else:
            beside.append((path, value))
        if len(beside) > MAX_COLUMNS:
            raise Unreadable("too_many_columns")
    if objects >= KEYED and not counts:
        return [Stream("json", [], nested.batches(_keyed(opened)))]
    largest = [path for path, _ in counts.most_common(MAX_TABLES)]
    streams = [Stream("json", [], nested.batches(_under(opened, path))) for path in largest]
    for stream, path in zip(streams, largest, strict=True):
        stream.table = "" if len(largest) == 1 else f"{clean(path)}."
    rest = dict(beside)
    return streams + ([Stream("json", [], nested.batches([rest]), table=BESIDE)] if rest else [])


def _keyed(opened: Callable[[], IO[bytes]]) -> Iterator[Any]:
    for key, value in entered(Values(opened())):
        if isinstance(value, dict):
            yield {"key": key, **value}


def _under(opened: Callable[[], IO[bytes]], path: str) -> Iterator[Any]:
    for found, value in entered(Values(opened())):
        if found == path:
            yield value
