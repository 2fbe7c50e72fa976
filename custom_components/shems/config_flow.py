"""Set up a home: what is in it, where prices come from, and changing that later."""

import itertools
from collections.abc import Mapping
from typing import override

import probatio as vol
from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlowResult,
    ConfigSubentryFlow,
    OptionsFlow,
)
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorMode,
    TextSelector,
)

from .const import DOMAIN, SIZES
from .data import is_community
from .devices import KINDS
from .devices.form import choice
from .flows.community import CommunitySteps
from .flows.community_options import CommunityOptionsFlow
from .flows.draft import shown
from .flows.names import NAMES
from .flows.options import ShemsOptionsFlow
from .flows.review import Review, async_review
from .flows.setup import Part, Setup
from .flows.steps import ContractSteps, DeviceSteps, Input
from .flows.subentry import DeviceFlow, SurroundingsFlow
from .flows.words import async_words
from .migration import MINOR_VERSION, VERSION
from .sources.configuration import KIND_HOME, KIND_SIMULATED
from .sources.error import SourceError
from .sources.found import async_by_hand, async_found
from .sources.surroundings import SURROUNDINGS


class ShemsConfigFlow(
    DeviceSteps[ConfigFlowResult], ContractSteps[ConfigFlowResult], CommunitySteps, domain=DOMAIN
):
    """Set up a home, or a community."""

    VERSION = VERSION
    MINOR_VERSION = MINOR_VERSION

    _setup: Setup
    _part: Part

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return the flow that changes prices and preferences, or a community."""
        return CommunityOptionsFlow() if is_community(config_entry) else ShemsOptionsFlow()

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return the kinds of devices, and of what surrounds the home."""
        if is_community(config_entry):
            return {}
        return dict.fromkeys(KINDS, DeviceFlow) | dict.fromkeys(SURROUNDINGS, SurroundingsFlow)

    @override
    async def async_step_user(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask whether it is a real home, a simulated one, or a community."""
        return self.async_show_menu(step_id="user", menu_options=["home", "simulated", "community"])

    async def async_step_simulated(self, user_input: Input = None) -> ConfigFlowResult:
        """Make a simulated home; it brings its own devices and prices."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._name_errors(user_input["name"])
            if not errors:
                data = {
                    "kind": KIND_SIMULATED,
                    "name": user_input["name"],
                    "size": user_input["size"],
                    "seed": int(user_input["seed"]),
                }
                return self.async_create_entry(title=data["name"], data=data)
        seed = NumberSelector({"min": 0, "max": 999999, "step": 1, "mode": NumberSelectorMode.BOX})
        schema = vol.Schema(
            {
                vol.Required("name"): TextSelector(),
                vol.Required("size", default=SIZES[0]): choice(SIZES, "sim_size"),
                vol.Required("seed"): seed,
            }
        )
        suggested = user_input or {"name": NAMES[KIND_SIMULATED], "size": SIZES[0], "seed": 1}
        return self.async_show_form(
            step_id="simulated",
            data_schema=self.add_suggested_values_to_schema(schema, suggested),
            errors=errors,
        )

    async def async_step_home(self, _user_input: Input = None) -> ConfigFlowResult:
        """Look at what the Energy dashboard knows."""
        found = await async_found(self.hass)
        if found is None:
            return await self.async_step_no_energy()
        self._setup = await Setup.of(self.hass, found)
        return await self.async_step_devices()

    async def async_step_no_energy(self, _user_input: Input = None) -> ConfigFlowResult:
        """Say that the Energy dashboard knows nothing, and offer to look again."""
        return self.async_show_menu(step_id="no_energy", menu_options=["manual", "home"])

    async def async_step_manual(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for a name; the meters are entered by hand."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._name_errors(user_input["name"])
            if not errors:
                self._setup = await Setup.of(self.hass, await async_by_hand(self.hass))
                self._setup.name = user_input["name"]
                self._setup.look(())
                return await self._async_next()
        return self.async_show_form(
            step_id="manual",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({vol.Required("name"): TextSelector()}),
                user_input or {"name": self._free_name()},
            ),
            errors=errors,
            last_step=False,
        )

    async def async_step_devices(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask which of the devices found to take, and which to look at first."""
        setup = self._setup
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._name_errors(user_input["name"])
            if not errors:
                setup.name = user_input["name"]
                setup.include(user_input["include"])
                setup.look(user_input["check"])
                return await self._async_next()
        words = await async_words(self.hass)
        labels = setup.labels(self.hass, words)
        asked = [labels[key] for key, each in setup.parts.items() if each.included and each.ask]
        suggested = user_input or {
            "name": self._free_name(),
            "include": [key for key, each in setup.devices.items() if each.included],
        }
        fields = {
            vol.Required("name"): TextSelector(),
            vol.Required("include", default=list): _several(
                {key: labels[key] for key in setup.devices}
            ),
            vol.Required("check", default=list): _several(labels),
        }
        return self.async_show_form(
            step_id="devices",
            data_schema=self.add_suggested_values_to_schema(vol.Schema(fields), suggested),
            errors=errors,
            description_placeholders={
                "asked": words.say("asked", names=", ".join(asked))
                if asked
                else words.say("nothing_asked")
            },
            last_step=False,
        )

    async def _async_next(self) -> ConfigFlowResult:
        """Show the next page that is wanted or lacking, else what was understood."""
        if not self._setup.open:
            return await self.async_step_review()
        self._part, step = self._setup.open.pop(0)
        return shown(self, self._part.draft.page(self.hass, step), last_step=False)

    async def async_step_review(self, _user_input: Input = None) -> ConfigFlowResult:
        """Show what was understood, with live values, and what is missing."""
        words = await async_words(self.hass)
        try:
            home = self._setup.configuration(self.hass)
        except SourceError as err:
            review, ways = Review((), (words.problem(err),)), ["change"]
        else:
            review = await async_review(self.hass, home, self._setup.notes, words)
            ways = ["finish", "change"]
        return self.async_show_menu(
            step_id="review",
            menu_options=ways,
            description_placeholders=review.placeholders(words),
        )

    async def async_step_change(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask which pages to look at before the home is made."""
        if user_input is not None:
            self._setup.look(user_input["check"])
            return await self._async_next()
        labels = self._setup.labels(self.hass, await async_words(self.hass))
        chosen = {key: labels[key] for key, each in self._setup.parts.items() if each.included}
        return self.async_show_form(
            step_id="change",
            data_schema=vol.Schema({vol.Required("check", default=list): _several(chosen)}),
            last_step=False,
        )

    async def async_step_finish(self, _user_input: Input = None) -> ConfigFlowResult:
        """Make the home."""
        setup = self._setup
        return self.async_create_entry(
            title=setup.name,
            data={"kind": KIND_HOME, "name": setup.name},
            options=setup.options(self.hass.config.currency),
            subentries=setup.subentries(self.hass),
        )

    @override
    async def async_page(self, step: str, user_input: Input) -> ConfigFlowResult:
        """Take a page's input and show the next page of the home."""
        draft = self._part.draft
        if user_input is None:
            return shown(self, draft.page(self.hass, step), last_step=False)
        page = await draft.async_submit(self.hass, step, user_input)
        if page is not None:
            return shown(self, page, last_step=False)
        # What was looked at is known, and no longer assumed.
        self._part.ask, self._part.notes = None, ()
        return await self._async_next()

    async def async_step_reconfigure(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for another name."""
        entry = self._get_reconfigure_entry()
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._name_errors(user_input["name"])
            if not errors:
                return self.async_update_and_abort(
                    entry, title=user_input["name"], data_updates={"name": user_input["name"]}
                )
        return self.async_show_form(
            step_id="reconfigure",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({vol.Required("name"): TextSelector()}),
                user_input or {"name": entry.data["name"]},
            ),
            errors=errors,
        )

    def _free_name(self) -> str:
        """Return a name to begin with that no other home has."""
        first = NAMES[KIND_HOME]
        names = itertools.chain([first], (f"{first} {number}" for number in itertools.count(2)))
        return next(each for each in names if not self._name_errors(each))

    def _name_errors(self, name: str) -> dict[str, str]:
        """Return an error for a name that is empty or another home's."""
        if not name.strip():
            return {"name": "name_empty"}
        others = [
            each
            for each in self._async_current_entries()
            if each.entry_id != self.context.get("entry_id")
        ]
        taken = any(each.data.get("name") == name for each in others)
        return {"name": "name_taken"} if taken else {}


def _several(labels: Mapping[str, str]) -> SelectSelector:
    return SelectSelector(
        {
            "options": [SelectOptionDict(value=key, label=each) for key, each in labels.items()],
            "multiple": True,
            "mode": SelectSelectorMode.LIST,
        }
    )
