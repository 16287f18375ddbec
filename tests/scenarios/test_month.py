"""The month of a branch, end to end: roster, login, a paper, a question, a meeting, answers, reminders, a restart.

The secretary and bác Lan are on Zalo, Mai and Tuấn on Telegram; the branch has a group on each.
"""

from __future__ import annotations

from sqlmodel import Session

from bot.flows.members.codes import make_code
from bot.flows.members.roster_apply import Options, import_file
from bot.flows.members.roster_plan import Scope
from bot.texts import FOLDER
from storage import attendance, documents, members
from tests.world import Person, World

ROSTER = FOLDER / "demo-roster.csv"
NUMBERS = {"hoa": "066012345601", "mai": "066012345602", "lan": "066012345603", "tuan": "066012345604"}


def member_id(session: Session, key: str) -> int:
    found = members.by_number(session, NUMBERS[key])
    assert found is not None
    assert found.id is not None
    return found.id


def person(world: World, key: str, name: str, platform: str) -> Person:
    with world.database.reading() as session:
        return Person(world, name, member_id(session, key), NUMBERS[key], platform)


def logs_in(who: Person, code: str) -> None:
    if who.platform == "telegram":
        who.says("/start")
    who.says("dang nhap")
    who.says(who.number)
    who.says(code)
    assert "đã đăng nhập" in who.last


def test_a_month_on_both_platforms(world: World) -> None:  # noqa: PLR0915 (a month is long)
    # The roster, twice: the second time changes nothing.
    options = Options(scope=Scope(create=True, under="AB"))
    first = import_file(world.database, ROSTER, world.now, options=options)
    assert (first.counts()["added"], first.problems) == (37, [])
    again = import_file(world.database, ROSTER, world.now, options=options)
    assert again.counts()["added"] == 0
    hoa = person(world, "hoa", "Nguyễn Văn Hòa", "zalo")
    lan = person(world, "lan", "Lê Thị Lan", "zalo")
    mai = person(world, "mai", "Trần Thị Mai", "telegram")
    tuan = person(world, "tuan", "Phạm Quốc Tuấn", "telegram")

    # Logins: the first secretary by the operator's code, Lan and Mai by the secretary's, Tuấn by approval.
    with world.database.transaction() as session:
        code = make_code(session, hoa.member_id, now=world.now, hours=72, made_by=None)
    logs_in(hoa, code)
    for who in (lan, mai):
        hoa.says(f"/ma {who.name}")
        logs_in(who, next(word for word in hoa.last.split("\n") if ":" in word).rpartition(": ")[2].partition(" (")[0])
    tuan.says("/start")
    tuan.says("đăng nhập")
    tuan.says(tuan.number)
    tuan.presses("Tôi chưa có mã")
    hoa.presses("Đồng ý")
    assert "đã đăng nhập" in tuan.last
    for platform, people in (("zalo", [hoa, lan]), ("telegram", [mai, tuan])):
        group = world.group(people, platform=platform, linked=False)
        if platform == "zalo":
            hoa.mentions("/nhom", group)
            assert hoa.sees("kết nối với Chi bộ thôn 3", to=group)

    # A paper in words, read and receipted on both platforms.
    hoa.says("/vanban")
    hoa.says("Số 15-TB/CB. Thông báo về việc nộp hồ sơ đánh giá cuối năm. Hạn nộp ngày 30/11/2026 tại nhà văn hóa.")
    hoa.says("Nộp hồ sơ đánh giá cuối năm")
    hoa.presses("Gửi")
    assert lan.sees("15-TB/CB")
    assert mai.sees("15-TB/CB")
    lan.says("bac doc roi chau a")
    mai.presses("Đã đọc")
    tuan.says("chưa đọc")
    hoa.says("/tinhhinh")
    assert hoa.sees("Đã đọc 3/26")
    with world.database.reading() as session:
        read = {row[0].id for row in documents.readings(session, 1, world.branch.path) if row[1].acknowledged_at}
    assert read == {hoa.member_id, lan.member_id, mai.member_id}

    # A question and its answer.
    mai.says("Hỏi: nộp bản giấy hay bản mềm ạ?")
    assert "nộp bản giấy hay bản mềm" in hoa.last
    hoa.says("TL 1: bản giấy nhé")
    assert "bản giấy nhé" in mai.last

    # A meeting; the bot dies in the middle of the dialogue.
    hoa.says("/moihop")
    hoa.says("1")
    world.restart()
    hoa.says("3/12 19h30")
    hoa.says("1")
    assert lan.sees("19 giờ 30, thứ Năm, ngày 03/12/2026")
    lan.says("ok")
    assert "chưa ghi gì" in lan.last
    lan.says("em ốm xin phép vắng ạ")
    mai.presses("Tôi dự được")
    with world.database.reading() as session:
        states = {row.member_id: row.state for _, row in attendance.of_meeting(session, 1)}
    assert (states[lan.member_id], states[mai.member_id], states[tuan.member_id]) == ("absent", "attending", "none")
    hoa.says("/baodu")
    assert hoa.sees("em ốm") or hoa.sees("ốm")
    hoa.presses("Duyệt tất cả")
    assert lan.sees("đồng ý")

    # Reminders: only who has not answered, never at night, not twice a day.
    for who in (lan, mai, tuan):
        who.forget()
    world.at("2026-11-30T22:00:00+07:00")
    assert not tuan.new()
    world.at("2026-12-01T08:00:00+07:00")
    assert len(tuan.new()) == 1
    assert not mai.new()
    assert not [text for text in lan.new() if "báo dự" in text]
    world.sweep()
    assert len(tuan.new()) == 1
    tuan.says("cháu về muộn 20 phút ạ")
    world.at("2026-12-03T17:35:00+07:00")
    assert not [text for text in tuan.new()[2:] if "XIN NHẮC" in text]

    # The meeting is called off: everybody who was invited hears it.
    hoa.says("/huyhop")
    hoa.says("1")
    for who in (hoa, lan, mai, tuan):
        assert who.sees("KHÔNG HỌP như đã mời")
