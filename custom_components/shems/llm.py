"""Tools with which a language model answers questions about a home and asks for runs."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, override

import probatio as vol
from homeassistant.components.llm import LLMTools
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
)
from homeassistant.util.json import JsonValueType

from .asking import async_check_choice
from .const import DOMAIN
from .coordinator import HomeCoordinator
from .devices import Device
from .insight.answers import (
    PERIODS,
    Answer,
    outlook,
    prices,
    saved,
    stored,
    when_to_start,
    why,
    wrong,
)
from .insight.exposure import async_may_hear, exposed_devices, exposed_homes
from .insight.wording import Wording, async_tongue
from .moved_actions import async_request_run, planned_run

_READ: Final = ToolAnnotations(read_only=True, destructive=False, idempotent=True, open_world=False)
_WRITE: Final = ToolAnnotations(destructive=False, open_world=False)
_DEVICE: Final = "device"
_PERIOD: Final = "period"

type _Ask = Callable[[HomeCoordinator, dict[str, Any], Wording], Awaitable[Answer]]
type _AskDevice = Callable[[HomeCoordinator, Device, Wording], Answer]


class HomeTool(Tool):
    """Asks something of every home that is exposed."""

    integration = DOMAIN
    annotations = _READ

    def __init__(
        self, name: str, title: str, description: str, ask: _Ask, fields: dict[vol.Marker, Any]
    ) -> None:
        """Take what is asked."""
        self.name = f"{DOMAIN}__{name}"
        self.title, self.description = title, description
        self.parameters = vol.Schema(fields)
        self._ask = ask

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Answer for the homes that the user may read."""
        data = self.parameters(tool_input.tool_args)
        told: list[JsonValueType] = []
        for home in exposed_homes(hass, llm_context.assistant):
            if await async_may_hear(hass, llm_context.context, home):
                answer = await self._ask(home, data, await _async_wording(hass, home, llm_context))
                told.append({"home": home.config_entry.title, "answer": answer.text} | answer.facts)
        if not told:
            return ToolResult(data={"error": "No home may be read"}, error=True)
        return ToolResult(data={"homes": told})


class DeviceTool(Tool):
    """Asks something of one device, or asks it to run."""

    integration = DOMAIN

    def __init__(self, name: str, title: str, description: str, devices: list[str]) -> None:
        """Take what is asked, and of which devices it can be."""
        self.name = f"{DOMAIN}__{name}"
        self.title, self.description = title, description
        self.parameters = vol.Schema({vol.Required(_DEVICE): vol.In(sorted(devices))})

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Answer for the device, where the user may know of it."""
        named: str = self.parameters(tool_input.tool_args)[_DEVICE]
        for home in exposed_homes(hass, llm_context.assistant):
            for device in exposed_devices(hass, home, llm_context.assistant):
                if device.name == named and await async_may_hear(hass, llm_context.context, home):
                    return await self.async_answer(hass, home, device, llm_context)
        return ToolResult(data={"error": "There is no such device that may be read"}, error=True)

    async def async_answer(
        self, hass: HomeAssistant, home: HomeCoordinator, device: Device, llm_context: LLMContext
    ) -> ToolResult:
        """Return what is to be said of the device."""
        raise NotImplementedError


class AskDeviceTool(DeviceTool):
    """Reads what is known of a device."""

    annotations = _READ

    def __init__(
        self, name: str, title: str, description: str, devices: list[str], ask: _AskDevice
    ) -> None:
        """Take what is asked."""
        super().__init__(name, title, description, devices)
        self._ask = ask

    @override
    async def async_answer(
        self, hass: HomeAssistant, home: HomeCoordinator, device: Device, llm_context: LLMContext
    ) -> ToolResult:
        answer = self._ask(home, device, await _async_wording(hass, home, llm_context))
        return ToolResult(data={"answer": answer.text} | answer.facts)


class RunTool(DeviceTool):
    """Has an appliance run when that costs least."""

    annotations = _WRITE

    @override
    async def async_answer(
        self, hass: HomeAssistant, home: HomeCoordinator, device: Device, llm_context: LLMContext
    ) -> ToolResult:
        registry_id = home.config_entry.runtime_data.moments.registry_id(device.id) or ""
        try:
            await async_check_choice(hass, llm_context.context, home, device, registry_id)
            asked = await async_request_run(home, device, context=llm_context.context)
        except HomeAssistantError as err:
            return ToolResult(data={"error": str(err) or "Not allowed"}, error=True)
        await home.async_plan_now()
        return ToolResult(data=planned_run(home, device, asked))


async def _async_wording(
    hass: HomeAssistant, home: HomeCoordinator, llm_context: LLMContext
) -> Wording:
    tongue = await async_tongue(hass, llm_context.language)
    currency, zone = home.configuration.tariff.currency, home.configuration.zone
    return Wording(tongue, currency, zone, home.data.now)


@callback
def async_get_tools(hass: HomeAssistant, llm_context: LLMContext, api_id: str) -> LLMTools | None:
    """Return the tools for what is exposed; none where nothing is, or for other interfaces."""
    homes = exposed_homes(hass, llm_context.assistant)
    if api_id != LLM_API_ASSIST or not homes:
        return None
    devices = [
        device for home in homes for device in exposed_devices(hass, home, llm_context.assistant)
    ]

    async def ask_saved(home: HomeCoordinator, data: dict[str, Any], wording: Wording) -> Answer:
        return await saved(home, data[_PERIOD], wording)

    async def ask_stored(home: HomeCoordinator, _: dict[str, Any], wording: Wording) -> Answer:
        return stored(home, wording)

    async def ask_prices(home: HomeCoordinator, _: dict[str, Any], wording: Wording) -> Answer:
        return prices(home, wording)

    async def ask_wrong(home: HomeCoordinator, _: dict[str, Any], wording: Wording) -> Answer:
        return wrong(home, wording)

    tools: list[Tool] = [
        HomeTool(
            "get_savings",
            "Get savings",
            "Get what electricity cost the home in a period, and what its energy manager saved.",
            ask_saved,
            {vol.Required(_PERIOD): vol.In(PERIODS)},
        ),
        HomeTool(
            "get_batteries",
            "Get home batteries",
            "Get how full the home's batteries are, and why they charge, discharge or rest.",
            ask_stored,
            {},
        ),
        HomeTool(
            "get_prices",
            "Get electricity prices",
            "Get what electricity costs now, and when it is cheap within a day.",
            ask_prices,
            {},
        ),
        HomeTool(
            "get_problems",
            "Get problems",
            "Get what is wrong with the home's energy, its plan or its devices, and what to do.",
            ask_wrong,
            {},
        ),
    ]
    movable = [each.name for each in devices if each.kind not in ("connection", "solar")]
    if movable:
        tools += [
            AskDeviceTool(
                "when_to_start",
                "Get the best time",
                "Get when a device is planned to run, or when starting it costs least.",
                movable,
                when_to_start,
            ),
            AskDeviceTool(
                "get_plan",
                "Get a device's plan",
                "Get what a device, such as a battery or a car, is planned to do within a day.",
                movable,
                outlook,
            ),
            AskDeviceTool(
                "why",
                "Get the reason",
                "Get why a device does what it does now.",
                movable,
                why,
            ),
        ]
    if runnable := [each.name for each in devices if each.kind == "appliance"]:
        description = "Have a loaded appliance run when that costs least. Ask before you do."
        tools.append(RunTool("run_appliance", "Run an appliance", description, runnable))
    return LLMTools(tools=tools)
