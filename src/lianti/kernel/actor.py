"""The actor's name as the kernel uses it; the class itself stands lower, in `lib`."""

from lianti.lib.actor import Actor

__all__ = ["Actor"]
