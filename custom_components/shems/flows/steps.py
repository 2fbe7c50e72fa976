"""The steps that several flows have in common, each one page of a draft."""

from abc import ABC, abstractmethod
from typing import Any

type Input = dict[str, Any] | None


class DeviceSteps[ResultT](ABC):
    """Pages of the devices' forms."""

    @abstractmethod
    async def async_page(self, step: str, user_input: Input) -> ResultT:
        """Show a page or take its input."""

    async def async_step_connection(self, user_input: Input = None) -> ResultT:
        """Ask for the meters and limits of the grid connection."""
        return await self.async_page("connection", user_input)

    async def async_step_solar(self, user_input: Input = None) -> ResultT:
        """Ask for a solar array."""
        return await self.async_page("solar", user_input)

    async def async_step_battery(self, user_input: Input = None) -> ResultT:
        """Ask for a battery's meters and parameters."""
        return await self.async_page("battery", user_input)

    async def async_step_battery_select(self, user_input: Input = None) -> ResultT:
        """Ask for the select that drives a battery."""
        return await self.async_page("battery_select", user_input)

    async def async_step_battery_options(self, user_input: Input = None) -> ResultT:
        """Ask for the meaning of the select's options."""
        return await self.async_page("battery_options", user_input)

    async def async_step_battery_number(self, user_input: Input = None) -> ResultT:
        """Ask for the numbers that drive a battery."""
        return await self.async_page("battery_number", user_input)

    async def async_step_battery_enable(self, user_input: Input = None) -> ResultT:
        """Ask for the options that take and release control."""
        return await self.async_page("battery_enable", user_input)

    async def async_step_battery_switch(self, user_input: Input = None) -> ResultT:
        """Ask for the switches that drive a battery."""
        return await self.async_page("battery_switch", user_input)

    async def async_step_load(self, user_input: Input = None) -> ResultT:
        """Ask for a consumer."""
        return await self.async_page("load", user_input)


class ContractSteps[ResultT](ABC):
    """Pages of the price source and the tariff."""

    @abstractmethod
    async def async_page(self, step: str, user_input: Input) -> ResultT:
        """Show a page or take its input."""

    async def async_step_price_source(self, user_input: Input = None) -> ResultT:
        """Ask where prices come from."""
        return await self.async_page("price_source", user_input)

    async def async_step_price_nordpool(self, user_input: Input = None) -> ResultT:
        """Ask which Nord Pool area."""
        return await self.async_page("price_nordpool", user_input)

    async def async_step_price_tibber(self, user_input: Input = None) -> ResultT:
        """Ask which Tibber home."""
        return await self.async_page("price_tibber", user_input)

    async def async_step_price_energyzero(self, user_input: Input = None) -> ResultT:
        """Ask which EnergyZero entry."""
        return await self.async_page("price_energyzero", user_input)

    async def async_step_price_entity(self, user_input: Input = None) -> ResultT:
        """Ask for the entity that knows prices."""
        return await self.async_page("price_entity", user_input)

    async def async_step_tariff_market(self, user_input: Input = None) -> ResultT:
        """Ask what is added to the market's price."""
        return await self.async_page("tariff_market", user_input)

    async def async_step_tariff_fixed(self, user_input: Input = None) -> ResultT:
        """Ask for the two prices of a fixed contract."""
        return await self.async_page("tariff_fixed", user_input)

    async def async_step_tariff_tou(self, user_input: Input = None) -> ResultT:
        """Ask for the prices of a contract by the time of use."""
        return await self.async_page("tariff_tou", user_input)
