"""Change where prices come from and how SHEMS behaves."""

from typing import Final, override

import probatio as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow

from ..devices.form import number
from . import contract
from .draft import Draft, shown
from .steps import ContractSteps, Input

OVERRIDE_HOURS: Final = 2.0


class ShemsOptionsFlow(ContractSteps[ConfigFlowResult], OptionsFlow):
    """Change prices and preferences."""

    _draft: Draft

    async def async_step_init(self, _user_input: Input = None) -> ConfigFlowResult:
        """Ask what to change."""
        return self.async_show_menu(step_id="init", menu_options=["price_source", "preferences"])

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
        return self.async_create_entry(data={**options, **contracted})
