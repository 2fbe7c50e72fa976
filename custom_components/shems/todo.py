"""To-do list of tips: done is done, and what is deleted is dismissed."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Final, override

from homeassistant.components.todo.const import TodoItemStatus, TodoListEntityFeature
from homeassistant.components.todo.entity import TodoItem, TodoListEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .asking import refused
from .coordinator import HomeCoordinator, now
from .core.horizon import DAY_S
from .core.units import InputError
from .data import ShemsConfigEntry
from .entity import HomeEntity
from .insight.tip_words import async_texts, words, worth
from .insight.tips import Kept, State

PARALLEL_UPDATES = 1

_LIST: Final = EntityDescription(key="tip_list", translation_key="tip_list")
_SHOWN: Final = (State.OPEN, State.DONE)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the list."""
    texts = await async_texts(hass, hass.config.language)
    async_add_entities([TipList(entry.runtime_data.coordinator, texts)])


class TipList(HomeEntity, TodoListEntity):
    """Tips as items: a date until which one is put off snoozes it."""

    _attr_supported_features = (
        TodoListEntityFeature.UPDATE_TODO_ITEM
        | TodoListEntityFeature.DELETE_TODO_ITEM
        | TodoListEntityFeature.SET_DUE_DATE_ON_ITEM
    )

    def __init__(self, coordinator: HomeCoordinator, texts: Mapping[str, str]) -> None:
        """Take the words of the language that the home speaks."""
        super().__init__(coordinator, _LIST)
        self._texts = texts

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the tips."""
        await super().async_added_to_hass()
        tips = self.coordinator.insight.tips
        self.async_on_remove(tips.async_listen(self._follow))

    @callback
    def _follow(self) -> None:
        self.async_write_ha_state()
        self.async_update_listeners()

    @property
    @override
    def todo_items(self) -> list[TodoItem] | None:
        """Return what is to be done, and what was; nothing is known before the first search."""
        tips = self.coordinator.insight.tips
        if tips.searched is None:
            return None
        return [self._item(each) for each in tips.every if each.shown(now()) in _SHOWN]

    @override
    async def async_update_todo_item(self, item: TodoItem) -> None:
        """Note that a tip was done, is open again, or put off to a day."""
        if item.due is not None and item.status != TodoItemStatus.COMPLETED:
            due = item.due if isinstance(item.due, datetime) else _midnight(item.due)
            days = (due.timestamp() - now()) / DAY_S
            await self._async_say(item.uid, State.SNOOZED, max(days, 0.0))
        elif item.status == TodoItemStatus.COMPLETED:
            await self._async_say(item.uid, State.DONE)
        else:
            await self._async_say(item.uid, State.OPEN)

    @override
    async def async_delete_todo_items(self, uids: list[str]) -> None:
        """Dismiss tips."""
        for uid in uids:
            await self._async_say(uid, State.DISMISSED)

    def _item(self, kept: Kept) -> TodoItem:
        said = words(self.coordinator, self._texts, kept.tip)
        value = worth(self.coordinator, self._texts, kept.tip)
        done = kept.state is State.DONE
        return TodoItem(
            uid=kept.tip.key,
            summary=said["title"],
            description=f"{value}\n{said['text']}\n{said['how']}",
            status=TodoItemStatus.COMPLETED if done else TodoItemStatus.NEEDS_ACTION,
            completed=datetime.fromtimestamp(kept.at, UTC) if done and kept.at else None,
        )

    async def _async_say(self, uid: str | None, state: State, days: float = 0.0) -> None:
        try:
            await self.coordinator.insight.tips.async_say(uid or "", state, days=days)
        except InputError as err:
            raise _unknown(err) from err


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), dt_util.get_default_time_zone())


def _unknown(err: InputError) -> ServiceValidationError:
    return refused(err.code, **{key: str(each) for key, each in err.arguments.items()})
