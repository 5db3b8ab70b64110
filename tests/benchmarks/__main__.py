"""`python -m tests.benchmarks [NAME ...]`: run benchmarks, each in its own process, and print figures as Markdown.

A benchmark is a module here with `run() -> list[Figure]`. Without names, all of them run.
"""

from __future__ import annotations

import importlib
import subprocess
import sys

from tests.benchmarks.figures import machine, table

BENCHMARKS = ("columns", "texts", "speed", "large_file", "workers", "schemas", "hostile")


def main(names: list[str]) -> None:
    if unknown := set(names) - set(BENCHMARKS):
        sys.exit(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    if len(names) == 1:
        module = importlib.import_module(f"tests.benchmarks.{names[0]}")
        sys.stdout.write(f"## {names[0]}\n\n{machine()}\n\n{table(module.run())}\n\n")
        return
    failed = [
        name
        for name in names or BENCHMARKS
        if subprocess.run([sys.executable, "-m", "tests.benchmarks", name], check=False).returncode
    ]
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
