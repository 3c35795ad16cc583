"""Layers are told by their names in fourteen languages, and words within words mislead nobody."""

from __future__ import annotations

import pytest

from layouts.readers.classes import guessed_class

# wall, door, window, column, stairs, furniture as architects of each language call their layers
WORDS = {
    "en": ("A-WALL-EXTR", "A-DOOR", "A-GLAZ", "S-COLS", "A-FLOR-STRS", "A-FURN"),
    "de": ("01_Wände_tragend", "Türen", "Fenster", "Stützen", "Treppen", "Möblierung"),
    "fr": ("MURS_PORTEURS", "Portes", "Fenêtres", "Poteaux", "Escaliers", "Mobilier"),
    "es": ("MUROS", "PUERTAS", "VENTANAS", "PILARES", "ESCALERAS", "MOBILIARIO"),
    "it": ("MURI_PERIMETRALI", "PORTE", "FINESTRE", "PILASTRI", "SCALE", "ARREDI"),
    "pt": ("PAREDES", "PORTAS", "JANELAS", "PILARES", "ESCADAS", "MOBILIÁRIO"),
    "tr": ("DUVAR", "KAPI", "PENCERE", "KOLON", "MERDİVEN", "MOBİLYA"),
    "ar": ("جدران", "أبواب", "شبابيك", "أعمدة", "درج", "اثاث"),
    "fa": ("دیوار", "درب", "پنجره", "ستون", "پله", "مبلمان"),
    "ru": ("Стены", "Двери", "Окна", "Колонны", "Лестница", "Мебель"),
    "zh": ("墙体", "门", "窗", "柱", "楼梯", "家具"),
    "ja": ("壁", "ドア", "窓", "柱", "階段", "家具"),
    "pl": ("ŚCIANY", "DRZWI", "OKNA", "SŁUPY", "SCHODY", "MEBLE"),
}
CLASSES = ("wall", "door", "window", "column", "stair", "furniture")


@pytest.mark.parametrize(("name", "kind"), [pair for names in WORDS.values() for pair in zip(names, CLASSES)])
def test_a_layer_is_told_by_its_name(name: str, kind: str) -> None:
    assert guessed_class(name) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("xref-plan$0$A-WALL", "wall"),
        ("Grundriss|Wände", "wall"),
        ("A-WALL-DIMS", "ignore"),
        ("A-WALL-PATT", "ignore"),
        ("MEASUREMENTS", ""),
        ("CANTEEN", ""),
    ],
)
def test_prefixes_go_and_notes_about_walls_are_no_walls(name: str, kind: str) -> None:
    assert guessed_class(name) == kind


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("wall", ("Innenwand", "Trennwand", "alvenaria", "間仕切壁", "Ściana działowa")),
        ("door", ("建具", "درها", "扉")),
        ("window", ("vitrage", "サッシ", "vidrios")),
        ("stair", ("سلالم",)),
        ("furniture", ("Muebles", "Stühle", "CHAIRS", "办公椅")),
        ("ignore", ("cotes", "ÖLÇÜ", "尺寸", "wymiary", "tratteggio", "штриховка", "оси", "通り芯", "اندازه")),
        ("name", ("Outdoor spaces",)),
    ],
)
def test_other_words_of_the_trade_are_known_too(kind: str, names: tuple[str, ...]) -> None:
    assert {guessed_class(name) for name in names} == {kind}


@pytest.mark.parametrize("name", ["0", "Layer1", "Stahlträger", "axis-free", "litigation"])
def test_a_name_that_speaks_of_nothing_has_no_class_of_walls(name: str) -> None:
    assert guessed_class(name) != "wall"
