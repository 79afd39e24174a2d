"""The data folder is for its owner alone; a port that somebody has is refused."""

import socket
import stat
from pathlib import Path

import pytest

from lianti.cli import folder


def test_a_port_in_use_is_refused_with_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(folder.Unusable, match=rf"Port {port} .* --port {port + 1 if port < 65535 else 8000}"):
            folder.refuse_taken("127.0.0.1", port, "./lianti web --port")


@pytest.mark.parametrize("port", [0, 70000])
def test_a_port_out_of_range_is_refused(port: int) -> None:
    with pytest.raises(folder.Unusable, match=f"{port} is no port"):
        folder.refuse_taken("127.0.0.1", port, "./lianti web --port")


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    folder.make(data)
    assert folder.make_keys(data) == ["secret_key", "journal_key"]
    first = (data / "secret_key").read_text()
    assert folder.make_keys(data) == []
    assert (data / "secret_key").read_text() == first != (data / "journal_key").read_text()
    assert stat.S_IMODE((data / "journal_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_a_folder_that_stood_open_is_shut(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    folder.make(tmp_path / "data")
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_a_folder_that_is_a_file_is_refused_with_the_mend(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(folder.Unusable, match="--data"):
        folder.make(tmp_path / "data", "Name another with --data.")
