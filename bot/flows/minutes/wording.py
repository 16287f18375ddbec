"""The sections of minutes and of a resolution in formal words, drafted from what was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.dates import dateline, hour
from bot.flows.minutes.names import Section, clean
from bot.flows.minutes.record import Record, opinion_line, task_line, vote_line
from bot.invitations import agenda_of
from bot.texts import t
from storage.meetings import MeetingKind
from storage.members import Member
from storage.minutes import ABBREVIATIONS, PaperKind
from storage.organizations import Organization, OrganizationKind

KINDS = frozenset(OrganizationKind)


def sections(record: Record, kind: PaperKind) -> list[Section]:
    """The parts of the paper in order."""
    return _minutes(record) if kind is PaperKind.MINUTES else _resolution(record)


def _section(key: str, lines: Sequence[str], title: str = "") -> Section:
    return {"key": key, "title": title or t(f"minutes.section-{key}"), "text": "\n".join(lines), "edited": False}


# --- minutes -------------------------------------------------------------------------------------------------------
def _minutes(record: Record) -> list[Section]:
    loose = [opinion_line(row, name) for row, name in record.opinions if row.item_id is None]
    found = [_section("opening", _opening(record)), _section("people", _people(record))]
    found += [_item(record, number, item.id or 0) for number, item in enumerate(record.items, start=1)]
    if loose or not record.items:
        found.append(
            _section("opinions", loose or [t("minutes.content-none", agenda=clean(agenda_of(record.meeting)))])
        )
    voted = [vote_line(each) for each in record.results] or [t("minutes.votes-none")]
    concluded = conclusions(record) or [t("minutes.conclusion-none")]
    given = [task_line(row, name) for row, name in record.tasks] or [t("minutes.tasks-none")]
    found += [_section("votes", voted), _section("conclusion", concluded), _section("tasks", given)]
    return [*found, _section("closing", _closing(record))]


def _opening(record: Record) -> list[str]:
    meeting = record.meeting
    began = meeting.began_at or meeting.starts_at
    lines = [t("minutes.began", moment=record.hour_of(began)), t("minutes.place", place=clean(meeting.place))]
    return [*lines, t("minutes.online")] if meeting.online_url else lines


def _people(record: Record) -> list[str]:
    who = record.who
    summoned = len(who.everybody)
    lines = [t("minutes.summoned", count=summoned, official=who.official, probationary=summoned - who.official)]
    lines.append(t("minutes.present", count=len(who.here), late=_late(who.late)))
    lines.append(_listed("excused", [_excused(member, reason) for member, reason in who.excused]))
    lines.append(_listed("unexcused", [member.full_name for member in who.unexcused]))
    if who.unclear:
        lines.append(_listed("unclear", [member.full_name for member in who.unclear]))
    guests = [", ".join(filter(None, (clean(guest.name), clean(guest.office)))) for guest in record.guests]
    lines.append(_listed("guests", guests))
    lines.append(t("minutes.chaired", name=_name(record.chair)))
    return [*lines, t("minutes.kept", name=_name(record.clerk))]


def _late(late: list[Member]) -> str:
    return t("minutes.late", count=len(late)) if late else ""


def _excused(member: Member, reason: str) -> str:
    return t("minutes.excused-one", name=member.full_name, reason=clean(reason)) if reason else member.full_name


def _listed(key: str, names: list[str]) -> str:
    if not names:
        return t(f"minutes.{key}-none")
    return t(f"minutes.{key}", names="; ".join(names), count=len(names))


def _name(member: Member | None) -> str:
    return member.full_name if member is not None else t("minutes.unknown-name")


def _item(record: Record, number: int, item_id: int) -> Section:
    item = next(each for each in record.items if each.id == item_id)
    lines = []
    if item.speaker_id or item.speaker:
        speaker = item.speaker or next(
            (member.full_name for member in record.who.everybody if member.id == item.speaker_id), ""
        )
        lines += [t("minutes.presented", name=clean(speaker))] if speaker else []
    said = [opinion_line(row, name) for row, name in record.opinions if row.item_id == item_id]
    lines += [t("minutes.opinions", count=len(said)), *said] if said else [t("minutes.opinions-none")]
    lines += [vote_line(each) for each in record.results if each.item_id == item_id]
    if item.conclusion:
        lines.append(t("minutes.concluded", text=clean(item.conclusion)))
    return _section(f"item-{item_id}", lines, t("minutes.section-item", title=clean(item.title), number=number))


def conclusions(record: Record) -> list[str]:
    """What was concluded, item by item."""
    found = [(item.title, clean(item.conclusion)) for item in record.items if item.conclusion]
    return [t("minutes.conclusion", title=clean(title), text=text, number=number)
            for number, (title, text) in enumerate(found, start=1)]  # fmt: skip


def _closing(record: Record) -> list[str]:
    ended = record.meeting.ended_at
    moment = hour(record.local(ended)) if ended is not None else t("minutes.unknown-hour")
    return [t("minutes.ended", hour=moment, organization=record.home.name)]


# --- resolution ----------------------------------------------------------------------------------------------------
def _resolution(record: Record) -> list[Section]:
    grounds = [
        t(
            "minutes.ground-meeting",
            name=record.name,
            moment=record.hour_of(record.meeting.began_at or record.meeting.starts_at),
        )
    ]
    grounds += [t("minutes.ground-vote", vote=vote_line(each)) for each in record.results if each.passed]
    given = [task_line(row, name) for row, name in record.tasks] or [t("minutes.tasks-none")]
    concluded = conclusions(record) or [t("minutes.conclusion-none")]
    return [
        _section("grounds", grounds), _section("conclusion", concluded), _section("tasks", given),
        _section("doing", [t("minutes.doing", organization=record.home.name)]),
    ]  # fmt: skip


# --- facts ---------------------------------------------------------------------------------------------------------
def facts(record: Record, now: datetime) -> dict[str, str]:
    """The single values of a template, but for the number."""
    who, meeting = record.who, record.meeting
    count = len(who.everybody)
    return {
        "don_vi_cap_tren": record.parent.name.upper() if record.parent else "",
        "don_vi": record.home.name.upper(),
        "ngay_lap": dated(record, now),
        "ten_cuoc_hop": _subject(record),
        "bat_dau": record.hour_of(meeting.began_at or meeting.starts_at),
        "ket_thuc": record.hour_of(meeting.ended_at),
        "dia_diem": clean(meeting.place),
        "so_trieu_tap": str(count), "so_chinh_thuc": str(who.official), "so_du_bi": str(count - who.official),
        "so_co_mat": str(len(who.here)), "so_vang_co_ly_do": str(len(who.excused)),
        "so_vang_khong_ly_do": str(len(who.unexcused)),
        "chu_tri": _name(record.chair), "thu_ky": _name(record.clerk), "thay_mat": _on_behalf(record),
    }  # fmt: skip


def _subject(record: Record) -> str:
    local = record.local(record.meeting.starts_at)
    year = record.name.endswith(f"tháng {local.month}")
    return f"{record.name[0].upper()}{record.name[1:]}" + (f"/{local.year}" if year else "")


def dated(record: Record, now: datetime) -> str:
    """`An Bình, ngày 05 tháng 12 năm 2026`."""
    parent = record.parent.name if record.parent else ""
    return dateline(record.local(now).date(), record.home.name, parent)


def _on_behalf(record: Record) -> str:
    """In whose name a resolution is signed: `T/M CHI BỘ`, of the committee's own meeting `T/M CHI ỦY`."""
    is_branch = record.home.kind == OrganizationKind.BRANCH
    if is_branch and for_committee(record):
        return t("minutes.for-committee")
    return t(f"minutes.for-{record.home.kind if record.home.kind in KINDS else OrganizationKind.BRANCH}")


def number_of(kind: PaperKind, organization: Organization, number: int | None) -> str:
    """`05-NQ/CB` (Quy định 399-QĐ/TW), with dots before it is given."""
    shown = f"{number:02d}" if number is not None else "…"
    return f"{shown}-{ABBREVIATIONS[kind]}/{organ(organization)}"


def organ(organization: Organization) -> str:
    """What stands behind the stroke: CB, ĐU, TU."""
    return t(f"minutes.organ-{organization.kind if organization.kind in KINDS else OrganizationKind.BRANCH}")


def for_committee(record: Record) -> bool:
    """Whether only those who were summoned get the paper."""
    return record.meeting.kind == MeetingKind.COMMITTEE
