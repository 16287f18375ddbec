"""Group commit: what waits is handled together, in order, and told only once it is committed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.app import build
from bot.context import Context
from bot.dispatcher import Dispatcher
from bot.errors import Refused
from bot.messages import Attachment, AttachmentKind, Incoming, Reply
from bot.turn import Arrival, Surroundings
from storage import channels, inbox, members, outbox
from storage.db import Database, DatabaseDown
from storage.inbox import InboxEntry
from storage.members import Account, RoleKind
from storage.organizations import Organization
from storage.outbox import Delivery, DeliveryState
from tests.engine.line import ACTS, Line, router
from tests.world import Person, World


@pytest.fixture
def line(world: World) -> Line:
    return Line(world)


@pytest.fixture(autouse=True)
def _acts() -> Iterator[None]:
    yield
    ACTS.clear()


@pytest.fixture
def member(world: World) -> Person:
    """Somebody known: what strangers write has a savepoint of its own from the start."""
    person = world.person("Nguyễn Văn An")
    world.greet()
    return person


def by(person: Person, line: Line, *texts: str) -> list[Incoming]:
    return [line.incoming(each, chat=person.user_id, speaker=person.user_id) for each in texts]


def heard(line: Line, person: Person) -> list[str]:
    """What was queued for this person, but for the greeting that they got when the world was made."""
    return line.texts(person.user_id)[1:]


def kept(line: Line) -> list[str]:
    """The keys of this test's own updates that were written down."""
    with line.database.reading() as session:
        return [row.key for row in session.exec(select(InboxEntry)) if row.key.startswith("k")]


def together(line: Line, *loads: list[Incoming], **options: Any) -> list[int | BaseException]:
    """Bring these loads at the same time, each as a caller of its own."""

    async def bring() -> list[int | BaseException]:
        takes = [line.intake.take(line.channel, load, **options) for load in loads]
        return await asyncio.gather(*takes, return_exceptions=True)

    return asyncio.run(bring())


# --- together, and in order ----------------------------------------------------------------------------------------
def test_what_waits_is_committed_together(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    handle, batches = line.dispatcher.handle, []

    def counted(arrivals: list[Arrival], cursors: dict[int, str]) -> set[int]:
        batches.append(len(arrivals))
        return handle(arrivals, cursors)

    monkeypatch.setattr(line.dispatcher, "handle", counted)
    assert together(line, *([line.incoming(f"say {at}", chat=f"c{at}")] for at in range(30))) == [1] * 30
    assert sum(batches) == 30
    assert len(batches) <= 2


def test_posts_of_one_chat_at_the_same_time_keep_their_order(line: Line) -> None:
    loads = [[line.incoming(f"say {at}")] for at in range(20)]
    assert together(line, *loads) == [1] * 20
    assert line.texts() == [f"heard say {at}" for at in range(20)]


def test_nobody_is_told_before_the_commit(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    handle, may_go = line.dispatcher.handle, threading.Event()

    def held(arrivals: list[Arrival], cursors: dict[int, str]) -> set[int]:
        may_go.wait(10)
        return handle(arrivals, cursors)

    monkeypatch.setattr(line.dispatcher, "handle", held)

    async def watch() -> tuple[bool, int]:
        taking = asyncio.create_task(line.intake.take(line.channel, [line.incoming("say x")], cursor="7"))
        for _ in range(20):
            await asyncio.sleep(0)
        early = taking.done()
        may_go.set()
        return early, await taking

    assert asyncio.run(watch()) == (False, 1)
    with line.database.reading() as session:
        assert channels.get(session, line.channel).cursor == "7"


def test_a_cursor_without_updates_is_committed(line: Line) -> None:
    assert together(line, [], cursor="9") == [0]
    with line.database.reading() as session:
        assert channels.get(session, line.channel).cursor == "9"


# --- attachments ---------------------------------------------------------------------------------------------------
def test_a_slow_attachment_holds_up_its_own_chat_only(line: Line, member: Person) -> None:
    paper = Attachment(AttachmentKind.DOCUMENT, "handle")
    first, second = by(member, line, "say paper", "say after")
    first = replace(first, attachments=(paper,))
    ACTS["say"] = lambda ctx, rest: Reply(f"heard {rest} {len(ctx.fetched)}")

    async def bring() -> list[str]:
        arrives = asyncio.Event()

        async def fetch(_incoming: Incoming) -> dict[str, bytes]:
            await arrives.wait()
            return {"handle": b"bytes"}

        slow = asyncio.create_task(line.intake.take(line.channel, [first, second], fetch=fetch))
        await asyncio.sleep(0)
        await line.intake.take(line.channel, [line.incoming("say other", chat="c2")], fetch=fetch)
        before = heard(line, member)
        arrives.set()
        assert await slow == 2
        return before

    assert asyncio.run(bring()) == []
    assert line.texts("c2") == ["heard other 0"]
    assert heard(line, member) == ["heard paper 1", "heard after 0"]


# --- poison --------------------------------------------------------------------------------------------------------
def test_poison_between_known_people_is_set_aside_alone(line: Line, member: Person) -> None:
    before, poison, after = by(member, line, "say before", "poison", "say after")
    other = line.incoming("say other", chat="c2")
    assert together(line, [before, poison], [other, after], cursor="3") == [2, 2]
    mine = heard(line, member)
    assert (mine[0], mine[-1], len(mine)) == ("heard say before", "heard say after", 3)
    assert line.texts("c2") == ["heard say other"]
    with line.database.reading() as session:
        assert [row.error for row in inbox.failed(session)] == ["ZeroDivisionError"]
        half = session.exec(select(Organization).where(Organization.code == "half")).first()
        assert half is None, "what the failing handler wrote has stayed"
        assert channels.get(session, line.channel).cursor == "3"


def test_poison_in_every_update_stops_nothing(line: Line, member: Person) -> None:
    updates = by(member, line, *["poison", "say x"] * 6)
    assert together(line, updates) == [12]
    assert sum(text == "heard say x" for text in heard(line, member)) == 6
    with line.database.reading() as session:
        assert len(inbox.failed(session)) == 6


def test_what_a_handler_left_for_the_end_fails_alone(line: Line, member: Person) -> None:
    """Two rows that cannot both be: the mistake shows only when the session writes."""

    def twice(ctx: Context, _rest: str) -> Reply:
        for _ in range(2):
            ctx.db.add(Account(member_id=ctx.my_id, channel_id=ctx.here.channel_id, user_id="same", chat_id="same",
                               linked_at=ctx.now, last_seen_at=ctx.now))  # fmt: skip
        return Reply("never")

    ACTS["twice"] = twice
    assert together(line, by(member, line, "say before", "twice", "say after")) == [3]
    mine = heard(line, member)
    assert mine[0] == "heard say before"
    assert mine[-1] == "heard say after"
    assert "never" not in mine
    with line.database.reading() as session:
        assert [row.error for row in inbox.failed(session)] == ["IntegrityError"]


def test_a_refusal_takes_back_its_own_work_only(line: Line, member: Person) -> None:
    def refuse(ctx: Context, _rest: str) -> Reply:
        ctx.me.title = "bác"
        raise Refused("error.login-first")

    def title(ctx: Context, rest: str) -> Reply:
        ctx.me.title = rest or ctx.me.title
        return Reply(f"title {ctx.me.title}")

    ACTS.update(refuse=refuse, title=title)
    together(line, by(member, line, "title cô", "refuse", "title"))
    first, _refusal, last = heard(line, member)
    assert (first, last) == ("title cô", "title cô")


# --- what a later update reads -------------------------------------------------------------------------------------
def test_a_later_update_sees_what_an_earlier_one_wrote(line: Line, member: Person, world: World) -> None:
    def leave(ctx: Context, _rest: str) -> Reply:
        assert ctx.account is not None
        ctx.account.unlinked_at = ctx.now  # not flushed: whoever asks next makes the session write it
        return Reply("left")

    def enter(ctx: Context, _rest: str) -> Reply:
        here = ctx.here
        ctx.db.add(Account(member_id=member.member_id, channel_id=here.channel_id, user_id=here.chat_id,
                           chat_id=here.chat_id, linked_at=ctx.now, last_seen_at=ctx.now))  # fmt: skip
        return Reply("in")

    def promote(ctx: Context, _rest: str) -> Reply:
        role = members.Role(member_id=ctx.my_id, organization_id=world.branch.id or 0, kind=RoleKind.SECRETARY)
        ctx.db.add(role)
        return Reply("promoted")

    ACTS.update(leave=leave, promote=promote, enter=enter)
    ACTS["who"] = lambda ctx, _rest: Reply(f"{ctx.member is not None} {len(ctx.roles)}")
    together(line, by(member, line, "who", "promote", "who", "leave", "who", "enter", "who"))
    assert heard(line, member) == [
        "True 0", "promoted", "True 1", "left", "False 0", "in", "True 1",
    ]  # fmt: skip


def test_a_question_closed_behind_its_object_is_closed(line: Line, member: Person) -> None:
    (ask,) = by(member, line, "ask one")
    together(line, [ask])
    with line.database.transaction() as session:
        for row in session.exec(select(Delivery).where(Delivery.chat_id == member.user_id)):
            row.state, row.about = DeliveryState.SENT, "thing:1"

    def close(ctx: Context, _rest: str) -> Reply:
        assert outbox.open_question(ctx.db, ctx.here.channel_id, ctx.here.chat_id) is not None
        outbox.close_questions(ctx.db, "thing:1", ctx.now)
        return Reply("closed")

    ACTS["close"] = close
    together(line, by(member, line, "1", "close", "1"))
    assert heard(line, member)[1:] == ["picked one", "closed"]


def test_replies_keep_their_place_before_what_comes_later(line: Line, member: Person) -> None:
    def note(ctx: Context, _rest: str) -> None:
        row = Delivery(channel_id=ctx.here.channel_id, chat_id="c2", text="note", created_at=ctx.now, due_at=ctx.now)
        outbox.queue(ctx.db, row)

    ACTS["note"] = note
    other = line.incoming("say mine", chat="c2", speaker=member.user_id)
    together(line, [other, *by(member, line, "note")])
    assert line.texts("c2") == ["heard say mine", "note"]


# --- the database is away ------------------------------------------------------------------------------------------
def full(ctx: Context, _rest: str) -> Reply:
    """The disk is full, or the server stops, in the middle of a handler."""
    connection = ctx.db.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    else:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        connection.execute(text("CREATE TABLE big AS SELECT zeroblob(9000000) AS x"))
    return Reply("never")


def test_a_database_that_goes_away_in_a_handler_sets_nothing_aside(line: Line, member: Person) -> None:
    ACTS["full"] = full
    updates = [*by(member, line, "say before", "full", "say after"), line.incoming("full", chat="c2")]
    found = together(line, updates[:3], updates[3:], cursor="5")
    assert [type(each) for each in found] == [DatabaseDown, DatabaseDown]
    assert kept(line) == []
    with line.database.reading() as session:
        assert inbox.failed(session) == []
        assert channels.get(session, line.channel).cursor != "5"
    if line.database.is_sqlite:
        with line.database.reading() as session:
            session.connection().execute(text("PRAGMA max_page_count = 1073741823"))
    ACTS["full"] = lambda _ctx, _rest: Reply("well again")
    assert together(line, updates[:3], updates[3:], cursor="5") == [3, 1]
    assert heard(line, member) == ["heard say before", "well again", "heard say after"]


def test_a_wrong_statement_is_a_mistake_and_no_trouble_of_the_database(line: Line, member: Person) -> None:
    def wrong(ctx: Context, _rest: str) -> Reply:
        ctx.db.connection().execute(text("SELECT nothing FROM nowhere"))
        return Reply("never")

    ACTS["wrong"] = wrong
    assert together(line, by(member, line, "wrong", "say after")) == [2]
    assert heard(line, member)[-1] == "heard say after"
    with line.database.reading() as session:
        assert len(inbox.failed(session)) == 1


def test_a_retry_while_the_database_is_away_leaves_it_set_aside(line: Line) -> None:
    line.hears("poison")
    with line.database.transaction() as session:
        (failed,) = inbox.failed(session)
        assert failed.body is not None
        failed.body = {**failed.body, "text": "full"}
    ACTS["full"] = full
    with pytest.raises(DatabaseDown):
        line.dispatcher.retry(failed.id or 0)
    if line.database.is_sqlite:
        with line.database.reading() as session:
            session.connection().execute(text("PRAGMA max_page_count = 1073741823"))
    with line.database.reading() as session:
        assert [row.id for row in inbox.failed(session)] == [failed.id]


# --- several processes ---------------------------------------------------------------------------------------------
def test_two_processes_with_the_same_updates_do_each_once(world: World, line: Line) -> None:
    """The same updates in opposite orders at the same time: nobody waits for ever, nothing is done twice."""
    app = build(world.settings, world.database, clock=world.clock)
    around = Surroundings(world.settings, world.clock, app.links, app.store)
    other = Database(world.database.engine.url.render_as_string(hide_password=False))
    rival = Dispatcher(other, [router], around, wake=lambda: None)
    updates = [Arrival(line.incoming(f"say {at}", chat=f"c{at % 10}"), {}) for at in range(40)]
    begin, done = threading.Barrier(2), []

    def work(handle: Callable[[list[Arrival]], set[int]], mine: list[Arrival]) -> None:
        begin.wait()
        for at in range(0, 40, 10):
            done.append(len(handle(mine[at : at + 10])))

    threads = [
        threading.Thread(target=work, args=(line.dispatcher.handle, updates)),
        threading.Thread(target=work, args=(rival.handle, updates[::-1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    other.close()
    assert sum(done) == 40
    assert sum(len(line.texts(f"c{at}")) for at in range(10)) == 40
