"""Reading one sample as a scan does, in the sandbox with its limits, and what that costs.

`python -m tests.support.reading PATH` prints it. The process that asks has to be a small one: the system counts what a
child's parent held as the child's own.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core import sandbox

if TYPE_CHECKING:
    from datamap.scanner.types import Progress

LIMITS: Final = sandbox.Limits(cpu=60, memory=1 << 30, wall=120)
READ: Final = "read"


def outcome(path: Path, name: str) -> str:
    """What the reader says of a file: a code, or "read"."""
    try:
        sandbox.call("datamap.scanner.read_run:read", {"handle": str(path), "name": name}, limits=LIMITS)
    except sandbox.SandboxError as error:
        return error.code
    return READ


def weighed(request: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Called in the sandbox: the table beside the most memory that its process held, in MiB, whoever started it."""
    from datamap.scanner.read_run import read

    table = read(request, progress)
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {"table": table, "mib": int(status["VmHWM"].split()[0]) / 1024}


def main(path: str) -> None:
    told = outcome(Path(path), Path(path).name)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = {"outcome": told, "cpu": used.ru_utime + used.ru_stime, "mib": used.ru_maxrss / 1024}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
