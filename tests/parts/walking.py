"""Walk through any flow: give what is asked for, and leave the rest as it is suggested."""

from collections.abc import Callable, Mapping
from typing import Any

from homeassistant.data_entry_flow import FlowResultType, section

MOST_PAGES = 30


def filled(schema: Any, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page's input: answers by field, else what is suggested; sections as they are."""
    given: dict[str, Any] = {}
    for key, value in schema.schema.items():
        name = str(key)
        if isinstance(value, section):
            given[name] = filled(value.schema, answers)
        elif name in answers:
            answer = answers[name]
            given[name] = answer(value) if callable(answer) else answer
        elif isinstance(key.description, dict):
            suggested = key.description.get("suggested_value")
            if suggested is not None:
                given[name] = suggested
    return given


def every(selector: Any) -> list[str]:
    """Return all options of a selector."""
    return [each["value"] for each in selector.config["options"]]


def labelled(label: str) -> Callable[[Any], str]:
    """Return what chooses the option of a selector that has a label."""

    def choose(selector: Any) -> str:
        options = {each["label"]: each["value"] for each in selector.config["options"]}
        return str(options[label])

    return choose


async def walk(
    manager: Any, result: Any, answers: Mapping[str, Mapping[str, Any]]
) -> tuple[Any, list[Any]]:
    """Press on to the end of a flow; return its result and the pages before it.

    Args:
        manager: of the flow.
        result: its first page.
        answers: fields by step, each a value or made from its selector; a menu's choice is
            its field `next_step_id`.
    """
    pages = []
    for _ in range(MOST_PAGES):
        match result["type"]:
            case FlowResultType.FORM:
                own = answers.get(result["step_id"], {})
                given = filled(result["data_schema"], own) if result["data_schema"] else {}
                assert not result["errors"], (result["step_id"], result["errors"])
            case FlowResultType.MENU:
                given = dict(answers[result["step_id"]])
            case _:
                return result, pages
        pages.append(result)
        result = await manager.async_configure(result["flow_id"], given)
    raise AssertionError("the flow has no end")
