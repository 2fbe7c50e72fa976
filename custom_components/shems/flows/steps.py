"""The steps that several flows have in common, each one page of a draft."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from ..devices import KINDS
from ..sources.surroundings import SURROUNDINGS

type Input = dict[str, Any] | None


class DeviceSteps[ResultT](ABC):
    """Pages of the forms of devices, and of what surrounds the home."""

    @abstractmethod
    async def async_page(self, step: str, user_input: Input) -> ResultT:
        """Show a page or take its input."""

    def __getattr__(self, name: str) -> Callable[[Input], Awaitable[ResultT]]:
        """Return the step of a page: each begins with the name of a kind of subentry."""
        step = name.removeprefix("async_step_")
        if step == name or step.partition("_")[0] not in (*KINDS, *SURROUNDINGS):
            raise AttributeError(name)
        return partial(self.async_page, step)


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

    async def async_step_price_easyenergy(self, user_input: Input = None) -> ResultT:
        """Ask which easyEnergy entry."""
        return await self.async_page("price_easyenergy", user_input)

    async def async_step_price_omie(self, user_input: Input = None) -> ResultT:
        """Ask which of OMIE's countries."""
        return await self.async_page("price_omie", user_input)

    async def async_step_price_green_planet(self, user_input: Input = None) -> ResultT:
        """Ask which Green Planet Energy entry."""
        return await self.async_page("price_green_planet", user_input)

    async def async_step_price_amber(self, user_input: Input = None) -> ResultT:
        """Ask which Amber site."""
        return await self.async_page("price_amber", user_input)

    async def async_step_price_entsoe(self, user_input: Input = None) -> ResultT:
        """Ask which ENTSO-e entry."""
        return await self.async_page("price_entsoe", user_input)

    async def async_step_price_pvpc(self, user_input: Input = None) -> ResultT:
        """Ask for the PVPC sensor."""
        return await self.async_page("price_pvpc", user_input)

    async def async_step_price_octopus(self, user_input: Input = None) -> ResultT:
        """Ask for the event of today's Octopus rates."""
        return await self.async_page("price_octopus", user_input)

    async def async_step_price_energidata(self, user_input: Input = None) -> ResultT:
        """Ask for the sensor of Energi Data Service."""
        return await self.async_page("price_energidata", user_input)

    async def async_step_price_epex(self, user_input: Input = None) -> ResultT:
        """Ask for the sensor of EPEX Spot."""
        return await self.async_page("price_epex", user_input)

    async def async_step_price_nordpool_hacs(self, user_input: Input = None) -> ResultT:
        """Ask for the sensor of Nord Pool from HACS."""
        return await self.async_page("price_nordpool_hacs", user_input)

    async def async_step_price_template(self, user_input: Input = None) -> ResultT:
        """Ask for a template that gives prices."""
        return await self.async_page("price_template", user_input)

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
