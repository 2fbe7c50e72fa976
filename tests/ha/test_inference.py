"""What is inferred of a home: every night, block by block, shown, kept, and never in the way."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.shems import inference, subjects
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.infer.posterior import Posterior, Verdict
from custom_components.shems.core.infer.prior import Parameter, Prior
from custom_components.shems.diagnostics import async_get_config_entry_diagnostics
from custom_components.shems.sources.configuration import Configuration

from .conftest import BATTERY, settle, start

PRIOR = Prior((Parameter("peak", "kW", 0.5, 20.0, log=True), Parameter("share", "", 0.0, 1.0)))
HOME = "solar"
STORE = f"battery:{BATTERY}"


class Blocks:
    """Two blocks, of the home and of its battery, that find what they are told to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.verdict = Verdict.TRUSTED
        self.alarms: tuple[str, ...] = ()
        self.failing: dict[str, Exception] = {}
        self.nothing: set[str] = set()
        self.known: dict[str, tuple[float, float]] = {}
        self.peak = 5.0

    def offer(self, _configuration: Configuration) -> list[subjects.Subject]:
        return [self._subject("solar", None), self._subject("battery", BATTERY)]

    def _subject(self, block: str, device_id: str | None) -> subjects.Subject:
        def infer(_network: Any, sight: subjects.Sight, random: Any) -> Posterior | None:
            if block in self.failing:
                raise self.failing[block]
            if block in self.nothing:
                return None
            draws = PRIOR.draw(random, 400)
            draws[:, 0] = self.peak * (1 + 0.05 * random.standard_normal(400))
            return Posterior(
                block, PRIOR.names, draws, self.verdict, self.alarms, (0.0, sight.now), 28.0
            )

        known = self.known if block == "solar" else {}
        return subjects.Subject(block, device_id, PRIOR, infer, known)

    def ship(self, *blocks: str) -> None:
        for block in blocks:
            (self.folder / f"npe_{block}.npz").write_bytes(b"")


@pytest.fixture
def blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Offer two blocks in the place of all others; their networks are asked nothing."""
    found = Blocks(tmp_path)
    found.ship("solar", "battery")
    monkeypatch.setattr(inference, "offered", found.offer)
    monkeypatch.setattr(subjects, "WEIGHTS", tmp_path)
    monkeypatch.setattr(inference.Network, "read", lambda _data, _prior: None)
    return found


@pytest.fixture
def home(blocks: Blocks, home: HomeCoordinator) -> Iterator[HomeCoordinator]:
    """Return the home, set up with these blocks."""
    return home


def states(hass: HomeAssistant) -> dict[str, Any]:
    """Return the states of what was inferred, by their unique ids."""
    registry = er.async_get(hass)
    found = {
        each.unique_id: hass.states.get(each.entity_id)
        for each in registry.entities.values()
        if "inferred" in each.unique_id
    }
    assert found
    return found


async def test_before_the_first_night_there_is_the_prior(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    posterior = home.inference.of(HOME)
    assert posterior.verdict is Verdict.PRIOR
    assert home.inference.at is None
    told = states(hass)
    assert told[f"home_{HOME}_inferred_solar"].state == "prior"
    assert told[f"home_{STORE}_inferred_battery"].state == "prior"


async def test_a_night_infers_every_block_and_tells(
    hass: HomeAssistant, home: HomeCoordinator, blocks: Blocks
) -> None:
    blocks.alarms = ("time_shift",)
    await home.inference.async_infer(History())
    await settle(hass)
    assert home.inference.of(HOME).draw_of("peak").mean() == pytest.approx(5.0, rel=0.02)
    home.learner._tell(home.learner.run)  # noqa: SLF001  # As the end of the night does.
    told = states(hass)[f"home_{HOME}_inferred_solar"]
    assert told.state == "trusted"
    assert told.attributes["alarms"] == ["time_shift"]
    assert told.attributes["days"] == 28.0


async def test_a_block_that_fails_leaves_the_others_and_what_was_known(
    home: HomeCoordinator, blocks: Blocks, caplog: pytest.LogCaptureFixture
) -> None:
    await home.inference.async_infer(History())
    blocks.failing["solar"] = RuntimeError("odd")
    blocks.peak = 8.0
    for _ in range(2):
        await home.inference.async_infer(History())
    assert home.inference.of(HOME).draw_of("peak").mean() == pytest.approx(5.0, rel=0.02)
    assert home.inference.of(STORE).draw_of("peak").mean() == pytest.approx(8.0, rel=0.02)
    assert home.inference.failures == {HOME: "RuntimeError"}
    assert caplog.text.count("could not be inferred") == 1
    blocks.failing.clear()
    await home.inference.async_infer(History())
    assert home.inference.failures == {}
    assert home.inference.of(HOME).draw_of("peak").mean() == pytest.approx(8.0, rel=0.02)


async def test_where_there_is_nothing_to_infer_from_it_is_the_prior_again(
    home: HomeCoordinator, blocks: Blocks
) -> None:
    await home.inference.async_infer(History())
    blocks.nothing.add("solar")
    await home.inference.async_infer(History())
    assert home.inference.of(HOME).verdict is Verdict.PRIOR
    assert home.inference.seen(HOME) is None
    assert home.inference.of(STORE).verdict is Verdict.TRUSTED


async def test_a_block_without_networks_is_not_offered(
    hass: HomeAssistant,
    blocks: Blocks,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    (blocks.folder / "npe_battery.npz").unlink()
    home = await start(hass, entry, frozen)
    assert [each.key for each in home.inference.subjects] == [HOME]
    assert home.inference.of(STORE) is None


async def test_what_was_inferred_outlives_a_restart_but_not_another_form(
    hass: HomeAssistant, home: HomeCoordinator, blocks: Blocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    await home.inference.async_infer(History())
    before = home.inference.of(HOME).draws
    await hass.config_entries.async_reload(home.config_entry.entry_id)
    again = home.config_entry.runtime_data.coordinator
    assert again.inference.at is not None
    assert np.allclose(again.inference.of(HOME).draws, before, rtol=1e-5)
    wider = Prior((Parameter("peak", "kW", 0.1, 50.0), PRIOR.parameters[1]))
    monkeypatch.setitem(globals(), "PRIOR", wider)
    await hass.config_entries.async_reload(home.config_entry.entry_id)
    changed = home.config_entry.runtime_data.coordinator
    assert changed.inference.of(HOME).verdict is Verdict.PRIOR


async def test_what_the_user_has_entered_counts(
    hass: HomeAssistant, home: HomeCoordinator, blocks: Blocks
) -> None:
    await home.inference.async_infer(History())
    blocks.known["peak"] = (5.2, 0.05)
    await hass.config_entries.async_reload(home.config_entry.entry_id)
    again = home.config_entry.runtime_data.coordinator
    peaks = again.inference.of(HOME).draw_of("peak")
    assert peaks.mean() == pytest.approx(5.2, abs=0.05)
    assert peaks.std() < 0.1
    assert again.inference.seen(HOME).draw_of("peak").std() > 0.2
    (peak, share) = again.inference.parameters(HOME)
    assert (peak.entered, share.entered) == (True, False)


async def test_the_dashboard_and_diagnostics_show_intervals(
    hass: HomeAssistant,
    home: HomeCoordinator,
    blocks: Blocks,
    hass_ws_client: WebSocketGenerator,
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json({"id": 1, "type": "shems/inferred/subscribe"})
    assert (await client.receive_json())["success"]
    first = (await client.receive_json())["event"]
    assert [each["verdict"] for each in first["subjects"]] == ["prior", "prior"]
    await home.inference.async_infer(History())
    home.learner._tell(home.learner.run)  # noqa: SLF001  # As the end of the night does.
    told = (await client.receive_json())["event"]
    assert told["at"] == home.inference.at
    solar, battery = told["subjects"]
    assert (solar["block"], solar["name"]) == ("solar", None)
    assert (battery["block"], battery["name"]) == ("battery", "Battery")
    peak = solar["parameters"][0]
    assert (peak["name"], peak["unit"], peak["entered"]) == ("peak", "kW", False)
    assert peak["low"] < peak["mean"] < peak["high"]
    found = await async_get_config_entry_diagnostics(hass, home.config_entry)
    assert found["inference"]["subjects"][HOME]["verdict"] == "trusted"


async def test_parameters_are_shown_to_who_wants_them(
    hass: HomeAssistant, home: HomeCoordinator, blocks: Blocks
) -> None:
    registry = er.async_get(hass)
    unique_id = f"home_{HOME}_inferred_solar_peak"
    entity_id = registry.async_get_entity_id("sensor", "shems", unique_id)
    assert registry.async_get(entity_id).disabled_by is er.RegistryEntryDisabler.INTEGRATION
    registry.async_update_entity(entity_id, disabled_by=None)
    await home.inference.async_infer(History())
    await hass.config_entries.async_reload(home.config_entry.entry_id)
    told = hass.states.get(entity_id)
    assert float(told.state) == pytest.approx(5.0, rel=0.02)
    assert told.attributes["low"] < 5.0 < told.attributes["high"]
    assert told.attributes["verdict"] == "trusted"
    assert told.attributes["unit_of_measurement"] == "kW"
    again = home.config_entry.runtime_data.coordinator
    blocks.verdict = Verdict.REJECTED
    await again.inference.async_infer(History())
    again.learner._tell(again.learner.run)  # noqa: SLF001  # As the end of the night does.
    assert hass.states.get(entity_id).state == "unknown"
