"""The language of a sample and of each of its texts."""

from __future__ import annotations

from datamap.scanner.language import assigned, detect, spoken

ENGLISH = "Where is my parcel? It should have arrived last week."
FRENCH = "Bonjour, ma commande n'est toujours pas arrivée depuis lundi."
GERMAN = "Guten Tag, meine Bestellung ist immer noch nicht angekommen."


def test_a_sentence_tells_its_language() -> None:
    assert [detect(text) for text in (ENGLISH, FRENCH, GERMAN)] == ["en", "fr", "de"]


def test_a_few_letters_tell_nothing() -> None:
    assert detect("ok merci") == ""
    assert detect("4711-0815 / 22 x 33 = 726") == ""


def test_most_of_the_texts_decide_for_the_set() -> None:
    texts = [f"{FRENCH} {n}" for n in range(9)] + [ENGLISH]

    result = spoken(texts)

    assert (result.language, result.share) == ("fr", 0.9)
    assert result.languages == ("fr",)


def test_a_second_language_counts_once_it_is_no_exception() -> None:
    texts = [f"{FRENCH} {n}" for n in range(6)] + [f"{GERMAN} {n}" for n in range(4)]

    languages = spoken(texts).languages

    assert languages == ("fr", "de")
    assert assigned([FRENCH, GERMAN, "ok"], languages) == {FRENCH: "fr", GERMAN: "de", "ok": "fr"}


def test_a_chosen_language_holds_for_every_text() -> None:
    result = spoken([GERMAN, FRENCH], "fr")

    assert (result.language, result.languages) == ("fr", ("fr",))
    assert assigned([GERMAN], result.languages) == {GERMAN: "fr"}


def test_without_texts_nothing_is_said() -> None:
    assert spoken([]).language == ""
    assert assigned(["Anna"], spoken([]).languages) == {"Anna": "en"}
