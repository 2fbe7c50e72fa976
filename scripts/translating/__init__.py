"""Brings the texts of every language up to the English ones."""
