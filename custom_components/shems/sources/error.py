"""The error of a source that cannot be read."""

from homeassistant.exceptions import HomeAssistantError

from ..const import DOMAIN


class SourceError(HomeAssistantError):
    """A source gave nothing usable.

    Args:
        code: key of the message in the translations' exceptions.
        args: what the message names: entity, device, unit.
    """

    def __init__(self, code: str, **args: float | str) -> None:
        """Keep the code and the arguments."""
        self.code = code
        self.arguments = dict(args)
        super().__init__(
            ", ".join([code.replace("_", " "), *(f"{key}={value}" for key, value in args.items())]),
            translation_domain=DOMAIN,
            translation_key=code,
            translation_placeholders={key: str(value) for key, value in args.items()},
        )
