"""How long a test waits before it says that something does not end: a guard against hanging, no measure of speed (see bench/)."""

PATIENCE = 30.0
"""Seconds of this process's own work."""
