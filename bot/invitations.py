"""What a meeting is called, its four answers, its invitation: the words that meetings and attendance share."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.dates import day, hour, moment
from bot.messages import Choice
from bot.texts import t
from storage.meetings import Meeting, MeetingKind

ANSWERS = ("attending", "absent", "late", "call")
"""In the order of their numbers (domain.md's invitation): 1 dự, 2 xin vắng, 3 đến muộn, 4 cần gọi điện."""


def about(meeting: Meeting) -> str:
    """What messages on this meeting carry in `about`, so that a reply to one of them finds it."""
    return f"meeting:{meeting.id}"


def name_of(meeting: Meeting, zone: ZoneInfo) -> str:
    """`sinh hoạt chi bộ tháng 12`, `họp chi ủy`."""
    return t(f"meetings.name-{meeting.kind}", month=meeting.starts_at.astimezone(zone).month)


def moment_of(meeting: Meeting, zone: ZoneInfo) -> str:
    """`19 giờ 30, thứ Năm, ngày 03/12/2026`."""
    return moment(meeting.starts_at, zone)


def short(meeting: Meeting, zone: ZoneInfo) -> str:
    """One meeting as a choice's label: `Sinh hoạt chi bộ tháng 12, 19 giờ 30, 03/12/2026`."""
    name = name_of(meeting, zone)
    local = meeting.starts_at.astimezone(zone)
    return f"{name[0].upper()}{name[1:]}, {hour(local)}, {day(local.date(), weekday=False)}"


def where(meeting: Meeting, zone: ZoneInfo) -> str:
    """`Lúc 19 giờ 30, thứ Năm, ngày 03/12/2026, tại Nhà văn hóa thôn 3.`"""
    return t("meetings.where", moment=moment_of(meeting, zone), place=meeting.place)


def invitation(meeting: Meeting, zone: ZoneInfo) -> str:
    """The invitation to a person as its choices follow it."""
    return f"{letter(meeting, zone)}\n{t('meetings.please-confirm' if meeting.convening else 'meetings.please-answer')}"


def letter(meeting: Meeting, zone: ZoneInfo) -> str:
    """The invitation's words alone (domain.md, "Invitation, as an example"); of a convening order the stronger ones."""
    text = t(
        f"meetings.{manner(meeting)}",
        name=name_of(meeting, zone).upper(),
        where=where(meeting, zone),
        agenda=agenda_of(meeting),
    )
    return f"{text}\n{t('meetings.online', url=meeting.online_url)}" if meeting.online_url else text


def manner(meeting: Meeting) -> str:
    """How people are asked to come: "invitation", "convening" or "convening-urgent" (C20)."""
    if not meeting.convening:
        return "invitation"
    return "convening-urgent" if meeting.kind == MeetingKind.URGENT else "convening"


def group_letter(meeting: Meeting, zone: ZoneInfo) -> str:
    """The post in the group: no agenda, no address of an online meeting."""
    return t(f"meetings.group-{manner(meeting)}", name=name_of(meeting, zone).upper(), where=where(meeting, zone))


def agenda_of(meeting: Meeting) -> str:
    """The agenda, "theo chương trình của chi ủy" when none was written."""
    return meeting.agenda or t("meetings.agenda-default")


def answers(meeting: Meeting) -> tuple[Choice, ...]:
    """The four answers to an invitation."""
    return tuple(Choice(f"attendance.{word}", t(f"attendance.choice-{word}"), str(meeting.id)) for word in ANSWERS)
