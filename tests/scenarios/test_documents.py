"""A new document: from the secretary's file to everybody's receipt, on both platforms."""

from __future__ import annotations

import pytest
from sqlmodel import select

from storage import audit, documents
from storage.documents import Document, Reading
from storage.files import StoredFile
from storage.members import RoleKind
from tests.documents.papers import RESOLUTION, pdf, photo, with_macros, word
from tests.world import Person, World

TEXT = "Kính gửi các đồng chí đảng viên: chi bộ tổng vệ sinh đường làng sáng thứ Bảy, mỗi nhà một người."


def _secretary(world: World, platform: str = "telegram") -> Person:
    return world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)


def _publish(an: Person, number: str = "21-NQ/TW", summary: str = "Về xây dựng tổ chức cơ sở đảng") -> None:
    an.says(f"/vanban {TEXT}")
    an.says(number)
    an.says(summary)
    an.presses("Gửi")


def _readings(world: World) -> dict[int, str]:
    """Member id -> how, for those who have acknowledged; the publisher counts by publishing."""
    with world.database.reading() as session:
        rows = [row for row in session.exec(select(Reading)) if row.acknowledged_at]
    return {row.member_id: row.how for row in rows if row.how != "publisher"}


def _published(world: World) -> list[Document]:
    with world.database.reading() as session:
        return list(session.exec(select(Document).order_by(Document.id)))  # type: ignore[arg-type]


def test_a_pdf_goes_from_the_secretary_to_everybody(world: World) -> None:
    an = _secretary(world)
    lan = world.person("Trần Thị Lan", platform="telegram")
    hung = world.person("Lê Văn Hùng", platform="zalo")
    world.person("Phạm Thị Mai", linked=False)
    group = world.group([an, lan])
    an.sends(pdf(RESOLUTION), "scan.pdf", text="/vanban")
    assert "Nghị quyết 21-NQ/TW, ngày 16/06/2022" in an.last
    assert "Về tăng cường củng cố" in an.last
    assert "3/4 đảng viên và 1 nhóm; 1 chưa có tài khoản" in an.last
    assert "Gửi 1 tin Zalo. Gửi 3 tin Telegram." in an.last
    an.presses("Gửi")
    assert an.sees("Đã phát hành 21-NQ/TW tới 3 đồng chí và 1 nhóm")
    papers = [message for message in lan.chat() if message["file"]]
    assert [(m["file"]["name"], "MỜI ĐỒNG CHÍ ĐỌC: 21-NQ/TW" in m["text"]) for m in papers] == [("scan.pdf", True)]
    assert "/d/" not in papers[0]["text"]
    assert "MỜI ĐỒNG CHÍ ĐỌC: 21-NQ/TW" in hung.last
    assert "/d/" in hung.last
    assert "1 – Đã đọc" in hung.last
    assert next(text for text in lan.texts(group) if "21-NQ/TW" in text).startswith("VĂN BẢN MỚI")
    hung.says("1")
    lan.presses("Đã đọc")
    assert _readings(world) == {hung.member_id: "chat", lan.member_id: "chat"}
    assert "Đã ghi đồng chí đã đọc 21-NQ/TW" in hung.last


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_a_text_is_published_and_read(world: World, platform: str) -> None:
    an = _secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    an.says("/vanban")
    assert "Xin gửi" in an.last
    an.says(TEXT)
    an.presses("Không có số")
    an.says("Tổng vệ sinh đường làng")
    an.presses("Gửi")
    assert "mỗi nhà một người" in lan.last
    lan.says("da doc a")
    assert _readings(world) == {lan.member_id: "chat"}


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_photos_sent_one_after_the_other_become_one_paper(world: World, platform: str) -> None:
    an = _secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform="telegram")
    an.says("/vanban")
    an.sends(photo(200), "", mime="image/jpeg", shown="photo")
    assert "KHÔNG thuộc bí mật nhà nước" in an.last
    an.sends(photo(100), "", mime="image/jpeg", shown="photo")
    assert an.sees("Văn bản có 2 tệp, ảnh")
    an.presses("Xác nhận")
    an.says("12-TB/CB")
    an.says("Lịch sinh hoạt tháng 12")
    assert "2 trang ảnh" in an.last
    an.presses("Gửi")
    assert [m["file"]["name"] for m in lan.chat() if m["file"]] == ["12-TB-CB.pdf"]
    with world.database.reading() as session:
        acts = [(entry.act, entry.actor_id) for entry in session.exec(select(audit.AuditEntry))]
    assert ("document.confirmed", an.member_id) in acts


def test_a_page_after_the_confirmation_is_confirmed_again(world: World) -> None:
    an = _secretary(world)
    an.sends(photo(), "", mime="image/jpeg", shown="photo", text="/vanban")
    an.presses("Xác nhận")
    an.sends(photo(90), "", mime="image/jpeg", shown="photo")
    assert "KHÔNG thuộc bí mật nhà nước" in an.last


def test_a_file_without_a_command_is_asked_about(world: World) -> None:
    an = _secretary(world)
    an.sends(word(RESOLUTION), "nghi quyet.docx", mime="application/octet-stream")
    assert "Phát hành văn bản này cho Chi bộ thôn 3?" in an.last
    an.presses("Hủy")
    assert not _published(world)
    an.sends(word(RESOLUTION), "nghi quyet.docx", forward=True)
    an.says("1")
    assert "21-NQ/TW" in an.last


def test_a_members_file_is_nothing_to_publish(world: World) -> None:
    lan = world.person("Trần Thị Lan")
    lan.sends(word(RESOLUTION), "nghi quyet.docx")
    assert "Phát hành" not in lan.last
    lan.says("/vanban")
    assert "chỉ dành cho" in lan.last
    lan.says("/tinhhinh")
    assert "chỉ dành cho" in lan.last


@pytest.mark.parametrize("text", ["TỐI MẬT\n" + RESOLUTION, RESOLUTION + "\nĐộ mật: Mật"])
def test_a_secret_paper_is_refused_and_not_kept(world: World, text: str) -> None:
    an = _secretary(world)
    an.sends(pdf(text), "bao cao.pdf", text="/vanban")
    assert "Không nhận văn bản này" in an.last
    assert "NGHỊ QUYẾT" not in an.last
    an.says(f"/vanban {text}")
    assert "Không nhận văn bản này" in an.last
    with world.database.reading() as session:
        assert not list(session.exec(select(StoredFile)))
    assert not [path for path in (world.settings.data_dir / "files").rglob("*") if path.is_file()]
    assert not _published(world)


def test_an_internal_paper_waits_for_the_senders_word(world: World) -> None:
    an = _secretary(world)
    an.sends(pdf("LƯU HÀNH NỘI BỘ\n" + RESOLUTION), "noi bo.pdf", text="/vanban")
    assert "hạn chế phổ biến" in an.last
    an.says("ok")
    assert not _published(world)
    an.presses("Xác nhận")
    assert "21-NQ/TW" in an.last


def test_bad_files_are_refused_with_their_reason(world: World) -> None:
    an = _secretary(world)
    an.says("/vanban")
    an.sends(with_macros(word(RESOLUTION)), "x.docx")
    assert "lệnh tự chạy" in an.last
    an.sends(b"MZ" + bytes(200), "van ban.pdf")
    assert "là chương trình" in an.last
    an.sends(b"%PDF-1.7 broken" + bytes(200), "hong.pdf")
    assert "Tệp này hỏng" in an.last


def test_a_date_that_does_not_exist_is_refused(world: World) -> None:
    an = _secretary(world)
    an.says(f"/vanban {TEXT}")
    an.says("21-NQ/TW ngày 31/6/2022")
    assert "chỉ có 30 ngày" in an.last
    an.says("21- nq/tw ngày 16/6/2022")
    an.says("Về xây dựng tổ chức cơ sở đảng")
    assert "21-NQ/TW, ngày 16/06/2022" in an.last
    an.presses("Sửa thông tin")
    an.presses("Sửa số")
    an.says("21-NQ/TU")
    assert "21-NQ/TU" in an.last
    an.presses("Sửa thông tin")
    an.presses("Sửa trích yếu")
    an.says("Về công tác cán bộ")
    assert "Về công tác cán bộ" in an.last
    an.presses("Gửi")
    assert [(row.number, row.kind, row.summary) for row in _published(world)] == [
        ("21-NQ/TU", "NQ", "Về công tác cán bộ")
    ]


def test_an_officer_chooses_between_branch_and_commune(world: World) -> None:
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    minh = world.person("Đỗ Văn Minh", roles=[RoleKind.OFFICER], over=world.commune)
    lan = world.person("Trần Thị Lan", branch=other)
    minh.says(f"/vanban {TEXT}")
    minh.presses("Đảng ủy xã An Bình")
    minh.says("05-BC/ĐU")
    minh.says("Báo cáo quý IV năm 2026")
    assert "2 đảng viên" in minh.last
    minh.presses("Gửi")
    assert "05-BC/ĐU" in lan.last
    lan.says("đã đọc")
    minh.says("/tinhhinh")
    assert "Chi bộ thôn 5: 1/1 đã đọc" in minh.last
    assert "Trần Thị Lan" not in minh.last


def test_many_branches_are_one_press_further(world: World) -> None:
    minh = world.person("Đỗ Văn Minh", roles=[RoleKind.OFFICER], over=world.commune, branch=world.commune)
    for number in range(10, 19):
        home = world.add_branch(f"Chi bộ thôn {number}", f"AB-{number}")
        world.person(f"Vũ Thị {number}", branch=home, linked=False)
    minh.says(f"/vanban {TEXT}")
    minh.says("05-BC/ĐU")
    minh.says("Báo cáo quý IV năm 2026")
    minh.presses("Gửi")
    minh.says("/tinhhinh")
    assert minh.last.count("Chi bộ thôn") == 8
    assert "và 2 nơi khác" in minh.last
    minh.presses("Xem cả danh sách")
    assert minh.last.count("Chi bộ thôn") == 9


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_a_receipt_is_given_once_and_taken_back(world: World, platform: str) -> None:
    an, lan = _secretary(world), world.person("Trần Thị Lan", platform=platform)
    _publish(an)
    lan.says("chưa đọc")
    lan.says("ok")
    assert not _readings(world)
    lan.says("Đã đọc")
    first = lan.last
    lan.says("đã đọc rồi ạ")
    assert lan.last == first
    with world.database.reading() as session:
        assert len(list(session.exec(select(Reading).where(Reading.member_id == lan.member_id)))) == 1
    lan.presses("Sai")
    assert "Đã bỏ ghi nhận" in lan.last
    assert not _readings(world)


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_with_several_unread_the_words_ask_which(world: World, platform: str) -> None:
    an, lan = _secretary(world), world.person("Trần Thị Lan", platform=platform)
    _publish(an, "21-NQ/TW", "Về tổ chức cơ sở đảng")
    _publish(an, "05-BC/CB", "Báo cáo tháng 11")
    _publish(an, "07-KH/CB", "Kế hoạch tháng 12")
    lan.says("đã đọc")
    assert "Đồng chí đã đọc văn bản nào?" in lan.last
    assert not _readings(world)
    lan.presses("21-NQ/TW")
    assert "đã đọc 21-NQ/TW" in lan.last
    lan.says("da doc bc 5")
    assert "đã đọc 05-BC/CB" in lan.last
    _publish(an, "08-KH/CB", "Kế hoạch tháng 1")
    lan.says("đã đọc hết rồi")
    lan.presses("Tất cả")
    assert "08-KH/CB, 07-KH/CB" in lan.last
    with world.database.reading() as session:
        assert not documents.unread(session, lan.member_id)


def test_a_reply_counts_for_its_own_document(world: World) -> None:
    an, lan = _secretary(world), world.person("Trần Thị Lan")
    _publish(an, "21-NQ/TW")
    first = next(m["message_id"] for m in lan.chat() if "21-NQ/TW" in (m["text"] or ""))
    _publish(an, "05-BC/CB")
    lan.says("đã đọc", reply_to=first)
    assert "đã đọc 21-NQ/TW" in lan.last


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_read_in_the_group_counts_and_disturbs_nobody(world: World, platform: str) -> None:
    an, lan = _secretary(world), world.person("Trần Thị Lan", platform=platform)
    group = world.group([an, lan] if platform == "telegram" else [lan], platform=platform)
    _publish(an)
    before = lan.texts(group)
    lan.mentions("đã đọc", group)
    assert lan.texts(group) == before
    assert _readings(world) == {lan.member_id: "chat"}
    assert "Đã ghi đồng chí đã đọc 21-NQ/TW" in lan.last


def test_the_secretary_sees_names_in_private_and_the_group_only_counts(world: World) -> None:
    an, lan = _secretary(world), world.person("Trần Thị Lan")
    world.person("Lê Văn Hùng")
    world.person("Phạm Thị Mai", linked=False)
    world.person("Vũ Thị Tơ", has_phone=False)
    group = world.group([an, lan])
    _publish(an)
    lan.says("đã đọc")
    an.says("/tinhhinh")
    assert "Đã đọc 2/5; chưa đọc 1; không tự nhận được 2." in an.last
    assert "CHƯA ĐỌC: Lê Văn Hùng" in an.last
    assert "Phạm Thị Mai; Vũ Thị Tơ" in an.last
    an.forget()
    an.mentions("/tinhhinh", group)
    assert lan.texts(group)[-1] == "21-NQ/TW: 2/5 đồng chí đã báo đọc."
    assert an.sees("CHƯA ĐỌC")
    lan.mentions("/tinhhinh", group)
    assert "Hùng" not in lan.texts(group)[-1]


def test_a_long_list_of_names_is_one_press_further(world: World) -> None:
    an = _secretary(world)
    for letter in "ABCDEGHIKL":
        world.person(f"Vũ Thị {letter}", has_phone=False, linked=False)
    _publish(an)
    an.says("/tinhhinh")
    assert "KHÔNG CÓ MÁY HOẶC CHƯA ĐĂNG NHẬP: Vũ Thị A; " in an.last
    assert "Vũ Thị I; và 2 đồng chí nữa" in an.last
    assert "Vũ Thị L" not in an.last
    an.presses("Xem cả danh sách")
    assert "KHÔNG CÓ MÁY HOẶC CHƯA ĐĂNG NHẬP: 10\n1. Vũ Thị A\n" in an.last
    assert "\n10. Vũ Thị L" in an.last
    assert [label for label, _ in an.chat()[-1]["buttons"]] == ["Ghi hộ"]


def test_the_unread_are_reminded_once_a_day_and_not_at_night(world: World) -> None:
    an, lan = _secretary(world), world.person("Trần Thị Lan", platform="zalo")
    hung = world.person("Lê Văn Hùng")
    _publish(an)
    hung.says("đã đọc")
    world.at("2026-11-25T22:00:00+07:00")
    an.says("/tinhhinh")
    an.presses("Nhắc")
    assert "6 giờ 30, thứ Năm, ngày 26/11/2026" in an.last
    assert not lan.sees("XIN NHẮC")
    world.at("2026-11-26T06:31:00+07:00")
    assert "XIN NHẮC ĐỒNG CHÍ ĐỌC: 21-NQ/TW" in lan.last
    assert not hung.sees("XIN NHẮC")
    an.says("/tinhhinh NQ 21")
    an.presses("Nhắc")
    assert "Hôm nay đã nhắc rồi" in an.last
    assert sum("XIN NHẮC" in text for text in lan.texts()) == 1
    world.later(days=1, hours=3)
    an.says("/tinhhinh NQ 21")
    an.presses("Nhắc")
    assert sum("XIN NHẮC" in text for text in lan.texts()) == 2


def test_the_secretary_records_for_a_member_without_a_phone(world: World) -> None:
    an = _secretary(world)
    to = world.person("Vũ Thị Tơ", has_phone=False, linked=False)
    world.person("Lê Văn Hùng")
    _publish(an)
    an.says("/tinhhinh")
    an.presses("Ghi hộ")
    an.presses("Vũ Thị Tơ")
    assert "Đã ghi hộ: đồng chí Vũ Thị Tơ" in an.last
    assert _readings(world) == {to.member_id: "recorded"}
    an.says("/tinhhinh")
    assert "Vũ Thị Tơ (ghi hộ)" in an.last
    an.presses("Ghi hộ")
    an.presses("Lê Văn Hùng")
    an.presses("ghi nhầm tên")
    assert _readings(world) == {to.member_id: "recorded"}


def test_who_logs_in_later_finds_it_under_new_documents(world: World) -> None:
    an = _secretary(world)
    mai = world.person("Phạm Thị Mai", platform="zalo", linked=False)
    _publish(an)
    mai.link()
    mai.says("văn bản mới")
    assert "(chưa đọc) 21-NQ/TW" in mai.last
    mai.says("1")
    assert "Trích yếu" in mai.last
    mai.says("1")
    assert _readings(world) == {mai.member_id: "chat"}
    mai.says("/nghiquyet")
    assert "1 – 21-NQ/TW" in mai.last
    world.later(days=31)
    mai.says("văn bản mới")
    assert "chưa có văn bản mới" in mai.last
    mai.says("/tim nghi quyet so 21")
    assert "Trích yếu" in mai.last


def test_another_branch_sees_nothing_of_it(world: World) -> None:
    an = _secretary(world)
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    lan = world.person("Trần Thị Lan", branch=other, roles=[RoleKind.SECRETARY])
    _publish(an)
    for words in ("văn bản mới", "/tim 21-NQ/TW", "/tinhhinh", "đã đọc 21-NQ/TW"):
        lan.says(words)
        assert "xây dựng tổ chức" not in lan.last
        assert "MỜI" not in lan.last
    assert not _readings(world)


def test_a_withdrawn_document_needs_no_reading(world: World) -> None:
    an, lan = _secretary(world), world.person("Trần Thị Lan")
    _publish(an)
    an.says("/thuhoi NQ 21")
    an.presses("21-NQ/TW")
    assert "Đã thu hồi 21-NQ/TW" in an.last
    lan.presses("Đã đọc")
    assert "đã được thu hồi" in lan.last
    lan.says("văn bản mới")
    assert "chưa có văn bản mới" in lan.last
    assert not _readings(world)


def test_the_cost_shows_what_is_left_of_the_months_quota(world: World) -> None:
    with world.database.transaction() as session:
        for channel in session.exec(select(documents.Channel).where(documents.Channel.platform == "zalo")):
            channel.monthly_quota = 3000
    an = _secretary(world, "zalo")
    an.says(f"/vanban {TEXT}")
    an.says("21-NQ/TW")
    an.says("Về xây dựng tổ chức cơ sở đảng")
    assert "Gửi 1 tin Zalo, tháng này còn 2.99" in an.last


def test_a_restart_between_two_steps_loses_nothing(world: World) -> None:
    an, lan = _secretary(world), world.person("Trần Thị Lan")
    an.sends(pdf(RESOLUTION), "scan.pdf", text="/vanban")
    world.restart()
    an.presses("Sửa thông tin")
    world.restart()
    an.presses("Xong, xem lại")
    an.presses("Gửi")
    an.presses("Gửi")
    assert len(_published(world)) == 1
    assert sum("MỜI ĐỒNG CHÍ" in text for text in lan.texts()) == 1
