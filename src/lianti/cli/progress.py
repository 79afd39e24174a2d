"""Lines that tell what is being done and how long it took. Standard library only."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

WIDTH = 58


class Progress:
    """Prints one line per finished step, and on a terminal a passing line for the steps under way."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = out or sys.stdout
        self.lively = self.out.isatty()
        self.under_way: dict[str, str] = {}
        self.lock = threading.Lock()
        self.told_at = time.monotonic()

    @contextmanager
    def step(self, label: str) -> Iterator[None]:
        """Time what happens inside, and print the line when it is done or has failed."""
        began = time.monotonic()
        self.detail(label, "")
        outcome = "failed after "
        try:
            yield
            outcome = ""
        finally:
            with self.lock:
                self.under_way.pop(label, None)
                self._line(f"  {label} ".ljust(WIDTH, ".") + f" {outcome}{time.monotonic() - began:.1f} s")

    def detail(self, label: str, text: str) -> None:
        """Show how far a step is; where there is no terminal, at most every ten seconds."""
        with self.lock:
            self.under_way[label] = text
            if self.lively:
                now = "; ".join(f"{name} {more}".strip() for name, more in self.under_way.items())
                self.out.write(f"\r\033[K  {now[:100]} …")
                self.out.flush()
            elif text and time.monotonic() - self.told_at > 10:
                self.told_at = time.monotonic()
                self._line(f"  {label}: {text}")

    def _line(self, text: str) -> None:
        self.out.write(("\r\033[K" if self.lively else "") + text + "\n")
        self.out.flush()
