"""The made-up branch of `sotay demo`: who can be played, its roster, and what has happened before one comes in.

Everything goes through real doors: the roster is imported, groups are connected and people log in by writing to the
bot in the sandbox.
"""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot import texts
from bot.channel_commands import new_channel
from bot.clock import SystemClock
from bot.flows.members.codes import make_code
from bot.flows.members.roster_apply import Options, import_file
from bot.flows.members.roster_plan import Scope
from bot.messages import Platform
from bot.settings import Settings
from bot.texts import t
from storage import members, organizations
from storage.db import Database

TOKENS = {Platform.ZALO: "620001:ban-tap-zalo", Platform.TELEGRAM: "610001:ban-tap-telegram"}
USERNAMES = {Platform.ZALO: "bot.TroLyChiBo", Platform.TELEGRAM: "tro_ly_chi_bo_bot"}
ROSTER = texts.FOLDER / "demo-roster.csv"
PATIENCE = 20.0
"""Seconds that the script waits for an answer of the bot."""


@dataclass(frozen=True, slots=True)
class Part:
    """One person who can be played. `logged_in`: on both platforms before one comes in."""

    key: str
    kind: str
    number: str
    logged_in: bool
    has_code: bool = False


CAST = (
    Part("hoa", "secretary", "066012345601", logged_in=True),
    Part("mai", "member", "066012345602", logged_in=True),
    Part("lan", "elderly", "066012345603", logged_in=False, has_code=True),
    Part("tuan", "member", "066012345604", logged_in=False),
    Part("ha", "volunteer", "066012345605", logged_in=True),
    Part("quan", "officer", "066012345606", logged_in=True),
)


class Control:
    """The sandbox's control calls."""

    def __init__(self, url: str) -> None:
        self.url = url

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One call, JSON in and out. OSError when the sandbox refuses or is away."""
        request = urllib.request.Request(  # noqa: S310 (always our own sandbox on loopback)
            f"{self.url}{path}",
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.load(answer)


def add_branch(database: Database, settings: Settings, url: str) -> dict[str, str]:
    """The commune, its branches out of the roster file, the two bots. Returns a login code by key of the cast."""
    now = SystemClock(settings.clock_file).now()
    with database.transaction() as session:
        for platform, token in TOKENS.items():
            session.add(new_channel(platform, f"{platform}-demo", token, base_url=f"{url}/{platform}"))
    scope = Scope(create=True, under="AB", under_name=t("demo.commune"))
    import_file(database, ROSTER, now, options=Options(scope=scope))
    codes = {}
    with database.transaction() as session:
        for part in CAST:
            member = members.by_number(session, part.number)
            if member is None:
                raise LookupError(part.key)
            organizations.get(session, member.organization_id).default_place = t("demo.place")
            if part.logged_in or part.has_code:
                codes[part.key] = make_code(session, member.id or 0, now=now, hours=settings.code_hours, made_by=None)
    return codes


class Stage:
    """The people of the cast in the sandbox, and what they do before one comes in."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._people: dict[str, str] = {}
        self._groups: dict[Platform, str] = {}

    def set_up(self, codes: dict[str, str]) -> None:
        """Bots, people and a group on each platform."""
        for platform, token in TOKENS.items():
            names = {"username": USERNAMES[platform], "display_name": t("demo.bot"), "can_join_groups": True}
            self._control.call("POST", "/control/bots", {"platform": platform, "token": token, **names})
        for part in CAST:
            name = t(f"demo.{part.key}")
            about = t(f"demo.{part.key}-about", number=part.number, code=codes.get(part.key, ""))
            person = {"name": name, "role": t(f"demo.{part.key}-role"), "about": about, "kind": part.kind}
            made = self._control.call("POST", "/control/people", {**person, "avatar": name.split()[-1][0]})
            self._people[part.key] = made["id"]
        for platform, token in TOKENS.items():
            people = [self._people[key] for key in ("hoa", "mai", "lan", "tuan", "ha")]
            body: dict[str, Any] = {"platform": platform, "title": t("demo.group"), "people": people, "bot": token}
            self._groups[platform] = str(self._control.call("POST", "/control/groups", body)["id"])

    def play(self, database: Database, settings: Settings, codes: dict[str, str]) -> None:
        """Whoever is logged in before one comes in logs in; the secretary connects the groups."""
        for part in CAST:
            if not part.logged_in:
                continue
            code = codes[part.key]
            for platform in reversed(TOKENS):  # Zalo last: things then reach people there, until they write elsewhere
                self._log_in(part, platform, code)
                code = self._new_code(database, settings, part)
        for platform in TOKENS:
            mention = f"@{t('demo.bot') if platform is Platform.ZALO else USERNAMES[platform]} "
            self._say("hoa", platform, f"{mention}/nhom", chat=self._groups[platform])

    @staticmethod
    def _new_code(database: Database, settings: Settings, part: Part) -> str:
        now = SystemClock(settings.clock_file).now()
        with database.transaction() as session:
            member = members.by_number(session, part.number)
            member_id = (member.id if member else None) or 0
            return make_code(session, member_id, now=now, hours=settings.code_hours, made_by=None)

    def _log_in(self, part: Part, platform: Platform, code: str) -> None:
        if platform is Platform.TELEGRAM:
            self._say(part.key, platform, "/start")
        for words in (t("demo.words-login"), part.number, code):
            self._say(part.key, platform, words)

    def _say(self, key: str, platform: Platform, text: str, *, chat: str = "private") -> None:
        """Write, and wait until the bot has answered there."""
        person, token = self._people[key], TOKENS[platform]
        where = f"platform={platform}&bot={token}&person={person}&chat={chat}"
        before = self._control.call("GET", f"/control/messages?{where}&after=0")["seq"]
        body = {"person": person, "platform": platform, "chat": chat, "bot": token, "text": text}
        self._control.call("POST", "/control/say", body)
        patience = time.monotonic() + PATIENCE
        while time.monotonic() < patience:
            found = self._control.call("GET", f"/control/messages?{where}&after={before}&wait=2")
            if any(message["from"] == "bot" for message in found["messages"]):
                return
            before = max([before, *(message["seq"] for message in found["messages"])])
        raise TimeoutError(f"{key} on {platform}: no answer to {text.partition(' ')[0]!r}")


def cards(codes: dict[str, str]) -> Iterator[str]:
    """One line per person of the cast, for the terminal."""
    for part in CAST:
        facts = [t("demo.number", number=part.number)]
        facts.append(t("demo.logged-in") if part.logged_in else t("demo.not-logged-in"))
        if part.key in codes and not part.logged_in:
            facts.append(t("demo.code", code=codes[part.key]))
        name = t(f"demo.{part.key}")
        yield t("demo.card", name=name, role=t(f"demo.{part.key}-role")) + "  (" + ", ".join(facts) + ")"
