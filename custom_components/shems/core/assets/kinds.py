"""Every kind of device that can be moved; a new one is added here."""

from .deferrable import Deferrable, DeferrableState

type Movable = Deferrable
type MovableState = DeferrableState
