"""Write the lock files anew: hashes in, addresses out."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from lianti.cli import browser_files
from lianti.config.env import CHECKOUT

UV = (
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-config",
    "--override",
    "requirements.without",
)
PLANS = {
    "requirements.lock": ["pyproject.toml"],
    "requirements-pdf.lock": ["pyproject.toml", "--extra", "pdf"],
    "requirements-dev.lock": ["pyproject.toml", "--extra", "test"],
    "requirements-node.lock": ["requirements-node.in"],
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer --upgrade."""
    parser.add_argument("--upgrade", action="store_true", help="take newer versions where they are allowed")


def run(options: argparse.Namespace) -> int:
    """Write the four Python locks by uv and the browser's by npm."""
    more = ["--upgrade"] if options.upgrade else []
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if uv is None or shutil.which("npm") is None:
        print("This needs uv and npm. uv comes by: python3 -m pip install uv", file=sys.stderr)
        return 1
    for name, plan in PLANS.items():
        subprocess.run([uv, *UV, *more, *plan, "-o", name], cwd=CHECKOUT, check=True, stdout=subprocess.DEVNULL)
        print(f"wrote {name}")
    write_package_lock(CHECKOUT, upgrade=options.upgrade)
    print("wrote package-lock.json")
    return 0


def write_package_lock(root: Path, *, upgrade: bool) -> None:
    """Let npm resolve in a folder of its own, and keep neither hosts nor addresses."""
    with tempfile.TemporaryDirectory() as folder:
        for name in browser_files.INPUTS:
            if (root / name).exists() and not (upgrade and name == "package-lock.json"):
                shutil.copy(root / name, Path(folder) / name)
        command = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--loglevel=error"]
        subprocess.run(command, cwd=folder, check=True, env=os.environ)
        lock = json.loads((Path(folder) / "package-lock.json").read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("resolved", None)
        package.pop("funding", None)
    (root / "package-lock.json").write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")
