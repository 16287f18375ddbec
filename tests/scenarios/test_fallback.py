"""What nobody understands: a short useful answer in private, silence in a group."""

from __future__ import annotations

import pytest

from tests.world import World


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_a_stranger_is_told_how_to_begin(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform, linked=False)
    lan.says("hôm nay trời đẹp quá")
    assert "ĐĂNG NHẬP" in lan.last


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_a_group_is_not_disturbed(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform)
    group = world.group([lan], platform=platform)
    before = len(lan.texts(group))
    lan.mentions("hôm nay trời đẹp quá", group)
    assert len(lan.texts(group)) == before
