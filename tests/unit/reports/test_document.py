from __future__ import annotations

import json

import pytest

from reports.document import compose, printable
from tests.support.report_snapshot import snapshot


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x0b\x7fc\u202ed\ufeff", "abcd"),
        ("line one\nline two\t", "line one\nline two\t"),
        ("short words stay", "short words stay"),
        ("customer_shipping_address_line", "customer_\u200bshipping_\u200baddress_\u200bline"),
        ("W" * 25, "W" * 12 + "\u200b" + "W" * 12 + "\u200bW"),
        ("ab" * 32, "ab" * 32),
        ("https://candor.example/verify/Jb0aXq3nS9w", "https://candor.example/verify/Jb0aXq3nS9w"),
        ("2026-11-22T18:15:37.198580+00:00", "2026-11-22T18:15:37.198580+00:00"),
    ],
)
def test_text_is_made_fit_to_print(text: str, shown: str) -> None:
    assert printable({"x": [text]}) == {"x": [shown]}


def test_everything_a_person_wrote_is_escaped() -> None:
    facts = snapshot()
    facts["project"]["purpose"] = facts["answers"][0]["text"] = "<img src=x>{{ s }}</style>"
    html = compose(facts, json.dumps(facts).encode()).html
    assert "<img src=x>" not in html
    assert html.count("&lt;img src=x&gt;{{ s }}&lt;/style&gt;") >= 2


def test_every_image_is_an_asset_of_the_report_and_has_a_text_alternative() -> None:
    facts = snapshot()
    composed = compose(facts, json.dumps(facts).encode())
    images = composed.html.split("<img ")[1:]
    assert images
    for image in images:
        tag = image.split(">")[0]
        assert 'src="pia:' in tag
        assert 'alt="' in tag
        assert tag.split('src="pia:')[1].split('"')[0] in composed.assets


def test_an_empty_assessment_still_makes_a_report() -> None:
    facts = snapshot()
    for name in (
        "frameworks",
        "answers",
        "risks",
        "measures",
        "inventory",
        "scans",
        "lab",
        "evidence",
        "people",
        "findings",
    ):
        facts[name] = []
    facts["flows"] = {"graph": {"nodes": [], "edges": [], "clusters": {}}, "rows": []}
    facts["advice"] = facts["views"] = facts["decision"] = None
    facts["headline"] = {"inherent": None, "current": None, "residual": None}
    facts["report"]["approved"] = False
    html = compose(facts, b"{}").html
    assert "Not approved" in html
    assert "Nothing has been measured yet." in html
