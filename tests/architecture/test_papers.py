"""Documents that can go stale are made from the code, or held against it."""

import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from lianti.cli import docs

ROOT = Path(__file__).resolve().parents[2]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


@pytest.mark.parametrize(
    ("path", "text"), list(docs.pages()), ids=lambda value: value.name if isinstance(value, Path) else ""
)
def test_generated_pages_are_up_to_date(path: Path, text: str):
    assert path.exists(), "run: ./lianti docs"
    assert path.read_text(encoding="utf-8") == text, "run: ./lianti docs"


@pytest.mark.django_db
def test_no_migration_is_missing():
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())


def test_links_between_papers_lead_somewhere():
    broken = []
    for page in [p for p in tracked() if p.suffix == ".md"]:
        for target in re.findall(r"\]\(([^)#?\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_lock_files_carry_no_address():
    for name in ("requirements.lock", "requirements-dev.lock", "package-lock.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "resolved" not in text
        assert not re.search(r"^\s*(-i|--index-url|--extra-index-url|--find-links)", text, re.MULTILINE)
        if name.endswith(".lock"):
            assert "://" not in text
            assert "--hash=sha256:" in text


def test_third_party_browser_files_are_not_in_the_tree():
    assert not [p for p in tracked() if "vendor" in p.parts or p.name in {"uv.lock"} or p.name.endswith(".min.js")]


def test_licence_and_papers_are_there():
    for name in ("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"):
        assert (ROOT / name).stat().st_size > 500, name


def test_architecture_names_every_context():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [p.name for p in (ROOT / "src/lianti/contexts").iterdir() if (p / "apps.py").exists()]
    assert [room for room in rooms if f"`{room}`" not in text] == []
