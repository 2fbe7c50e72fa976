"""Add a device or change one."""

from typing import override

import probatio as vol
from homeassistant.config_entries import SOURCE_USER, ConfigSubentryFlow, SubentryFlowResult
from homeassistant.helpers.selector import SelectOptionDict, SelectSelector, SelectSelectorMode

from ..conflicts import taken
from ..devices import KINDS
from ..devices.controls import controlled
from ..migration import CONNECTION
from ..sources.found import Proposal, async_more
from .draft import Draft, shown
from .review import asleep_lines
from .steps import DeviceSteps, Input
from .words import async_words, bullets


class DeviceFlow(DeviceSteps[SubentryFlowResult], ConfigSubentryFlow):
    """Add a device or change one."""

    _draft: Draft
    _found: dict[str, Proposal]

    async def async_step_user(self, _user_input: Input = None) -> SubentryFlowResult:
        """Add a device."""
        kind = self._subentry_type
        if kind == "connection" and self._get_entry().get_subentries_of_type(kind):
            return self.async_abort(reason="single_connection")
        driven = taken(self.hass)
        own = [each.data for each in self._get_entry().get_subentries_of_type(kind)]
        found = (
            each
            for each in await async_more(self.hass, kind, own)
            if not controlled(each.data) & driven.keys()
        )
        self._found = {str(number): each for number, each in enumerate(found)}
        return await self.async_step_hardware() if self._found else self._begin_with(None)

    async def async_step_hardware(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask which of the devices that were recognised it is, if any."""
        if user_input is not None:
            return self._begin_with(self._found.get(user_input.get("hardware", "")))
        choice = SelectSelector(
            {
                "options": [
                    SelectOptionDict(value=key, label=each.name)
                    for key, each in self._found.items()
                ],
                "mode": SelectSelectorMode.LIST,
            }
        )
        schema = vol.Schema({vol.Optional("hardware"): choice})
        return self.async_show_form(step_id="hardware", data_schema=schema)

    def _begin_with(self, found: Proposal | None) -> SubentryFlowResult:
        kind = KINDS[self._subentry_type]
        data, name = (found.data, found.name) if found else ({}, kind.title)
        return self._begin(Draft(kind.forms, data, kind=kind.name, name=name))

    async def async_step_reconfigure(self, _user_input: Input = None) -> SubentryFlowResult:
        """Change a device."""
        subentry = self._get_reconfigure_subentry()
        kind = subentry.subentry_type
        return self._begin(
            Draft(
                KINDS[kind].forms,
                subentry.data,
                kind=kind,
                name=subentry.title,
                own_id=subentry.subentry_id,
            )
        )

    def _begin(self, draft: Draft) -> SubentryFlowResult:
        self._draft = draft
        return shown(self, draft.page(self.hass))

    @override
    async def async_page(self, step: str, user_input: Input) -> SubentryFlowResult:
        """Take a page's input; show the next or store the device."""
        draft = self._draft
        if user_input is None:
            return shown(self, draft.page(self.hass, step))
        page = await draft.async_submit(self.hass, step, user_input)
        if page is not None:
            return shown(self, page)
        return await self.async_step_asleep()

    async def async_step_asleep(self, user_input: Input = None) -> SubentryFlowResult:
        """Store the device; where some of its entities say nothing now, only after a warning."""
        lines = asleep_lines(self.hass, self._draft.data, await async_words(self.hass))
        if user_input is None and lines:
            return self.async_show_form(
                step_id="asleep",
                data_schema=vol.Schema({}),
                description_placeholders={"asleep": bullets(lines)},
            )
        return self._stored()

    def _stored(self) -> SubentryFlowResult:
        draft = self._draft
        title = draft.name or ""
        if self.source == SOURCE_USER:
            unique_id = CONNECTION if draft.kind == CONNECTION else None
            return self.async_create_entry(title=title, data=draft.data, unique_id=unique_id)
        return self.async_update_and_abort(
            self._get_entry(), self._get_reconfigure_subentry(), title=title, data=draft.data
        )
