"""The reading table above the branch: 60,000 members × 100 papers (6 million readings) aggregated per branch.

Counted rows (storage/matrix.py) against the plain GROUP BY over the readings, on the same file, one after the other.
Measured with nothing marked, with 400 acknowledgements that the sweep has not counted yet (20 s at 20 a second: a
province in 50 minutes), and with 2,000 more; all give the counts of the plain query. `python bench/matrix.py 0.1`
takes a tenth of the papers.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from storage import counting, matrix, tables
from storage.crypto import Vault, install
from storage.db import Database
from storage.documents import Document, DocumentState
from storage.matrix import Count
from storage.members import Account, Member
from storage.organizations import Organization, OrganizationKind

PEOPLE, BRANCHES, COMMUNES, PAPERS = 60_000, 2_920, 224, 100
NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
TARGET = 200.0
PLAIN = text(
    "SELECT m.organization_id, count(*), sum(r.acknowledged_at IS NOT NULL),"
    " sum(r.acknowledged_at IS NOT NULL AND r.recorded_by IS NOT NULL),"
    " sum(r.acknowledged_at IS NULL AND NOT (m.has_phone AND EXISTS (SELECT 1 FROM account a"
    "   JOIN channel c ON c.id = a.channel_id WHERE a.member_id = m.id AND a.unlinked_at IS NULL"
    "   AND a.blocked_at IS NULL AND c.state = 'active')))"
    " FROM reading r JOIN member m ON m.id = r.member_id"
    " WHERE m.status <> 'left' AND m.standing <> 'supporter' GROUP BY 1"
)


def fill(database: Database, papers: int) -> None:
    """A province: communes, branches of twenty, nine in ten with a phone; two thirds have read."""
    chance = random.Random(1)
    with database.transaction() as session:
        connection = session.connection()
        counting.remove(connection)  # six million marks would only be counted away again
        connection.execute(
            text(
                "INSERT INTO channel (id, platform, name, token, token_hash, base_url, mode, webhook_key,"
                " webhook_secret, state, trouble, cursor, account_name, display_name, link_id, monthly_quota,"
                " user_limit, per_second, owner) VALUES (1, 'zalo', 'z', x'', 'z', '', 'polling', 'z', x'', 'active',"
                " '', '', '', '', '', 0, 0, 0, '')"
            )
        )
        connection.execute(insert(Organization), [_organization(at) for at in range(1, 2 + COMMUNES + BRANCHES)])
        homes = [2 + COMMUNES + at % BRANCHES for at in range(PEOPLE)]
        connection.execute(insert(Member), [_member(at, home) for at, home in enumerate(homes, start=1)])
        connection.execute(insert(Account), [_account(at) for at in range(1, PEOPLE + 1) if chance.random() < 0.9])
        connection.execute(insert(Document), [_paper(at) for at in range(1, papers + 1)])
    for paper in range(1, papers + 1):
        with database.transaction() as session:
            session.connection().execute(
                text(
                    "INSERT INTO reading (document_id, member_id, reachable, acknowledged_at, how, recorded_by,"
                    " studied_seconds, reminders) SELECT :paper, id, 1,"
                    " CASE WHEN abs(random()) % 3 > 0 THEN '2026-11-25 02:00:00.000000' END, 'chat',"
                    " CASE WHEN abs(random()) % 20 = 0 THEN 1 END, 0, 0 FROM member"
                ),
                {"paper": paper},
            )


def _organization(at: int) -> dict[str, Any]:
    """1 is the province, then the communes, then the branches in turn below them."""
    commune = at if at <= 1 + COMMUNES else 2 + at % COMMUNES
    path = "/1/" if at == 1 else f"/1/{at}/" if at <= 1 + COMMUNES else f"/1/{commune}/{at}/"
    parent = None if at == 1 else 1 if at <= 1 + COMMUNES else commune
    kind = OrganizationKind.PROVINCE if at == 1 else OrganizationKind.COMMUNE
    kind = OrganizationKind.BRANCH if at > 1 + COMMUNES else kind
    return {
        "id": at, "parent_id": parent, "kind": kind, "code": str(at), "name": f"Chi bộ {at}", "name_key": str(at),
        "path": path, "default_place": "",
    }  # fmt: skip


def _member(at: int, home: int) -> dict[str, Any]:
    return {
        "id": at, "organization_id": home, "number": "0", "number_hash": str(at), "full_name": f"Trần Thị {at}",
        "name_key": f"tran thi {at}", "standing": "official", "status": "active", "has_phone": at % 8 > 0, "title": "",
    }  # fmt: skip


def _account(at: int) -> dict[str, Any]:
    return {
        "member_id": at, "channel_id": 1, "user_id": str(at), "chat_id": str(at), "linked_at": NOW, "last_seen_at": NOW,
        "rejections": 0,
    }  # fmt: skip


def _paper(at: int) -> dict[str, Any]:
    defaults = {
        name: info.get_default(call_default_factory=True)
        for name, info in Document.model_fields.items()
        if name != "id"
    }
    own = {"organization_id": 1, "state": DocumentState.PUBLISHED, "created_at": NOW, "published_at": NOW}
    return {**defaults, "id": at, "number": f"{at}-NQ/TW", **own}


def timed(work: Callable[[], Any], times: int) -> tuple[float, Any]:
    """(median milliseconds, the last result)."""
    found, took = None, []
    for _ in range(times):
        begun = time.perf_counter()
        found = work()
        took.append(1000 * (time.perf_counter() - begun))
    return statistics.median(took), found


def main(part: float) -> None:
    assert tables.MODULES
    install(Vault(bytes(32)))
    papers = max(1, int(PAPERS * part))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        database.upgrade()
        begun = time.perf_counter()
        fill(database, papers)
        print(f"{PEOPLE * papers:,} readings made in {time.perf_counter() - begun:.0f} s")
        begun = time.perf_counter()
        matrix.rebuild(database)
        print(f"counted once (sotay recount) in {time.perf_counter() - begun:.1f} s")
        measure(database, list(range(1, papers + 1)))
        database.close()


def measure(database: Database, papers: list[int]) -> None:
    with database.reading() as session:

        def plain() -> dict[int, Count]:
            return {row[0]: Count(*map(int, row[1:])) for row in session.connection().execute(PLAIN)}

        ours, counted = timed(lambda: matrix.by_organization(session, "/1/", papers), 9)
        theirs, wanted = timed(plain, 1)
        assert counted == wanted, "the counts differ from the plain query"
        commune, _ = timed(lambda: matrix.by_organization(session, "/1/2/", papers), 9)
        newest, _ = timed(lambda: matrix.cells(session, "/1/", papers[-12:]), 5)
    print(f"per branch, whole province, {len(papers)} papers: {ours:.0f} ms; plain GROUP BY {theirs:.0f} ms")
    print(f"one commune: {commune:.1f} ms; every branch × 12 papers (35,040 cells): {newest:.0f} ms")
    fresh = burst(database, papers, 400)
    print(f"with 400 acknowledgements not counted yet: {fresh:.0f} ms")
    print(f"with 2,400 not counted yet (no target): {burst(database, papers, 2000):.0f} ms")
    print(f"ratio to the plain GROUP BY: {theirs / ours:.0f} × faster")
    worst = max(ours, fresh)
    print(f"RESULT matrix {worst:.0f} ms target {TARGET:.0f} {'met' if worst <= TARGET else 'missed'}")


def burst(database: Database, papers: list[int], count: int) -> float:
    """So many members acknowledge (or take back) between two sweeps; the counts are still right."""
    chance = random.Random(count)
    acts = [{"d": chance.choice(papers), "m": chance.randrange(1, PEOPLE)} for _ in range(count)]
    with database.transaction() as session:
        flip = "UPDATE reading SET acknowledged_at = CASE WHEN acknowledged_at IS NULL THEN :now END"
        session.connection().execute(
            text(f"{flip} WHERE document_id = :d AND member_id = :m"), [each | {"now": str(NOW)[:19]} for each in acts]
        )
    with database.reading() as session:
        took, found = timed(lambda: matrix.by_organization(session, "/1/", papers), 5)
        wanted = {row[0]: Count(*map(int, row[1:])) for row in session.connection().execute(PLAIN)}
        assert found == wanted, "the counts differ after a burst"
    return took


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
