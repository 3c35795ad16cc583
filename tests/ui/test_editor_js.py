"""The editor's own program: its pure parts under node, and the text that the page is given."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from exports.words import catalogue
from planner.ui.editor.catalogue import fittings_for_screen
from planner.ui.editor.source import ORDER, program

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "planner" / "ui" / "editor" / "js"


@pytest.mark.parametrize("part", ["snap", "tables", "storeys"])
def test_snapping_picking_units_and_the_order_of_rows_are_as_they_say(part: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed; the browser tests walk the same code")
    file = ROOT / "tests" / "js" / f"{part}.test.mjs"
    run = subprocess.run([node, "--test", str(file)], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stdout[-3_000:] + run.stderr[-1_000:]


def test_every_file_is_in_the_program_and_nothing_is_fetched() -> None:
    assert sorted(ORDER) == sorted(f.name for f in FOLDER.glob("*.js"))
    text = program()
    assert "import " not in re.sub(r"//.*", "", text)
    assert text.rstrip().endswith("export {render}")
    assert text.count("export ") == 1


def test_no_name_is_declared_twice_among_the_files() -> None:
    names = re.findall(r"^(?:async )?(?:const|let|function|class) (\w+)", program(), re.MULTILINE)
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_files_come_after_what_they_import() -> None:
    for position, name in enumerate(ORDER):
        imported = re.findall(r'from "\./(\w+\.js)"', (FOLDER / name).read_text("utf-8"))
        assert all(ORDER.index(other) < position for other in imported), name


def test_names_of_people_never_become_markup() -> None:
    text = program()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)


def test_every_word_the_program_asks_for_is_in_the_catalogue() -> None:
    text = program()
    asked = {f"editor.{code}" for code in re.findall(r'this\.w\("([\w.]+)"', text)}
    asked |= {f"editor.{code}" for code in re.findall(r'\bw\("([\w.]+)"', text)}
    asked |= set(re.findall(r'"(editor\.(?:status|said|handle|hint)\.\w+)"', text))
    assert len(asked) > 30
    assert sorted(asked - set(catalogue("en"))) == []


def test_the_screen_offers_every_fitting_that_has_a_size_of_its_own() -> None:
    offered = {entry["id"]: entry for entry in fittings_for_screen("en")}
    assert "void" not in offered and "counter" in offered
    assert all(entry["w"] > 0 and entry["d"] > 0 for entry in offered.values())
