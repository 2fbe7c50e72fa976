"""Heat pumps with SG-Ready contacts, by whatever switches or selects them."""

from typing import Final

from .preset import Preset, Sign

SG_READY: Final = Preset(
    key="sg_ready",
    kinds=("heating", "water"),
    platforms=(),
    fields={
        "sg_2": (Sign("switch", "sg_?ready(?:_?(?:in)?_?(?:2|b))?"),),
        "sg_1": (Sign("switch", "sg_?ready_?(?:in)?_?(?:1|a)"),),
    },
    needs=("sg_2",),
    data={"sg_on": "advised", "sg_off": "normal"},
)
SG_READY_SELECT: Final = Preset(
    key="sg_ready_select",
    kinds=("heating", "water"),
    platforms=(),
    fields={"mode_select": (Sign("select", "sg_?ready(?:_(?:mode|state))?"),)},
    needs=("mode_select",),
)

HEAT_PUMPS: Final = (SG_READY, SG_READY_SELECT)
