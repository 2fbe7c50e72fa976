"""Change where prices come from and how SHEMS behaves."""

from typing import Any, Final, override

import probatio as vol
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult, OptionsFlow
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import EntitySelector

from ..convert import celsius
from ..core.units import carbon_g_per_kwh
from ..data import ShemsConfigEntry
from ..devices.form import MEASURES, Data, Errors, check_known, check_units, entities, number
from ..sources import presence
from ..sources.carbon import listed
from ..sources.configuration import configuration
from ..sources.error import SourceError
from ..sources.readings import Reader
from . import contract
from .draft import Draft, shown
from .review import Review, asleep_lines, async_review
from .steps import ContractSteps, Input
from .words import async_words, bullets

OVERRIDE_HOURS: Final = 2.0
SURROUNDINGS: Final = ("weather", "temperature", "presence", "carbon", "carbon_forecast")


class ShemsOptionsFlow(ContractSteps[ConfigFlowResult], OptionsFlow):
    """Change prices and preferences."""

    _draft: Draft
    _around: dict[str, Any]

    async def async_step_init(self, _user_input: Input = None) -> ConfigFlowResult:
        """Ask what to change."""
        return self.async_show_menu(
            step_id="init",
            menu_options=["review", "price_source", "surroundings", "preferences"],
        )

    async def async_step_review(self, _user_input: Input = None) -> ConfigFlowResult:
        """Show what SHEMS understands of the home, with live values, and what is missing."""
        words = await async_words(self.hass)
        try:
            home = configuration(self.hass, self.config_entry)
        except SourceError as err:
            review = Review((), (words.problem(err),))
        else:
            review = await async_review(self.hass, home, (), words, self._reader)
        return self.async_show_menu(
            step_id="review",
            menu_options=["init"],
            description_placeholders=review.placeholders(words),
        )

    @property
    def _reader(self) -> Reader | None:
        """The reader of the home while it runs."""
        entry: ShemsConfigEntry = self.config_entry
        running = entry.state is ConfigEntryState.LOADED
        return entry.runtime_data.coordinator.reader if running else None

    async def async_step_preferences(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask how long a change by hand is respected."""
        options = self.config_entry.options
        if user_input is not None:
            return self.async_create_entry(data={**options, **user_input})
        schema = vol.Schema(
            {
                vol.Required("override_hours", default=OVERRIDE_HOURS): number(
                    "h", lowest=0.25, highest=48
                )
            }
        )
        return self.async_show_form(
            step_id="preferences",
            data_schema=self.add_suggested_values_to_schema(schema, options),
        )

    async def async_step_surroundings(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask what tells of the weather, of who is at home and of what the grid emits."""
        options = self.config_entry.options
        errors: Errors = {}
        if user_input is not None:
            errors = _check_surroundings(self.hass, user_input)
            if not errors:
                self._around = user_input
                return await self.async_step_asleep()
        schema = vol.Schema(
            {
                vol.Optional("weather"): entities("weather"),
                vol.Optional("temperature"): EntitySelector(
                    {"filter": [{"domain": "sensor", "device_class": "temperature"}]}
                ),
                vol.Optional("presence"): entities(*presence.DOMAINS),
                vol.Optional("carbon"): entities(*MEASURES),
                vol.Optional("carbon_forecast"): entities(*MEASURES, "event"),
            }
        )
        return self.async_show_form(
            step_id="surroundings",
            data_schema=self.add_suggested_values_to_schema(schema, user_input or options),
            errors=errors,
        )

    async def async_step_asleep(self, user_input: Input = None) -> ConfigFlowResult:
        """Store the surroundings; where an entity says nothing now, only after a warning."""
        lines = asleep_lines(self.hass, self._around, await async_words(self.hass))
        if user_input is None and lines:
            return self.async_show_form(
                step_id="asleep",
                data_schema=vol.Schema({}),
                description_placeholders={"asleep": bullets(lines)},
            )
        options = self.config_entry.options
        others = {key: each for key, each in options.items() if key not in SURROUNDINGS}
        return self.async_create_entry(data={**others, **self._around})

    @override
    async def async_page(self, step: str, user_input: Input) -> ConfigFlowResult:
        """Show a page of the contract or take its input."""
        options = self.config_entry.options
        if user_input is None:
            if step == "price_source":
                self._draft = Draft(contract.forms, contract.entered(options))
            return shown(self, self._draft.page(self.hass, step))
        page = await self._draft.async_submit(self.hass, step, user_input)
        if page is not None:
            return shown(self, page)
        contracted = contract.options(self._draft.data, self.hass.config.currency)
        others = {key: each for key, each in options.items() if key not in contract.OPTIONS}
        return self.async_create_entry(data={**others, **contracted})


def _check_surroundings(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_units(hass, data, ("temperature",), celsius, "not_temperature")
    errors |= check_units(hass, data, ("carbon",), carbon_g_per_kwh, "not_carbon")
    listing = data.get("carbon_forecast")
    if listing and not len(listed(hass, listing, hass.config.time_zone)):
        errors["carbon_forecast"] = "carbon_without_forecast"
    return errors | check_known(hass, data, *SURROUNDINGS)
