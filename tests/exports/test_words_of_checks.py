"""Every code of the checks has a sentence, and no sentence asks for a value that may not be there."""

import re
import string
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORDS = tomllib.loads((ROOT / "exports/words/checks.en.toml").read_text("utf-8"))
CODE = re.compile(r'"((?:access|egress|verify|layout_json)\.[a-z_]+)"')
ALWAYS = {"measured", "required", "unit", "where", "clause", "profile", "edition"}
OF_INPUT = {
    "access.toilet_by_size": {"toilets"},
    "access.standing_toilet_": ALWAYS | {"name"},
    "egress.exit_count": ALWAYS | {"load", "seats", "bays", "staff"},
    "egress.exit_width": ALWAYS | {"load"},
    "layout_json.": {"file", "place", "value"},
    "verify.missing_f": {"file", "where"},
    "verify.file_": {"file", "most"},
    "verify.no_json": {"file", "said"},
    "verify.unreadable": {"check", "said"},
}


def the_codes() -> set[str]:
    sources = [*ROOT.glob("layouts/access*.py"), ROOT / "layouts/egress.py", ROOT / "exports/layout_json.py"]
    sources += ROOT.glob("planner/verify/*.py")
    return {code for path in sources for code in CODE.findall(path.read_text("utf-8"))}


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert the_codes() == set(WORDS)


def test_sentences_ask_only_for_what_is_always_there() -> None:
    for code, sentence in WORDS.items():
        asked = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        allowed = next((v for prefix, v in OF_INPUT.items() if code.startswith(prefix)), ALWAYS)
        assert asked <= allowed, code
        assert sentence.endswith((".", "}")), code
