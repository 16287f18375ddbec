"""Listening to a paper: asked for, made by the job, sent in parts; or read aloud by the secretary."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx2
import pytest
import uvicorn
from sqlmodel import select

from bot.flows.documents.numbers import number_key
from bot.messages import Platform
from bot.speech import sounds
from bot.speech.numerals import in_words
from bot.speech.voices import Sound, SpeechTrouble
from bot.web.server import build_web
from storage import audios, documents, library, organizations
from storage.audios import AudioEdition, AudioPart
from storage.channels import Channel
from storage.documents import LISTED, Document, DocumentState
from storage.files import StoredFile
from storage.members import Account, Member, RoleKind, Status
from storage.organizations import Organization
from storage.outbox import Delivery
from tests.world import Person, World

SHORT = "Chi bộ thống nhất mỗi tháng tổng vệ sinh đường làng một lần vào sáng thứ Bảy, mỗi nhà một người."
LONG = "\n".join(f"{number}. Chi bộ bàn việc thứ {number}. " + "Mọi người góp ý kiến. " * 20 for number in range(1, 50))


class Voice:
    """A narrator that makes up sound at once, and can break."""

    def __init__(self) -> None:
        self.name = "giả:150"
        self.pace = 62.0
        self.said: list[str] = []
        self.trouble: list[str] = []
        self.pieces = [30.0, 40.0]

    def _sound(self, seconds: float, text: str) -> Sound:
        body = text.encode()
        return Sound(seconds, b"OggS" + body, b"\xff\xf1" + body, b"\0\0\0\x20ftypM4A " + body)

    def _break(self) -> None:
        if self.trouble:
            raise SpeechTrouble(self.trouble.pop(0))

    def speak(self, text: str) -> Sound:
        self._break()
        self.said.append(text)
        return self._sound(len(text) / 1000 * self.pace, f"{len(self.said)} {text}")

    def measure(self, text: str) -> float:
        self._break()
        return len(text) / 1000 * 62.0

    def cut(self, recordings: Sequence[Path]) -> list[Sound]:
        self._break()
        return [self._sound(length, f"{path.read_bytes()!r}{length}") for path in recordings for length in self.pieces]

    def stop(self) -> None:
        pass


@pytest.fixture
def voice(world: World, monkeypatch: pytest.MonkeyPatch) -> Voice:
    made = Voice()
    monkeypatch.setattr("bot.app.narrator_of", lambda _settings: made)
    return made


@pytest.fixture
def site(world: World) -> Iterator[httpx2.Client]:
    """The web part where the bot's addresses lead to."""
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    world.settings = world.settings.model_copy(update={"public_url": url})
    server = uvicorn.Server(uvicorn.Config(build_web(world.app.web_parts()), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    with httpx2.Client(base_url=url, timeout=30) as http:
        yield http
    server.should_exit = True
    thread.join()


def paper(
    world: World, body: str = SHORT, *, number: str = "05-NQ/CB", organization: Organization | None = None,
    **fields: object,
) -> int:  # fmt: skip
    """A published paper of the branch (publishing has scenarios of its own)."""
    top = organization or world.branch
    with world.database.transaction() as session:
        made = Document(
            organization_id=top.id or 0, number=number, summary="Về vệ sinh môi trường", body=body,
            state=DocumentState.PUBLISHED, created_at=world.now, published_at=world.now,
            number_key=number_key(number), **fields,
        )  # fmt: skip
        document_id = documents.add(session, made, [])
        library.put(session, document_id, body)
        documents.enroll(session, document_id, organizations.get(session, top.id or 0).path)
        return document_id


def heard(person: Person) -> list[str]:
    """Captions (Telegram) or types (Zalo) of the voice messages that somebody got."""
    return [m["text"] or m["file"]["kind"] for m in person.chat() if m["file"] and m["file"]["kind"] == "voice"]


def parts(world: World, document_id: int) -> list[AudioPart]:
    with world.database.reading() as session:
        return audios.parts(session, document_id)


def edition(world: World, document_id: int) -> AudioEdition:
    with world.database.reading() as session:
        found = audios.edition(session, document_id)
    assert found is not None
    return found


# --- asking and getting ----------------------------------------------------------------------------------------------
def test_asked_for_on_telegram_and_sent_when_it_is_ready(world: World, voice: Voice) -> None:
    lan = world.person("Trần Thị Lan")
    document_id = paper(world)
    lan.says("đọc cho tôi nghe")
    lan.presses("05-NQ/CB")
    assert "đang được chuẩn bị" in lan.last
    assert heard(lan) == []
    world.sweep()
    assert heard(lan) == ["05-NQ/CB (11 giây)"] or heard(lan)[0].startswith("05-NQ/CB (")
    assert voice.said[0].startswith("năm, nghị quyết, chi bộ. Về vệ sinh môi trường.\nChi bộ thống nhất")
    assert voice.said[0].endswith("Hết văn bản.")
    lan.presses("Đã nghe xong")
    with world.database.reading() as session:
        row = documents.reading(session, document_id, lan.member_id)
    assert row is not None
    assert row.acknowledged_at is not None
    lan.forget()
    lan.says("/nghe 05-NQ/CB")
    assert len(heard(lan)) == 2, "the second time it is there at once"
    assert voice.said[1:] == []


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_offered_with_the_letter_itself(world: World, voice: Voice, platform: str) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    an.says(f"/vanban {SHORT}")
    an.says("05-NQ/CB")
    an.says("Về vệ sinh môi trường")
    an.presses("Gửi")
    lan.presses("Nghe đọc")
    assert "đang được chuẩn bị" in lan.last
    world.sweep()
    assert "Đã nghe xong" in (lan.last if platform == "zalo" else str(lan.chat()[-1]["buttons"]))
    assert len(voice.said) == 1


def test_zalo_plays_one_part_at_a_press(world: World, voice: Voice, site: httpx2.Client) -> None:
    hung = world.person("Lê Văn Hùng", platform="zalo")
    document_id = paper(world, LONG)
    hung.says("nghe văn bản")
    hung.presses("05-NQ/CB")
    world.sweep()
    total = len(parts(world, document_id))
    assert total > 4
    assert heard(hung) == ["voice"]
    assert f"Phần 1 trên {total} – 05-NQ/CB" in hung.last
    assert "/d/" in hung.last
    hung.presses(f"Nghe tiếp phần 2 trên {total}")
    assert heard(hung) == ["voice", "voice"]
    played = [m["file"]["url"] for m in hung.chat() if m["file"]]
    sound = httpx2.get(world.sandbox.url + played[1]).content
    assert sound.startswith(b"\xff\xf1")
    assert "Phần hai trên" in sound.decode(errors="ignore")
    with world.database.reading() as session:
        used = session.exec(select(Channel).where(Channel.platform == Platform.ZALO)).one()
    assert used.id


def test_zalo_gets_the_address_when_it_cannot_fetch(world: World, voice: Voice) -> None:
    hung = world.person("Lê Văn Hùng", platform="zalo")
    paper(world)
    hung.says("nghe")
    hung.presses("05-NQ/CB")
    world.sweep()
    assert heard(hung) == []
    assert any(re.fullmatch(r"http://127\.0\.0\.1:1/nghe/\S+/1\.aac", text) for text in hung.texts())
    assert "Đã nghe xong" in hung.last


def test_telegram_gets_a_few_parts_at_once_in_order(world: World, voice: Voice) -> None:
    lan = world.person("Trần Thị Lan")
    document_id = paper(world, LONG)
    lan.says("/nghe")
    lan.presses("05-NQ/CB")
    world.sweep()
    total = len(parts(world, document_id))
    assert [caption.partition(" –")[0] for caption in heard(lan)] == [f"Phần {n} trên {total}" for n in (1, 2, 3, 4)]
    lan.presses("Nghe tiếp phần 5")
    assert len(heard(lan)) == min(8, total)
    assert all(part.seconds < 300 for part in parts(world, document_id))
    assert [said.split(".")[0] for said in voice.said][:2] == [
        f"Phần một trên {in_words(total)}",
        f"Phần hai trên {in_words(total)}",
    ]


def test_everyone_who_waits_is_told_once_also_after_a_restart(world: World, voice: Voice) -> None:
    lan = world.person("Trần Thị Lan")
    hung = world.person("Lê Văn Hùng")
    paper(world)
    for person in (lan, hung, lan):
        person.says("nghe")
        person.presses("05-NQ/CB")
    world.restart()
    world.sweep()
    world.restart()
    world.sweep()
    world.later(hours=1)
    assert (len(heard(lan)), len(heard(hung)), len(voice.said)) == (1, 1, 1)


def test_in_a_group_there_is_no_sound(world: World, voice: Voice) -> None:
    lan = world.person("Trần Thị Lan")
    group = world.group([lan])
    paper(world)
    lan.mentions("/nghe", group)
    assert "nhắn riêng" in lan.texts(group)[-1]
    world.sweep()
    assert [m for m in lan.chat(group) if m["file"]] == []
    assert voice.said == []


def test_a_paper_that_is_not_theirs_is_not_spoken_to_anybody(world: World, voice: Voice, site: httpx2.Client) -> None:
    lan = world.person("Trần Thị Lan")
    mai = world.person("Phạm Thị Mai", branch=world.add_branch("Chi bộ thôn 4", "AB-04"))
    document_id = paper(world)
    lan.says("nghe")
    lan.presses("05-NQ/CB")
    world.sweep()
    mai.says("nghe")
    assert "Chưa có văn bản nào" in mai.last
    assert mai.new() != []
    assert parts(world, document_id)


# --- what goes wrong -------------------------------------------------------------------------------------------------
def test_a_broken_voice_is_tried_again_and_then_given_up(world: World, voice: Voice) -> None:
    lan = world.person("Trần Thị Lan")
    document_id = paper(world)
    voice.trouble = ["crashed"] * 20
    lan.says("nghe")
    lan.presses("05-NQ/CB")
    lan.forget()
    world.sweep()
    assert (edition(world, document_id).tries, lan.new()) == (1, [])
    world.sweep()
    assert edition(world, document_id).tries == 1, "not before the pause is over"
    for hours in (1, 2, 3):
        world.later(hours=hours)
    assert edition(world, document_id).state == "failed"
    assert [text for text in lan.new() if "Chưa làm được bản nghe của 05-NQ/CB" in text] == lan.new()
    assert len(lan.new()) == 1
    voice.trouble = []
    lan.says("/nghe 05-NQ/CB")
    world.sweep()
    assert len(heard(lan)) == 1, "asked for again it is tried again"


def test_other_jobs_go_on_when_the_voice_is_broken(world: World, voice: Voice) -> None:
    lan = world.person("Trần Thị Lan")
    paper(world)
    paper(world, number="06-NQ/CB")
    for number in ("05-NQ/CB", "06-NQ/CB"):
        lan.says(f"/nghe {number}")
    voice.trouble = ["too-slow"]
    world.sweep()
    assert len(voice.said) == 1, "the next paper is made in the same run"


def test_a_scan_says_so_and_is_not_tried_for_ever(world: World, voice: Voice) -> None:
    lan = world.person("Trần Thị Lan")
    document_id = paper(world, body="")
    lan.says("nghe")
    lan.presses("05-NQ/CB")
    world.sweep()
    for hours in (1, 2, 3):
        world.later(hours=hours)
    assert "bản quét, không có chữ" in lan.last
    assert (edition(world, document_id).state, voice.said) == ("failed", [])


def test_work_goes_on_where_it_stopped(world: World, voice: Voice) -> None:
    lan = world.person("Trần Thị Lan")
    document_id = paper(world, LONG)
    lan.says("nghe")
    lan.presses("05-NQ/CB")
    speak = voice.speak

    def once_then_stop(text: str) -> Sound:
        if len(voice.said) == 2:
            raise SpeechTrouble("stopped")
        return speak(text)

    voice.speak = once_then_stop  # type: ignore[method-assign]
    world.sweep()
    assert (len(voice.said), parts(world, document_id), heard(lan)) == (2, [], [])
    assert edition(world, document_id).tries == 0, "a restart is no failure"
    world.restart()
    voice.speak = speak  # type: ignore[method-assign]
    world.sweep()
    assert len(voice.said) == len(set(voice.said)) == edition(world, document_id).total
    assert [part.position for part in parts(world, document_id)] == list(range(1, len(voice.said) + 1))


def test_another_voice_begins_anew(world: World, voice: Voice) -> None:
    lan = world.person("Trần Thị Lan")
    document_id = paper(world, LONG)
    lan.says("nghe")
    lan.presses("05-NQ/CB")
    speak = voice.speak

    def once(text: str) -> Sound:
        if voice.said:
            raise SpeechTrouble("stopped")
        return speak(text)

    voice.speak = once  # type: ignore[method-assign]
    world.sweep()
    voice.speak, voice.name = speak, "khác:150"  # type: ignore[method-assign]
    world.restart()
    world.sweep()
    assert len(voice.said) == edition(world, document_id).total + 1


def test_a_part_that_comes_out_too_long_is_planned_anew(world: World, voice: Voice) -> None:
    lan = world.person("Trần Thị Lan")
    document_id = paper(world, LONG)
    voice.pace = 90.0
    lan.says("nghe")
    lan.presses("05-NQ/CB")
    world.sweep()
    made = parts(world, document_id)
    assert made
    assert max(part.seconds for part in made) < 300


def test_nothing_is_spoken_when_it_is_switched_off(world: World, voice: Voice) -> None:
    world.settings = world.settings.model_copy(update={"speech": "off"})
    lan = world.person("Trần Thị Lan")
    paper(world)
    lan.says("nghe")
    assert "Chưa có văn bản nào để nghe" in lan.last
    lan.says("/nghe 05-NQ/CB")
    assert "chưa có bản nghe" in lan.last
    world.sweep()
    assert voice.said == []


def test_a_paper_that_was_withdrawn_meanwhile_is_not_sent(world: World, voice: Voice) -> None:
    lan = world.person("Trần Thị Lan")
    document_id = paper(world)
    lan.says("nghe")
    lan.presses("05-NQ/CB")
    with world.database.transaction() as session:
        documents.get(session, document_id).state = DocumentState.WITHDRAWN
    world.sweep()
    assert (voice.said, heard(lan)) == ([], [])


# --- a person's voice ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_the_secretary_reads_it_aloud(world: World, voice: Voice, platform: str) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
    lan = world.person("Trần Thị Lan")
    document_id = paper(world)
    an.says("/tim 05-NQ/CB")
    an.presses("Gắn bản đọc")
    assert "bằng tin nhắn thoại" in an.last
    an.sends(b"OggS doan mot" if platform == "telegram" else _aac(), "a", mime="audio/ogg", shown="voice")
    assert "Gắn 1 đoạn ghi âm này" in an.last
    assert "Mọi người nhận văn bản sẽ nghe được giọng này" in an.last
    an.presses("Tôi gửi thêm đoạn")
    an.sends(b"OggS doan hai" if platform == "telegram" else _aac(), "b", mime="audio/ogg", shown="voice")
    assert "Gắn 2 đoạn" in an.last
    with world.database.reading() as session:
        assert audios.edition(session, document_id) is None, "nothing happens before the yes"
    an.presses("Gắn")
    assert "Đã nhận bản đọc" in an.last
    world.sweep()
    assert "Đã gắn bản đọc cho 05-NQ/CB: 4 phần, 2 phút 20 giây" in an.last
    lan.says("nghe")
    lan.presses("05-NQ/CB")
    assert len(heard(lan)) == 4
    assert voice.said == []
    assert {part.origin for part in parts(world, document_id)} == {"recorded"}


def _aac() -> bytes:
    """A few empty ADTS frames, as Zalo's own voice messages are."""
    return b"\xff\xf1\x60\x40\x01\x7f\xfc\x00\x00\x00\x00" * 8


def test_a_voice_message_as_a_reply_to_the_paper(world: World, voice: Voice) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    document_id = paper(world)
    an.says("/tim 05-NQ/CB")
    shown = an.chat()[-1]["message_id"]
    file = {"name": "a.ogg", "mime": "audio/ogg", "base64": "T2dnUyBiYW4gZG9j", "as": "voice"}
    an._say({"file": file, "reply_to": shown}, None)
    assert "Gắn 1 đoạn ghi âm này làm bản đọc của 05-NQ/CB?" in an.last
    an.presses("Gắn")
    world.sweep()
    assert [part.origin for part in parts(world, document_id)] == ["recorded"] * 2


def test_only_who_leads_may_attach(world: World, voice: Voice) -> None:
    lan = world.person("Trần Thị Lan")
    paper(world)
    lan.says("/tim 05-NQ/CB")
    assert all("Gắn bản đọc" not in label for m in lan.chat() for label, _ in m["buttons"])
    file = {"name": "a.ogg", "mime": "audio/ogg", "base64": "T2dnUyBiYW4gZG9j", "as": "voice"}
    lan._say({"file": file, "reply_to": lan.chat()[-1]["message_id"]}, None)
    assert "Gắn 1 đoạn" not in lan.last


def test_a_branch_does_not_speak_for_the_committee(world: World, voice: Voice) -> None:
    """A secretary reads the commune's papers and may not lend them a voice."""
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    document_id = paper(world, organization=world.commune)
    an.says("/tim 05-NQ/CB")
    assert all("Gắn bản đọc" not in label for m in an.chat() for label, _ in m["buttons"])
    file = {"name": "a.ogg", "mime": "audio/ogg", "base64": "T2dnUyBiYW4gZG9j", "as": "voice"}
    an._say({"file": file, "reply_to": an.chat()[-1]["message_id"]}, None)
    assert "Việc này chỉ dành cho người được giao" in an.last
    with world.database.reading() as session:
        assert audios.edition(session, document_id) is None


def test_a_recording_that_comes_while_the_machine_speaks_wins(world: World, voice: Voice) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    lan = world.person("Trần Thị Lan")
    document_id = paper(world)
    an.says("/tim 05-NQ/CB")
    an.presses("Gắn bản đọc")
    an.sends(b"OggS ban doc", "a.ogg", mime="audio/ogg", shown="voice")
    lan.says("nghe")
    lan.presses("05-NQ/CB")
    speak = voice.speak

    def speak_while_it_comes(text: str) -> Sound:
        with world.database.transaction() as session:
            (file_id,) = (each.id or 0 for each in session.exec(select(StoredFile)))
            audios.attach(session, document_id, [file_id], by=an.member_id, at=world.now)
        return speak(text)

    voice.speak = speak_while_it_comes  # type: ignore[method-assign]
    world.sweep()
    assert [part.origin for part in parts(world, document_id)] == ["recorded"] * 2
    assert [caption.partition(" –")[0] for caption in heard(lan)] == ["Phần 1 trên 2", "Phần 2 trên 2"]


def test_what_is_no_recording_is_said_to_be_none(world: World, voice: Voice) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    document_id = paper(world)
    an.says("/tim 05-NQ/CB")
    an.presses("Gắn bản đọc")
    an.sends(b"%PDF-1.4 khong phai tieng", "a.mp3", mime="audio/mpeg", shown="audio")
    assert "chưa phải đoạn ghi âm" in an.last
    an.sends(b"OggS", "a.ogg", mime="audio/ogg", shown="voice")
    an.presses("Gắn")
    voice.trouble = ["unplayable"]
    an.forget()
    world.sweep()
    assert "Không mở được đoạn ghi âm của 05-NQ/CB" in an.last
    assert edition(world, document_id).state == "failed"


def test_a_recording_is_replaced_or_taken_away(world: World, voice: Voice) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    document_id = paper(world)
    for _ in range(2):
        an.says("/tim 05-NQ/CB")
        an.presses("Gắn bản đọc")
        if "đã có bản đọc" in an.last:
            an.presses("Ghi lại từ đầu")
        an.sends(b"OggS ban doc", "a.ogg", mime="audio/ogg", shown="voice")
        an.presses("Gắn")
        world.sweep()
    assert len(parts(world, document_id)) == 2
    an.says("/tim 05-NQ/CB")
    an.presses("Gắn bản đọc")
    an.presses("Bỏ bản đọc")
    assert parts(world, document_id) == []


def test_on_zalo_a_file_gets_a_clear_answer(world: World, voice: Voice) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform="zalo")
    paper(world)
    an.says("/tim 05-NQ/CB")
    an.presses("Gắn bản đọc")
    an.sends(b"ID3", "a.mp3", mime="audio/mpeg", shown="document")
    assert "bấm giữ micrô" in an.last


# --- the addresses ---------------------------------------------------------------------------------------------------
def address(world: World, voice: Voice, person: Person) -> str:
    person.says("nghe")
    person.presses("05-NQ/CB")
    world.sweep()
    with world.database.reading() as session:
        links = [row.link for row in session.exec(select(Delivery)) if "/nghe/" in row.link]
    return links[-1].partition("/nghe/")[1] + links[-1].partition("/nghe/")[2]


def test_players_can_seek_by_ranges(world: World, voice: Voice, site: httpx2.Client) -> None:
    hung = world.person("Lê Văn Hùng", platform="zalo")
    paper(world)
    path = address(world, voice, hung)
    whole = site.get(path)
    assert (whole.status_code, whole.headers["content-type"]) == (200, "audio/aac")
    piece = site.get(path, headers={"Range": "bytes=2-5"})
    assert (piece.status_code, piece.content) == (206, whole.content[2:6])
    assert piece.headers["content-range"] == f"bytes 2-5/{len(whole.content)}"
    assert site.get(path.replace("1.aac", "1.m4a")).headers["content-type"] == "audio/mp4"


def test_an_address_of_sound_opens_nothing_else_and_dies(world: World, voice: Voice, site: httpx2.Client) -> None:
    hung = world.person("Lê Văn Hùng", platform="zalo")
    document_id = paper(world, audience=LISTED)
    path = address(world, voice, hung)
    token = path.split("/")[2]
    assert site.get(f"/d/{token}").status_code == 404, "no page by a sound's address"
    page = re.search(r"/d/(\S+)", "\n".join(hung.texts()))
    assert page is None or site.get(f"/nghe/{page[1]}/1.aac").status_code == 404
    gone = [
        path.replace("1.aac", "2.aac"),
        path.replace("1.aac", "1.ogg"),
        f"/nghe/{token[:-2]}AA/1.aac",
        "/nghe/x/1.aac",
    ]
    assert [site.get(each).status_code for each in gone] == [404] * 4
    with world.database.transaction() as session:
        documents.get(session, document_id).state = DocumentState.WITHDRAWN
    assert site.get(path).status_code == 404
    with world.database.transaction() as session:
        documents.get(session, document_id).state = DocumentState.PUBLISHED
    assert site.get(path).status_code == 200
    with world.database.transaction() as session:
        account = session.exec(select(Account).where(Account.member_id == hung.member_id)).one()
        account.unlinked_at = world.now
    assert site.get(path).status_code == 404, "an account that was unlinked hears nothing more"
    with world.database.transaction() as session:
        session.exec(select(Account).where(Account.member_id == hung.member_id)).one().unlinked_at = None
        session.get_one(Member, hung.member_id).status = Status.LEFT
    assert site.get(path).status_code == 404


def test_an_address_is_old_one_day(world: World, voice: Voice, site: httpx2.Client) -> None:
    hung = world.person("Lê Văn Hùng", platform="zalo")
    paper(world)
    path = address(world, voice, hung)
    world.later(days=world.settings.link_days + 1)
    assert site.get(path).status_code == 404


# --- the real voice, once --------------------------------------------------------------------------------------------
def test_a_real_voice_from_asking_to_hearing(world: World) -> None:
    lan = world.person("Trần Thị Lan")
    document_id = paper(world)
    lan.says("nghe")
    lan.presses("05-NQ/CB")
    world.sweep()
    (message,) = [m for m in lan.chat() if m["file"]]
    samples = sounds.decode(httpx2.get(world.sandbox.url + message["file"]["url"]).content, longest=60)
    (part,) = parts(world, document_id)
    assert sounds.peak(samples) > 0.1
    assert 5 < part.seconds < 30
    assert abs(sounds.seconds(samples) - part.seconds) < 0.3
