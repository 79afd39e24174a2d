"""How long a test waits before it says that something does not end: it guards against hanging and measures no speed."""

PATIENCE = 30.0
"""Seconds of this process's own work."""
