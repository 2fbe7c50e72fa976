"""What is wrong with the meters becomes repair issues, once each, and goes with its cause."""

import json
import re
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from custom_components.shems import health
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.assets.plane import Site
from custom_components.shems.core.forecast.finding import Finding
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.series import Series
from custom_components.shems.health import Health, async_forget, limits, matters
from custom_components.shems.sources.configuration import configuration

from .conftest import ENTRY_ID

NOW = 1_781_085_630.0
TEXTS = {
    key: text
    for key, text in json.loads(
        (Path(health.__file__).parent / "translations" / "en.json").read_text(encoding="utf-8")
    )["issues"].items()
    if key.endswith(("_load", "_solar"))  # The others are not of the meters' past.
}

FINDINGS = {
    f"{each.code}_{each.quantity}": each
    for each in (
        *(
            Finding(code, quantity, NOW - 9 * DAY_S, NOW, {"times": 3, "hours": 30.0})
            for code in (
                *("counter", "frozen", "megawatts", "meter_jump", "missing", "negative"),
                *("unit_unclear", "watts"),
            )
            for quantity in ("load", "solar")
        ),
        Finding("silent", "load", NOW - 2 * DAY_S, NOW, {"hours": 48.0}),
        Finding("silent", "solar", NOW - 2 * DAY_S, NOW, {"hours": 48.0}),
        Finding("zeros", "load", NOW - DAY_S, NOW, {"times": 1, "hours": 24.0}),
        Finding("idle", "solar", NOW - 5 * DAY_S, NOW, {"times": 1, "hours": 120.0}),
        Finding("night", "solar", NOW - DAY_S, NOW, {"times": 1, "hours": 7.0}),
        Finding("clock", "solar", 0.0, NOW, {"times": 1, "hours": 999.0, "offset_h": -1.0}),
        Finding(
            "clock_jump",
            "solar",
            0.0,
            NOW - DAY_S,
            {"times": 1, "hours": 999.0, "offset_h": 1.0, "at": NOW - DAY_S},
        ),
        Finding("new_consumer", "load", NOW - 9 * DAY_S, NOW, {"step_kw": 7.1, "daily_kwh": 8.0}),
    )
}


def issues(hass: HomeAssistant) -> dict[str, ir.IssueEntry]:
    prefix = f"{ENTRY_ID}_health_"
    return {
        issue_id.removeprefix(prefix): issue
        for (domain, issue_id), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN and issue_id.startswith(prefix)
    }


@pytest.fixture
def looked(hass: HomeAssistant, home: HomeCoordinator) -> Health:
    return Health(hass, home.configuration)


def test_every_issue_has_a_text_and_every_text_an_issue() -> None:
    assert TEXTS.keys() == FINDINGS.keys()


@pytest.mark.parametrize("name", FINDINGS)
async def test_a_finding_becomes_an_issue_whose_text_is_complete(
    hass: HomeAssistant, looked: Health, name: str
) -> None:
    looked.async_report((FINDINGS[name],), NOW)
    issue = issues(hass)[name]
    assert issue.translation_key == name
    assert issue.translation_placeholders is not None
    for text in TEXTS[name].values():
        named = {field for _, field, _, _ in Formatter().parse(text) if field}
        assert named <= issue.translation_placeholders.keys()
        whole = text.format(**issue.translation_placeholders)
        assert "Home" in whole or "20" in whole
        assert not re.search(r"[{}]|None|nan", whole)


async def test_an_issue_is_raised_once_and_cleared_when_its_cause_is_gone(
    hass: HomeAssistant, looked: Health
) -> None:
    frozen, zeros = FINDINGS["frozen_solar"], FINDINGS["zeros_load"]
    looked.async_report((frozen, zeros), NOW)
    ir.async_ignore_issue(hass, DOMAIN, f"{ENTRY_ID}_health_frozen_solar", True)
    looked.async_report((frozen,), NOW + DAY_S)
    found = issues(hass)
    assert found.keys() == {"frozen_solar"}
    assert found["frozen_solar"].dismissed_version is not None
    looked.async_report((), NOW + 2 * DAY_S)
    assert issues(hass) == {}


async def test_the_issues_of_other_homes_are_left(hass: HomeAssistant, looked: Health) -> None:
    ir.async_create_issue(
        hass,
        DOMAIN,
        "other_health_frozen_load",
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key="frozen_load",
    )
    looked.async_report((), NOW)
    async_forget(hass, ENTRY_ID)
    assert (DOMAIN, "other_health_frozen_load") in ir.async_get(hass).issues


async def test_issues_outlast_a_reload_but_not_the_home(
    hass: HomeAssistant, home: HomeCoordinator, looked: Health
) -> None:
    looked.async_report((FINDINGS["silent_load"],), NOW)
    await hass.config_entries.async_reload(ENTRY_ID)
    looked.async_stop()
    assert issues(hass).keys() == {"silent_load"}
    assert issues(hass)["silent_load"].is_persistent
    await hass.config_entries.async_remove(ENTRY_ID)
    assert issues(hass) == {}


async def test_a_home_out_of_use_has_no_issues(
    hass: HomeAssistant, home: HomeCoordinator, looked: Health
) -> None:
    looked.async_report((FINDINGS["silent_load"],), NOW)
    await hass.config_entries.async_set_disabled_by(ENTRY_ID, ConfigEntryDisabler.USER)
    looked.async_stop()
    assert issues(hass) == {}


async def test_a_past_that_reads_otherwise_is_learned_anew(
    hass: HomeAssistant, looked: Health
) -> None:
    watts, frozen = FINDINGS["watts_load"], FINDINGS["frozen_load"]
    assert not looked.rewritten((watts,))
    looked.async_report((watts,), NOW)
    assert not looked.rewritten((watts, frozen))
    assert looked.rewritten((FINDINGS["watts_solar"],))
    assert looked.rewritten(())


async def test_an_issue_names_the_meters(hass: HomeAssistant, looked: Health) -> None:
    looked.async_report((FINDINGS["frozen_solar"], FINDINGS["frozen_load"]), NOW)
    named = {
        name: issue.translation_placeholders["entities"]
        for name, issue in issues(hass).items()
        if issue.translation_placeholders
    }
    assert named == {
        "frozen_solar": "sensor.sun",
        "frozen_load": "sensor.battery, sensor.grid, sensor.sun",
    }


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (Finding("clipped", "solar", 0.0, NOW, {"hours": 99.0}), False),
        (Finding("frozen", "load", 0.0, NOW - 9 * DAY_S, {"hours": 99.0}), False),
        (Finding("negative", "load", 0.0, NOW, {"hours": 2.0}), False),
        (Finding("missing", "load", 0.0, NOW, {"hours": 8.0}), False),
        (Finding("missing", "load", 0.0, NOW - 30 * DAY_S, {"hours": 99.0}), False),
        (Finding("meter_jump", "load", 0.0, NOW, {"times": 1, "hours": 1.0}), False),
        (Finding("meter_jump", "load", 0.0, NOW - 30 * DAY_S, {"times": 9}), False),
        (Finding("clock_jump", "solar", 0.0, NOW, {"at": NOW - 60 * DAY_S}), False),
        (Finding("silent", "load", 0.0, NOW, {"hours": 25.0}), True),
    ],
)
def test_only_what_lasts_or_comes_again_matters(finding: Finding, expected: bool) -> None:
    assert matters(finding, NOW) is expected


async def test_the_limits_are_those_of_the_home(hass: HomeAssistant, home: HomeCoordinator) -> None:
    found = limits(home.configuration)
    assert found.solar == 1.5 * 5.0
    assert found.load == 1.5 * (17.0 + 5.0 + 5.0)


async def test_an_array_of_unknown_size_sets_no_limit(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    roof = home.config_entry.get_subentries_of_type("solar")[0]
    data = {key: value for key, value in roof.data.items() if key != "peak_kw"}
    hass.config_entries.async_update_subentry(home.config_entry, roof, data=data)
    assert limits(configuration(hass, home.config_entry)).solar > 100.0


async def test_the_past_is_cleaned_and_found_in_the_diagnostics(
    hass: HomeAssistant, looked: Health
) -> None:
    start = NOW // HOUR_S * HOUR_S + np.arange(-480, 0, dtype=np.float64) * HOUR_S
    load = 0.5 + np.random.default_rng(1).random(480)
    load[-48:] = 0.0
    history = History(Series(start, start + HOUR_S, load))
    clean, found = await hass.async_add_executor_job(looked.inspect, history, NOW, Site(50.8, 4.4))
    assert np.isnan(clean.load.value[-48:]).all()
    looked.async_report(found, NOW)
    assert issues(hass).keys() == {"zeros_load"}
    assert looked.diagnostics() == [
        {
            "code": "zeros",
            "quantity": "load",
            "since": "2026-06-08T10:00+00:00",
            "until": "2026-06-10T10:00+00:00",
            "times": 1,
            "hours": 48.0,
        }
    ]
