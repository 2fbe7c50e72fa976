"""History: what the meters have shown, the ground of every forecast."""

from dataclasses import dataclass, field

from ..series import Series


@dataclass(frozen=True)
class History:
    """Measured past of a home.

    Attributes:
        load, solar: kW; load without what SHEMS moves, solar as delivered.
        market: currency/kWh.
    """

    load: Series = field(default_factory=Series.empty)
    solar: Series = field(default_factory=Series.empty)
    market: Series = field(default_factory=Series.empty)
