"""Experts of the load: each one way to say what the next days bring."""
