from __future__ import annotations

import io

import pikepdf
import pytest

from reports.rendering.pdf import RenderError, write
from tests.unit.reports.files import SNAPSHOT, document, pdf

HOSTILE = [
    "file:///etc/passwd",
    "http://127.0.0.1/x",
    "data:image/png;base64,iVBORw0KGgo=",
    "pia:missing.svg",
    "/etc/passwd",
    "//h/x",
]
WAYS = [
    '<img src="{}">',
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    '<a rel="attachment" href="{}">x</a>',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<style>@import url("{}");</style>',
    '<style>p {{ background: url("{}") }}</style><p>x</p>',
    '<style>@font-face {{ font-family: f; src: url("{}") }} p {{ font-family: f }}</style><p>x</p>',
    '<style>li {{ list-style-image: url("{}") }}</style><ul><li>x</li></ul>',
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("address", HOSTILE)
def test_an_address_outside_the_report_ends_the_rendering(way: str, address: str) -> None:
    with pytest.raises(RenderError) as refused:
        write(document(way.format(address)))
    assert refused.value.code == "foreign_address"


def test_an_asset_that_was_handed_in_is_drawn() -> None:
    data, pages = write(document('<img src="pia:dot.svg" alt="a dot">'))
    assert pages == 1
    assert data.startswith(b"%PDF-1.7")


def test_the_same_report_is_the_same_to_the_byte() -> None:
    body = '<h1>Évaluation</h1><img src="pia:dot.svg" alt="a dot"><p><a href="#x">x</a></p><p id="x">y</p>'
    assert pdf(body) == pdf(body)


def test_the_facts_are_attached_once_as_data() -> None:
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        (spec,) = opened.Root.AF
        assert spec.AFRelationship == "/Data"
        assert spec.UF == "snapshot.json"
        assert spec.EF.F.read_bytes() == SNAPSHOT


def test_the_file_is_tagged_titled_and_says_its_language() -> None:
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.Lang == "en"
        assert opened.docinfo["/Title"] == "A report"
        with opened.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfaid:conformance"] == "A"
