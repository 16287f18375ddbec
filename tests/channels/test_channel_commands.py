"""`sotay channel …` as an operator runs it, against the sandbox, on both databases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from bot.sandbox.server import Server
from storage import channels, outbox
from storage.audit import AuditEntry
from storage.channels import Channel, ChannelState, GroupChat
from storage.members import Account, RoleKind
from storage.outbox import Delivery
from tests.channels.conftest import Command
from tests.world import TOKENS, World


def bot(world: World, token: str, platform: str = "zalo") -> str:
    """A further bot in the sandbox; its token."""
    body = {"platform": platform, "token": token, "username": f"bot.{token[-4:]}", "display_name": f"Bot {token[-4:]}"}
    world.control("POST", "bots", body)
    return token


def listed(sotay: Command, *options: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in json.loads(sotay("channel", "list", "--json", *options).out)}


def row(session: Session, name: str) -> Channel:
    found = channels.by_name(session, name)
    assert found is not None
    return found


def acts(world: World) -> list[str]:
    with world.database.reading() as session:
        return [entry.act for entry in session.exec(select(AuditEntry).order_by(AuditEntry.id))]  # type: ignore[arg-type]


def queued(session: Session, world: World, channel: Channel, **fields: Any) -> Delivery:
    defaults: dict[str, Any] = {"chat_id": "c1", "text": "giấy mời", "created_at": world.now, "due_at": world.now}
    delivery = outbox.queue(session, Delivery(channel_id=channel.id or 0, **{**defaults, **fields}))
    assert delivery is not None
    return delivery


def test_a_bot_is_added_listed_paused_and_resumed(world: World, sotay: Command, sandbox: Server) -> None:
    token = bot(world, "800077:thon-bay-0007")
    where = ("--base-url", f"{sandbox.url}/zalo", "--token-file", "-")
    added = sotay("channel", "add", "zalo", "thon-7", *where, "--organization", "AB-03", answer=token)
    assert added.code == 0, added.err
    assert "thon-7" in added.out
    mine = listed(sotay)["thon-7"]
    assert (mine["account"], mine["organization"], mine["quota"], mine["user_limit"]) == ("bot.0007", "AB-03", 3000, 50)
    assert sotay("channel", "add", "zalo", "thon-7", *where, answer=token).code == 2, "the name is taken"
    assert sotay("channel", "pause", "thon-7").code == 0
    assert "thon-7" in sotay("channel", "list", "--trouble").out
    assert sotay("channel", "resume", "thon-7").code == 0
    assert sotay("channel", "list", "--trouble").out.count("thon-7") == 0
    assert acts(world) == ["channel.add", "channel.paused", "channel.active"]


def test_the_list_shows_use_waiting_and_rest(world: World, sotay: Command) -> None:
    with world.database.transaction() as session:
        zalo = row(session, "zalo")
        zalo.monthly_quota, zalo.user_limit = 3000, 50
        queued(session, world, zalo)
        channels.count_sent(session, zalo.id or 0, "2026-11", 2400)
    world.person("Nguyễn Văn An", platform="zalo")
    mine = listed(sotay)["zalo"]
    assert (mine["used"] - 2400) in {0, 1}, "the world's greeting may have been sent"
    assert mine["used_percent"] == pytest.approx(80, abs=0.1)
    assert mine["users"] == 1
    table = sotay("channel", "list").out
    assert "/3000 (80 %)" in table
    assert "1/50" in table


@pytest.mark.parametrize("reroute", [False, True])
def test_removing_unlinks_drops_and_forgets_but_keeps_history(
    world: World, sotay: Command, sandbox: Server, reroute: bool
) -> None:
    an = world.person("Nguyễn Văn An", platform="zalo", roles=[RoleKind.SECRETARY])
    world.restart()
    with world.database.transaction() as session:
        zalo, telegram = row(session, "zalo"), row(session, "telegram")
        zalo_id = zalo.id
        link: dict[str, Any] = {"member_id": an.member_id, "linked_at": world.now, "last_seen_at": world.now}
        session.add(Account(channel_id=telegram.id or 0, user_id="77", chat_id="77", **link))
        session.add(
            GroupChat(channel_id=zalo.id or 0, chat_id="g", organization_id=world.branch.id or 0, linked_at=world.now)
        )
        private = queued(session, world, zalo, member_id=an.member_id, chat_id=an.user_id)
        group = queued(session, world, zalo, chat_id="g", is_group=True)
        edit = queued(session, world, zalo, member_id=an.member_id, chat_id=an.user_id, edits="m1")
    options = ("--reroute",) if reroute else ()
    assert sotay("channel", "remove", "zalo", answer="n\n").code == 1
    assert listed(sotay)["zalo"]["state"] == "active", "nothing happens without a yes"
    removed = sotay("channel", "remove", "zalo", *options, answer="y\n")
    assert removed.code == 0, removed.err
    with world.database.reading() as session:
        gone = channels.get(session, zalo_id or 0)
        assert (gone.state, gone.token, gone.webhook_secret) == (ChannelState.REMOVED, "", "")
        live = session.exec(select(Account).where(Account.channel_id == zalo_id, Account.unlinked_at == None))  # noqa: E711
        assert live.all() == []
        assert channels.groups(session, [world.branch.id or 0]) == []
        states = {each: session.get_one(Delivery, each).state for each in (private.id, group.id, edit.id)}
        moved = session.get_one(Delivery, private.id)
        assert session.get_one(Delivery, group.id).error == "the channel was removed"
    assert states[group.id] == states[edit.id] == "dropped"
    assert states[private.id] == ("pending" if reroute else "dropped")
    if reroute:
        assert (moved.channel_id, moved.chat_id) == (telegram.id, "77")
    assert "channel.remove" in acts(world)
    assert "zalo" not in listed(sotay)
    assert f"zalo#{zalo_id}" in listed(sotay, "--removed")
    again = sotay(
        "channel",
        "add",
        "zalo",
        "zalo",
        "--token-file",
        "-",
        "--base-url",
        f"{sandbox.url}/zalo",
        answer=TOKENS["zalo"],
    )
    assert again.code == 0, "name and token are free again"


def test_removing_ends_the_webhook_at_the_platform(world: World, sotay: Command) -> None:
    world.receives("telegram", {"update_id": 1})
    assert sotay("channel", "remove", "telegram", "--yes").code == 0
    calls = world.control("GET", "counts", bot=TOKENS["telegram"])["counts"]
    assert calls.get("deleteWebhook") == 1


def test_what_is_set_is_checked_and_on_record(
    world: World, sotay: Command, monkeypatch: pytest.MonkeyPatch, sandbox: Server
) -> None:
    values = ("--rate", 8, "--quota", 500, "--users", 40, "--organization", "AB", "--link-id", "xyz")
    assert sotay("channel", "set", "zalo", *values).code == 0
    with world.database.reading() as session:
        zalo = row(session, "zalo")
        assert (zalo.per_second, zalo.monthly_quota, zalo.user_limit, zalo.link_id) == (8, 500, 40, "xyz")
        assert zalo.organization_id == world.commune.id
        entry = session.exec(select(AuditEntry)).all()[-1]
        assert entry.details["details"]["monthly_quota"][1] == 500
    for wrong in (
        ("--rate", 4000),
        ("--rate", -1),
        ("--quota", -1),
        ("--organization", "NO-SUCH"),
        ("--mode", "pigeon"),
        ("--mode", "webhook"),  # without a public address
        ("--quota", 500),  # as it is
        (),
    ):
        assert sotay("channel", "set", "zalo", *wrong).code == 2, wrong
    monkeypatch.setenv("SOTAY_PUBLIC_URL", "https://so-tay.example.vn")
    assert sotay("channel", "set", "zalo", "--mode", "webhook").code == 0
    assert sotay("channel", "set", "no-such", "--quota", 1).code == 2
    assert len(acts(world)) == 2


def test_a_new_token_must_be_of_the_same_bot(world: World, sotay: Command) -> None:
    with world.database.transaction() as session:
        row(session, "zalo").account_name = "bot.SoTay"
    other = bot(world, "800078:another-bot-0008")
    assert sotay("channel", "set", "zalo", "--token-file", "-", answer=other).code == 2
    same = "800002:renewed-zalo-token"
    world.control("POST", "bots", {"platform": "zalo", "token": same, "username": "bot.SoTay", "display_name": "Bot"})
    assert sotay("channel", "set", "zalo", "--token-file", "-", answer=same).code == 0
    with world.database.reading() as session:
        assert row(session, "zalo").token == same


def write(folder: Path, lines: list[str], *, mode: int = 0o600) -> Path:
    path = folder / "bots.csv"
    path.write_text("\n".join(lines), "utf-8")
    path.chmod(mode)
    return path


def test_many_are_imported_and_bad_lines_named(world: World, sotay: Command, sandbox: Server, tmp_path: Path) -> None:
    base = f"{sandbox.url}/zalo"
    good = [bot(world, f"8010{number:02d}:token-{number:04d}") for number in range(3)]
    (tmp_path / "t2.txt").write_text(good[2] + "\n")
    lines = [
        "platform,name,token,token_file,organization,base_url",
        f"zalo,kenh-0,{good[0]},,AB-03,{base}",
        f"zalo,kenh-1,{good[1]},,AB,{base}",
        f"zalo,kenh-2,,t2.txt,,{base}",
        f"viber,kenh-3,x,,,{base}",
        f"zalo,kenh-4,801099:unknown-token,,,{base}",
        f"zalo,kenh-5,{good[0]},,,{base}",
        f"zalo,kenh-6,801050:t,,KHONG,{base}",
        f"zalo,kenh-7,,none.txt,,{base}",
        f"zalo,zalo,801051:t,,,{base}",
        f"zalo,kenh-8,{TOKENS['zalo']},,,{base}",
        f"zalo,,801052:t,,,{base}",
        "zalo,kenh-9,801053:t,,,http://127.0.0.1:9",
    ]
    file = write(tmp_path, lines)
    assert sotay("channel", "import", file, "--dry-run").code == 1
    assert set(listed(sotay)) == {"zalo", "telegram"}
    brought = sotay("channel", "import", file)
    assert brought.code == 1, brought.err
    assert {"kenh-0", "kenh-1", "kenh-2"} <= set(listed(sotay))
    assert len(listed(sotay)) == 5
    said = [line.split(":")[0] for line in brought.err.splitlines() if line.startswith("dòng")]
    assert said == [
        "dòng 5, cột platform",
        "dòng 6, cột token",
        "dòng 7, cột token",
        "dòng 8, cột organization",
        "dòng 9, cột token_file",
        "dòng 10, cột name",
        "dòng 11, cột token",
        "dòng 12, cột name",
        "dòng 13, cột token",
    ]
    assert not any(token in brought.out + brought.err for token in good), "tokens are not repeated"
    again = sotay("channel", "import", write(tmp_path, lines[:4]))
    assert again.code == 0, "what is in already is no mistake"
    assert "đã có sẵn 3" in again.out


def test_a_file_of_tokens_that_others_can_read_is_refused(world: World, sotay: Command, tmp_path: Path) -> None:
    file = write(tmp_path, ["platform,name,token", "zalo,a,800002:x"], mode=0o644)
    refused = sotay("channel", "import", file)
    assert refused.code == 2
    assert "chmod 600" in refused.err
    assert sotay("channel", "import", write(tmp_path, ["platform,token", "zalo,x"])).code == 2, "no column of names"
    assert sotay("channel", "import", write(tmp_path, ["platform,name,token,colour"])).code == 2
    assert sotay("channel", "import", tmp_path / "none.csv").code == 2
    none_good = write(tmp_path, ["platform,name,token", "viber,a,x"])
    assert sotay("channel", "import", none_good).code == 2, "nothing was done"


def test_the_database_holds_no_token(world: World, sotay: Command, sandbox: Server, tmp_path: Path) -> None:
    token = bot(world, "809999:a-token-that-is-looked-for")
    lines = ["platform,name,token,base_url", f"zalo,kenh,{token},{sandbox.url}/zalo"]
    assert sotay("channel", "import", "-", answer="\n".join(lines)).code == 0
    with world.database.reading() as session:
        secret = row(session, "kenh").webhook_secret
    assert secret
    assert not [place for place in everything(world) if token in place or token.partition(":")[2] in place]
    assert not [place for place in everything(world) if secret in place]
    assert [place for place in everything(world) if "'kenh'" in place], "the look itself finds what is there"


def everything(world: World) -> list[str]:
    """Every value of every table, as the database keeps it; on SQLite its files' bytes as well."""
    found: list[str] = []
    with world.database.engine.connect() as connection:
        kind = (
            "sqlite_master WHERE type = 'table'" if world.database.is_sqlite else "pg_tables WHERE schemaname='public'"
        )
        name = "name" if world.database.is_sqlite else "tablename"
        for table in connection.execute(text(f"SELECT {name} FROM {kind}")).scalars().all():
            found += [str(tuple(values)) for values in connection.execute(text(f'SELECT * FROM "{table}"'))]
    if world.database.is_sqlite:
        path = Path(str(world.database.engine.url.database))
        found += [each.read_bytes().decode("latin-1") for each in path.parent.glob(f"{path.name}*")]
    return found
