"""Who was summoned, came, and was absent: from the roll call, else as announced."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlmodel import Session

from storage import attendance, rollcalls
from storage.attendance import ReasonState, Rsvp, RsvpState
from storage.members import Member, Standing
from storage.rollcalls import HERE, Presence


@dataclass(frozen=True, slots=True)
class Attended:
    """Everybody of a meeting, each in one of the lists. `called`: whether somebody has called the roll.

    `unclear`: neither recorded nor announced; they are in no list that judges them.
    """

    called: bool
    here: list[Member] = field(default_factory=list)
    late: list[Member] = field(default_factory=list)
    excused: list[tuple[Member, str]] = field(default_factory=list)
    unexcused: list[Member] = field(default_factory=list)
    unclear: list[Member] = field(default_factory=list)

    @property
    def everybody(self) -> list[Member]:
        """Who was summoned."""
        return [*self.here, *(member for member, _ in self.excused), *self.unexcused, *self.unclear]

    @property
    def official(self) -> int:
        """How many of the summoned are official members."""
        return sum(member.standing == Standing.OFFICIAL for member in self.everybody)


def attended(session: Session, meeting_id: int) -> Attended:
    """The lists of a meeting. `late` is part of `here`; a reason belongs to who is excused (domain.md, Minutes)."""
    recorded = {
        member.id: (member, row.state) for member, row in rollcalls.of_meeting(session, meeting_id) if not row.doubtful
    }
    announced = {member.id: (member, rsvp) for member, rsvp in attendance.counted(session, meeting_id)}
    found = Attended(called=bool(recorded))
    people = {key: row[0] for key, row in (announced | recorded).items()}
    for key, member in sorted(people.items(), key=lambda each: (each[1].name_key, each[0] or 0)):
        rsvp = announced[key][1] if key in announced else None
        state = recorded[key][1] if key in recorded else _announced(rsvp)
        if state in HERE:
            found.here.append(member)
            found.late.extend([member] if state == Presence.LATE else [])
        elif state == Presence.EXCUSED:
            found.excused.append((member, (rsvp.reason or "") if rsvp is not None else ""))
        elif state == Presence.UNEXCUSED:
            found.unexcused.append(member)
        else:
            found.unclear.append(member)
    return found


def _announced(rsvp: Rsvp | None) -> str:
    """Of whom nobody recorded anything: a reason that was not accepted excuses nobody (domain.md)."""
    if rsvp is None or rsvp.state == RsvpState.NONE:
        return ""
    if rsvp.state == RsvpState.ABSENT:
        return Presence.EXCUSED if rsvp.reason_state == ReasonState.ACCEPTED else Presence.UNEXCUSED
    return Presence.LATE if rsvp.state == RsvpState.LATE else Presence.PRESENT
