"""Change where prices come from and how SHEMS behaves."""

from typing import Final, override

import probatio as vol
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import SelectSelector, TimeSelector

from ..core.infer.living import Living
from ..data import ShemsConfigEntry
from ..devices.form import number
from ..insight import alert_settings
from ..insight.reports import DIGEST_AT, RHYTHMS
from ..insight.retention import KEEP_DAYS, KEPT_DAYS
from ..sources.configuration import configuration
from ..sources.error import SourceError
from ..sources.readings import Reader
from . import alerts, contract
from .draft import Draft, shown
from .review import Review, async_review
from .steps import ContractSteps, Input
from .words import async_words

OVERRIDE_HOURS: Final = 2.0


class ShemsOptionsFlow(ContractSteps[ConfigFlowResult], OptionsFlow):
    """Change prices and preferences."""

    _draft: Draft

    async def async_step_init(self, _user_input: Input = None) -> ConfigFlowResult:
        """Ask what to change."""
        return self.async_show_menu(
            step_id="init",
            menu_options=[
                "review",
                "price_source",
                "habits",
                "alerts",
                "preferences",
                "records",
            ],
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

    async def async_step_records(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask what is told at set times, and how long data is kept."""
        options = self.config_entry.options
        if user_input is not None:
            return self.async_create_entry(data={**options, **user_input})
        schema = vol.Schema(
            {
                vol.Required("digest", default=list(RHYTHMS)): SelectSelector(
                    {"options": list(RHYTHMS), "multiple": True, "translation_key": "digest"}
                ),
                vol.Required("digest_at", default=DIGEST_AT): TimeSelector(),
                vol.Required(KEEP_DAYS, default=0.0): number("d", highest=KEPT_DAYS, step=1.0),
            }
        )
        return self.async_show_form(
            step_id="records",
            data_schema=self.add_suggested_values_to_schema(schema, options),
        )

    async def async_step_alerts(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask what is told unasked, at which levels and to whom."""
        options = self.config_entry.options
        if user_input is not None:
            return self.async_create_entry(data={**options, alert_settings.OPTIONS: user_input})
        return self.async_show_form(
            step_id="alerts",
            data_schema=self.add_suggested_values_to_schema(
                alerts.schema(self.hass), options.get(alert_settings.OPTIONS, {})
            ),
        )

    async def async_step_habits(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask what the household knows of its habits; what is left empty is inferred."""
        options = self.config_entry.options
        if user_input is not None:
            return self.async_create_entry(data={**options, "habits": user_input})
        schema = vol.Schema(
            {
                vol.Optional(each.name): number(
                    each.unit or None, lowest=each.low, highest=each.high
                )
                for each in Living.prior.parameters
            }
        )
        return self.async_show_form(
            step_id="habits",
            data_schema=self.add_suggested_values_to_schema(schema, options.get("habits", {})),
        )

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
