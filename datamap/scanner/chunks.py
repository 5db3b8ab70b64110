"""A big sample read by several processes: which chunks it has, what one process saw of some, and all of it together.

divide(request)["chunks"]; read_part({**request, "chunks": ..., "first": 0, "last": 3}); put_together([...]) -> Table
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from functools import reduce
from typing import Any

from core.types import Reason
from datamap.scanner.formats.division import Chunk
from datamap.scanner.formats.stream import Stream
from datamap.scanner.options import Recogniser
from datamap.scanner.read import joined, streams
from datamap.scanner.sampling import SAMPLE_ROWS, Partial, Percent, read_chunks, table_of
from datamap.scanner.sought import Sought
from datamap.scanner.source import Source, opened
from datamap.scanner.types import Progress, Table, Unreadable


def divide(request: Mapping[str, Any], _progress: Progress | None = None) -> dict[str, Any]:
    """`{"handle", "name"}` -> `{"chunks": [[start, end, line], ...]}`; none where a file is better read in one piece.

    Raises Unreadable as reading does.
    """
    with opened(request["handle"], request["name"]) as source:
        stream = _divisible(source)
        chunks = stream.division.chunks() if stream and stream.division else []
    return {"chunks": [list(astuple(chunk)) for chunk in chunks] if len(chunks) > 1 else []}


def _divisible(source: Source) -> Stream | None:
    """The one table of a file, unless it has several or lies packed in it."""
    tables = streams(source)
    division = tables[0].division
    return tables[0] if len(tables) == 1 and division is not None and division.source is source else None


def read_part(request: Mapping[str, Any], progress: Progress | None) -> dict[str, Any]:
    """`{"handle", "name", "chunks", "first", "last", "recognisers"}` -> what chunks `first` to before `last` showed."""
    chunks = [Chunk(*chunk) for chunk in request["chunks"]]
    numbers = range(request["first"], request["last"])
    with opened(request["handle"], request["name"]) as source:
        stream = _divisible(source)
        if stream is None or stream.division is None:
            raise Unreadable("unsupported")
        stream.division.known = chunks
        share = source.size // len(chunks)
        percent = Percent(progress, source.file.tell, share * len(numbers), share * numbers.start)
        sought = Sought(map(Recogniser.from_json, request.get("recognisers", ())))
        try:
            partial = read_chunks(stream, numbers, percent, rows=SAMPLE_ROWS, sought=sought)
        except RecursionError:
            raise Unreadable("too_deep") from None
    return {"stream": _described(stream), "partial": partial.to_json()}


def put_together(parts: Sequence[Mapping[str, Any]]) -> Table:
    """The Table of a whole file from what its parts showed, in the file's order. Raises Unreadable("broken_csv")."""
    known = dict(parts[0]["stream"])
    told = {str(reason): reason for part in parts for reason in part["stream"]["left_out"]}  # each once
    left_out = tuple(Reason(reason["code"], reason["params"]) for reason in told.values())
    del known["left_out"]
    stream = Stream(columns=[], batches=iter(()), left_out=left_out, **known)
    whole = reduce(Partial.merge, (Partial.from_json(part["partial"]) for part in parts))
    return joined([stream], [table_of(stream, whole)])


def _described(stream: Stream) -> dict[str, Any]:
    return {
        "format": stream.format,
        "types": dict(stream.types),
        "has_header": stream.has_header,
        "encoding": stream.encoding,
        "left_out": [{"code": reason.code, "params": dict(reason.params)} for reason in stream.left_out],
    }
