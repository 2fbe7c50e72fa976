"""Set up a home: what is in it, where prices come from, and changing that later."""

from collections.abc import Iterable, Mapping
from typing import Any, override

import probatio as vol
from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryData,
    ConfigSubentryFlow,
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

from .const import DOMAIN
from .devices import KINDS
from .flows import contract
from .flows.draft import Draft, shown
from .flows.names import NAMES
from .flows.options import ShemsOptionsFlow
from .flows.steps import ContractSteps, DeviceSteps, Input
from .flows.subentry import DeviceFlow
from .migration import MINOR_VERSION, VERSION
from .sources.configuration import KIND_HOME, KIND_SIMULATED
from .sources.energy_preferences import Found, Proposal, async_found


class ShemsConfigFlow(
    DeviceSteps[ConfigFlowResult], ContractSteps[ConfigFlowResult], ConfigFlow, domain=DOMAIN
):
    """Set up a home."""

    VERSION = VERSION
    MINOR_VERSION = MINOR_VERSION

    _draft: Draft

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._name = ""
        self._found: Found | None = None
        self._waiting: list[Draft] = []
        self._finished: list[Draft] = []

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> ShemsOptionsFlow:
        """Return the flow that changes prices and preferences."""
        return ShemsOptionsFlow()

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return the kinds of devices."""
        return dict.fromkeys(KINDS, DeviceFlow)

    @override
    async def async_step_user(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask whether the home is a real one."""
        return self.async_show_menu(step_id="user", menu_options=["home", "simulated"])

    async def async_step_simulated(self, user_input: Input = None) -> ConfigFlowResult:
        """Make a simulated home; it brings its own devices and prices."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._name_errors(user_input["name"])
            if not errors:
                data = {
                    "kind": KIND_SIMULATED,
                    "name": user_input["name"],
                    "seed": int(user_input["seed"]),
                }
                return self.async_create_entry(title=data["name"], data=data)
        seed = NumberSelector({"min": 0, "max": 999999, "step": 1, "mode": NumberSelectorMode.BOX})
        schema = vol.Schema({vol.Required("name"): TextSelector(), vol.Required("seed"): seed})
        suggested = user_input or {"name": NAMES[KIND_SIMULATED], "seed": 1}
        return self.async_show_form(
            step_id="simulated",
            data_schema=self.add_suggested_values_to_schema(schema, suggested),
            errors=errors,
        )

    async def async_step_home(self, _user_input: Input = None) -> ConfigFlowResult:
        """Look at what the Energy dashboard knows."""
        self._found = await async_found(self.hass)
        return await (self.async_step_devices() if self._found else self.async_step_no_energy())

    async def async_step_no_energy(self, _user_input: Input = None) -> ConfigFlowResult:
        """Say that the Energy dashboard knows nothing, and offer to look again."""
        return self.async_show_menu(step_id="no_energy", menu_options=["manual", "home"])

    async def async_step_manual(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for a name; everything else is entered by hand."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._name_errors(user_input["name"])
            if not errors:
                self._name = user_input["name"]
                return await self._async_begin({}, ())
        return self.async_show_form(
            step_id="manual",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({vol.Required("name"): TextSelector()}),
                user_input or {"name": NAMES[KIND_HOME]},
            ),
            errors=errors,
        )

    async def async_step_devices(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask which of the devices found to take, and which to look at first."""
        found = self._found or Found()
        proposals = {str(index): each for index, each in enumerate(found.devices)}
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._name_errors(user_input["name"])
            if not errors:
                self._name = user_input["name"]
                taken = [proposals[key] for key in proposals if key in user_input["include"]]
                checked = [proposals[key] for key in user_input["check"]]
                return await self._async_begin(found.connection, taken, checked)
        suggested = user_input or {
            "name": NAMES[KIND_HOME],
            "include": [key for key, each in proposals.items() if not each.part],
            "check": [key for key, each in proposals.items() if each.kind != "load"],
        }
        return self.async_show_form(
            step_id="devices",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(
                    {
                        vol.Required("name"): TextSelector(),
                        vol.Required("include", default=list): _several(proposals),
                        vol.Required("check", default=list): _several(proposals),
                    }
                ),
                suggested,
            ),
            errors=errors,
        )

    async def _async_begin(
        self,
        connection: Mapping[str, Any],
        taken: Iterable[Proposal],
        checked: Iterable[Proposal] = (),
    ) -> ConfigFlowResult:
        """Start with the connection; devices that lack something are looked at in any case."""
        kind = KINDS["connection"]
        grid = Draft(kind.forms, connection, kind=kind.name, name=kind.title)
        self._waiting = [grid]
        to_check = list(checked)
        for each in taken:
            draft = Draft(KINDS[each.kind].forms, each.data, kind=each.kind, name=each.name)
            complete = draft.fill(self.hass)
            if complete and each not in to_check:
                self._finished.append(draft)
            else:
                self._waiting.append(draft)
        self._waiting.append(Draft(contract.forms, contract.proposed(self.hass, self._found)))
        return self._next()

    def _next(self) -> ConfigFlowResult:
        if self._waiting:
            self._draft = self._waiting.pop(0)
            return shown(self, self._draft.page(self.hass))
        contract_draft, devices = self._finished[-1], self._finished[:-1]
        subentries: list[ConfigSubentryData] = [
            {
                "subentry_type": draft.kind,
                "title": draft.name or "",
                "data": draft.data,
                "unique_id": None,
            }
            for draft in devices
        ]
        return self.async_create_entry(
            title=self._name,
            data={"kind": KIND_HOME, "name": self._name},
            options=contract.options(contract_draft.data, self.hass.config.currency),
            subentries=subentries,
        )

    @override
    async def async_page(self, step: str, user_input: Input) -> ConfigFlowResult:
        """Take a page's input and show the next page of the home."""
        if user_input is None:
            return shown(self, self._draft.page(self.hass, step))
        page = await self._draft.async_submit(self.hass, step, user_input)
        if page is not None:
            return shown(self, page)
        self._finished.append(self._draft)
        return self._next()

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


def _several(proposals: Mapping[str, Proposal]) -> SelectSelector:
    return SelectSelector(
        {
            "options": [
                SelectOptionDict(value=key, label=each.name) for key, each in proposals.items()
            ],
            "multiple": True,
            "mode": SelectSelectorMode.LIST,
        }
    )
