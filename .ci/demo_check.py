"""Runs `./lianti demo` twice as on a bare machine, with a new environment and new data, and checks what it serves."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MISSING = re.compile(
    r"(node|npm|npx|corepack|yarn|cc|gcc|g\+\+|c\+\+|cpp|clang|make|psql|pg_|msgfmt|uv\b|tsc|x86_64-linux-gnu-).*"
)
FIRST_START, SECOND_START = 120, 5  # seconds, aimed at
PATIENCE = 4  # how many times as long a busy machine may take before this fails


def bare_path(folder: Path) -> str:
    """Make a folder of links to all programs but the missing ones, and return it as the PATH."""
    for place in os.environ["PATH"].split(os.pathsep):
        for program in sorted(Path(place).glob("*")) if place else []:
            link = folder / program.name
            if not MISSING.fullmatch(program.name) and not os.path.lexists(link):
                link.symlink_to(program)
    return str(folder)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Demo:
    """One start of the demo."""

    def __init__(self, environ: dict[str, str], port: int, data: Path) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.began = time.monotonic()
        command = [str(ROOT / "lianti"), "demo", "--port", str(port), "--data", str(data)]
        self.process = subprocess.Popen(
            command, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.said: list[str] = []
        self.up, self.told = False, threading.Event()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        """Pass on what the demo prints and notice that it is ready."""
        for line in self.process.stdout or ():
            print(f"    {line}", end="", flush=True)
            self.said.append(line)
            if line.startswith("Stop with Ctrl-C"):
                self.up = True
                self.told.set()
        self.told.set()

    def wait(self, seconds: float) -> float:
        """Return how long the start took; end the run when it failed or took longer."""
        self.told.wait(seconds + 60)
        took = time.monotonic() - self.began
        if not self.up:
            self.process.kill()
            sys.exit("The demo did not start.")
        return took

    def stop(self, number: int) -> None:
        """Ask the demo to end and check that it did, with nobody left at its port."""
        self.process.send_signal(number)
        if self.process.wait(20) != 0:
            sys.exit(f"The demo ended with {self.process.returncode}.")
        port = int(self.address.rsplit(":", 1)[1])
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                sys.exit("Somebody still answers after the demo has ended.")


def look(address: str) -> None:
    """Check that the demo is healthy, and its first page is a page with its style sheet."""
    get(f"{address}/healthz")
    page = get(f"{address}/")
    sheets = re.findall(r'<link[^>]+href="(/static/[^"]+\.css)"', page)
    if 'lang="zh' not in page or "<form" not in page or not sheets:
        sys.exit(f"The first page is not what it should be:\n{page[:2000]}")
    for sheet in sheets:
        get(address + sheet)


def get(address: str) -> str:
    """Return the text at an address; end the run when there is none."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


def main() -> None:
    """Start twice on the same data, once stopped by Ctrl-C and once as a service would be."""
    with tempfile.TemporaryDirectory(prefix="lianti-bare-") as name:
        scratch = Path(name)
        (scratch / "bin").mkdir()
        environ = {key: value for key, value in os.environ.items() if not key.startswith("LIANTI_")}
        environ |= {"PATH": bare_path(scratch / "bin"), "LIANTI_VENV": str(scratch / "venv")}
        port, data = free_port(), scratch / "data"
        first = Demo(environ, port, data)
        took = first.wait(FIRST_START * PATIENCE)
        look(first.address)
        first.stop(signal.SIGINT)
        second = Demo(environ, port, data)
        again = second.wait(SECOND_START * PATIENCE)
        look(second.address)
        second.stop(signal.SIGTERM)
        print(f"The demo was ready after {took:.1f} s, and at the second start after {again:.1f} s.")
        if took > FIRST_START or again > SECOND_START:
            print(f"That is slower than aimed at ({FIRST_START} s and {SECOND_START} s); is the machine busy?")


if __name__ == "__main__":
    main()
