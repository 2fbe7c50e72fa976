"""Alerts: what someone should know now, each once, at a rate that the household has chosen."""
