"""The command line `sotay` on a world's installation, as an operator runs it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.cli import main
from tests.conftest import KEY
from tests.world import World


@dataclass(frozen=True)
class Outcome:
    """What a command left: exit code, what it printed, what it complained of."""

    code: int
    out: str
    err: str


Command = Callable[..., Outcome]


@pytest.fixture
def sotay(world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """`sotay("channel", "list", answer="y")`: the real entry point with these arguments and this standard input."""
    world.settings.key_file.write_text(KEY.hex())
    environment = {
        "DATABASE_URL": world.database.engine.url.render_as_string(hide_password=False),
        "DATA_DIR": str(world.settings.data_dir),
        "KEY_FILE": str(world.settings.key_file),
        "CLOCK_FILE": str(world.sandbox.clock_file),
        "CONFIG": str(world.settings.data_dir / "none.toml"),
        "PUBLIC_URL": "",
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"SOTAY_{name}", value)

    def run(*arguments: object, answer: str = "") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["sotay", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), captured.out, captured.err)

    return run
