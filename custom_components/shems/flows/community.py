"""Set up a community: begin one, or join one by invitation."""

from collections.abc import Collection
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
from homeassistant.util import dt as dt_util

from ..community.entry import (
    CID,
    HOME,
    INTERVAL,
    INVITATION,
    LABEL,
    ORGANISER,
    PURPOSES,
    RULES,
    unique_id,
)
from ..community.meeting import async_meet, check_mqtt
from ..const import KIND_COMMUNITY
from ..core.market.bodies import Purpose
from ..core.market.home_bodies import MOST_LABEL
from ..core.market.invitation import Invitation, new_cid
from ..core.market.refused import Refusal, RefusedError
from ..core.market.rules import CT, Rules
from ..core.units import InputError
from ..data import home_entries
from ..devices.form import choice
from ..sources.error import SourceError
from . import community_rules
from .steps import Input


class CommunitySteps(ConfigFlow):
    """The pages of a community that is begun or joined."""

    _given: dict[str, Any]
    """What has been entered so far."""

    async def async_step_community(self, _user_input: Input = None) -> ConfigFlowResult:
        """Ask whether there is a community already."""
        return self.async_show_menu(
            step_id="community", menu_options=["community_join", "community_create"]
        )

    async def async_step_community_create(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for the name, the country and the home that takes part."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = name_errors(user_input["name"])
            try:
                check_mqtt(self.hass)
            except SourceError as err:
                errors["base"] = err.code
            if not errors:
                self._given = {CID: new_cid(), ORGANISER: True, **user_input}
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

    async def async_step_community_join(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for the invitation and the home, and look whether the community can be reached."""
        errors: dict[str, str] = {}
        facts: dict[str, str] = {}
        if user_input is not None:
            try:
                invitation = Invitation.read(user_input[INVITATION])
                invitation.valid(dt_util.utcnow().timestamp())
                errors = label_errors(user_input.get(LABEL, ""))
                roster = await async_meet(self.hass, invitation)
            except RefusedError as err:
                over = err.code is Refusal.EXPIRED
                errors[INVITATION] = "invitation_over" if over else "invitation_unreadable"
            except SourceError as err:
                errors["base"], facts = err.code, err.translation_placeholders or {}
            if not errors:
                self._given = {
                    CID: invitation.cid,
                    ORGANISER: False,
                    INTERVAL: roster.rules.interval_s,
                    "name": roster.name,
                    "rules": roster.rules,
                    **user_input,
                    INVITATION: invitation.text,
                }
                return await self.async_step_community_meet()
        schema = vol.Schema(
            {
                vol.Required(INVITATION): TextSelector({"multiline": True}),
                vol.Required(HOME): homes_selector(self.hass),
                vol.Optional(LABEL): TextSelector(),
            }
        )
        first = {HOME: next((each.entry_id for each in home_entries(self.hass)), None)}
        return self.async_show_form(
            step_id="community_join",
            data_schema=self.add_suggested_values_to_schema(schema, user_input or first),
            errors=errors,
            description_placeholders=facts,
            last_step=False,
        )

    async def async_step_community_meet(self, user_input: Input = None) -> ConfigFlowResult:
        """Show whose community it is and what holds there, and ask for consent."""
        return await self._async_consent("community_meet", user_input)

    async def async_step_community_consent(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask what the home's data may be used for."""
        return await self._async_consent("community_consent", user_input)

    async def _async_consent(self, step: str, user_input: Input) -> ConfigFlowResult:
        errors: dict[str, str] = {}
        if user_input is not None:
            if user_input[Purpose.SHARING]:
                return await self._async_community_entry(agreed(user_input))
            errors[Purpose.SHARING] = "consent_needed"
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(
                consent_schema(self._given["rules"]), user_input or {}
            ),
            errors=errors,
            description_placeholders=self._known_of_community,
            last_step=True,
        )

    @property
    def _known_of_community(self) -> dict[str, str]:
        """What a page says of the community that is joined."""
        rules: Rules = self._given["rules"]
        text = self._given.get(INVITATION)
        organiser = "" if text is None else Invitation.read(text).organiser.fingerprint
        return {
            "name": self._given["name"],
            "fingerprint": organiser,
            "price": f"{rules.price / CT:g}",
            "fee": f"{rules.fee / CT:g}",
            "minutes": str(rules.interval_s // 60),
        }

    async def _async_community_entry(self, purposes: tuple[str, ...]) -> ConfigFlowResult:
        given = self._given
        await self.async_set_unique_id(unique_id(given[CID], given.get(HOME)))
        self._abort_if_unique_id_configured()
        data = {
            "kind": KIND_COMMUNITY,
            "name": given["name"].strip(),
            CID: given[CID],
            ORGANISER: given[ORGANISER],
            HOME: given.get(HOME),
            LABEL: given.get(LABEL, "").strip(),
            PURPOSES: list(purposes),
        }
        if given[ORGANISER]:
            data[RULES] = given["rules"].to_json()
        else:
            data |= {INVITATION: given[INVITATION], INTERVAL: given[INTERVAL]}
        return self.async_create_entry(title=data["name"], data=data)


def name_errors(name: str) -> dict[str, str]:
    """Return what is wrong with the name of a community."""
    if not name.strip():
        return {"name": "name_empty"}
    return {} if _fits(name) else {"name": "name_long"}


def label_errors(label: str) -> dict[str, str]:
    """Return what is wrong with what the members are to call a home; it may be nothing."""
    return {} if _fits(label) else {LABEL: "name_long"}


def _fits(name: str) -> bool:
    return len(name.strip()) <= MOST_LABEL and name.strip().isprintable()


@callback
def homes_selector(hass: HomeAssistant, without: Collection[str] = ()) -> SelectSelector:
    """Return a choice of one of the homes, without those that are named."""
    return SelectSelector(
        {
            "options": [
                SelectOptionDict(value=each.entry_id, label=each.title)
                for each in home_entries(hass)
                if each.entry_id not in without
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
