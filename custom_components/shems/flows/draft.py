"""A form of several pages that is being filled in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowHandler, FlowResult, section
from homeassistant.helpers.selector import TextSelector

from ..conflicts import check_free
from ..devices.controls import controlled
from ..devices.form import Data, Errors, Form
from ..sources.error import SourceError

NAME = "name"


@dataclass(frozen=True)
class Page:
    """A page to show.

    Attributes:
        step: id of the step.
        schema: its fields.
        suggested: what they hold at first, in the shape of the schema.
        errors: what was wrong with the last input, by field.
        placeholders: values that the errors name.
    """

    step: str
    schema: vol.Schema
    suggested: Mapping[str, Any]
    errors: Errors = field(default_factory=dict)
    placeholders: Mapping[str, str] = field(default_factory=dict)


def shown[ResultT: FlowResult[Any, Any]](
    flow: FlowHandler[Any, ResultT, Any], page: Page, *, last_step: bool | None = None
) -> ResultT:
    """Return a page as the result of a flow's step."""
    return flow.async_show_form(
        step_id=page.step,
        data_schema=flow.add_suggested_values_to_schema(page.schema, page.suggested),
        errors=page.errors,
        description_placeholders=page.placeholders,
        last_step=last_step,
    )


class Draft:
    """Pages with what has been entered so far; which pages follow may depend on it."""

    def __init__(
        self,
        forms: Callable[[Data], tuple[Form, ...]],
        data: Data,
        *,
        kind: str = "",
        name: str | None = None,
        own_id: str | None = None,
    ) -> None:
        """Begin with what is known; a draft with a name asks for it on its first page.

        A device that is changed has the id of its subentry.
        """
        self.kind = kind
        self._own_id = own_id
        self.beside: Callable[[], Iterable[Draft]] = tuple
        self.name = name
        self.data = dict(data)
        self._forms = forms

    def page(self, hass: HomeAssistant, step: str | None = None) -> Page:
        """Return a page by its step, or the first."""
        forms = self._forms(self.data)
        form = next((each for each in forms if each.step == step), forms[0])
        return self._page(hass, form, self.data)

    async def async_submit(
        self, hass: HomeAssistant, step: str, user_input: Mapping[str, Any]
    ) -> Page | None:
        """Take a page's input; return the page to show next, None when all is there.

        Input that cannot be is shown again as it was entered.
        """
        form = next(each for each in self._forms(self.data) if each.step == step)
        entered = form.flat(user_input)
        name = entered.pop(NAME, self.name)
        own = form.keys(hass, self.data)
        data = {key: each for key, each in self.data.items() if key not in own} | entered
        errors = form.check(hass, data)
        if name is not None and not name.strip():
            errors[NAME] = "name_empty"
        placeholders: Mapping[str, str] = {}
        if not errors:
            try:
                await self._async_test(hass, form, data)
            except SourceError as err:
                errors, placeholders = {"base": err.code}, err.translation_placeholders or {}
        self.name = name
        if errors:
            return self._page(hass, form, data, errors, placeholders)
        self.data = data
        forms = self._forms(data)
        number = next(index for index, each in enumerate(forms) if each.step == step)
        if number + 1 < len(forms):
            return self._page(hass, forms[number + 1], data)
        self.data = self._trimmed(hass)
        return None

    async def async_complete(self, hass: HomeAssistant) -> str | None:
        """Fill in the defaults; return the first page that lacks something, None without one."""
        number = 0
        while number < len(forms := self._forms(self.data)):
            form = forms[number]
            schema = form.schema(hass, self.data)
            try:
                entered = form.flat(schema(_whole(schema, form.nested(hass, self.data))))
                data = {**self.data, **entered}
                if form.check(hass, data):
                    return form.step
                await self._async_test(hass, form, data)
            except vol.Invalid, SourceError:
                return form.step
            self.data = data
            number += 1
        return None

    async def _async_test(self, hass: HomeAssistant, form: Form, data: Data) -> None:
        """Try what was entered on a page; raise SourceError where it cannot be."""
        own = form.keys(hass, data)
        entered = {key: each for key, each in data.items() if key in own}
        check_free(hass, entered, self._own_id)
        self._check_beside(hass, entered)
        if form.test is not None:
            await form.test(hass, data)

    def _check_beside(self, hass: HomeAssistant, entered: Data) -> None:
        """Raise SourceError where a draft that is entered in the same go drives an entity."""
        for other in self.beside():
            shared = controlled(entered) & controlled(other.data) if other is not self else ()
            for entity in sorted(shared):
                facts = {"device": other.name or "", "home": hass.config.location_name}
                raise SourceError("driven_already", entity=entity, **facts)

    @property
    def steps(self) -> tuple[str, ...]:
        """The pages that belong to what has been entered so far, in order."""
        return tuple(each.step for each in self._forms(self.data))

    def _trimmed(self, hass: HomeAssistant) -> dict[str, Any]:
        """Return the data without the fields of pages that no longer belong to it."""
        keys = {key for form in self._forms(self.data) for key in form.keys(hass, self.data)}
        return {key: each for key, each in self.data.items() if key in keys}

    def _page(
        self,
        hass: HomeAssistant,
        form: Form,
        data: Data,
        errors: Errors | None = None,
        placeholders: Mapping[str, str] | None = None,
    ) -> Page:
        schema = form.schema(hass, data)
        suggested = form.nested(hass, data)
        if self.name is not None and form is self._forms(data)[0]:
            schema = vol.Schema({vol.Required(NAME): TextSelector(), **schema.schema})
            suggested[NAME] = self.name
        return Page(form.step, schema, suggested, errors or {}, placeholders or {})


def _whole(schema: vol.Schema, suggested: Mapping[str, Any]) -> dict[str, Any]:
    """Return suggestions with every section in them, as the frontend sends them."""
    whole: dict[str, Any] = {
        str(key): {} for key, value in schema.schema.items() if isinstance(value, section)
    }
    return whole | dict(suggested)
