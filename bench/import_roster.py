"""How long a province's list (60,000 rows, .xlsx) takes: read, checked, encrypted, hashed, committed to SQLite.

The peer is calamine reading the same file into Python objects and doing nothing with it. Median of five runs, each
into an empty database (synchronous FULL). Usage: python bench/import_roster.py [members]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from bot.flows.members import demo_data
from bot.flows.members.roster_apply import Options, Scope, import_file
from storage import tables
from storage.crypto import Vault, install
from storage.db import Database

TARGET = 8.0
RUNS = 5
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
OPTIONS = Options(scope=Scope(create=True, under="HM", under_name=demo_data.PROVINCE))


def seconds(work: Callable[[], object]) -> float:
    """How long `work` took by the wall clock."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def one_import(folder: Path, path: Path, members: int, turn: int) -> float:
    """Import into a fresh database and make sure that everybody is in it."""
    database = Database(f"sqlite:///{folder / f'{turn}.db'}")
    database.upgrade()
    plans = []
    took = seconds(lambda: plans.append(import_file(database, path, NOW, options=OPTIONS)))
    database.close()
    counts = plans[0].counts()
    if counts["added"] != members or counts["bad"]:
        raise SystemExit(f"the import went wrong: {counts}")
    return took


def main() -> None:
    """Print both times, their ratio, and the result."""
    members = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
    assert tables.MODULES
    install(Vault(bytes(range(32))))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "roster.xlsx"
        making = seconds(lambda: demo_data.write_spreadsheet(path, demo_data.people(members)))
        print(f"{members} members made up and written in {making:.2f} s ({path.stat().st_size / 1e6:.1f} MB)")
        reading, importing = [], []
        for turn in range(RUNS):  # alternating, so that a busy moment hits both
            reading.append(seconds(lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()))
            importing.append(one_import(folder, path, members, turn))
            print(f"run {turn + 1}: read alone {reading[-1]:.2f} s, imported {importing[-1]:.2f} s")
    read, imported = statistics.median(reading), statistics.median(importing)
    print(f"median: read alone {read:.2f} s, imported {imported:.2f} s, ratio {imported / read:.1f}")
    print(f"RESULT import_roster {imported:.2f} s target {TARGET:g} {'met' if imported <= TARGET else 'missed'}")


if __name__ == "__main__":
    main()
