"""Which columns are read as free text. No model takes part."""

from __future__ import annotations

import pytest

from datamap.scanner.columns import judge
from datamap.scanner.types import Column

NAMES = ("Ana Pereira", "Marie Dubois", "Jan Vogt", "Olga Garcia", "Tom Baker")
CHAT = ("ok", "thanks!", "call me at 806-582-5924", *(f"hi, it's {name} here, my order is late" for name in NAMES))
AGENTS = tuple(
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 14_{n} like Mac OS X) AppleWebKit/605 (KHTML, like Gecko)" for n in range(9)
)


def is_read_as_text(values: tuple[str, ...], header: str = "") -> bool:
    return judge(Column(header or "c1", "", values, len(values)), header=bool(header)).open_for == "text"


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("text", ("ok", "thanks!", *(f"my email is {n}@example.org" for n in range(5)))),
        ("bemerkung", tuple(f"Rückruf Hr. {name} erbeten 12" for name in NAMES)),
        ("description", tuple(f"Payment from {name.upper()} 12" for name in NAMES)),
        ("", CHAT),
        ("", ("好的", "请联系王小明，电话13800138000。", "你好，我的订单还没有到。")),
    ],
)
def test_short_messages_are_read_as_text(header: str, values: tuple[str, ...]) -> None:
    assert is_read_as_text(values, header)


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("user_agent", AGENTS),
        ("", AGENTS),
        ("text", ("ok", "no", "yes", "thanks")),
        ("description", tuple(f"Eldon {thing} File Cart" for thing in ("Fold", "Base", "Steel", "Rolling", "Oak"))),
        ("", ("DAX Copper Panel Document Frame, 5 x 7 Size", "Eldon Cart", "Bush Oak Bookcase", "Xerox 1881")),
        ("address", tuple(f"{n} Old Gate Avenue in the north of town" for n in range(9))),
    ],
)
def test_labels_and_what_machines_say_are_not(header: str, values: tuple[str, ...]) -> None:
    assert not is_read_as_text(values, header)
