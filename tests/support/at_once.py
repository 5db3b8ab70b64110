"""Two people at the same moment, on real connections. Tests that use it need `django_db(transaction=True)`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Callable


def outcome(call: Callable[[], Any]) -> Any:
    """What a call returns or raises, in a thread of its own."""
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - which one it is, is what the test asks
        return error
    finally:
        connection.close()


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls at once; an exception counts as a result."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(outcome, calls))


def while_open(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """The outcome of the second call, begun when the first has done its work and not yet ended: it must wait."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            waiting = pool.submit(outcome, second)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
        return waiting.result(timeout=30)
