"""How homes are: seeded weather, people and devices, for the simulated home and for learning."""
