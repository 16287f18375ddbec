"""The .docx of a paper: from the nearest organization's template, else from our own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.errors import BadInput
from bot.flows.minutes import names
from bot.settings import Settings
from storage import files, meetings, members, minutes, organizations
from storage.files import FileStore
from storage.members import Status
from storage.minutes import MeetingPaper, PaperKind, PaperState

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Printed:
    """A document's bytes. `fell_back`: the branch's own template could not be filled, ours was taken."""

    content: bytes
    fell_back: bool


def printed(session: Session, store: FileStore, paper: MeetingPaper) -> Printed:
    """Fill the template. A template was checked when it came, but its bytes may be gone or damaged since."""
    from bot.flows.minutes import blank, docx_text  # they load a library that the running bot seldom needs

    sections, kind = paper.parts.get("sections", []), PaperKind(paper.kind)
    values = names.values(sections, paper.parts.get("facts", {}))
    rows = names.rows(sections, paper.parts.get("rows", {}))
    own = minutes.template_for(session, organizations.get(session, paper.organization_id).path, kind)
    if own is not None:
        try:
            content = store.path(files.get(session, own.file_id).sha256).read_bytes()
            return Printed(docx_text.fill(content, values, rows), fell_back=False)
        except (BadInput, OSError, LookupError):
            pass
    return Printed(docx_text.fill(blank.template(kind), values, rows), fell_back=own is not None)


def file_name(paper: MeetingPaper, at: datetime) -> str:
    """`bien-ban-12-2026.docx`."""
    stem = "bien-ban" if paper.kind == PaperKind.MINUTES else "nghi-quyet"
    return f"{stem}-{at:%d-%m-%Y}.docx"


def content_of(
    session: Session, store: FileStore, settings: Settings, paper_id: int, member_id: int
) -> tuple[str, bytes] | None:
    """(name, bytes) of what a link opens; None when this member may not see it (any more)."""
    try:
        paper, member = minutes.get(session, paper_id), members.get(session, member_id)
    except LookupError:
        return None
    meeting = meetings.get(session, paper.meeting_id)
    mine = {top.id for kind, top in members.roles(session, member_id) if kind in _READING}
    keeps = member_id in {meeting.chair_id, meeting.clerk_id} or meeting.organization_id in mine
    if member.status == Status.LEFT or not keeps:
        return None
    name = file_name(paper, meeting.starts_at.astimezone(settings.zone))
    if paper.file_id is not None and paper.state in {PaperState.APPROVED, PaperState.SENT}:
        return name, store.path(files.get(session, paper.file_id).sha256).read_bytes()
    return name, printed(session, store, paper).content


_READING = frozenset(
    {members.RoleKind.SECRETARY, members.RoleKind.DEPUTY, members.RoleKind.CLERK, members.RoleKind.OFFICER}
)
