"""The core knows no Home Assistant, no clock and no later stage."""

import ast
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import requires
from pathlib import Path
from typing import NamedTuple

import pytest

CORE = Path(__file__).resolve().parents[2] / "custom_components" / "shems" / "core"
MODULES = sorted(CORE.rglob("*.py"))
ALLOWED = {"numpy", "highspy"}
KEYS = {"cryptography"}
KEYS_IN = CORE / "market" / "identity.py"
"""The one module that knows keys; Home Assistant itself needs what it imports."""

BASE = ("units", "horizon", "linear", "series", "tariff", "neighbours", "peak")
STAGES = (
    *("assets", "observe", "world", "infer", "forecast", "plan", "dispatch", "replay", "report"),
    "market",
)
ORDER = {name: rank for rank, name in enumerate((*BASE, *STAGES))}

CLOCKS = {
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
}
ASKING = {name.rpartition(".")[2] for name in CLOCKS}

IMPORT_PART = """
import runpy, sys

runpy.run_path(sys.argv[1])
from custom_components.shems import energies

assert energies.__name__ == "custom_components.shems.energies"
assert "homeassistant" not in sys.modules
"""

IMPORT_ALL = """
import importlib, sys
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder
from types import ModuleType

core, allowed, names = sys.argv[1], set(sys.argv[2].split(",")), sys.argv[3].split(",")

class Guard(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        top = name.partition(".")[0]
        if top in allowed or top in sys.stdlib_module_names or top.startswith(("shems", "_")):
            return None
        if PathFinder.find_spec(top) is None:  # An extra of highspy's that is not installed.
            return None
        raise ModuleNotFoundError(f"core asked for {name}", name=name)

package = ModuleType("shems")
package.__path__ = [core]
sys.modules["shems"] = package
sys.meta_path.insert(0, Guard())
for name in names:
    importlib.import_module(name)
print("homeassistant" in sys.modules)
"""


def module_name(path: Path) -> str:
    parts = ("shems", "core", *path.relative_to(CORE).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


def test_every_module_can_be_imported_without_home_assistant() -> None:
    names = ",".join(module_name(path) for path in MODULES)
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, str(CORE.parent), ",".join(ALLOWED | KEYS), names],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "False"


def test_a_part_of_the_shell_is_imported_without_the_whole() -> None:
    """Tests of the shell's files may run beside those of the core."""
    bare = Path(__file__).with_name("conftest.py")
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_PART, str(bare)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=CORE.parents[2],
    )
    assert done.returncode == 0, done.stderr


def test_what_knows_keys_comes_with_home_assistant_and_not_with_the_manifest() -> None:
    needed = {re.split(r"[^\w-]", each)[0] for each in requires("homeassistant") or ()}
    assert needed >= KEYS
    manifest = (CORE.parent / "manifest.json").read_text()
    assert not any(name in manifest for name in KEYS)


class Source(NamedTuple):
    """What a module imports, by level and name, asks that may be a clock, and takes of `time`."""

    imports: list[tuple[int, str]]
    asked: set[str]
    taken: set[str]


@cache
def source_of(path: Path) -> Source:
    """Read a module once for all tests."""
    found = Source([], set(), set())
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.imports.extend((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names]
            module = node.module
            found.imports.extend((node.level, name) for name in ([module] if module else names))
            if module == "time":
                found.taken.update(names)
        elif isinstance(node, ast.Attribute) and node.attr in ASKING:
            found.asked.add(".".join(ast.unparse(node).split(".")[-2:]))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CORE)))
def test_imports_follow_the_stages(path: Path) -> None:
    inside = path.relative_to(CORE).with_suffix("").parts
    for level, name in source_of(path).imports:
        if level == 0:
            top = name.partition(".")[0]
            allowed = ALLOWED | KEYS if path == KEYS_IN else ALLOWED
            assert top in allowed or top in sys.stdlib_module_names, name
            continue
        assert level <= len(inside), f"{name} is outside the core"
        target = (*inside[: len(inside) - level], *name.split("."))[0]
        assert target == inside[0] or ORDER[target] < ORDER[inside[0]], name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CORE)))
def test_no_module_asks_a_clock(path: Path) -> None:
    assert not source_of(path).asked & CLOCKS
    assert source_of(path).taken <= {"monotonic", "perf_counter"}
