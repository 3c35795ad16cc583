"""The folder of projects: names, copies, the bin; nothing outside it can be asked for."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from layouts.findings import BadInput
from planner.source import open_source
from planner.storage import open_document
from planner.templates import MINISTRIES
from planner.ui.home import Home, file_stem, project_id
from planner.ui.projects import BLANK, make_project, take_file
from tests.ui.conftest import a_project


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "Centreline")


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Basra", "Basra"), ("مركز دهوك", "مركز دهوك"), ("../../etc/passwd", "etc passwd"), ("a/b\\c:d", "a b c d"),
        ("con", "con project"), ("  . x . ", "x"), ("n" * 300, "n" * 100),
        ("<img src=x onerror=alert(1)>", "img src=x onerror=alert(1)"), ("safe\u202egnp.exe", "safe gnp.exe"),
        ("💥" * 100, "💥" * 50), ("مركز " * 60, ("مركز " * 20).strip()),
    ],
)  # fmt: skip
def test_any_name_becomes_one_that_a_file_may_have(home, name, stem):
    assert file_stem(name) == stem
    assert home.free_path(name).parent == home.folder


@pytest.mark.parametrize("name", ["", "   ", "...", "///", "\0"])
def test_a_name_without_letters_is_refused(name):
    with pytest.raises(BadInput, match=r"page\.no_name"):
        file_stem(name)


def test_a_name_that_is_taken_gets_a_number(home):
    a_project(home.folder, "Basra")
    assert home.free_path("Basra").stem == "Basra 2"


def test_only_projects_of_the_folder_and_those_brought_can_be_opened(home, tmp_path):
    inside, outside = a_project(home.folder, "in"), a_project(tmp_path, "out")
    assert home.path_of(project_id(inside)) == inside
    for given in (project_id(outside), str(outside), "../out.centreline", ""):
        with pytest.raises(BadInput, match=r"page\.no_such_project"):
            home.path_of(given)
    assert home.path_of(home.bring(outside)) == outside


def test_a_copy_holds_the_same_project_and_its_history(home):
    source = a_project(home.folder, "one")
    copy = open_document(home.duplicate(project_id(source), "two"), write=False)
    assert copy.project.id == "small"
    assert len(copy.history()) == 1
    copy.close()


def test_what_is_thrown_away_lies_in_the_bin(home):
    for _ in range(2):
        home.throw_away(project_id(a_project(home.folder, "one")))
    assert home.projects() == ()
    assert {p.name for p in (home.folder / "Bin").iterdir()} == {"one.centreline", "one 2.centreline"}


def test_what_lies_in_the_bin_is_taken_back_under_a_free_name(home):
    home.throw_away(project_id(a_project(home.folder, "one")))
    a_project(home.folder, "one")
    assert home.binned() == ("one.centreline",)
    assert home.take_back("one.centreline").name == "one 2.centreline"
    assert home.binned() == ()
    with pytest.raises(BadInput):
        home.take_back("../one 2.centreline")


def test_a_file_from_elsewhere_is_kept_only_when_it_opens(home, tmp_path):
    body = a_project(tmp_path, "theirs").read_bytes()
    assert take_file(home, "theirs.centreline", body).is_file()
    for name, bad in (("x.centreline", b"no project"), ("x.exe", body), ("x.centreline", body[:3000])):
        with pytest.raises(BadInput):
            take_file(home, name, bad)
    assert [p.path.stem for p in home.projects()] == ["theirs"]


def test_a_huge_file_is_refused_in_one_sentence(home):
    with pytest.raises(BadInput, match=r"page\.upload_too_large"):
        take_file(home, "x.centreline", bytes(51 * 2**20))


@pytest.mark.parametrize("ministry", [*MINISTRIES, BLANK])
def test_a_new_project_bears_the_name_it_was_given(home, ministry):
    path = make_project(home, "Office <b>7</b>", ministry, "small")
    with open_source(path) as source:
        assert source.project.site.name == "Office <b>7</b>"
        assert (source.project.plan is None) == (ministry == BLANK)
    assert path.stem == "Office b 7 b"


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left_half_done(home, monkeypatch):
    """A disk that is read only refuses to take a started copy away, too."""
    made = make_project(home, "Basra", BLANK, "small")
    body, kept = made.read_bytes(), home.projects()

    def refused(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    for name in ("write_bytes", "replace", "unlink"):
        monkeypatch.setattr(Path, name, refused)
    monkeypatch.setattr("shutil.copyfile", refused)
    for wanted in (
        lambda: take_file(home, "other.centreline", body),
        lambda: home.duplicate(kept[0].id, "copy"),
        lambda: home.throw_away(kept[0].id),
    ):
        with pytest.raises(BadInput) as told:
            wanted()
        assert told.value.code == "document.unwritable"
    assert home.projects() == kept


def test_a_folder_without_room_for_where_the_page_is_is_told_as_that(tmp_path, monkeypatch):
    from planner.ui.instance import Instance, InstanceFile

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("planner.ui.instance.json.dump", full)
    with pytest.raises(BadInput) as refused:
        InstanceFile(tmp_path).write(Instance(pid=1, port=2, secret="s"))
    assert (refused.value.code, refused.value.file) == ("document.unwritable", str(tmp_path))
