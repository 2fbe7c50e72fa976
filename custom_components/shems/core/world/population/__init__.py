"""Many seeded homes at once, as arrays: what posteriors are trained on."""
