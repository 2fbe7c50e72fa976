"""The Compose file in docs/ is one, and mounts what it says."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "compose"
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def mounts() -> dict[str, str]:
    """Return what is mounted, by where: `source:target` or `source:target:ro`."""
    pairs = (each.split(":") for one in SERVICES.values() for each in one["volumes"])
    return {target: source for source, target, *_ in pairs}


def test_only_keys_that_compose_knows_are_used() -> None:
    known = {"depends_on", "environment", "expose", "image", "ports", "restart", "volumes"}
    assert COMPOSE.keys() == {"services", "volumes"}
    for name, service in SERVICES.items():
        assert service.keys() <= known, name
        assert re.fullmatch(r"[\w./-]+:[\w.]+", service["image"]), "an image has a tag"
        assert set(service.get("depends_on", ())) <= SERVICES.keys()


def test_what_is_mounted_is_there() -> None:
    named = set(COMPOSE["volumes"])
    for source in mounts().values():
        assert source in named or (FOLDER / source).exists(), source
    assert named <= set(mounts().values())


def test_the_integration_is_mounted_where_home_assistant_looks_for_it() -> None:
    source = FOLDER / mounts()["/config/custom_components/shems"]
    assert (source / "manifest.json").is_file()


def test_home_assistant_is_the_one_of_the_demo() -> None:
    pinned = (FOLDER.parents[1] / "scripts" / "requirements" / "demo.in").read_text()
    tag = SERVICES["homeassistant"]["image"].rpartition(":")[2]
    assert f"homeassistant=={tag}." in pinned


def test_the_broker_is_reached_by_nobody_else() -> None:
    """It asks for no password, so that its port must not be published."""
    assert "ports" not in SERVICES["mosquitto"]
    settings = (FOLDER / "mosquitto.conf").read_text()
    listener = re.search(r"^listener (\d+)$", settings, re.MULTILINE)
    assert listener
    assert SERVICES["mosquitto"]["expose"] == [listener[1]]
    assert "allow_anonymous true" in settings


def test_docker_takes_it() -> None:
    docker = shutil.which("docker")
    if (
        docker is None
        or subprocess.run(
            [docker, "compose", "version"], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("Docker Compose is not installed")
    file = FOLDER / "compose.yaml"
    done = subprocess.run([docker, "compose", "-f", file, "config", "--quiet"], check=False)
    assert done.returncode == 0
