"""Many channels in one process: none starves another, and the process follows the table of channels."""

from __future__ import annotations

import asyncio
import socket
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.lookups import Loop
from storage import channel_removal, channels, outbox, processes
from storage.channels import Channel, ChannelState
from storage.outbox import Delivery
from tests.engine.many import Branch, branches, channel_id, running
from tests.world import World

MANY = 60
FLOOD = 500


def fault(world: World, branch: Branch, kind: str, **fields: Any) -> None:
    world.control("POST", "faults", {"platform": "zalo", "bot": branch.token, "kind": kind, "times": -1, **fields})


def change(world: World, name: str, **fields: Any) -> Channel:
    with world.database.transaction() as session:
        channel = channels.by_name(session, name)
        assert channel is not None
        for field, value in fields.items():
            setattr(channel, field, value)
        return channel


def test_a_flood_a_dead_bot_and_a_slow_one_hold_up_nobody(world: World) -> None:
    """Sixty pollers, four threads. When all others have their answer, the flood is far from done."""
    flooded, dead, slow, *others = branches(world, MANY)
    fault(world, dead, "timeout", delay=300)
    fault(world, slow, "slow", delay=1, method="sendMessage")
    flooded.says(*(f"tin số {number}" for number in range(FLOOD)))
    slow.says("chào trợ lý")
    for other in others:
        other.says("chào trợ lý, tôi mới vào")
    with running(world):
        assert all(other.is_answered() for other in others)
        assert flooded.waiting() > FLOOD / 2, "each of the others has had its turn before the flood's next one"
        assert flooded.is_answered(), "and the flood is not starved either"
        assert dead.waiting() == 0
        world.control("DELETE", "faults")


def test_a_flood_of_webhook_calls_holds_up_nobody(world: World) -> None:
    flooded, other = branches(world, 2, mode="webhook")

    def post(branch: Branch, number: int) -> bytes:
        sender = f'"from":{{"id":"u{number}","is_bot":false,"display_name":"L"}}'
        chat = f'"chat":{{"chat_type":"PRIVATE","id":"u{number}"}}'
        message = f'{{"message_id":"{branch.name}-{number}","date":1789033572455,{chat},{sender},"text":"chào"}}'
        return f'{{"event_name":"message.text.received","message":{message}}}'.encode()

    with running(world) as bot:
        rows = {each.name: change(world, each.name) for each in (flooded, other)}
        done: list[str] = []

        async def posted(branch: Branch, number: int) -> None:
            row = rows[branch.name]
            assert await bot.app.posted(row.webhook_key, row.webhook_secret, post(branch, number)) == 200
            done.append(branch.name)

        async def all_at_once() -> None:
            await asyncio.gather(*(posted(flooded, number) for number in range(FLOOD)), posted(other, 0))

        bot.do(all_at_once())
    assert len(done) == FLOOD + 1
    assert done.index(other.name) < FLOOD / 2, "the one that came last had its turn among the first"


def test_a_process_follows_the_table_of_channels(world: World) -> None:
    with running(world) as bot:
        (branch,) = branches(world, 1)
        branch.says("chào trợ lý")
        bot.follow()
        assert branch.is_answered(), "added while it runs"
        change(world, branch.name, state=ChannelState.PAUSED)
        bot.follow()
        branch.says("còn đó không")
        change(world, branch.name, state=ChannelState.ACTIVE)
        bot.follow()
        assert branch.is_answered(), "nothing that came while it rested is lost"
        number = channel_id(world, branch.name)
        with world.database.transaction() as session:
            channel_removal.remove(session, channels.get(session, number), world.now)
        bot.follow()
        assert number not in bot.app.fleet.adapters
        before = len(branch.answers())
        branch.says("ai đó")
        bot.follow()
        assert branch.waiting() == 1, "nobody fetches it any more"
        assert len(branch.answers()) == before


def test_a_new_token_and_another_way_of_receiving_are_noticed(world: World) -> None:
    (branch,) = branches(world, 1)
    number = channel_id(world, branch.name)
    with running(world) as bot:
        bot.follow()
        adapter = bot.app.fleet.adapters[number]
        bot.follow()
        assert bot.app.fleet.adapters[number] is adapter, "what has not changed is left alone"
        renewed = f"{branch.token}-renewed"
        names = {"username": f"bot.{branch.number}", "display_name": "Trợ lý"}
        world.control("POST", "bots", {"platform": "zalo", "token": renewed, **names})
        change(world, branch.name, token=renewed, token_hash=channels.token_hash(renewed))
        bot.follow()
        assert bot.app.fleet.adapters[number] is not adapter
        branch.token = renewed
        branch.says("chào")
        assert branch.is_answered()
        assert number in bot.app.fleet.polled()
        change(world, branch.name, mode="webhook")
        bot.follow()
        assert number not in bot.app.fleet.polled()
        # The background's greeting may be the one that set it: its call is counted only when it has been answered.
        for _ in range(50):
            bot.do(bot.app.fleet.greet())
            if world.control("GET", "counts", bot=renewed)["counts"].get("setWebhook", 0):
                break
        assert world.control("GET", "counts", bot=renewed)["counts"].get("setWebhook", 0) >= 1
        change(world, branch.name, mode="polling")
        bot.follow()
        branch.says("chào lần nữa")
        assert branch.is_answered()


def test_a_refused_token_is_named_and_let_in_again(world: World) -> None:
    (branch,) = branches(world, 1)
    fault(world, branch, "status", status=401, description="Unauthorized")
    with running(world) as bot:
        bot.do(bot.app.fleet.greet())
        assert change(world, branch.name).trouble == "Misconfigured"
        world.control("DELETE", "faults")
        bot.do(bot.app.fleet.greet())
        assert change(world, branch.name).trouble == ""
        change(world, branch.name, trouble="quota")
        bot.follow()
        bot.do(bot.app.fleet.greet())
        assert change(world, branch.name).trouble == "quota", "what others have noted is not forgotten"


def test_a_channel_without_a_lease_is_not_polled(world: World) -> None:
    (branch,) = branches(world, 1)
    with running(world) as bot:
        bot.follow()
        bot.do(bot.app.fleet.follow(()))  # as if another process had taken it over
        branch.says("chào")
        bot.do(bot.app.fleet.follow(()))
        assert branch.waiting() == 1


def test_a_busy_channel_is_not_lost_when_its_lease_is_prolonged(world: World) -> None:
    """A delivery that is just being written locks its channel's row (PostgreSQL, foreign keys)."""
    (branch,) = branches(world, 1)
    number, until = channel_id(world, branch.name), world.now + timedelta(seconds=15)
    with world.database.transaction() as session:
        assert number in processes.hold(session, "us", world.now, until, most=9)
    if world.database.is_sqlite:
        return  # one writer: nothing can be half written meanwhile
    with world.database.transaction() as writing:
        delivery = Delivery(channel_id=number, chat_id="1", text="x", created_at=world.now, due_at=world.now)
        assert outbox.queue(writing, delivery) is not None
        with world.database.transaction() as session:
            assert number in processes.hold(session, "us", world.now, until, most=9)


def test_greeting_many_is_not_serial_and_a_silent_one_gives_up_its_turn(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty silent bots hold every place; the twenty-first is greeted all the same."""
    monkeypatch.setattr("bot.fleet.PATIENCE", 0.2)
    monkeypatch.setattr("bot.fleet.GREETINGS", 5)
    silent = branches(world, 11)
    well = silent.pop()
    for branch in silent:
        fault(world, branch, "timeout", delay=300)
    with running(world) as bot:
        bot.do(bot.app.fleet.greet())
        assert change(world, well.name).account_name == f"bot.{well.number}"
        assert change(world, silent[0].name).trouble == "TimeoutError"
        world.control("DELETE", "faults")


def test_look_ups_of_names_take_no_thread_from_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The resolver hangs; three hundred bots ask, for more names than there are threads; the database's stay free."""
    answered = threading.Event()
    asked: list[str] = []

    def resolver(host: str, *_rest: Any, **_wish: Any) -> list[Any]:
        asked.append(host)
        assert answered.wait(timeout=60)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 1))]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)

    async def scene() -> int:
        loop = asyncio.get_running_loop()
        lookups = [asyncio.create_task(loop.getaddrinfo(f"zalo{n % 40}.example", 443)) for n in range(300)]
        await asyncio.sleep(0)  # one turn of the loop: every look-up has begun
        try:
            async with asyncio.timeout(20):
                database_work = await asyncio.to_thread(lambda: 42)
        finally:
            answered.set()
        assert len(await asyncio.gather(*lookups)) == 300
        return database_work

    with asyncio.Runner(loop_factory=Loop) as runner:
        assert runner.run(scene()) == 42
    assert len(asked) == len(set(asked)) == 40, "a name that is being asked for is not asked for again"


def test_no_token_reaches_the_log(world: World, tmp_path: Path) -> None:
    """Whatever goes wrong: refused, unreachable, a page that echoes the path."""
    refused, echoing, gone = branches(world, 3)
    fault(world, refused, "echo_token", status=401)
    fault(world, echoing, "html", status=502)
    change(world, gone.name, base_url="http://127.0.0.1:9/zalo")
    with structlog.testing.capture_logs() as lines, running(world) as bot:
        bot.do(bot.app.fleet.greet())
        world.control("DELETE", "faults")
    assert any(line["event"] == "channel does not answer" for line in lines)
    words = " ".join(str(value) for line in lines for value in line.values())
    assert not [branch for branch in (refused, echoing, gone) if branch.token.partition(":")[2] in words]
