"""Settings are read typed, and a wrong one is refused with its name and the reason."""

from pathlib import Path

import pytest

from lianti.cli import docs
from lianti.config import env

SECRET = "n7K2vQ9xw4Lr8sTz1Bd6Hg3Jm5Pc0Yf-AeUo"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sqlite:////srv/lianti/records.sqlite3", env.Database("sqlite", "/srv/lianti/records.sqlite3")),
        ("sqlite:///:memory:", env.Database("sqlite", ":memory:")),
        ("postgresql://web:p%40ss@db:6432/lianti", env.Database("postgresql", "lianti", "web", "p@ss", "db", "6432")),
        ("postgres:///lianti", env.Database("postgresql", "lianti")),
        (
            "postgresql://web@db/lianti?sslmode=verify-full",
            env.Database("postgresql", "lianti", "web", "", "db", "", (("sslmode", "verify-full"),)),
        ),
    ],
)
def test_database_addresses_are_taken_apart(text: str, expected: env.Database) -> None:
    assert env.DATABASE_URL.value({env.DATABASE_URL.name: text}) == expected


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("LIANTI_DATABASE_URL", "mysql://root@db/lianti", "must be sqlite:///"),
        ("LIANTI_DATABASE_URL", "postgresql://web@db:many/lianti", "not a number"),
        ("LIANTI_DATABASE_URL", "sqlite://", "must be sqlite:///"),
        ("LIANTI_DEBUG", "perhaps", "must be 1 or 0"),
        ("LIANTI_HOSTS", "https://help.example.org/", "without port"),
        ("LIANTI_HOSTS", "help.example.org:8000", "without port"),
        ("LIANTI_ORIGINS", "help.example.org", "must be addresses"),
        ("LIANTI_LANGUAGE", "zh-CN", "must be one of zh-hans, en"),
        ("LIANTI_OVERDUE_DAYS", "0", "from 1 to 250"),
        ("LIANTI_OVERDUE_DAYS", "１０", "from 1 to 250"),
        ("LIANTI_WEB_PORT", "70000", "from 1 to 65535"),
        ("LIANTI_SECRET_KEY", "short", "at least 32"),
        ("LIANTI_SECRET_KEY", "a" * 60, "random"),
        ("LIANTI_SECRET_KEY_FILE", "/nowhere/key", "cannot be read"),
    ],
)
def test_a_wrong_value_is_refused_with_the_reason(name: str, text: str, reason: str) -> None:
    with pytest.raises(env.BadSettings) as refused:
        env.refuse_bad({name: text})
    assert name.removesuffix("_FILE") in str(refused.value)
    assert reason in str(refused.value)


def test_all_wrong_values_are_named_at_once() -> None:
    assert len(env.problems({"LIANTI_DEBUG": "x", "LIANTI_WEB_PORT": "x", "LIANTI_HOSTS": "a b"})) == 3


def test_a_misspelt_setting_is_refused_with_the_likely_name() -> None:
    assert env.problems({"LIANTI_HOST": "a"}) == ["LIANTI_HOST is no setting; do you mean LIANTI_HOSTS?"]


def test_an_empty_setting_counts_as_absent() -> None:
    assert env.problems({"LIANTI_WEB_PORT": ""}) == []


def test_a_secret_is_read_from_the_file_it_names(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{SECRET}\n")
    assert env.SECRET_KEY.value({"LIANTI_SECRET_KEY_FILE": str(tmp_path / "key")}) == SECRET


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    given = {"LIANTI_SECRET_KEY": SECRET, "LIANTI_SECRET_KEY_FILE": str(tmp_path / "key")}
    assert "twice" in env.problems(given)[0]


def test_only_secrets_can_be_given_as_files() -> None:
    assert "no setting" in env.problems({"LIANTI_WEB_PORT_FILE": "/etc/port"})[0]


def test_a_server_needs_its_secrets() -> None:
    assert env.problems({}) == []
    missing = env.problems({}, serving=True)
    assert [line.split()[0] for line in missing] == ["LIANTI_SECRET_KEY", "LIANTI_JOURNAL_KEY"]


def test_a_data_folder_may_not_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert "must name a folder" in env.problems({"LIANTI_DATA": str(tmp_path / "data")})[0]


def test_every_setting_is_documented() -> None:
    page = docs.settings()
    for setting in env.TABLE:
        assert f"`{setting.name}`" in page
        assert setting.says.endswith("."), setting.name
    assert all(f"`{name}`" in page for name in env.OTHERS)
