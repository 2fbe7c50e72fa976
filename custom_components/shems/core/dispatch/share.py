"""Several batteries behind one connection: who moves first, and what is left for the next."""


class Free:
    """What earlier batteries left for the later ones."""

    def __init__(
        self, carried_kw: tuple[float, float], net_kw: float | None, apart_kw: float = 0.0
    ) -> None:
        """Begin with the whole net load; without one, with none.

        Args:
            carried_kw: what the connection is to carry at most, import and export.
            net_kw: load less solar.
            apart_kw: the part of it that no battery is to cover.
        """
        self.known = net_kw is not None
        self._grid_kw = net_kw or 0.0
        self.net_kw = max(0.0, self._grid_kw - apart_kw) if self._grid_kw > 0 else self._grid_kw
        self._limits = carried_kw
        self._may_buy = self._may_sell = True

    def rank(self, value: float) -> float:
        """Return a battery's place: what is worth least gives first, most takes first."""
        return value if self.net_kw >= 0 else -value

    @property
    def room_kw(self) -> tuple[float, float]:
        """What the connection still carries beyond the net load, import and export."""
        room_in = max(0.0, self._limits[0] - max(self._grid_kw, 0.0))
        room_out = max(0.0, self._limits[1] - max(-self._grid_kw, 0.0))
        return self._may_buy * room_in, self._may_sell * room_out

    def take(self, power_kw: float) -> None:
        """Take a battery's power off; none may discharge into another."""
        self._grid_kw -= power_kw
        if power_kw > 0:
            self._may_buy = False
            self.net_kw = max(0.0, self.net_kw - power_kw) if self.net_kw > 0 else self.net_kw
        elif -power_kw > max(0.0, -self.net_kw):
            self._may_sell = False
            self.net_kw = 0.0
        else:
            self.net_kw -= power_kw
