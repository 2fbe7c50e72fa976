"""What exists in a home: parameters, state, physics and constraints of each kind."""
