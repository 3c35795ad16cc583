"""The wheel as a planner installs it: in a clean environment, outside the checkout, with nothing of it in reach."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from email import message_from_string
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.planner.small_centre import a_small_folder

ROOT = Path(__file__).resolve().parents[1]
INSTALL_S = 900  # the first time everything is fetched; from pip's cache it is about a minute
pytestmark = pytest.mark.timeout(INSTALL_S + 300)


def run(*words: str | Path, cwd: Path, timeout_s: float = 280) -> subprocess.CompletedProcess[str]:
    """Run a command outside the checkout, in an environment that does not know it."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment["PYTHONUTF8"] = "1"
    command = [str(word) for word in words]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", timeout=timeout_s)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "-w",
        folder,
        ROOT,
        cwd=folder,
        timeout_s=INSTALL_S,
    )
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `centreline` command of a clean environment that holds the wheel and what it depends on, nothing else."""
    home = tmp_path_factory.mktemp("planner's home مخطط")
    made = run(sys.executable, "-m", "venv", "--without-pip", home / "venv", cwd=home)  # ours does it: its own takes 5 s
    assert made.returncode == 0, made.stderr
    binaries = home / "venv" / ("Scripts" if os.name == "nt" else "bin")
    asked = run(binaries / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home)
    lent = lend_what_is_required(wheel, Path(asked.stdout.strip()))
    pip = (sys.executable, "-m", "pip", "--python", binaries / "python", "--disable-pip-version-check")
    begun = time.monotonic()
    done = run(
        *(*pip, "install", "--quiet", "--no-compile", "-c", ROOT / "constraints.txt"),
        *(("--no-deps",) if lent else ()),
        wheel,
        cwd=home,
        timeout_s=INSTALL_S,
    )
    assert done.returncode == 0, done.stderr
    whole = run(*pip, "check", cwd=home)
    assert whole.returncode == 0, whole.stdout
    told = run(binaries / "python", "-c", "import layouts; print(layouts.__file__)", cwd=home)
    bring_what_is_compiled(Path(told.stdout.strip()).parents[1])
    print(f"wheel of {wheel.stat().st_size / 1e6:.1f} MB installed in {time.monotonic() - begun:.0f} s")
    return binaries / ("centreline.exe" if os.name == "nt" else "centreline")


def lend_what_is_required(wheel: Path, site: Path) -> bool:
    """Links to what the wheel says that it requires and what that requires, as they stand here, and to nothing else: pip, which
    would unpack the same files for half a minute of a processor, then checks that nothing lacks. False where a system lets
    nobody link."""
    with zipfile.ZipFile(wheel) as packed:
        told = packed.read(next(name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))).decode("utf-8")
    (site / "probe").touch()
    try:
        (site / "probe-link").symlink_to(site / "probe")
    except OSError:
        return False
    finally:
        for probe in ("probe", "probe-link"):
            (site / probe).unlink(missing_ok=True)
    for needed in required_by(message_from_string(told).get_all("Requires-Dist", [])):
        for top in {file.parts[0] for file in needed.files or ()} - {"..", "__pycache__"}:  # not programs, which nobody starts
            (site / top).symlink_to(Path(str(needed.locate_file(top))).resolve())
    return True


def required_by(lines: list[str]) -> list[Distribution]:
    """The packages that metadata ask for, and those that they ask for, each once."""
    found: dict[str, Distribution] = {}
    asked = [(Requirement(line), frozenset({""})) for line in lines]
    done: set[tuple[str, frozenset[str]]] = set()
    while asked:
        need, extras = asked.pop()
        wanted = frozenset(need.extras) | {""}
        name = canonicalize_name(need.name)
        if (name, wanted) in done or (need.marker and not any(need.marker.evaluate({"extra": extra}) for extra in extras)):
            continue
        done.add((name, wanted))
        found[name] = distribution(need.name)
        asked += [(Requirement(line), wanted) for line in found[name].requires or ()]
    return list(found.values())


def bring_what_is_compiled(installed: Path) -> None:
    """What numba compiled of the checkout lies beside the same files of the wheel, so that it is not compiled twice in a run:
    that takes a minute of a processor. numba knows a file by its size and its time."""
    for stored in (kept for room in ("layouts", "solvers") for kept in (ROOT / room).rglob("__pycache__/*.nb[ic]")):
        source = stored.parents[1] / f"{stored.name.split('.')[0]}.py"
        target = installed / source.relative_to(ROOT)
        if not source.exists():  # what was compiled of a file that is gone stays in a checkout
            continue
        if target.read_bytes() == source.read_bytes():
            os.utime(target, ns=(source.stat().st_atime_ns, source.stat().st_mtime_ns))
            (target.parent / "__pycache__").mkdir(exist_ok=True)
            shutil.copy2(stored, target.parent / "__pycache__" / stored.name)


def test_the_wheel_holds_every_data_file_of_the_checkout(wheel: Path) -> None:
    rooms = ("layouts", "solvers", "exports", "planner")
    data = {
        file.relative_to(ROOT).as_posix()
        for room in rooms
        for file in (ROOT / room).rglob("*")
        if file.is_file() and file.suffix != ".pyc" and "__pycache__" not in file.parts
    }
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    assert data <= names, data - names
    for example in ("dahuk", "justice"):
        for file in ("project.toml", "demand.csv", "staff.csv", "plan.dxf"):
            assert f"planner/examples/{example}/{file}" in names


def test_the_installed_command_says_its_version_without_loading_what_it_does_not_need(installed: Path, tmp_path: Path) -> None:
    told = run(installed, "--version", cwd=tmp_path)
    assert told.stdout.startswith("centreline ")
    program = (
        "import sys; from planner.cli.entry import run; run(['--version']); "
        "print([m for m in ('ortools', 'numba', 'shapely', 'ezdxf') if m in sys.modules])"
    )
    loaded = run(installed.with_name("python.exe" if os.name == "nt" else "python"), "-c", program, cwd=tmp_path)
    assert loaded.stdout.splitlines()[-1] == "[]", loaded.stdout + loaded.stderr


def test_the_installed_program_does_the_main_job_on_the_small_centre(installed: Path, tmp_path: Path) -> None:
    folder = a_small_folder(tmp_path)
    planned = run(installed, "plan", folder, "--out", "package", "--seconds", "6", cwd=tmp_path)
    assert planned.returncode == 0, planned.stderr
    verified = run(installed, "verify", "package", cwd=tmp_path)
    assert verified.returncode == 0, verified.stderr


@pytest.mark.parametrize("template", ["labour", "justice"])
@pytest.mark.parametrize("name", ["مركز جديد", "new centre.centreline"])
def test_a_new_project_is_made_and_its_capacity_planned(installed: Path, tmp_path: Path, template: str, name: str) -> None:
    made = run(installed, "new", name, "--template", template, "--size", "medium", "--json", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["project"] == name
    told = run(installed, "capacity", name, "--json", cwd=tmp_path)
    assert told.returncode in (0, 1), told.stderr
    assert all(bank["positions"] > 0 for bank in json.loads(told.stdout)["banks"])


def test_the_installed_programs_files_come_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    program = "import planner, layouts; print(planner.__file__); print(layouts.__file__)"
    told = run(installed.with_name("python.exe" if os.name == "nt" else "python"), "-c", program, cwd=tmp_path)
    assert str(ROOT) + os.sep not in told.stdout
    assert told.stdout.count("site-packages") == 2
