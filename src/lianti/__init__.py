"""Lianti (联体): the platform on which hospital networks run."""

__version__ = "0.1.0"
