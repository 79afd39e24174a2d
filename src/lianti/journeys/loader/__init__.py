"""Takes `lianti-network/1` files in: each whole or not at all, once or twice with the same end."""

from lianti.journeys.loader.loading import load
from lianti.journeys.loader.report import FileReport, Report
from lianti.journeys.loader.telling import tell

__all__ = ["FileReport", "Report", "load", "tell"]
