"""What a secretary sees and does while something is being sent, on both platforms; what a restart leaves behind."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from bot import broadcasts as engine
from bot.flows.broadcasts import progress
from storage.broadcasts import Broadcast, BroadcastState
from storage.channels import Channel
from storage.members import Account, Role, RoleKind
from storage.outbox import Delivery, DeliveryState
from tests.scenarios.test_meetings import call
from tests.world import TOKENS, Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
TEXT = "Kính gửi các đồng chí đảng viên: chi bộ tổng vệ sinh đường làng sáng thứ Bảy, mỗi nhà một người."


def secretary(world: World, platform: str = "telegram", **fields: Any) -> Person:
    return world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform, **fields)


def publish(an: Person, number: str = "05-BC/CB") -> None:
    an.says(f"/vanban {TEXT}")
    an.says(number)
    an.says("Về tổng vệ sinh")
    an.presses("Gửi")


def fault(world: World, platform: str, kind: str, **fields: Any) -> None:
    world.control("POST", "faults", {"platform": platform, "method": "sendMessage", "kind": kind, **fields})


def papers(person: Person) -> int:
    return sum("MỜI ĐỒNG CHÍ ĐỌC" in text for text in person.texts())


def state(world: World) -> str:
    with world.database.reading() as session:
        return session.exec(select(Broadcast)).one().state


def channel_pauses(world: World, platform: str, *, paused: bool) -> None:
    """Nothing goes out on this channel, as when a platform is away; what is queued waits."""
    with world.database.transaction() as session:
        channel = session.exec(select(Channel).where(Channel.platform == platform)).one()
        channel.paused_until = world.now.replace(year=2027) if paused else None


@BOTH
def test_when_all_is_well_nobody_is_told_more_and_the_account_is_exact(world: World, platform: str) -> None:
    an, lan = secretary(world, platform), world.person("Trần Thị Lan", platform=platform)
    world.person("Phạm Thị Mai", linked=False)
    publish(an)
    assert state(world) == BroadcastState.FINISHED
    assert papers(lan) == 1
    before = len(an.texts())
    world.later(hours=1)
    assert len(an.texts()) == before
    an.says("tình hình gửi")
    assert an.last.startswith(
        "Văn bản 05-BC/CB: đã gửi xong.\nĐã gửi tới 2/3 người.\nChưa kết nối hoặc đã chặn Trợ lý: 1 người."
    )
    an.presses("Danh sách chưa nhận")
    assert an.last == "Chưa nhận Văn bản 05-BC/CB:\nChưa kết nối hoặc đã chặn: Phạm Thị Mai"


@BOTH
def test_pause_resume_and_cancel(world: World, platform: str) -> None:
    other = "zalo" if platform == "telegram" else "telegram"
    an, lan = secretary(world, platform), world.person("Trần Thị Lan", platform=other)
    channel_pauses(world, other, paused=True)
    publish(an)
    an.says("/danggui")
    assert "đang gửi" in an.last
    assert "Đang chờ: 1 người" in an.last
    an.presses("Tạm dừng")
    assert an.last.startswith("Đã tạm dừng.")
    channel_pauses(world, other, paused=False)
    world.later(minutes=5)
    assert papers(lan) == 0
    an.presses("Gửi tiếp")
    world.pump()
    assert papers(lan) == 1
    assert state(world) == BroadcastState.FINISHED
    channel_pauses(world, other, paused=True)
    publish(an, "06-BC/CB")
    an.says("tình hình gửi")
    an.presses("đang gửi 1/2")
    an.presses("Hủy gửi")
    assert "Còn 1 người chưa nhận sẽ không nhận nữa" in an.last
    an.presses("Hủy, không gửi nữa")
    assert "Không gửi nữa vì đã hủy: 1 người" in an.last
    channel_pauses(world, other, paused=False)
    world.later(minutes=5)
    assert papers(lan) == 1


def test_an_old_button_says_how_it_stands_now(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform="zalo")
    channel_pauses(world, "zalo", paused=True)
    publish(an)
    an.says("/danggui")
    channel_pauses(world, "zalo", paused=False)
    world.pump()
    an.presses("Tạm dừng")
    assert an.last.startswith("Văn bản 05-BC/CB: đã gửi xong.")
    assert papers(lan) == 1


def test_who_blocked_before_and_came_back_gets_it_once(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    world.control("POST", "block", {"person": lan.id, "bot": TOKENS["telegram"], "blocked": True})
    world.pump()
    publish(an)
    an.says("tình hình gửi")
    assert "Chưa kết nối hoặc đã chặn Trợ lý: 1 người." in an.last
    world.control("POST", "block", {"person": lan.id, "bot": TOKENS["telegram"], "blocked": False})
    lan.says("xin chào")
    an.says("tình hình gửi")
    an.presses("Gửi lại người chưa nhận")
    world.pump()
    assert (papers(lan), papers(an)) == (1, 1)


def test_who_blocked_meanwhile_and_came_back_gets_it_once(world: World) -> None:
    an, lan = secretary(world, "zalo"), world.person("Trần Thị Lan")
    channel_pauses(world, "telegram", paused=True)
    publish(an)
    world.control("POST", "block", {"person": lan.id, "bot": TOKENS["telegram"], "blocked": True})
    channel_pauses(world, "telegram", paused=False)
    world.pump()
    assert an.sees("Không gửi được 1 người: 1 đã chặn hoặc xóa Trợ lý, 0 bị lỗi.")
    assert papers(lan) == 0
    world.control("POST", "block", {"person": lan.id, "bot": TOKENS["telegram"], "blocked": False})
    lan.says("xin chào")
    an.says("tình hình gửi")
    an.presses("Gửi lại người chưa nhận")
    assert an.sees("Đang gửi lại Văn bản 05-BC/CB cho 1 người")
    world.pump()
    assert (papers(lan), papers(an)) == (1, 1)
    an.says("tình hình gửi")
    assert "Đã gửi tới 2/2 người." in an.last
    assert "Gửi lại" not in an.last


def test_who_logs_in_later_gets_it_when_it_is_sent_again(world: World) -> None:
    an, mai = secretary(world, "zalo"), world.person("Phạm Thị Mai", linked=False)
    publish(an)
    mai.link()
    an.says("tình hình gửi")
    an.presses("Gửi lại người chưa nhận")
    world.pump()
    assert (papers(mai), papers(an)) == (1, 1)


@BOTH
def test_what_nobody_knows_is_sent_again_only_after_a_word_of_its_own(world: World, platform: str) -> None:
    other = "zalo" if platform == "telegram" else "telegram"
    an, lan = secretary(world, platform), world.person("Trần Thị Lan", platform=other)
    fault(world, other, "drop_after", times=1)
    publish(an)
    assert papers(lan) == 1  # it did arrive, but nobody knows
    assert "Chưa rõ đã tới hay chưa: 1 người" in an.last
    assert "người chưa nhận" not in [label for label, _ in an.chat()[-1]["buttons"]]
    an.presses("Gửi lại người chưa rõ")
    assert "có người sẽ nhận hai lần" in an.last
    assert papers(lan) == 1
    an.presses("Vẫn gửi lại")
    world.pump()
    assert papers(lan) == 2


def test_a_member_with_two_accounts_gets_it_once(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform="telegram")
    second = world.person("Tài khoản thứ hai", platform="zalo", linked=False)
    with world.database.transaction() as session:
        channel = session.exec(select(Channel).where(Channel.platform == "zalo")).one()
        session.add(
            Account(
                member_id=lan.member_id, channel_id=channel.id or 0, user_id=second.user_id, chat_id=second.user_id,
                linked_at=world.now, last_seen_at=world.now.replace(year=2025),
            )
        )  # fmt: skip
    publish(an)
    assert (papers(lan), papers(second)) == (1, 0)
    an.says("tình hình gửi")
    assert "Đã gửi tới 2/3 người." in an.last


def test_a_restart_in_the_middle_of_the_fan_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BATCH", 2)
    an = secretary(world)
    people = [world.person(f"Người {number}") for number in range(5)]
    channel_pauses(world, "telegram", paused=True)
    publish_without_pump(world, an)
    world.app.broadcaster.step()
    with world.database.reading() as session:
        assert len(list(session.exec(select(Delivery).where(Delivery.broadcast_id == 1)))) == 2
    world.restart()
    channel_pauses(world, "telegram", paused=False)
    world.pump()
    world.restart()
    world.pump()
    assert [papers(person) for person in people] == [1] * 5
    assert state(world) == BroadcastState.FINISHED


def publish_without_pump(world: World, an: Person) -> None:
    """The row that publishing makes, before anything has moved."""
    with world.database.transaction() as session:
        session.add(
            Broadcast(
                path=world.branch.path, about="x", text="MỜI ĐỒNG CHÍ ĐỌC", made_by=an.member_id, made_at=world.now
            )
        )


@BOTH
def test_only_who_leads_there_sees_and_steers(world: World, platform: str) -> None:
    an, lan = secretary(world, platform), world.person("Trần Thị Lan", platform=platform)
    place = world.add_branch("Chi bộ thôn 4", "AB-04")
    binh = world.person("Lê Văn Bình", roles=[RoleKind.SECRETARY], platform=platform, branch=place)
    officer = world.person("Phạm Cán Bộ", roles=[RoleKind.OFFICER], over=world.commune, platform=platform)
    publish(an)
    lan.says("tình hình gửi")
    assert "05-BC/CB: " not in lan.last
    binh.says("tình hình gửi")
    assert binh.last.startswith("Chưa có tin nào")
    officer.says("tình hình gửi")
    assert officer.last.startswith("Văn bản 05-BC/CB: đã gửi xong.")
    group = world.group([an, lan], platform=platform)
    an.mentions("/danggui", group)
    assert an.texts(group)[-1].startswith("Xin nhắn riêng")


def test_a_role_that_was_taken_away_steers_no_more(world: World) -> None:
    an = secretary(world)
    world.person("Trần Thị Lan", platform="zalo")
    channel_pauses(world, "zalo", paused=True)
    publish(an)
    an.says("/danggui")
    with world.database.transaction() as session:
        for role in session.exec(select(Role)):
            session.delete(role)
    an.presses("Tạm dừng")
    assert "đã tạm dừng" not in an.last.lower()
    assert state(world) == BroadcastState.QUEUED


def test_progress_is_one_edited_message_on_telegram_and_silence_on_zalo(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "MANY", 1)
    an, binh = secretary(world), world.person("Lê Văn Bình", roles=[RoleKind.SECRETARY], platform="zalo")
    channel_pauses(world, "zalo", paused=True)
    publish(an)
    world.later(seconds=6)
    shown = [text for text in an.texts() if text.startswith("Văn bản 05-BC/CB: ")]
    assert shown == ["Văn bản 05-BC/CB: đang gửi 1/2 tin.\nXem, tạm dừng, hủy: nhắn TÌNH HÌNH GỬI."]
    channel_pauses(world, "zalo", paused=False)
    world.later(seconds=6)
    shown = [text for text in an.texts() if text.startswith("Văn bản 05-BC/CB: ")]
    assert shown == ["Văn bản 05-BC/CB: đã gửi xong 2/2 tin."]
    assert not any("đang gửi" in text for text in binh.texts())


def test_after_downtime_an_invitation_to_a_meeting_that_began_is_dropped_with_one_note(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform="zalo")
    world.person("Lê Văn Bình", platform="zalo")
    channel_pauses(world, "zalo", paused=True)
    call(an, "hôm nay 19h30")
    an.forget()
    lan.forget()
    world.control("POST", "clock", {"set": "2026-11-25T20:00:00+07:00"})
    channel_pauses(world, "zalo", paused=False)
    world.restart()
    world.pump()
    assert not lan.new()
    world.sweep()
    world.sweep()
    assert not lan.new()
    assert [text for text in an.new() if "không gửi nữa" in text] == [
        "2 tin Giấy mời sinh hoạt chi bộ tháng 11 không gửi nữa vì Trợ lý bị gián đoạn và đã quá giờ."
    ]
    with world.database.reading() as session:
        dropped = list(session.exec(select(Delivery).where(Delivery.state == DeliveryState.DROPPED)))
    assert {row.error for row in dropped} == {"stale"}


def test_a_late_sweep_still_sends_the_reminder_that_is_useful(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform="zalo")
    call(an, "hôm nay 19h30")
    an.says("1")
    lan.forget()
    world.control("POST", "clock", {"set": "2026-11-25T19:00:00+07:00"})  # down at 17:30, up again at 19:00
    world.restart()
    world.sweep()
    assert sum("XIN NHẮC" in text for text in lan.new()) == 1
