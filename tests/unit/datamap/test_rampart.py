"""The token classifier: words with their places, whatever the length, company and order of the texts."""

from __future__ import annotations

from datamap.scanner import rampart

NAMED = "Please call Sarah Conner in Lyon about it."


def words(text: str) -> list[tuple[str, str]]:
    return [(text[w.start : w.end], w.label) for w in rampart.read([text])[text] if w.score > 0.5]


def test_words_come_with_their_places_and_labels() -> None:
    assert words(NAMED) == [("Sarah", "GIVEN_NAME"), ("Conner", "SURNAME"), ("Lyon", "CITY")]


def test_offsets_count_code_points() -> None:
    assert words(f"😀😀 {NAMED}") == words(NAMED)


def test_a_text_reads_the_same_alone_and_among_longer_ones() -> None:
    others = [NAMED * n for n in range(2, 6)]

    together = rampart.read([NAMED, *others])[NAMED]

    assert [(w.start, w.end, w.label) for w in together] == [
        (w.start, w.end, w.label) for w in rampart.read([NAMED])[NAMED]
    ]


def test_a_long_text_is_read_to_its_end_without_counting_a_word_twice() -> None:
    padding = "The weather was fine and nothing happened at all that day. " * 60
    text = f"{NAMED} {padding}{NAMED} {padding}{NAMED}"

    found = rampart.read([text])[text]

    assert [text[w.start : w.end] for w in found if w.label == "SURNAME" and w.score > 0.5] == ["Conner"] * 3
    assert all(one.end <= two.start for one, two in zip(found, found[1:], strict=False))


def test_nothing_is_read_of_nothing() -> None:
    assert rampart.read([]) == {}
    assert rampart.read(["  "]) == {"  ": ()}
