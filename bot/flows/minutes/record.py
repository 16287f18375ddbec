"""Everything that was recorded of a meeting, read once: what minutes and resolutions are drafted from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.dates import day, hour
from bot.flows.minutes.attended import Attended, attended
from bot.flows.minutes.names import Rows, clean
from bot.invitations import name_of
from bot.texts import t
from storage import agendas, meetings, members, opinions, organizations, tasks, votes
from storage.agendas import AgendaItem, Guest
from storage.meetings import Meeting
from storage.members import Member, RoleKind
from storage.opinions import Opinion
from storage.organizations import Organization
from storage.tasks import Task
from storage.votes import Result, VoteState

LONGEST_OPINION = 20_000
"""Characters of one opinion that go into the minutes; what is longer belongs into an annex. [ours]"""


@dataclass(frozen=True, slots=True)
class Record:
    """A meeting as it was. `open_votes`: how many were not closed yet."""

    meeting: Meeting
    zone: ZoneInfo
    home: Organization
    parent: Organization | None
    who: Attended
    chair: Member | None
    clerk: Member | None
    guests: list[Guest]
    items: list[AgendaItem]
    opinions: list[tuple[Opinion, str]]
    results: list[Result]
    open_votes: int
    tasks: list[tuple[Task, str]]

    @property
    def name(self) -> str:
        """`sinh hoạt chi bộ tháng 12`."""
        return name_of(self.meeting, self.zone)

    @property
    def is_empty(self) -> bool:
        """Whether nobody and nothing was recorded of it."""
        said = any(each.conclusion for each in self.items) or self.opinions or self.results or self.tasks
        return not (self.who.called or said)

    def local(self, at: datetime) -> datetime:
        """A moment in the installation's zone."""
        return at.astimezone(self.zone)

    def hour_of(self, at: datetime | None) -> str:
        """`19 giờ 30, thứ Năm, ngày 03/12/2026`, dots to be filled in by hand when nobody knows."""
        if at is None:
            return t("minutes.unknown-hour")
        local = self.local(at)
        return t("minutes.hour-day", hour=hour(local), day=day(local.date()))


def of(session: Session, meeting_id: int, zone: ZoneInfo) -> Record:
    """Read it. LookupError without such a meeting."""
    meeting = meetings.get(session, meeting_id)
    home = organizations.get(session, meeting.organization_id)
    chair, clerk = keepers(session, meeting)
    found = votes.of_meeting(session, meeting_id)
    said = [row for row in opinions.of_meeting(session, meeting_id) if row.text or row.file_id or row.spoken_at]
    work = tasks.of_meeting(session, meeting_id)
    names = _names(session, [*(row.member_id for row in said), *(row.member_id for row in work)])
    return Record(
        meeting=meeting, zone=zone, home=home,
        parent=organizations.get(session, home.parent_id) if home.parent_id else None,
        who=attended(session, meeting_id), chair=chair, clerk=clerk,
        guests=[guest for guest in agendas.guests(session, meeting_id) if guest.came],
        items=agendas.items(session, meeting_id),
        opinions=[(row, names.get(row.member_id, "")) for row in said],
        results=[votes.result(vote) for vote in found if vote.state == VoteState.CLOSED],
        open_votes=sum(vote.state == VoteState.OPEN for vote in found),
        tasks=[(row, names.get(row.member_id or 0, "")) for row in work],
    )  # fmt: skip


def _names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    return {each: members.get(session, each).full_name for each in dict.fromkeys(ids) if each is not None}


def keepers(session: Session, meeting: Meeting) -> tuple[Member | None, Member | None]:
    """Chair and clerk: as named for the meeting, else the secretary (or deputy) and the clerk of the organization."""
    chair = members.get(session, meeting.chair_id) if meeting.chair_id else None
    clerk = members.get(session, meeting.clerk_id) if meeting.clerk_id else None
    leaders = members.holders(session, meeting.organization_id, frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY}))
    clerks = members.holders(session, meeting.organization_id, frozenset({RoleKind.CLERK}))
    return chair or next(iter(leaders), None), clerk or next(iter(clerks), None)


# --- single lines --------------------------------------------------------------------------------------------------
def opinion_line(opinion: Opinion, name: str) -> str:
    """One opinion with its speaker."""
    text = " ".join(clean(opinion.text).split())
    if len(text) > LONGEST_OPINION:
        text = t("minutes.opinion-cut", text=text[:LONGEST_OPINION].rsplit(" ", 1)[0])
    if not text:
        text = t("minutes.opinion-file" if opinion.file_id else "minutes.opinion-spoken")
    written = opinion.prepared and opinion.spoken_at is None
    return t("minutes.opinion-written" if written else "minutes.opinion", name=name, text=text)


def share(result: Result) -> str:
    """`74,1`."""
    return f"{result.share:.1f}".replace(".", ",").removesuffix(",0")


def vote_line(result: Result) -> str:
    """Base, counts, share and outcome (domain.md: of all official members, not of those present)."""
    return t(
        "minutes.vote", title=clean(result.title), base=result.base, yes=result.counts.in_favour,
        share=share(result),
        no=result.counts.against, other=result.counts.other, silent=result.silent, outcome=outcome(result),
    )  # fmt: skip


def outcome(result: Result) -> str:
    """Passed or not."""
    return t("minutes.vote-passed" if result.passed else "minutes.vote-failed")


def task_line(task: Task, name: str) -> str:
    """Who does what until when."""
    due = day(task.due_on, weekday=False) if task.due_on else t("minutes.no-day")
    return t("minutes.task", title=clean(task.title), name=name or t("minutes.nobody"), day=due)


def _section_of(opinion: Opinion) -> str:
    return f"item-{opinion.item_id}" if opinion.item_id else "opinions"


def recorded_rows(record: Record) -> Rows:
    """The rows of repeating tables, each with the section that holds the same words."""
    absent = [{"section": "people", "ten": member.full_name, "ly_do": reason or t("minutes.reason-none")}
              for member, reason in record.who.excused]  # fmt: skip
    absent += [
        {"section": "people", "ten": each.full_name, "ly_do": t("minutes.without-reason")}
        for each in record.who.unexcused
    ]
    return {
        "vang": absent,
        "khach": [{"section": "people", "ten": guest.name, "chuc_vu": guest.office} for guest in record.guests],
        "y_kien": [
            {"section": _section_of(row), "nguoi": name, "noi_dung": clean(row.text)}
            for row, name in record.opinions
        ],
        "phieu": [
            {
                "section": "votes", "noi_dung": each.title, "tan_thanh": str(each.counts.in_favour),
                "khong_tan_thanh": str(each.counts.against), "y_kien_khac": str(each.counts.other),
                "tong": str(each.base), "ty_le": f"{share(each)}%", "ket_qua": outcome(each),
            }
            for each in record.results
        ],
        "viec": [
            {"section": "tasks", "ten": row.title, "nguoi": name,
             "han": day(row.due_on, weekday=False) if row.due_on else t("minutes.no-day")}
            for row, name in record.tasks
        ],
    }  # fmt: skip
