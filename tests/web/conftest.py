"""The web part beside a world."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.site import Site
from tests.world import World


@pytest.fixture
def site(world: World) -> Iterator[Site]:
    """Pages over HTTP."""
    site = Site(world)
    yield site
    site.close()
