"""Names to begin with; the user's language is not known where they are given."""

from typing import Final

from ..sources.configuration import KIND_HOME, KIND_SIMULATED

NAMES: Final = {
    KIND_HOME: "My home",
    KIND_SIMULATED: "Simulated home",
}
