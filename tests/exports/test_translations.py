"""Translated catalogues speak of the same codes and the same values as the English ones."""

from __future__ import annotations

from string import Formatter

from exports.words import catalogue

ARABIC_LETTERS = range(0x0600, 0x0700)


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def plain(sentence: str) -> str:
    """What stands beside the values."""
    return "".join(text for text, _, _, _ in Formatter().parse(sentence))


def test_a_translation_names_just_the_values_of_the_english_sentence() -> None:
    english, arabic = catalogue("en"), catalogue("ar")
    assert {code: text for code, text in arabic.items() if fields(text) != fields(english[code])} == {}


def test_a_translation_is_written_in_arabic_letters_wherever_english_has_words() -> None:
    english, arabic = catalogue("en"), catalogue("ar")
    with_words = [code for code in arabic if any(letter.isalpha() for letter in plain(english[code]))]
    assert [c for c in with_words if not any(ord(letter) in ARABIC_LETTERS for letter in arabic[c])] == []
