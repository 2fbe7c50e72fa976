"""Set up a community: begin one, or join one by invitation."""

from typing import Any

import probatio as vol
from homeassistant.config_entries import ConfigFlow, ConfigFlowResult
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorMode,
    TextSelector,
)

from ..community.entry import HOME, ORGANISER, PURPOSES, unique_id
from ..const import KIND_COMMUNITY
from ..core.market.bodies import Purpose
from ..core.market.invitation import new_cid
from ..core.market.rules import Rules
from ..core.units import InputError
from ..data import home_entries
from ..devices.form import choice
from . import community_rules
from .steps import Input


class CommunitySteps(ConfigFlow):
    """The pages of a community that is begun or joined."""

    _given: dict[str, Any]
    """What has been entered so far."""

    async def async_step_community(self, _user_input: Input = None) -> ConfigFlowResult:
        """Ask whether there is a community already."""
        return self.async_show_menu(step_id="community", menu_options=["community_create"])

    async def async_step_community_create(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for the name, the country and the home that takes part."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._community_errors(user_input["name"])
            if not errors:
                self._given = {"cid": new_cid(), **user_input}
                return await self.async_step_community_rules()
        schema = vol.Schema(
            {
                vol.Required("name"): TextSelector(),
                vol.Required("country"): choice(community_rules.COUNTRIES, "community_country"),
                vol.Optional(HOME): homes_selector(self.hass),
            }
        )
        country = self.hass.config.country
        first = {
            "country": country if country in community_rules.COUNTRIES else "other",
            HOME: next((each.entry_id for each in home_entries(self.hass)), None),
        }
        return self.async_show_form(
            step_id="community_create",
            data_schema=self.add_suggested_values_to_schema(schema, user_input or first),
            errors=errors,
            last_step=False,
        )

    async def async_step_community_rules(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for what the members agree on."""
        errors: dict[str, str] = {}
        facts: dict[str, str] = {}
        country = self._given["country"]
        if user_input is not None:
            try:
                self._given["rules"] = community_rules.made(
                    country, self.hass.config.currency, user_input
                )
            except InputError as err:
                errors["base"] = err.code
                facts = {key: str(value) for key, value in err.arguments.items()}
            else:
                return await self._async_community_founded()
        return self.async_show_form(
            step_id="community_rules",
            data_schema=self.add_suggested_values_to_schema(
                community_rules.schema(country),
                user_input or community_rules.usual(country),
            ),
            errors=errors,
            description_placeholders=facts,
            last_step=self._given.get(HOME) is None,
        )

    async def _async_community_founded(self) -> ConfigFlowResult:
        """Ask the organiser's own home for its consent; without one there is nothing to ask."""
        if self._given.get(HOME) is None:
            return await self._async_community_entry(())
        return await self.async_step_community_consent()

    async def async_step_community_consent(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask what the home's data may be used for."""
        errors: dict[str, str] = {}
        if user_input is not None:
            if user_input[Purpose.SHARING]:
                return await self._async_community_entry(agreed(user_input))
            errors[Purpose.SHARING] = "consent_needed"
        return self.async_show_form(
            step_id="community_consent",
            data_schema=self.add_suggested_values_to_schema(
                consent_schema(self._given["rules"]), user_input or {}
            ),
            errors=errors,
            last_step=True,
        )

    async def _async_community_entry(self, purposes: tuple[str, ...]) -> ConfigFlowResult:
        given = self._given
        await self.async_set_unique_id(unique_id(given["cid"], given.get(HOME)))
        return self.async_create_entry(
            title=given["name"],
            data={
                "kind": KIND_COMMUNITY,
                "name": given["name"],
                "cid": given["cid"],
                ORGANISER: True,
                HOME: given.get(HOME),
                PURPOSES: list(purposes),
                "rules": given["rules"].to_json(),
            },
        )

    def _community_errors(self, name: str) -> dict[str, str]:
        return {} if name.strip() else {"name": "name_empty"}


@callback
def homes_selector(hass: HomeAssistant) -> SelectSelector:
    """Return a choice of one of the homes."""
    return SelectSelector(
        {
            "options": [
                SelectOptionDict(value=each.entry_id, label=each.title)
                for each in home_entries(hass)
            ],
            "mode": SelectSelectorMode.DROPDOWN,
        }
    )


def consent_schema(rules: Rules) -> vol.Schema:
    """Return a switch for each purpose of a community; none is on before somebody turns it on."""
    purposes = [each for each in Purpose if each is not Purpose.TRADING or rules.mode == "p2p"]
    return vol.Schema(
        {vol.Required(str(each), default=False): BooleanSelector() for each in purposes}
    )


def agreed(user_input: dict[str, Any]) -> tuple[str, ...]:
    """Return the purposes that were agreed to."""
    return tuple(str(each) for each in Purpose if user_input.get(each))
