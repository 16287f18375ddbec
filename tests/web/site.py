"""The web part on a free port, and phones that open its pages."""

from __future__ import annotations

import re
import socket
import threading

import httpx2
import uvicorn
from sqlmodel import Session, select

from bot.web.server import build_web
from storage import consents
from storage.consents import Consent, Decision, Purpose
from storage.documents import Document, Reading
from storage.members import RoleKind
from tests.world import Person, World

PHONE = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/92.0 Mobile Safari/537.36"


class Site:
    """The web part; `http` is a phone's browser without JavaScript that keeps its cookies."""

    def __init__(self, world: World, *, real_links: bool = False) -> None:
        """`real_links`: links lead here, so that others (a browser, Zalo's servers) can follow them; for a world whose
        bot does not run yet."""
        self.world = world
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        if real_links:
            world.settings = world.settings.model_copy(update={"public_url": self.url})
        self.server = uvicorn.Server(
            uvicorn.Config(build_web(world.app.web_parts()), log_level="error", lifespan="off")
        )
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]})
        self.thread.start()
        self._phones: list[httpx2.Client] = []
        self.http = self.phone()

    def phone(self) -> httpx2.Client:
        """Another browser."""
        made = httpx2.Client(base_url=self.url, headers={"user-agent": PHONE}, follow_redirects=True, timeout=30)
        self._phones.append(made)
        return made

    def paths(self, person: Person) -> list[str]:
        """The paths of all links in somebody's chat, oldest first."""
        return re.findall(r"http://127\.0\.0\.1:1(/d/\S+)", "\n".join(person.texts()))

    def path(self, person: Person) -> str:
        """The path of the newest link in somebody's chat."""
        links = self.paths(person)
        assert links, person.last
        return str(links[-1])

    def close(self) -> None:
        for phone in self._phones:
            phone.close()
        self.server.should_exit = True
        self.thread.join()


def publish(world: World, content: bytes, name: str, **shown: str) -> Person:
    """A paper from a secretary on Telegram, to a member on Zalo (who is returned)."""
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    lan = world.person("Trần Thị Lan", platform="zalo")
    an.sends(content, name, text="/vanban", **shown)
    if "bí mật nhà nước?" in an.last:
        an.presses("Xác nhận")
    if "XEM LẠI" in an.last:  # the paper told its number itself
        an.presses("Sửa thông tin")
        an.presses("Sửa trích yếu")
    else:
        an.says("21-NQ/TW ngày 16/6/2022")
    an.says("Về xây dựng <b>tổ chức</b> cơ sở đảng")
    an.presses("Gửi")
    return lan


def secretary(world: World) -> Person:
    """Who published."""
    return next(person for person in world.people.values() if person.name == "Nguyễn Văn An")


def reading(world: World, person: Person) -> Reading:
    """What somebody has to do with the one paper that there is."""
    with world.database.reading() as session:
        return session.exec(select(Reading).where(Reading.member_id == person.member_id)).one()


def change(world: World, **fields: object) -> None:
    """Change the one paper that there is."""
    with world.database.transaction() as session:
        paper = session.exec(select(Document)).one()
        for name, value in fields.items():
            setattr(paper, name, value)


def agree(world: World, person: Person, purpose: Purpose, decision: Decision = Decision.GIVEN) -> None:
    """Somebody has decided, the short way (the ways to it have scenarios of their own)."""
    with world.database.transaction() as session:
        _decide(session, person.member_id, purpose, decision, world)


def _decide(session: Session, member_id: int, purpose: Purpose, decision: Decision, world: World) -> None:
    row = Consent(
        member_id=member_id, purpose=purpose, decision=decision, text_version=1, at=world.now, how="chat"
    )  # fmt: skip
    assert consents.decide(session, row)
