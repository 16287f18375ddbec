"""The real program is killed while ballots come in: every answer is counted, and counted once."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from sqlmodel import col, func, select

from storage import votes
from storage.channels import Channel
from storage.votes import Ballot, Counts, Stand, VoteState
from tests.scenarios.test_votes import Room
from tests.test_process import PATIENCE, Phone, Process
from tests.world import TOKENS, Person, World

VOTERS = 24
ANSWERS = ((Stand.FOR, "Tán thành"), (Stand.AGAINST, "Không tán thành"), (Stand.OTHER, "Ý kiến khác"))


@pytest.fixture
def process(world: World, tmp_path: Path) -> Iterator[Process]:
    world.http.timeout = httpx2.Timeout(PATIENCE)
    process = Process(world, tmp_path / "bot.log")
    yield process
    if process.child is not None and process.child.poll() is None:
        process.child.kill()
        process.child.wait()


def answer(person: Person, at: int) -> None:
    """One press that waits at the platform; nobody lets the bot run for it."""
    label = ANSWERS[at % 3][1]
    message = next(each for each in reversed(person.chat()) if any(shown == label for shown, _ in each["buttons"]))
    data = next(data for shown, data in message["buttons"] if shown == label)
    body = {"person": person.id, "chat": "private", "bot": TOKENS[person.platform], "message_id": message["message_id"]}
    person.world.control("POST", "press", {**body, "data": data})


def until(world: World, process: Process, enough: Callable[[int], bool]) -> None:
    """Give way until enough ballots are in the database."""
    for _ in range(PATIENCE * 50):
        with world.database.reading() as session:
            found = session.exec(select(func.count()).where(col(Ballot.stand).is_not(None))).one()
        if enough(found):
            return
        assert process.child is not None
        try:
            process.child.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(process.log.read_text())
    raise AssertionError("the ballots do not come in")


def test_no_ballot_is_lost_or_doubled_by_a_kill(world: World, process: Process) -> None:
    room = Room(world)
    people = [*room.people, *(world.person(f"Người Số {number}") for number in range(VOTERS - 3))]
    vote = room.opens()
    world.restart()
    world.control("POST", "clock", {"advance": 1})
    with world.database.transaction() as session:
        for channel in session.exec(select(Channel)):
            channel.mode = "polling"
    for at, person in enumerate(people[: VOTERS // 2]):
        answer(person, at)
    process.start()
    until(world, process, lambda found: found > 0)
    for at, person in enumerate(people[VOTERS // 2 :], start=VOTERS // 2):
        answer(person, at)
        if at == VOTERS * 3 // 4:
            assert process.child is not None
            process.child.kill()  # kill -9, while answers are on their way
            process.child.wait(timeout=PATIENCE)
    process.start()
    until(world, process, lambda found: found == VOTERS)
    assert f"đã trả lời {VOTERS}/{VOTERS}" in Phone(room.chair).asks("/bieuquyet")
    with world.database.transaction() as session:
        found = votes.locked(session, vote.id or 0)
        votes.close(session, found, world.now)
    with world.database.reading() as session:
        found = votes.get(session, vote.id or 0)
        ballots = session.exec(select(Ballot).where(Ballot.vote_id == vote.id)).all()
    assert found.state == VoteState.CLOSED
    assert votes.counts(found) == Counts(VOTERS // 3, VOTERS // 3, VOTERS // 3)
    assert [ballot.changes for ballot in ballots] == [1] * VOTERS, "an update that came again was written again"
