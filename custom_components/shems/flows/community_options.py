"""Change a community: who is in it, what holds, what the home tells, and leaving."""

from datetime import datetime
from typing import Any, Final

import probatio as vol
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import (
    BooleanSelector,
    QrCodeSelector,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorMode,
    TextSelector,
)
from homeassistant.util import dt as dt_util

from ..community import Community
from ..community.entry import CID, HOME, unique_id
from ..const import DOMAIN
from ..core.market.bodies import Purpose
from ..core.market.invitation import Invitation
from ..core.market.refused import Refusal, RefusedError
from ..core.market.roster import WHOLE_PPM, Member, Role, Roster
from ..core.units import InputError
from ..devices.form import choice, number
from ..sources.error import SourceError
from . import community_rules
from .community import agreed, consent_schema, homes_selector
from .steps import Input

ROLES: Final[tuple[Role, ...]] = ("home", "coordinator", "standby")
_PPM_PERCENT: Final = WHOLE_PPM / 100


class CommunityOptionsFlow(OptionsFlow):
    """Change a community."""

    _invitation: Invitation
    _member: Member

    @property
    def _community(self) -> Community:
        community: Community = self.config_entry.runtime_data
        return community

    @property
    def _roster(self) -> Roster:
        roster = self._community.roster
        assert roster is not None  # noqa: S101  # Every step that asks for it comes after one.
        return roster

    async def async_step_init(self, _user_input: Input = None) -> ConfigFlowResult:
        """Ask what to change; what that is depends on who one is."""
        if self.config_entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="community_not_running")
        community = self._community
        ways = ["community_about"]
        if community.organiser is not None:
            ways += ["community_invite", "community_members", "community_changes"]
        if community.node is not None:
            ways.append("community_consents")
        if self.config_entry.data.get(HOME) is not None:
            ways.append("community_home")
        if community.organiser is None:
            ways.append("community_leave")
        return self.async_show_menu(step_id="init", menu_options=ways)

    async def async_step_community_about(self, _user_input: Input = None) -> ConfigFlowResult:
        """Show who is who, so that people can compare fingerprints."""
        community = self._community
        roster = community.roster
        organiser = "?" if roster is None else roster.organiser.fingerprint
        labels = [] if roster is None else [_label(each) for each in roster.members]
        return self.async_show_menu(
            step_id="community_about",
            menu_options=["init"],
            description_placeholders={
                "fingerprint": community.fingerprint,
                "organiser": organiser,
                "name": community.hid,
                "count": str(len(labels)),
                "members": "\n".join(f"- {each}" for each in labels),
            },
        )

    async def async_step_community_invite(self, user_input: Input = None) -> ConfigFlowResult:
        """Show a new invitation, as a QR code and as text."""
        made = hasattr(self, "_invitation")
        if user_input is not None and made:
            return self._done()
        if not made:
            try:
                self._invitation = await self._community.async_invite()
            except RefusedError:
                return self.async_abort(reason="invitations_open")
            except SourceError as err:
                # It would admit nobody; who sends the page off again tries again.
                return self._uninvited(err)
        text = self._invitation.text
        until = datetime.fromtimestamp(self._invitation.expires, dt_util.get_default_time_zone())
        schema = vol.Schema(
            {
                vol.Optional("qr"): QrCodeSelector({"data": text, "scale": 5}),
                vol.Optional("text", description={"suggested_value": text}): TextSelector(
                    {"multiline": True}
                ),
            }
        )
        return self.async_show_form(
            step_id="community_invite",
            data_schema=schema,
            description_placeholders={
                "until": f"{until:%Y-%m-%d %H:%M}",
                "fingerprint": self._community.fingerprint,
            },
        )

    def _uninvited(self, err: SourceError) -> ConfigFlowResult:
        """Tell why there is no invitation."""
        facts = err.translation_placeholders or {}
        return self.async_show_form(
            step_id="community_invite",
            data_schema=vol.Schema({}),
            errors={"base": err.code},
            description_placeholders={
                "until": "?",
                "fingerprint": self._community.fingerprint,
                **facts,
            },
        )

    async def async_step_community_members(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask which member to change."""
        if user_input is not None:
            self._member = self._roster.member(user_input["member"])
            return await self.async_step_community_member()
        options = [
            SelectOptionDict(value=each.hid, label=_label(each)) for each in self._roster.members
        ]
        members = SelectSelector({"options": options, "mode": SelectSelectorMode.LIST})
        return self.async_show_form(
            step_id="community_members",
            data_schema=vol.Schema({vol.Required("member"): members}),
            last_step=False,
        )

    async def async_step_community_member(self, user_input: Input = None) -> ConfigFlowResult:
        """Change a member's role and share, or remove it."""
        member, errors, facts = self._member, dict[str, str](), dict[str, str]()
        if user_input is not None:
            try:
                await self._community.async_change(self._with(member, user_input))
                return self._done()
            except RefusedError:
                errors["base"] = "members_do_not_fit"
            except SourceError as err:
                errors["base"], facts = err.code, err.translation_placeholders or {}
        fields: dict[vol.Marker, Any] = {
            vol.Required("role"): choice(ROLES, "community_role"),
        }
        if self._roster.rules.key == "static":
            fields[vol.Required("key_percent")] = number("%", highest=100)
        if member.hid != self._community.hid:
            fields[vol.Required("remove", default=False)] = BooleanSelector()
        shown = user_input or {"role": member.role, "key_percent": member.key_ppm / _PPM_PERCENT}
        return self.async_show_form(
            step_id="community_member",
            data_schema=self.add_suggested_values_to_schema(vol.Schema(fields), shown),
            errors=errors,
            description_placeholders={
                "member": _label(member),
                "fingerprint": member.public.fingerprint,
                **facts,
            },
        )

    def _with(self, member: Member, user_input: dict[str, Any]) -> Roster:
        """Return the roster with a member changed; who comes to coordinate is first in order."""
        if user_input.get("remove"):
            return self._roster.without_member(member.hid)
        role: Role = user_input["role"]
        percent = user_input.get("key_percent", member.key_ppm / _PPM_PERCENT)
        key_ppm = round(percent * _PPM_PERCENT)
        changed = Member(member.hid, member.public, role, key_ppm, member.limit_wh, member.label)
        roster = self._roster.with_member(changed)
        if not roster.order:
            raise RefusedError(Refusal.WRONG_ROLE, "nobody coordinates")
        others = [hid for hid in roster.order if hid != member.hid]
        if role == "coordinator":
            return roster.with_order(member.hid, *others)
        return roster.with_order(*others, member.hid) if role == "standby" else roster

    async def async_step_community_changes(self, user_input: Input = None) -> ConfigFlowResult:
        """Change the rules; every member hears of it."""
        rules, errors, facts = self._roster.rules, dict[str, str](), dict[str, str]()
        if user_input is not None:
            try:
                changed = rules.changed(**community_rules.changes(user_input))
                await self._community.async_change(self._roster.with_rules(changed))
                return self._done()
            except InputError as err:
                errors["base"] = err.code
                facts = {key: str(value) for key, value in err.arguments.items()}
            except SourceError as err:
                errors["base"], facts = err.code, err.translation_placeholders or {}
        return self.async_show_form(
            step_id="community_changes",
            data_schema=self.add_suggested_values_to_schema(
                community_rules.schema(rules.country),
                user_input or community_rules.entered(rules),
            ),
            errors=errors,
            description_placeholders=facts,
        )

    async def async_step_community_consents(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask anew what the home's data may be used for."""
        node, errors, facts = self._community.node, dict[str, str](), dict[str, str]()
        if user_input is not None:
            purposes = frozenset(Purpose(each) for each in agreed(user_input))
            try:
                await self._community.async_consent(purposes)
                return self._done()
            except SourceError as err:
                errors["base"], facts = err.code, err.translation_placeholders or {}
        given = {} if node is None else {str(each): True for each in node.purposes}
        return self.async_show_form(
            step_id="community_consents",
            data_schema=self.add_suggested_values_to_schema(
                consent_schema(self._roster.rules), user_input or given
            ),
            errors=errors,
            description_placeholders=facts,
        )

    async def async_step_community_home(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask which home takes part, such as one that was set up anew."""
        entry = self.config_entry
        if user_input is not None:
            home = user_input[HOME]
            self.hass.config_entries.async_update_entry(
                entry,
                data={**entry.data, HOME: home},
                unique_id=unique_id(entry.data[CID], home),
            )
            self.hass.config_entries.async_schedule_reload(entry.entry_id)
            return self._done()
        # A home that is in the community already would be counted twice.
        others = {
            each.data[HOME]
            for each in self.hass.config_entries.async_entries(DOMAIN)
            if each is not entry and each.data.get(CID) == entry.data[CID]
        }
        schema = vol.Schema({vol.Required(HOME): homes_selector(self.hass, others)})
        return self.async_show_form(
            step_id="community_home",
            data_schema=self.add_suggested_values_to_schema(schema, {HOME: entry.data[HOME]}),
        )

    async def async_step_community_leave(self, user_input: Input = None) -> ConfigFlowResult:
        """Leave; the entry and its files go as well."""
        errors, facts = dict[str, str](), dict[str, str]()
        if user_input is not None and user_input["confirm"]:
            try:
                await self._community.async_leave(erase=user_input["erase"])
            except SourceError as err:
                errors["base"], facts = err.code, err.translation_placeholders or {}
                return self._leaving(user_input, errors, facts)
            self.hass.async_create_task(
                self.hass.config_entries.async_remove(self.config_entry.entry_id), "leave"
            )
            return self.async_abort(reason="community_left")
        if user_input is not None:
            errors["confirm"] = "leave_unconfirmed"
        return self._leaving(user_input or {}, errors, facts)

    def _leaving(
        self, given: dict[str, Any], errors: dict[str, str], facts: dict[str, str]
    ) -> ConfigFlowResult:
        """Ask whether it is meant, and what goes with it."""
        schema = vol.Schema(
            {
                vol.Required("erase", default=True): BooleanSelector(),
                vol.Required("confirm", default=False): BooleanSelector(),
            }
        )
        return self.async_show_form(
            step_id="community_leave",
            data_schema=self.add_suggested_values_to_schema(schema, given),
            errors=errors,
            description_placeholders=facts,
        )

    def _done(self) -> ConfigFlowResult:
        """End; what was changed is in the roster or in the entry, not in its options."""
        return self.async_create_entry(data=dict(self.config_entry.options))


def _label(member: Member) -> str:
    return f"{member.label} ({member.hid})" if member.label else member.hid
