"""The other end of `core.sandbox`: applies the limits, calls the function, answers in lines of JSON. Plain Python."""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
from typing import IO, Any


def main(target: str, answer_fd: str, limits: str) -> int:
    _limit(**json.loads(limits))
    with os.fdopen(int(answer_fd), "w", encoding="utf-8") as out:
        try:
            request = json.load(sys.stdin)
            module, _, name = target.partition(":")
            function = getattr(importlib.import_module(module), name)
            sys.addaudithook(_no_network)

            def progress(percent: int, code: str) -> None:
                _say(out, {"progress": [percent, code]})

            _say(out, {"result": function(request, progress)})
        except MemoryError:
            _say(out, {"error": {"code": "memory_limit"}})
        except Exception as error:  # noqa: BLE001 - every failure becomes a code: its message may quote a cell
            _say(out, {"error": _describe(error)})
    return 0


def _limit(*, cpu: int, memory: int, file_size: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 2))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))


def _no_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.getaddrinfo", "socket.bind"}:
        raise PermissionError("a sandboxed engine reached for the network")


def _say(out: IO[str], message: dict[str, Any]) -> None:
    out.write(json.dumps(message) + "\n")
    out.flush()


def _describe(error: Exception) -> dict[str, Any]:
    """An engine's own error carries `code` or a Reason, `line`, `column`; of any other only its type is told."""
    reason = getattr(error, "reason", None)
    code = getattr(reason, "code", None) or getattr(error, "code", None)
    params = dict(getattr(reason, "params", None) or getattr(error, "params", None) or {})
    if not isinstance(code, str):
        return {"code": "internal", "params": {"type": type(error).__name__}}
    return {
        "code": code,
        "line": getattr(error, "line", None),
        "column": getattr(error, "column", None),
        "params": {key: value for key, value in params.items() if isinstance(value, str | int | float | bool)},
    }


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
