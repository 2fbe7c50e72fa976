"""Now: a plan and readings become commands."""
