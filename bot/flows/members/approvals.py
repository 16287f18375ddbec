"""Being let in without a code: a request to the leading people of the branch, decided by one press (C1)."""

from __future__ import annotations

from bot.context import Context
from bot.errors import Refused
from bot.flows.members.codes import may_admit
from bot.flows.members.leaders import highest, leaders
from bot.flows.members.linking import Newcomer, link, platform_name
from bot.messages import Address, Choice, Kind, Reply
from bot.people import masked, one_line, polite
from bot.texts import t
from storage import logins, organizations
from storage import members as members_table
from storage.logins import LoginRequest, RequestState
from storage.members import Member, Status


def ask_leaders(ctx: Context, newcomer: Newcomer, member: Member) -> list[Reply]:
    """Write the request down and bring it to those who may decide. A repeat disturbs nobody a second time."""
    waiting = logins.open_requests_of(ctx.db, newcomer.channel_id, newcomer.user_id)
    if any(each.member_id == member.id and not _is_over(ctx, each) for each in waiting):
        return []
    for each in waiting:  # one request at a time: the person has named another number since
        each.state = RequestState.LAPSED
    request = LoginRequest(
        member_id=member.id or 0,
        channel_id=newcomer.channel_id,
        user_id=newcomer.user_id,
        chat_id=newcomer.chat_id,
        speaker_name=one_line(newcomer.name),
        made_at=ctx.now,
    )
    ctx.db.add(request)
    ctx.db.flush()
    ctx.audit("login.requested", f"member:{member.id}", channel=newcomer.channel_id)
    return [_question(ctx, request, member, address) for _, address in leaders(ctx, highest(ctx, member))]


def _question(ctx: Context, request: LoginRequest, member: Member, to: Address | None) -> Reply:
    home = organizations.get(ctx.db, member.organization_id)
    text = t(
        "members.request",
        name=member.full_name,
        number=masked(member.number),
        branch=home.name,
        platform=platform_name(ctx, request.channel_id),
        speaker=request.speaker_name,
    )
    choices = (
        Choice("login.approve", t("members.approve"), str(request.id)),
        Choice("login.refuse", t("members.refuse"), str(request.id)),
    )
    return Reply(text, choices, to=to, about=f"login-request:{request.id}")


def decide(ctx: Context, request_id: int, *, approved: bool) -> list[Reply]:
    """A leading person has pressed. NotAllowed unless they stand over this member; a decided one stays decided."""
    known = ctx.db.get(LoginRequest, request_id)
    if known is None:
        raise Refused("members.request-gone")
    members_table.lock(ctx.db, known.member_id)  # the member before the request, as a login by code does
    request = logins.request(ctx.db, request_id)
    member = members_table.get(ctx.db, request.member_id)
    ctx.require(organizations.get(ctx.db, member.organization_id))
    ctx.require(highest(ctx, member))
    if request.state != RequestState.OPEN:
        return [_decided_already(ctx, request, member)]
    if _is_over(ctx, request) or member.status == Status.LEFT:
        request.state = RequestState.LAPSED
        return [Reply(t("members.request-over"))]
    request.state = RequestState.APPROVED if approved else RequestState.REFUSED
    request.decided_by = ctx.my_id
    ctx.db.flush()
    ctx.audit("login.approved" if approved else "login.refused", f"member:{member.id}", request=request.id)
    if ctx.question is not None:
        ctx.question.closed_at = ctx.now
    told = [Reply(t("members.refused" if not approved else "members.approved", who=polite(member)))]
    if approved:
        told += link(ctx, Newcomer.behind(request), member, how="approval")
    return told + _next(ctx)


def _decided_already(ctx: Context, request: LoginRequest, member: Member) -> Reply:
    by = members_table.get(ctx.db, request.decided_by) if request.decided_by else None
    key = {
        RequestState.APPROVED: "members.decided-approved",
        RequestState.REFUSED: "members.decided-refused",
    }.get(RequestState(request.state), "members.decided-otherwise")
    return Reply(t(key, who=polite(member), by=polite(by) if by else ""))


def _is_over(ctx: Context, request: LoginRequest) -> bool:
    return request.made_at <= logins.since(ctx.now, ctx.settings.code_hours)


def waiting(ctx: Context) -> list[tuple[LoginRequest, Member]]:
    """The requests that the speaker may decide, oldest first."""
    since = logins.since(ctx.now, ctx.settings.code_hours)
    found = logins.open_requests(ctx.db, [top.path for top in ctx.led()], since)
    return [(request, member) for request, member in found if may_admit(ctx, member)]


def next_request(ctx: Context) -> Reply:
    """The oldest request that waits for the speaker, as a question."""
    found = waiting(ctx)
    return _question(ctx, *found[0], None) if found else Reply(t("members.no-requests"))


def _next(ctx: Context) -> list[Reply]:
    """Where there are no buttons only the latest question can be answered by its number: ask the next one anew."""
    if ctx.incoming.kind is Kind.CHOICE:
        return []
    found = waiting(ctx)
    return [_question(ctx, *found[0], None)] if found else []
