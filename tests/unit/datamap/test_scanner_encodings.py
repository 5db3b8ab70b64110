"""Encodings, each with a real sentence or two and with a column of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from datamap.scanner.encodings import encoding_of
from datamap.scanner.read import read_table

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = {
    "fr": "Le garçon a reçu une lettre de sa grand-mère à Noël; où est passé l'été?",
    "de": "Die Straße nach München führt über schöne Hügel, sagte Frau Günther Weiß.",
    "es": "El niño comió una piña en la montaña; ¿dónde está José Muñoz?",
    "pt": "A avó não está em São Paulo, foi à praia com João e Conceição.",
    "sv": "Åsa och Björn åker till Malmö på måndag för att köpa smörgåsar.",
    "pl": "Pchnąć w tę łódź jeża lub ośm skrzyń fig, powiedziała Małgorzata Wójcik.",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy, řekla Božena Němcová.",
    "hu": "Árvíztűrő tükörfúrógép, mondta Győző Szűcs a hűvös őszi időben.",
    "tr": "Pijamalı hasta yağız şoföre çabucak güvendi, dedi Ayşe Yıldırım İstanbul'da.",
    "ru": "Съешь же ещё этих мягких французских булок, сказал Иван Петрович Кузнецов.",
    "uk": "Чуєш їх, доцю, га? Кумедна ж ти, прощайся без ґольфів, сказала Оксана.",
    "el": "Ο Γιώργος Παπαδόπουλος πήγε στη Θεσσαλονίκη για να δει τους φίλους του.",
    "he": "דג סקרן שט בים מאוכזב ולפתע מצא חברה, אמר יוסי כהן מירושלים.",
    "ar": "ذهب محمد أحمد إلى السوق في القاهرة ليشتري الخبز والحليب من هناك.",
    "th": "สมชายไปตลาดที่กรุงเทพเพื่อซื้อขนมปังและนมให้ลูกของเขา",
    "ja": "山田太郎さんは昨日、東京の病院で診察を受けました。とても元気です。",
    "ko": "김철수 씨는 어제 서울에 있는 병원에서 진료를 받았습니다. 건강합니다.",
    "zh": "王小明昨天在北京的医院看了医生，他的电话号码已经更新，身体很好。",
    "zh-tw": "王小明昨天在臺北的醫院看了醫生，他的電話號碼已經更新，身體很好。",
}
ENCODINGS = [
    *((code, language) for code in ("utf-8", "utf-8-sig", "utf-16", "utf-32") for language in ("fr", "ru", "zh")),
    *((code, language) for code in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be") for language in ("de", "el")),
    *(("utf-16-le", language) for language in ("ru", "zh", "ja", "ko", "he")),
    *(
        (code, language)
        for code in ("cp1252", "latin-1", "cp850", "mac_roman")
        for language in ("fr", "de", "es", "pt")
    ),
    ("cp1252", "sv"),
    *((code, language) for code in ("cp1250", "iso8859_2") for language in ("pl", "cs", "hu")),
    ("cp1254", "tr"),
    *((code, "ru") for code in ("cp1251", "koi8_r", "cp866", "iso8859_5")),
    ("cp1251", "uk"),
    ("cp1253", "el"),
    ("iso8859_7", "el"),
    ("cp1255", "he"),
    ("cp1256", "ar"),
    ("cp874", "th"),
    ("gb18030", "zh"),
    ("gbk", "zh"),
    ("big5", "zh-tw"),
    ("shift_jis", "ja"),
    ("euc_jp", "ja"),
    ("iso2022_jp", "ja"),
    ("euc_kr", "ko"),
]


def table(sentence: str) -> str:
    rows = [f"{n},{sentence[: 12 + n % 7].replace(',', ' ')},{sentence.replace(',', ';')}" for n in range(40)]
    return "id,name,note\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize(("encoding", "language"), ENCODINGS)
def test_a_table_is_read_in_its_encoding(tmp_path: Path, encoding: str, language: str) -> None:
    sentence = SENTENCES[language]
    if encoding in {"iso8859_2", "latin-1"}:
        sentence = sentence.replace("’", "'")
    (tmp_path / "x.csv").write_bytes(table(sentence).encode(encoding))
    read = read_table(tmp_path / "x.csv")

    assert [column.name for column in read.columns] == ["id", "name", "note"]
    assert set(read.columns[2].values) == {sentence.replace(",", ";")}


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1252", ["Zoë", "José", "Jürgen", "Åke", "François"]),
        ("cp1250", ["Łukasz", "Małgorzata", "Zbigniew", "Grażyna", "Paweł", "Agnieszka"]),
        ("cp1251", ["Иван", "Мария", "Сергей", "Ольга", "Дмитрий", "Анна", "ПЕТРОВ"]),
        ("gb18030", ["王伟", "李娜", "张敏", "刘洋", "陈静", "杨勇"]),
        ("big5", ["陳志明", "林淑芬", "黃俊傑", "張美玲", "李建宏"]),
        ("shift_jis", ["佐藤", "鈴木", "高橋", "田中", "さくら", "タロウ", "渡辺"]),
        ("euc_kr", ["김민준", "이서연", "박지훈", "최수빈", "정하은"]),
    ],
)
def test_a_few_names_are_enough(tmp_path: Path, encoding: str, names: list[str]) -> None:
    rows = "".join(f"{n};{name};{n * 7919 % 1000}\n" for n, name in enumerate(names * 3))
    (tmp_path / "x.csv").write_bytes(("no;name;points\n" + rows).encode(encoding))

    assert set(read_table(tmp_path / "x.csv").columns[1].values) == set(names)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1251", "gb18030", "shift_jis", "utf-8"])
def test_what_stands_behind_half_a_megabyte_of_ascii_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    names = {"latin-1": "Müller", "cp1251": "Кузнецов", "gb18030": "王小明先生", "shift_jis": "山田さくら"}
    late = names.get(encoding, "Zoë王")
    plain = "".join(f"{n},Smith{n % 977},Leeds\n" for n in range(40_000))
    content = "id,name,city\n" + plain + f"40001,{late},York\n" * 5_000
    assert content.encode(encoding)[:512_000].isascii()
    (tmp_path / "x.csv").write_bytes(content.encode(encoding))

    assert late in read_table(tmp_path / "x.csv").columns[1].values


def test_rows_of_two_encodings_in_one_file_are_both_read(tmp_path: Path) -> None:
    rows = [f"{n},Müller,Köln\n".encode("utf-8" if n % 3 else "cp1252") for n in range(90)]
    (tmp_path / "x.csv").write_bytes(b"id,name,city\n" + b"".join(rows))
    table = read_table(tmp_path / "x.csv")

    assert (set(table.columns[1].values), set(table.columns[2].values)) == ({"Müller"}, {"Köln"})


def test_one_stray_byte_does_not_spoil_what_follows(tmp_path: Path) -> None:
    plain = b"".join(b"%d,Smith,Leeds\n" % n for n in range(30_000))
    rows = b"0,Andr\xe9,Nice\n" + plain + "1,Zoë,Köln\n".encode() * 30_000
    (tmp_path / "x.csv").write_bytes(b"id,name,city\n" + plain + rows)

    assert set(read_table(tmp_path / "x.csv").columns[1].values) <= {"Smith", "Zoë", "André"}


def test_a_byte_order_mark_that_lies_does_not_hide_the_text(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"\xef\xbb\xbfid,name\n" + "1,Müller\n2,Lefèvre\n".encode("cp1252"))

    assert read_table(tmp_path / "x.csv").columns[1].values == ("Müller", "Lefèvre")


def test_plain_ascii_is_utf_8() -> None:
    assert encoding_of(b"id,name\n1,Jane\n") == "utf-8"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("shift_jis", "山本 裕太"), ("gb18030", "陈桂珍"), ("cp1250", "Małgorzata Dąbrowska"), ("utf-16", "Ann")],
)
def test_a_quoted_table_that_grows_in_utf_8_keeps_its_quoting(tmp_path: Path, encoding: str, name: str) -> None:
    rows = "".join(f'"{n}","{name}","Main Road {n}, Leeds"\n' for n in range(60))
    (tmp_path / "x.csv").write_bytes(('"id","name","street"\n' + rows).encode(encoding))
    table = read_table(tmp_path / "x.csv")

    assert (table.rows, table.skipped) == (60, 0)
    assert [column.values[0] for column in table.columns] == ["0", name, "Main Road 0, Leeds"]


@pytest.mark.parametrize(
    "content",
    [
        b"name,code\n" + b"Jane\x00,A1\nJoe\x00\x00,B2\n" * 20,
        b"name\x01code\x01tags\n" + b"Jane\x01A1\x01x\x02y\nJoe\x01B2\x01x\x02z\n" * 20,
    ],
)
def test_a_table_with_control_characters_in_it_is_a_text(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    table = read_table(tmp_path / "x.csv")

    assert ([column.name for column in table.columns][:2], table.rows) == (["name", "code"], 40)
