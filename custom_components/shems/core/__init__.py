"""Pure core of SHEMS: physics, beliefs, plans, dispatch and accounts, without Home Assistant."""
