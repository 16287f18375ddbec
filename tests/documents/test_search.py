"""One search, two databases: the same papers in the same order, and the order that its own rules ask for."""

from __future__ import annotations

import random
import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from bot.flows.documents.numbers import kind_of, number_key
from bot.flows.documents.queries import asks_for_paper, rounds
from bot.flows.documents.search import look
from bot.matching import fold
from storage import documents, library, organizations
from storage.conditions import Condition, Ranking
from storage.db import Database
from storage.documents import EVERYONE, LISTED, Document, DocumentState, Reading
from storage.finding import Finder
from storage.library import LibraryEntry
from storage.members import Member
from storage.organizations import Organization, OrganizationKind
from storage.sight import Sight
from storage.terms import words
from tests.conftest import emptied

START = datetime(2026, 11, 25, tzinfo=UTC)
KINDS = {
    "NQ": "Nghị quyết", "CT": "Chỉ thị", "KH": "Kế hoạch", "HD": "Hướng dẫn", "BC": "Báo cáo", "TB": "Thông báo",
    "QĐ": "Quyết định", "CTr": "Chương trình",
}  # fmt: skip
WHAT = (
    "bảo hiểm y tế|đại hội chi bộ|chuyển đổi số|phòng chống lụt bão|kết nạp đảng viên|đảng phí|nông thôn mới|"
    "vệ sinh môi trường|giải phóng mặt bằng|hội nghị cán bộ|hỏi đáp chính sách|bầu cử|học tập nghị quyết|hội nông dân"
).split("|")
TEXT = (
    "mua thẻ bảo hiểm cho hộ nghèo|thu đảng phí quý bốn|lịch trực lụt bão|mức hỗ trợ y tế thôn|chuyển sinh hoạt đảng|"
    "tổ công nghệ số cộng đồng|kiểm tra, giám sát chuyên đề|bế giảng lớp đảng viên mới|hội người cao tuổi|họp dân"
).split("|")
ORGANS = {"TW": "Ban Chấp hành Trung ương", "TU": "Tỉnh ủy", "ĐU": "Đảng ủy xã An Bình", "CB": "Chi bộ thôn 3"}

QUERIES = """
21-NQ/TW | 21- NQ/TW | NQ 21 | NQ21 | nghi quyet so 21 | tìm nghị quyết 21 | 21-NQ/TU | 21 nq | số 7 | 7
tìm kế hoạch 12 | KH 12 | 12-KH/ĐU | 12-KH/CB | hướng dẫn số 05 | 05-HD/TW | báo cáo 5 năm 2024 | CTr 3
chương trình 3
Nghị quyết số 21 ngày 16/6/2022 | nghị quyết 21 của tỉnh ủy | quyết định 8 | QĐ 8 | thông báo 14 | 99999-NQ/TW
văn bản về bảo hiểm y tế | van ban ve bao hiem y te | bảo hiểm y tế | cho tôi xem kế hoạch đại hội
ke hoach dai hoi chi bo
tìm hội nghị | tìm hỏi đáp | hoi dap | hội nông dân | tim hoi nong dan | đảng phí | tìm dang phi | đảng viên mới
chỉ thị về chuyển đổi số | chuyen doi so | chuyển đổi số năm 2024 | nghị quyết năm 2022 | văn bản năm 2023
kế hoạch của tỉnh ủy năm 2025 | văn bản của đảng ủy | thông báo của chi bộ thôn 3 | hướng dẫn của trung ương
lụt bão | phòng chống lụt bão | lịch trực lụt bão | tìm văn bản về lịch trực | họp dân | người cao tuổi
bảo hiểm h | kế hoạch chuy | hướng dẫn kết n | vệ sinh môi tr | bao h | tìm học tập ngh | giải phóng mặt b
thẻ bảo hiểm cho hộ nghèo | mức hỗ trợ y tế | tổ công nghệ số | kiểm tra giám sát | bế giảng lớp | chuyển sinh hoạt đảng
baor hieemr y tees | ddaij hooij chi booj | đại hội công đoàn xã | bảo hiểm thất nghiệp nông thôn | tàu vũ trụ | đảng
nông thôn mới năm 2026 | bầu cử 2025 | kết nạp đảng viên tháng 3 | kết nạp | quyết định kết nạp đảng viên của đảng ủy
""".replace("\n", "|")


def queries() -> list[str]:
    found = [each.strip() for each in QUERIES.split("|") if each.strip()]
    assert len(found) >= 60
    return found


def papers(people: random.Random, homes: list[int]) -> list[tuple[Document, str]]:
    """360 papers of several levels, some for a list only, some withdrawn, expired, replaced."""
    found = []
    for at in range(360):
        kind, organ = people.choice(list(KINDS)), people.choice(list(ORGANS))
        what, other = people.sample(WHAT, 2)
        number = f"{at % 24 + 1:02d}-{kind}/{organ}" if people.random() < 0.9 else ""
        state = people.choices(["published", "expired", "withdrawn", "replaced", "draft"], [16, 2, 1, 1, 1])[0]
        issued = date(2021, 1, 1) + timedelta(days=people.randrange(2100))
        paper = Document(
            organization_id=people.choice(homes), number=number, number_key=number_key(number),
            kind=kind_of(number) or kind, issuer=ORGANS[organ] if people.random() < 0.8 else "",
            summary=f"{KINDS[kind] if people.random() < 0.3 else 'Về'} {what}, {other}",
            state=state, created_at=START, published_at=START + timedelta(minutes=at),
            issued_on=issued if people.random() < 0.8 else None,
            audience=LISTED if people.random() < 0.2 else EVERYONE,
        )  # fmt: skip
        found.append((paper, ". ".join(people.choices(TEXT, k=people.randrange(4)))))
    return found


def fill(database: Database) -> Sight:
    """The same world in any database; who looks is a member of one branch."""
    people = random.Random(21)
    with database.transaction() as session:
        commune = _organization(session, "x", None)
        homes = [_organization(session, code, commune) for code in ("a", "b")]
        member = Member(
            organization_id=homes[0].id or 0, number="1", number_hash="1", full_name="A", name_key="a",
        )  # fmt: skip
        session.add(member)
        session.flush()
        before = None
        for paper, text in papers(people, [commune.id or 0, *(home.id or 0 for home in homes)]):
            if before is not None and before.state == DocumentState.REPLACED:
                paper.replaces_id, paper.organization_id, paper.version = before.id, before.organization_id, 2
            document_id = documents.add(session, paper, [])
            library.put(session, document_id, text)
            if people.random() < 0.15:
                session.add(Reading(document_id=document_id, member_id=member.id or 0))
            before = paper
        return Sight(member.id or 0, homes[0].path)


def _organization(session: Session, code: str, above: Organization | None) -> Organization:
    kind = OrganizationKind.BRANCH if above else OrganizationKind.COMMUNE
    row = Organization(code=code, name=code, name_key=code, kind=kind, parent_id=above.id if above else None)
    return organizations.add(session, row)


@pytest.fixture(scope="module")
def filled(sqlite: Database, postgres: Database) -> list[tuple[Database, Sight]]:
    """Both databases with the same papers."""
    return [(database, fill(emptied(database))) for database in (sqlite, postgres)]


@pytest.fixture(autouse=True, scope="module")
def _module_key() -> None:
    from storage.crypto import Vault, install
    from tests.conftest import KEY

    install(Vault(KEY))


def numbers(session: Session, who: Sight, line: str) -> list[int]:
    """The ids of the first page and one more."""
    return [hit.document.id or 0 for hit in look(session, who, rounds(line))[1]]


def test_both_databases_give_the_same_papers_in_the_same_order(filled: list[tuple[Database, Sight]]) -> None:
    found = []
    for database, who in filled:
        with database.reading() as session:
            found.append({line: numbers(session, who, line) for line in queries()})
    assert found[0] == found[1]
    assert sum(1 for ids in found[0].values() if len(ids) >= 3) > 40
    assert not found[0]["tàu vũ trụ"]


def visible(session: Session, who: Sight) -> list[tuple[int, int, set[str]]]:
    """(minus age, document id, terms) of every paper that may be shown to this member, one by one."""
    found = []
    for entry in session.exec(select(LibraryEntry)).all():
        paper = documents.get(session, entry.document_id)
        sent = documents.reading(session, entry.document_id, who.member_id) is not None
        for_all = paper.audience == EVERYONE and paper.organization_id in documents.path_ids(who.home)
        if paper.state in {"published", "expired"} and (sent or for_all):
            found.append((-entry.age, entry.document_id, set(entry.terms.split(" "))))
    return sorted(found, reverse=True)


def expected(shown: list[tuple[int, int, set[str]]], tiers: tuple[Condition, ...]) -> list[int]:
    """The papers that a way of looking should find, in order."""
    first = [(next((at for at, each in enumerate(tiers) if each.holds(own)), None), key) for _, key, own in shown]
    return [key for tier in range(len(tiers)) for at, key in first if at == tier]


def paged(session: Session, who: Sight, ranking: Ranking) -> list[int]:
    """What is found, four at a time."""
    found: list[int] = []
    spot = None
    while page := Finder(session, who).find(ranking, after=spot, limit=4):
        found += [hit.document.id or 0 for hit in page]
        spot = page[-1].spot
    return found


def test_the_order_is_the_one_that_the_tiers_ask_for(filled: list[tuple[Database, Sight]]) -> None:
    """Against a judge that knows neither database; pages of four, put together."""
    database, who = filled[0]
    with database.reading() as session:
        shown = visible(session, who)
        for line in queries()[::5]:
            for way in rounds(line):
                found, wanted = paged(session, who, way.ranking), expected(shown, way.ranking.tiers)
                led_to = [each for each in found if each not in wanted]
                assert [each for each in found if each not in led_to] == wanted, (line, way.how)
                versions = [documents.get(session, each) for each in led_to]
                assert all(each.replaces_id for each in versions), (line, way.how)


def test_rights_hold_for_every_line(filled: list[tuple[Database, Sight]]) -> None:
    """Nothing is found that is neither for everybody above the member nor sent to them, whatever the index says."""
    for database, who in filled:
        with database.transaction() as session:
            for entry in session.exec(select(LibraryEntry).limit(200)):  # an index that lies
                entry.terms = " ".join([*(f"o{each}" for each in documents.path_ids(who.home)), entry.terms])
            session.flush()
            for line in ("đảng", "bảo hiểm y tế", "nghị quyết năm 2022", "21", "kế hoạch"):
                for document_id in numbers(session, who, line):
                    paper = documents.get(session, document_id)
                    sent = documents.reading(session, document_id, who.member_id) is not None
                    for_all = paper.audience == EVERYONE and paper.organization_id in documents.path_ids(who.home)
                    assert sent or for_all
                    assert paper.state in {"published", "expired"}
            session.rollback()


@pytest.mark.parametrize("line", ["hòa bình", "hoà bình", "HOÀ BÌNH", unicodedata.normalize("NFD", "hoà bình")])
def test_letters_have_one_spelling(line: str) -> None:
    assert [word.marked for word in words(line)] == ["hoa2", "binh2"]


@pytest.mark.parametrize(
    ("line", "is_search"),
    [
        ("tìm nghị quyết 21", True), ("cho tôi xem kế hoạch đại hội", True), ("văn bản về bảo hiểm y tế", True),
        ("21-NQ/TW", True), ("NQ 21", True), ("Nghị quyết số 21 ngày 16/6/2022", True), ("tra cứu đảng phí", True),
        ("có văn bản nào về đất đai không", True), ("xem văn bản của tỉnh ủy", True), ("nghị quyết 21 nói gì?", False),
        ("báo cáo bí thư mai tôi đi viện", False), ("xem tình hình", False), ("cho tôi hỏi", False), ("05", False),
        ("tôi có kế hoạch 5 ngày nữa về", False), ("tìm hiểu", False), ("giấy mời của tôi đâu", False), ("", False),
        ("cho xem lịch họp", False), ("đến muộn 15 phút", False), ("ok", False), ("số 1", False), ("1", False),
    ],
)  # fmt: skip
def test_what_is_a_search(line: str, is_search: bool) -> None:
    assert asks_for_paper(fold(line)) is is_search
