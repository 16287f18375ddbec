"""What people do while processes die: answers to an invitation, questions, messages to everybody.

What is said can be told apart afterwards: a person's answers carry growing minutes, every question and every broadcast
a number of its own.
"""

from __future__ import annotations

import random
from typing import Any

from sqlmodel import col, func, select

from storage.broadcasts import Broadcast
from storage.outbox import Delivery, DeliveryState
from tests.crash.town import Citizen, Town

LATE = (
    "tôi đến muộn {} phút", "Em sẽ đến trễ khoảng {} phút ạ", "toi den muon {} phut", "tôi dự nhưng muộn {} phút",
)  # fmt: skip
MOST_MINUTES = 200
QUESTIONS = 0.06
"""Share of questions among what is said; each of them goes to the one secretary as well."""


class Load:
    """Keeps enough waiting for the bot that it is always in the middle of something."""

    def __init__(self, town: Town, chance: random.Random) -> None:
        self._town = town
        self._chance = chance
        self.questions = 0
        self.broadcasts: list[int] = []
        self.backlog, self.crowd = (100, 0) if town.plan.load == "inbound" else (10, 500)

    def top_up(self) -> None:
        """Bring what waits up to the mark: updates at each bot, deliveries in the outbox."""
        for line in self._town.lines:
            missing = self.backlog - self._town.waiting(line)
            if missing > 0:
                there = [each for each in self._town.talkers if each.channel_id == line.channel_id]
                self.speak([self._chance.choice(there) for _ in range(missing)])
        if self.crowd and self._pending() < self.crowd:
            self._announce()

    def speak(self, citizens: list[Citizen]) -> None:
        """Each of these says the next thing."""
        bodies: list[dict[str, Any]] = []
        for citizen in citizens:
            where = {"person": citizen.id, "platform": citizen.platform, "chat": "private", "bot": citizen.token}
            bodies.append({**where, "text": self._words(citizen)})
        said = self._town.control("POST", "say", bodies)["said"]
        assert all(each["delivered"] for each in said)

    def _words(self, citizen: Citizen) -> str:
        if self._chance.random() < QUESTIONS:
            self.questions += 1
            citizen.said.append(("question", self.questions))
            return f"Hỏi: câu hỏi thử thứ {self.questions}, bao giờ có lịch học chuyên đề?"
        minutes = sum(kind == "late" for kind, _ in citizen.said) % MOST_MINUTES + 1
        citizen.said.append(("late", minutes))
        return self._chance.choice(LATE).format(minutes)

    def _pending(self) -> int:
        with self._town.database.reading() as session:
            query = select(func.count()).where(col(Delivery.state) == DeliveryState.PENDING)
            return int(session.exec(query).one())

    def _announce(self) -> None:
        """One message to everybody, as a document or an invitation is sent."""
        number = len(self.broadcasts) + 1
        with self._town.database.transaction() as session:
            now = self._town.clock.now()
            row = Broadcast(
                path=self._town.path, about=f"notice:{number}", text=f"Thông báo thử [{number}].", made_at=now,
                made_by=self._town.secretary.member_id, title=f"Thông báo {number}",
            )  # fmt: skip
            session.add(row)
            session.flush()
            self.broadcasts.append(row.id or 0)
