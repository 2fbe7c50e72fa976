"""What quality_scale.yaml claims is true, as far as it can be seen in the sources."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from custom_components.shems.const import SIMULATED_PLATFORMS
from custom_components.shems.devices import KINDS
from custom_components.shems.flows.subentry import DeviceFlow, SurroundingsFlow
from custom_components.shems.sources.surroundings import SURROUNDINGS

ROOT = Path(__file__).resolve().parent.parent
INTEGRATION = ROOT / "custom_components" / "shems"
CLAIMS: dict[str, Any] = yaml.safe_load((INTEGRATION / "quality_scale.yaml").read_text())["rules"]
WORDS = json.loads((INTEGRATION / "translations" / "en.json").read_text())
ICONS = json.loads((INTEGRATION / "icons.json").read_text())
ACTIONS = yaml.safe_load((INTEGRATION / "services.yaml").read_text())
MANIFEST = json.loads((INTEGRATION / "manifest.json").read_text())
PAGE = (ROOT / "docs" / "README.md").read_text()

# The integration quality scale of Home Assistant's developer documentation.
TIERS = """
action-setup appropriate-polling brands common-modules config-flow config-flow-test-coverage
dependency-transparency docs-actions docs-conditions docs-high-level-description
docs-installation-instructions docs-removal-instructions docs-triggers entity-event-setup
entity-unique-id has-entity-name runtime-data test-before-configure test-before-setup
unique-config-entry

action-exceptions config-entry-unloading docs-configuration-parameters
docs-installation-parameters entity-unavailable integration-owner log-when-unavailable
parallel-updates reauthentication-flow test-coverage

devices diagnostics discovery discovery-update-info docs-data-update docs-examples
docs-known-limitations docs-supported-devices docs-supported-functions docs-troubleshooting
docs-use-cases dynamic-devices entity-category entity-device-class entity-disabled-by-default
entity-translations exception-translations icon-translations reconfiguration-flow repair-issues
stale-devices

async-dependency inject-websession strict-typing
"""
RULES = TIERS.split()

SECTIONS = {
    "docs-actions": "Actions",
    "docs-configuration-parameters": "Options",
    "docs-data-update": "How data is updated",
    "docs-examples": "Examples",
    "docs-high-level-description": "What it is",
    "docs-installation-instructions": "Installation",
    "docs-installation-parameters": "Parameters",
    "docs-known-limitations": "Known limitations",
    "docs-removal-instructions": "Removal",
    "docs-supported-devices": "Supported devices",
    "docs-supported-functions": "Supported functions",
    "docs-troubleshooting": "Troubleshooting",
    "docs-use-cases": "Use cases",
}
"""Where the documentation keeps what a rule asks for."""

EXCEPTIONS = {
    "ConfigEntryError",
    "ConfigEntryNotReady",
    "HomeAssistantError",
    "ServiceValidationError",
    "UpdateFailed",
}
"""What a user gets to read."""

NETWORK = {"aiohttp", "httpx", "requests", "socket", "urllib.request", "http.client"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Yield the modules of the shell: core knows no Home Assistant."""
    for path in sorted(INTEGRATION.rglob("*.py")):
        name = path.relative_to(INTEGRATION)
        if name.parts[0] != "core":
            yield str(name), ast.parse(path.read_text())


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of one of these functions or classes, and where it stands."""
    for name, module in sources():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rsplit(".", 1)[-1] in names:
                yield f"{name}:{node.lineno}", node


def given(call: ast.Call) -> dict[str | None, ast.expr]:
    """Return the keyword arguments of a call."""
    return {each.arg: each.value for each in call.keywords}


def literals(node: ast.AST) -> set[str]:
    """Return the texts that an expression may be."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp():
            return literals(node.body) | literals(node.orelse)
    return set()


def placeholders(text: str) -> set[str]:
    """Return the names that a translated text asks for."""
    return set(re.findall(r"\{(\w+)\}", text))


def done(rule: str) -> bool:
    """Return whether a rule is claimed as kept."""
    return bool(CLAIMS[rule] == "done")


def test_every_rule_is_kept_or_exempt_for_a_reason() -> None:
    assert sorted(CLAIMS) == sorted(RULES)
    assert len(RULES) == 54
    for rule, claim in CLAIMS.items():
        if claim != "done":
            assert claim["status"] == "exempt", rule
            assert len(claim["comment"]) > 20, rule


def test_what_a_rule_is_exempt_for_is_not_there() -> None:
    exempt = {rule for rule, claim in CLAIMS.items() if claim != "done"}
    assert exempt == {
        "async-dependency",
        "discovery",
        "discovery-update-info",
        "inject-websession",
        "reauthentication-flow",
    }
    assert not MANIFEST.keys() & {"bluetooth", "dhcp", "mqtt", "ssdp", "usb", "zeroconf"}
    steps = {node.name for _, module in sources() for node in functions(module)}
    assert not steps & {"async_step_reauth", "async_step_discovery", "async_step_zeroconf"}


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a module."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_nothing_is_asked_over_the_network() -> None:
    imported = {
        name
        for _, module in sources()
        for node in ast.walk(module)
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not imported & NETWORK


@pytest.mark.parametrize("rule", sorted(SECTIONS))
def test_the_documentation_has_what_the_rule_asks_for(rule: str) -> None:
    assert done(rule)
    parts = re.split(r"^## (.+)$", PAGE, flags=re.MULTILINE)
    texts = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert len(texts[SECTIONS[rule]].split()) >= 20


def test_the_documentation_names_every_kind_and_every_action() -> None:
    titles = [WORDS["config_subentries"][kind]["entry_type"] for kind in KINDS]
    assert [title for title in titles if f"**{title}**" not in PAGE] == []
    assert [action for action in ACTIONS if f"`shems.{action}`" not in PAGE] == []


@pytest.mark.parametrize("what", ["trigger", "condition"])
def test_the_documentation_tells_every_trigger_and_condition(what: str) -> None:
    assert done(f"docs-{what}s")
    page = (ROOT / "docs" / "automations.md").read_text()
    kinds = yaml.safe_load((INTEGRATION / f"{what}s.yaml").read_text())
    named = [key for key in kinds if not key.startswith(".")]
    assert named
    assert [key for key in named if f"| `shems.{key}` |" not in page] == []


def test_the_documentation_leads_to_every_page() -> None:
    folder = ROOT / "docs"
    pages = [str(page.relative_to(folder)) for page in folder.rglob("*.md")]
    assert [page for page in pages if page != "README.md" and f"({page}" not in PAGE] == []


def test_the_documentation_leads_to_pages_that_exist() -> None:
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#|/)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} leads to {target}"


def test_every_platform_says_how_many_updates_run_at_once() -> None:
    platforms = {str(platform) for platform in SIMULATED_PLATFORMS}
    found = {
        path.stem
        for path in INTEGRATION.glob("*.py")
        if "async_setup_entry" in path.read_text() and path.stem != "__init__"
    }
    assert found == platforms
    for platform in platforms:
        text = (INTEGRATION / f"{platform}.py").read_text()
        assert re.search(r"^PARALLEL_UPDATES = \d$", text, re.MULTILINE), platform


def steps(flow: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the pages of a flow and their sections."""
    for step, words in flow["step"].items():
        yield step, words
        for name, inside in words.get("sections", {}).items():
            yield f"{step}.{name}", inside


@pytest.mark.parametrize("flow", ["config", "options", *sorted(WORDS["config_subentries"])])
def test_every_field_of_a_flow_is_described(flow: str) -> None:
    words = WORDS[flow] if flow in WORDS else WORDS["config_subentries"][flow]
    for step, page in steps(words):
        assert page.get("data", {}).keys() == page.get("data_description", {}).keys(), step
        assert all(page.get("data_description", {}).values()), step


def test_every_field_in_the_sources_is_worded() -> None:
    flows = [WORDS["config"], WORDS["options"], *WORDS["config_subentries"].values()]
    worded = {key for flow in flows for _, page in steps(flow) for key in page.get("data", {})}
    sections = {
        name
        for flow in flows
        for page in flow["step"].values()
        for name in page.get("sections", {})
    }
    fields = {
        key
        for where, call in calls("Required", "Optional")
        if where.startswith(("devices/", "flows/", "config_flow.py"))
        for key in literals(call.args[0])
    }
    assert len(fields) > 100
    assert fields - worded - sections == set()


def test_every_kind_of_device_can_be_added_and_changed() -> None:
    assert WORDS["config_subentries"].keys() == {*KINDS, *SURROUNDINGS}
    for words in WORDS["config_subentries"].values():
        assert words["initiate_flow"].keys() >= {"user", "reconfigure"}
    assert all(callable(each.async_step_reconfigure) for each in (DeviceFlow, SurroundingsFlow))
    flow = dict(sources())["config_flow.py"]
    assert "async_step_reconfigure" in {each.name for each in functions(flow)}


def test_actions_are_worded_and_have_icons() -> None:
    assert ACTIONS.keys() == WORDS["services"].keys() == ICONS["services"].keys()
    for name, action in ACTIONS.items():
        words = WORDS["services"][name]
        assert words["name"]
        assert words["description"]
        fields = dict((action or {}).get("fields", {}))
        sections = {key for key, field in fields.items() if "fields" in field}
        for section in sections:
            fields |= fields.pop(section)["fields"]
        assert fields.keys() == words.get("fields", {}).keys(), name
        assert sections == words.get("sections", {}).keys(), name
        assert sections == ICONS["services"][name].get("sections", {}).keys(), name
        for field, said in words.get("fields", {}).items():
            assert said["name"], f"{name}.{field}"
            assert said["description"], f"{name}.{field}"


def test_every_exception_is_translated() -> None:
    """An exception without a key, or with one that nobody has worded, is not."""
    known = WORDS["exceptions"]
    for where, call in calls(*EXCEPTIONS):
        arguments = given(call)
        assert {"translation_domain", "translation_key"} <= arguments.keys(), where
        for key in literals(arguments["translation_key"]):
            assert key in known, f"{where}: {key}"
            named = arguments.get("translation_placeholders")
            if named is None:
                assert not placeholders(known[key]["message"]), where
            elif isinstance(named, ast.Dict):
                names = {text for each in named.keys if each for text in literals(each)}
                assert placeholders(known[key]["message"]) <= names, where


def test_every_error_of_a_source_is_translated() -> None:
    """As an exception, or as what is wrong with the input of a form."""
    forms = [each["error"] for each in (*WORDS["config_subentries"].values(), WORDS["config"])]
    for where, call in calls("SourceError"):
        for code in literals(call.args[0]):
            exception = WORDS["exceptions"].get(code)
            shown = [each[code] for each in forms if code in each]
            texts = [exception["message"]] if exception else shown
            assert texts, f"{where}: {code}"
            named = set(given(call))
            for text in texts:
                # What is passed on as a mapping is not seen here.
                assert None in named or placeholders(text) <= named, f"{where}: {code}"


def test_every_entity_described_is_worded_and_has_an_icon() -> None:
    """Keys that are put together are looked at where the entities are, in tests/ha."""
    names = {key for platform in WORDS["entity"].values() for key in platform}
    icons = {key for platform in ICONS["entity"].values() for key in platform}
    found = {
        key
        for where, call in calls(*DESCRIPTIONS)
        if not where.startswith("virtual/")
        for key in literals(given(call).get("translation_key", ast.Constant(None)))
    }
    assert len(found) > 20
    assert found <= names
    assert found <= icons


DESCRIPTIONS = {
    "BinarySensorEntityDescription",
    "ButtonEntityDescription",
    "ChosenDescription",
    "DeviceDescription",
    "HomeDescription",
    "SelectEntityDescription",
    "SwitchEntityDescription",
    "TimeEntityDescription",
}


def test_every_issue_is_worded() -> None:
    """A problem that can be repaired is told in the user's words."""
    found = list(calls("async_create_issue"))
    assert found
    for where, call in found:
        assert "translation_key" in given(call), where
        assert literals(given(call)["translation_key"]) <= WORDS["issues"].keys(), where
    for issue in WORDS["issues"].values():
        assert issue["title"]
        assert issue.get("description") or issue.get("fix_flow")


def test_data_of_an_entry_lives_in_its_runtime_data() -> None:
    for name, module in sources():
        for node in ast.walk(module):
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "hass.data":
                assert ast.unparse(node.slice) != "DOMAIN", f"{name}:{node.lineno}"
    (init,) = (module for name, module in sources() if name == "__init__.py")
    assert "entry.runtime_data = ShemsData(" in ast.unparse(init)


def test_actions_are_registered_where_no_entry_is_needed() -> None:
    """An automation that names an action of a home not loaded says so, as if it were."""
    (init,) = (module for name, module in sources() if name == "__init__.py")
    setup = next(each for each in functions(init) if each.name == "async_setup")
    called = {ast.unparse(node.func) for node in ast.walk(setup) if isinstance(node, ast.Call)}
    register = {
        node.name
        for name, module in sources()
        for node in functions(module)
        if "async_register" in ast.unparse(node) and "services" in ast.unparse(node)
        if node.name.startswith("async_setup_")
    }
    assert register
    assert register <= called


def test_entities_begin_to_listen_once_they_are_added() -> None:
    for name, module in sources():
        for node in functions(module):
            if node.name == "__init__" and "Entity" in ast.unparse(node):
                text = ast.unparse(node)
                assert "async_listen" not in text, name
                assert "async_track" not in text, name


def test_common_modules_are_where_others_look_for_them() -> None:
    for name in ("coordinator.py", "entity.py", "const.py", "diagnostics.py", "py.typed"):
        assert (INTEGRATION / name).is_file()
    settings = (ROOT / "pyproject.toml").read_text()
    assert re.search(r"^strict = true$", settings, re.MULTILINE)
    assert MANIFEST["codeowners"]


def test_coverage_is_held_where_it_is_claimed() -> None:
    held = re.search(r"whole_share=(\d+)", (ROOT / "scripts" / "test").read_text())
    assert held
    assert int(held[1]) >= 95
