"""Settings that cannot be used are named one by one, in the operator's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import load


def test_every_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"WEB_PORT": "abc", "TIMEZONE": "Mars", "LINK_DAYS": "0", "QUIET_FROM": "xx", "PUBLIC_URL": "foo"}
    for name, value in wrong.items():
        monkeypatch.setenv(f"SOTAY_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load()
    lines = str(caught.value).splitlines()
    assert {line.partition(":")[0] for line in lines} == {f"SOTAY_{name}" for name in wrong}
    assert not any(value in str(caught.value) for value in ("abc", "Mars", "foo"))
    assert any("từ 1 trở lên" in line for line in lines)


def test_a_file_serves_as_well_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "sotay.toml"
    path.write_text('web_port = 9000\nlink_days = 3\nquiet_from = "20:00:00"\n')
    monkeypatch.setenv("SOTAY_CONFIG", str(path))
    monkeypatch.setenv("SOTAY_LINK_DAYS", "5")
    settings = load()
    assert (settings.web_port, settings.link_days, settings.quiet_from.hour) == (9000, 5, 20)
    path.write_text("nonsense = 1\n")
    with pytest.raises(SettingsError, match="SOTAY_NONSENSE"):
        load()
    path.write_text("this is no toml")
    with pytest.raises(SettingsError, match=r"sotay\.toml"):
        load()
