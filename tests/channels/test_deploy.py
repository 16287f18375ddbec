"""The units in deploy/ fit the program and the page that explains them."""

from __future__ import annotations

import re
import shlex
from configparser import RawConfigParser
from pathlib import Path

import pytest

from bot.app import PARTS
from bot.settings import Settings

ROOT = Path(__file__).parent.parent.parent
UNITS = sorted((ROOT / "deploy").glob("*.service"))
PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")


def service(path: Path) -> dict[str, str]:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text("utf-8"))
    return dict(parser["Service"])


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_restarts_is_confined_and_explained(path: Path) -> None:
    unit = service(path)
    assert unit["Restart"] == "always"
    assert unit["EnvironmentFile"] == "/etc/sotay/sotay.env"
    assert (unit["NoNewPrivileges"], unit["ProtectSystem"], unit["User"]) == ("yes", "strict", "sotay")
    assert float(unit["TimeoutStopSec"]) > 20, "an orderly stop may wait 20 s for what is in flight"
    assert path.name in PAGE


def test_every_part_has_a_unit() -> None:
    commands = [shlex.split(service(path)["ExecStart"])[1:] for path in UNITS]
    assert ["run"] in commands
    assert {command[2] for command in commands if len(command) == 3} == PARTS


def test_the_example_environment_names_real_settings() -> None:
    names = re.findall(r"^SOTAY_([A-Z_]+)=", (ROOT / "deploy" / "sotay.env").read_text("utf-8"), re.MULTILINE)
    assert names
    assert {name.lower() for name in names} <= set(Settings.model_fields)
