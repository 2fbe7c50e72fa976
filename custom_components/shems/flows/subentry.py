"""Add a device or what surrounds the home, or change it."""

from typing import override

import probatio as vol
from homeassistant.config_entries import SOURCE_USER, ConfigSubentryFlow, SubentryFlowResult
from homeassistant.helpers.selector import SelectOptionDict, SelectSelector, SelectSelectorMode

from ..conflicts import taken
from ..devices import KINDS
from ..devices.controls import controlled
from ..migration import SINGLE
from ..sources.found import Proposal, async_more
from ..sources.found.surroundings import surroundings
from ..sources.surroundings import title_of
from .around import forms_of
from .draft import Draft, shown
from .review import asleep_lines
from .steps import DeviceSteps, Input
from .words import async_words, bullets


class _DraftFlow(DeviceSteps[SubentryFlowResult], ConfigSubentryFlow):
    """Walk through the pages of a subentry, and store it."""

    _draft: Draft

    def _begin(self, draft: Draft) -> SubentryFlowResult:
        self._draft = draft
        return shown(self, draft.page(self.hass))

    async def async_step_reconfigure(self, _user_input: Input = None) -> SubentryFlowResult:
        """Change what there is."""
        subentry = self._get_reconfigure_subentry()
        kind = subentry.subentry_type
        return self._begin(
            Draft(
                forms_of(kind),
                subentry.data,
                kind=kind,
                name=subentry.title if kind in KINDS else None,
                own_id=subentry.subentry_id,
            )
        )

    @override
    async def async_page(self, step: str, user_input: Input) -> SubentryFlowResult:
        """Take a page's input; show the next or store the subentry."""
        draft = self._draft
        if user_input is None:
            return shown(self, draft.page(self.hass, step))
        page = await draft.async_submit(self.hass, step, user_input)
        if page is not None:
            return shown(self, page)
        return await self.async_step_asleep()

    async def async_step_asleep(self, user_input: Input = None) -> SubentryFlowResult:
        """Store it; where some of its entities say nothing now, only after a warning."""
        lines = asleep_lines(self.hass, self._draft.data, await async_words(self.hass))
        if user_input is None and lines:
            return self.async_show_form(
                step_id="asleep",
                data_schema=vol.Schema({}),
                description_placeholders={"asleep": bullets(lines)},
            )
        return self._stored()

    @property
    def _title(self) -> str:
        return self._draft.name or ""

    def _stored(self) -> SubentryFlowResult:
        draft = self._draft
        if self.source == SOURCE_USER:
            unique_id = draft.kind if draft.kind in SINGLE else None
            return self.async_create_entry(title=self._title, data=draft.data, unique_id=unique_id)
        return self.async_update_and_abort(
            self._get_entry(),
            self._get_reconfigure_subentry(),
            title=self._title,
            data=draft.data,
        )


class SurroundingsFlow(_DraftFlow):
    """Add what tells of the weather, of who is at home or of what the grid emits, or change it."""

    async def async_step_user(self, _user_input: Input = None) -> SubentryFlowResult:
        """Add it once; what is found is filled in."""
        kind = self._subentry_type
        if self._get_entry().get_subentries_of_type(kind):
            return self.async_abort(reason=f"single_{kind}")
        data = surroundings(self.hass).get(kind, {})
        return self._begin(Draft(forms_of(kind), data, kind=kind))

    @property
    @override
    def _title(self) -> str:
        return title_of(self.hass, self._draft.kind, self._draft.data)


class DeviceFlow(_DraftFlow):
    """Add a device or change one."""

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
