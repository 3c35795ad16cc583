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
