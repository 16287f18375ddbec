"""Ghi hộ: a secretary or volunteer enters that somebody has read on paper or had it read to them.

Always marked with who and when, audited, told to the member where that is possible, and taken back as easily.
"""

from __future__ import annotations

import re

from bot.context import Context
from bot.courtesy import named
from bot.errors import BadInput, NotAllowed, Refused
from bot.flows.documents import notices
from bot.flows.documents.acknowledge import LIST, OVER, is_seen
from bot.flows.documents.numbers import meet, number_key
from bot.flows.documents.shelf import sight_of
from bot.messages import Address, Choice, Reply
from bot.texts import t
from storage import chasing, documents, members, notes, organizations, sight
from storage.documents import Document, DocumentState
from storage.members import LEADING, Member, RoleKind, Standing
from storage.notes import Note

RECORDING = LEADING | {RoleKind.VOLUNTEER}
PAGE = 8
TITLES = frozenset("bac co chu ong ba anh chi em cu di cau mo dong d c dc".split())
"""What stands before a name, without marks."""
_SAID = re.compile(r"^\W*ghi ho\b(?P<who>.*?)\bda (?:doc|xem|nghe)\b(?P<what>.*)$", re.DOTALL)


def is_said(folded: str) -> bool:
    """Whether a line is "ghi hộ bác Lan đã đọc …" (folded)."""
    return _SAID.match(folded) is not None


def said(ctx: Context, folded: str) -> Reply:
    """ "Ghi hộ bác Lan đã đọc NQ 21": whom and which, asked where several fit. BadInput when none does."""
    tops = ctx.led(RECORDING)
    if not tops:
        _ = ctx.me
        raise NotAllowed
    found = _SAID.match(folded)
    words = re.findall(r"[a-z]+", found["who"] if found else "")
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    people = members.named(ctx.db, [top.path for top in tops], words, limit=LIST + 1)
    people = [each for each in people if each.standing != Standing.SUPPORTER]
    key = number_key(found["what"]) if found else ""
    if len(people) == 1:
        return which(ctx, people[0].id or 0, key)
    if not people:
        raise BadInput("acknowledging.behalf-nobody", words=" ".join(words)[:40])
    rows = tuple(Choice("documents.behalf", each.full_name, f"{each.id}:{key}") for each in people[:LIST])
    return Reply(t("acknowledging.behalf-who"), rows, to=_private(ctx))


def which(ctx: Context, member_id: int, key: str) -> Reply:
    """Which of the papers that this member has not read? Recorded at once when only one fits."""
    member = covered(ctx, member_id)
    open_ones = [each for each in documents.unread(ctx.db, member_id) if is_seen(ctx, each.id or 0)]
    fitting = [each for each in open_ones if meet(each.number_key, key)] if key else open_ones
    if not fitting:
        text = t("acknowledging.behalf-no-paper", who=named(member))
        return Reply(text, to=_private(ctx))
    if len(fitting) == 1:
        return record(ctx, fitting[0].id or 0, member_id)
    rows = tuple(Choice("documents.recorded", notices.line(each), f"{each.id}:{member_id}") for each in fitting[:LIST])
    return Reply(t("acknowledging.behalf-which", who=named(member)), rows, to=_private(ctx))


def begin(ctx: Context) -> Reply:
    """ "Ghi hộ" alone: for which paper? The newest ones that somebody in the speaker's care has not read."""
    tops = ctx.led(RECORDING)
    if not tops:
        _ = ctx.me
        raise NotAllowed
    found = [each for each in sight.reaching(ctx.db, sight_of(ctx), tops[0].path) if _waiting(ctx, each)][:LIST]
    if not found:
        return Reply(t("documents.nobody-to-record"))
    if len(found) == 1:
        return whom(ctx, found[0].id or 0)
    rows = tuple(Choice("documents.record", notices.line(each), str(each.id)) for each in found)
    return Reply(t("acknowledging.behalf-paper"), rows)


def whom(ctx: Context, document_id: int, offset: int = 0) -> Reply:
    """Whose reading shall be recorded? Those who cannot do it themselves come first; a volunteer sees only these."""
    document = in_force(ctx, document_id)
    rows = _waiting(ctx, document)
    if not rows:
        return Reply(t("documents.nobody-to-record"))
    choices = [
        Choice("documents.recorded", member.full_name, f"{document_id}:{member.id}")
        for member in rows[offset : offset + PAGE]
    ]
    if len(rows) > offset + PAGE:
        choices.append(Choice("documents.record", t("documents.more-label"), f"{document_id}:{offset + PAGE}"))
    return Reply(t("documents.whom-to-record", title=notices.title(document)), tuple(choices))


def _waiting(ctx: Context, document: Document) -> list[Member]:
    tops = ctx.led() or ctx.led(RECORDING)
    if not tops:
        raise NotAllowed
    top = next((each for each in tops if each.id == ctx.me.organization_id), tops[0])
    found = chasing.waiting(ctx.db, document.id or 0, top.path, limit=None if ctx.led() else 200)
    kept = found if ctx.led() else [each for each in found if not each.can]
    return [each.member for each in sorted(kept, key=lambda each: (each.can, each.member.name_key, each.member.id))]


def record(ctx: Context, document_id: int, member_id: int) -> Reply:
    """Enter it; marked, audited, and told to the member."""
    member, document = covered(ctx, member_id), in_force(ctx, document_id)
    if not documents.is_for(ctx.db, document, member):
        raise BadInput("documents.none-found")
    new = documents.acknowledge(
        ctx.db, document_id, member_id, at=ctx.now, how="recorded", recorded_by=ctx.my_id
    )  # fmt: skip
    if new:
        ctx.audit("document.recorded", f"document:{document_id}", member=member_id)
        _tell(ctx, document, member)
    undo = Choice("documents.unrecord", t("documents.unrecord-label"), f"{document_id}:{member_id}")
    more = Choice("documents.record", t("documents.record-more-label"), str(document_id))
    text = t("documents.recorded", name=member.full_name, title=notices.title(document))
    return Reply(text, (more, undo) if new else (more,), to=_private(ctx))


def _tell(ctx: Context, document: Document, member: Member) -> None:
    """Who has a phone after all reads what was entered for them, with the undo."""
    if member.id == ctx.my_id:
        return
    choices = (
        Choice("documents.right", t("documents.right-label")),
        Choice("documents.undo", t("documents.undo-label"), str(document.id)),
    )
    text = t("acknowledging.behalf-told", who=named(ctx.me), title=notices.title(document))
    note = Note(text, about=f"document:{document.id}", choices=notices.as_rows(choices))
    notes.tell(ctx.db, member.id or 0, note, ctx.now)


def unrecord(ctx: Context, document_id: int, member_id: int) -> Reply:
    """Take a record made for a member back; never what the member said themself."""
    member = covered(ctx, member_id)
    row = documents.reading(ctx.db, document_id, member_id)
    if row is None or row.recorded_by is None or not _may_unrecord(ctx, row.recorded_by):
        raise BadInput("documents.none-found")
    documents.take_back(ctx.db, document_id, member_id)
    ctx.audit("document.unrecorded", f"document:{document_id}", member=member_id)
    return Reply(t("documents.unrecorded", name=member.full_name))


def _may_unrecord(ctx: Context, recorder_id: int) -> bool:
    """A volunteer takes back only what they entered themself."""
    return bool(ctx.led()) or recorder_id == ctx.my_id


def covered(ctx: Context, member_id: int) -> Member:
    """The member, if the speaker may record for them; NotAllowed otherwise."""
    member = members.get(ctx.db, member_id)
    if not ctx.may(organizations.get(ctx.db, member.organization_id), RECORDING):
        raise NotAllowed
    return member


def in_force(ctx: Context, document_id: int) -> Document:
    """The document; Refused, which says why, when it is not in force or not for the speaker's eyes."""
    document = documents.get(ctx.db, document_id)
    if not is_seen(ctx, document_id):
        raise Refused("documents.not-yours")
    if document.state != DocumentState.PUBLISHED:
        raise Refused(OVER[DocumentState(document.state)], title=notices.title(document))
    return document


def _private(ctx: Context) -> Address | None:
    """Names go to the speaker's own chat, also when they wrote in a group."""
    return ctx.address_of(ctx.my_id) if ctx.is_group else None
