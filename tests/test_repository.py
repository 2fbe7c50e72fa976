"""The repository keeps what it promises to those who install and build it."""

import ast
import json
import os
import re
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest
from homeassistant.const import Platform

ROOT = Path(__file__).resolve().parent.parent
INTEGRATION = ROOT / "custom_components" / "shems"
MANIFEST = json.loads((INTEGRATION / "manifest.json").read_text())

TOP_LEVEL = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".github",
    ".gitignore",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "blueprints",
    "custom_components",
    "docs",
    "hacs.json",
    "pyproject.toml",
    "scripts",
    "tests",
}

# In parts, so that this file does not hold what it forbids.
REGISTRY_HOSTS = [
    "pypi" + ".org",
    "pypi" + ".python",
    "python" + "hosted",
    "registry." + "npmjs",
    "registry." + "yarnpkg",
    "deb." + "debian",
    "security." + "debian",
    "archive." + "ubuntu",
]
COMPONENTS = "homeassistant.components."

# What hassfest lets an integration use without a word in its manifest.
ALWAYS_THERE = {
    *(platform.value for platform in Platform),
    "device_automation",
    "homeassistant",
    "persistent_notification",
    "sun",
    "system_health",
    "webhook",
    "websocket_api",
    "zone",
}
MACHINE_PATH = re.compile(r"(?<![\w.$}*/-])/(?:home|root|Users|work|private/tmp)/\w")


def tracked_files() -> list[Path]:
    """Return the files that a clone would have, staged and new ones included."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Return every text in the repository by its path."""
    found = {}
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" not in content:
            found[str(path.relative_to(ROOT))] = content.decode()
    return found


def test_the_top_level_holds_only_what_was_agreed() -> None:
    names = {path.relative_to(ROOT).parts[0] for path in tracked_files()}
    assert names <= TOP_LEVEL


@pytest.mark.parametrize("host", REGISTRY_HOSTS)
def test_no_file_names_a_package_registry(texts: dict[str, str], host: str) -> None:
    assert [name for name, text in texts.items() if host in text] == []


def test_no_file_names_a_path_of_one_machine(texts: dict[str, str]) -> None:
    named = {
        name: match.group() for name, text in texts.items() if (match := MACHINE_PATH.search(text))
    }
    assert named == {}


def test_locked_packages_of_the_frontend_have_no_address(texts: dict[str, str]) -> None:
    lock = json.loads(texts["custom_components/shems/frontend/package-lock.json"])
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


@pytest.mark.parametrize("name", ["uv", "test", "demo", "train"])
def test_locked_python_packages_are_exact_and_hashed(name: str) -> None:
    lock = (ROOT / "scripts" / "requirements" / f"{name}.txt").read_text()
    packages = re.split(r"\n(?=\w)", lock)[1:]
    assert packages
    for package in packages:
        assert re.match(r"[\w.-]+==\S+ ", package), package
        assert "--hash=sha256:" in package, package


def test_the_manifest_asks_only_for_what_home_assistant_os_can_install() -> None:
    # Both have musllinux wheels for Python 3.14 on x86_64 and aarch64; Home
    # Assistant's constraints choose numpy's version, so it must stay open.
    assert MANIFEST["requirements"] == ["highspy==1.15.1", "numpy>=2.3.2"]


def test_the_tests_run_with_the_solver_that_the_manifest_asks_for() -> None:
    for name in ("test", "demo"):
        lock = (ROOT / "scripts" / "requirements" / f"{name}.txt").read_text()
        assert MANIFEST["requirements"][0] in lock.split()


def test_the_manifest_is_complete_and_in_order() -> None:
    assert {"codeowners", "documentation", "issue_tracker", "version"} <= MANIFEST.keys()
    assert list(MANIFEST) == ["domain", "name", *sorted(MANIFEST.keys() - {"domain", "name"})]
    assert MANIFEST["domain"] == INTEGRATION.name


def imported_integrations() -> dict[str, set[str]]:
    """Return the integrations of Home Assistant that each file imports from."""
    found: dict[str, set[str]] = {}
    for path in INTEGRATION.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.ImportFrom(module="homeassistant.components"):
                    domains = {name.name for name in node.names}
                case ast.ImportFrom(module=str(module), level=0) if module.startswith(COMPONENTS):
                    domains = {module.split(".")[2]}
                case _:
                    continue
            found.setdefault(str(path.relative_to(INTEGRATION)), set()).update(domains)
    return found


def test_every_integration_that_is_imported_is_declared() -> None:
    declared = {*MANIFEST["dependencies"], *MANIFEST["after_dependencies"], *ALWAYS_THERE}
    undeclared = {
        (name, domain)
        for name, domains in imported_integrations().items()
        for domain in domains
        # A file of the same name is a hook that only that integration loads.
        if domain not in declared and not (INTEGRATION / f"{domain}.py").is_file()
    }
    assert undeclared == set()


def test_no_integration_is_declared_twice() -> None:
    assert not set(MANIFEST["dependencies"]) & set(MANIFEST["after_dependencies"])


def test_hacs_installs_the_archive_that_the_release_builds() -> None:
    hacs = json.loads((ROOT / "hacs.json").read_text())
    assert hacs["zip_release"] is True
    assert hacs["homeassistant"] == "2026.10.0"
    release = (ROOT / ".github" / "workflows" / "release.yml").read_text()
    assert hacs["filename"] in release


def test_the_archive_holds_the_contents_that_an_installation_needs(tmp_path: Path) -> None:
    target = tmp_path / "shems.zip"
    subprocess.run([ROOT / "scripts" / "archive", target], check=True, capture_output=True)
    with zipfile.ZipFile(target) as archive:
        names = set(archive.namelist())
        assert json.loads(archive.read("manifest.json")) == MANIFEST
    assert {
        "__init__.py",
        "brand/icon.png",
        "config_flow.py",
        "core/__init__.py",
        "frontend/dist/shems.js",
        "frontend/src/locales/en.json",
        "icons.json",
        "py.typed",
        "translations/en.json",
    } <= names
    assert [
        name for name in names if re.search(r"node_modules|__pycache__|\.ts$|^/|\.\.", name)
    ] == []


@pytest.mark.parametrize("theme", ["", "dark_"])
@pytest.mark.parametrize(
    ("image", "height"),
    [("icon.png", 256), ("icon@2x.png", 512), ("logo.png", 256), ("logo@2x.png", 512)],
)
def test_brand_images_have_the_sizes_that_home_assistant_expects(
    theme: str, image: str, height: int
) -> None:
    header = (INTEGRATION / "brand" / f"{theme}{image}").read_bytes()[:26]
    assert header.startswith(b"\x89PNG")
    measured_width, measured_height = struct.unpack(">II", header[16:24])
    assert measured_height == height
    assert measured_width == height if "icon" in image else measured_width > height


def test_the_oldest_supported_home_assistant_is_the_tested_one() -> None:
    pinned = (ROOT / "scripts" / "requirements" / "test.in").read_text()
    oldest = json.loads((ROOT / "hacs.json").read_text())["homeassistant"]
    assert f"homeassistant=={oldest.rpartition('.')[0]}." in pinned


def test_files_stay_readable() -> None:
    # Tables may be longer; code that outgrows this is two things in one file.
    longest = 400
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in INTEGRATION.rglob("*.py")
        if (lines := len(path.read_text().splitlines())) > longest
    }
    assert too_long == {}


def test_every_script_says_what_runs_it() -> None:
    # Commands have no extension: scripts/test finds the Python ones by the first line.
    # What they import is in .py files, which nobody runs by name.
    for path in (ROOT / "scripts").iterdir():
        if path.is_file() and path.suffix != ".py":
            assert re.match(r"#!/usr/bin/env (bash|python3)\n", path.read_text()), path
            assert os.access(path, os.X_OK), path


def test_every_preset_is_documented() -> None:
    text = (ROOT / "docs" / "devices.md").read_text(encoding="utf-8")
    keys = {
        key
        for path in (INTEGRATION / "presets").glob("*.py")
        for key in re.findall(r'^    key="(\w+)",$', path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(keys) > 20
    assert {key for key in keys if f"| `{key}` |" not in text} == set()
