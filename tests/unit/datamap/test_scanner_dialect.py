"""The delimiter, quote and escape of a text, however it was written."""

from __future__ import annotations

import csv
import io
import json
from itertools import product
from typing import Any

import pytest

from datamap.scanner.formats.dialect import first_rows, sniff

HEADER = ["id", "name", "address", "payload", "vector", "note", "amount"]
ROWS = [
    [
        str(n),
        f"O'Brien, {name}",
        f"{n} Main St, Apt 4, Townsville, CO, 8011{n}",
        json.dumps({"a": n, "b": [1, 2], "c": {"d": name}}),
        ",".join(f"0.{n}{digit}" for digit in range(1, 17)),
        f'She said "{name}; well", then: left|right\nand came back',
        f"{n},50",
    ]
    for n, name in enumerate(["Ann", "Bob", "Cleo", "Dan", "Eve", "Finn"], start=1)
]
STYLES: dict[str, dict[str, Any]] = {
    "where needed": {},
    "everywhere": {"quoting": csv.QUOTE_ALL},
    "single": {"quotechar": "'"},
    "single everywhere": {"quotechar": "'", "quoting": csv.QUOTE_ALL},
    "escaped": {"doublequote": False, "escapechar": "\\"},
    "escaped everywhere": {"doublequote": False, "escapechar": "\\", "quoting": csv.QUOTE_ALL},
}
SIGNS = [",", ";", "\t", "|", "^", "~", ":", "#", "\x01", "\x1f"]


@pytest.mark.parametrize(("sign", "style", "named"), list(product(SIGNS, STYLES, (True, False))))
def test_a_table_is_read_as_it_was_written(sign: str, style: str, named: bool) -> None:  # noqa: FBT001
    rows = [HEADER, *ROWS] if named else ROWS
    file = io.StringIO()
    csv.writer(file, delimiter=sign, lineterminator="\n", **STYLES[style]).writerows(rows)

    dialect = sniff(file.getvalue(), whole=True)

    assert dialect is not None
    read = first_rows(file.getvalue(), dialect.delimiter, dialect.quote, escapes=dialect.escapes)
    assert (dialect.delimiter, [row for _, row in read]) == (sign, rows)


@pytest.mark.parametrize(
    ("text", "delimiter", "width"),
    [
        ("name;amount\nJane;1,50\nJoe;2,75\n", ";", 2),
        ("1,5;2,5;3,5\n1,6;2,6;3,6\n", ";", 3),
        ("at,until\n10:00:00,10:30:00\n11:00:00,11:15:00\n", ",", 2),
        ("name;remark\nO'Brien;it's 'fine'\nO'Neil;it's 'so, so'\n", ";", 2),
        ("tags,who\na|b|c,Ann\nd|e|f,Bob\n", ",", 2),
        ("name\theight\nAnn, Bob\t5'2\"\nCleo, Dan\t6'0\"\n", "\t", 2),
        ("id;vector\n1;0.1,0.2,0.3,0.4\n2;0.5,0.6,0.7,0.8\n", ";", 2),
    ],
)
def test_signs_inside_cells_do_not_tear_them(text: str, delimiter: str, width: int) -> None:
    dialect = sniff(text, whole=True)

    assert dialect is not None
    assert (dialect.delimiter, dialect.width) == (delimiter, width)
