"""The menu of six entries (product.md, C5), what waits for a person, and help by role."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Context
from bot.dates import moment
from bot.messages import SAYS, Choice, Reply
from bot.people import role_of
from bot.texts import t
from storage import attendance, logins, shelves
from storage.attendance import RsvpState
from storage.members import LEADING

MENU = ("meetings", "resolutions", "papers", "new", "tasks", "guide")
SUBJECTS = ("meetings", "papers", "questions", "tasks", "account")
LEADERS = ("calling", "holding", "sending", "answering", "assigning", "joining")
"""Subjects of help: for everybody, and for who leads. Every command stands in one (a test walks them all)."""
ABOUT = "help"
MOST_MEETINGS = 3


def menu() -> Reply:
    """The six entries, as choices."""
    return Reply(t("help.menu"), tuple(Choice(f"menu.{entry}", t(f"help.menu-{entry}")) for entry in MENU))


def guide(ctx: Context) -> Reply:
    """Help is a list of subjects that lead on: first those of the role, the common ones behind one more press."""
    if ctx.member is None:
        return Reply(t("help.stranger"))
    role = role_of((kind for kind, _ in ctx.roles), ctx.member)
    if role == "volunteer":
        return Reply(t("help.volunteer"))
    return common() if role == "member" else _subjects(f"help.{role}", LEADERS, Choice("help.common", t("help.common")))


def common() -> Reply:
    """The subjects that concern everybody."""
    return _subjects("help.member", SUBJECTS)


def _subjects(key: str, subjects: Sequence[str], *more: Choice) -> Reply:
    choices = tuple(Choice("help.subject", t(f"help.name-{each}"), each) for each in subjects)
    return Reply(t(key), (*choices, *more), about=ABOUT)


def subject(ctx: Context, name: str) -> Reply:
    """Two or three lines on a subject, and its commands: to press one is to write it, so the words are learnt too."""
    if name not in SUBJECTS:
        ctx.lead()
    commands = [Choice(SAYS, words, words) for words in t(f"help.commands-{name}").splitlines()]
    back = Choice("help.common" if name in SUBJECTS else "menu.guide", t("help.back"))
    return Reply(t(f"help.about-{name}"), (*commands, back), about=ABOUT)


def tasks(ctx: Context) -> Reply:
    """What waits for the person who asks, with the way to it; a kind word when nothing does."""
    unread = shelves.count_unread(ctx.db, ctx.my_id)
    invited = attendance.open_for(ctx.db, ctx.me, ctx.now)
    meetings = [meeting for meeting, rsvp in invited if rsvp.state == RsvpState.NONE and not rsvp.wants_call]
    asking = _requests(ctx)
    lines, choices = [], []
    if meetings:
        choices.append(Choice("menu.meetings", t("help.answer-meetings")))
        lines += [
            t("help.waiting-meeting", when=moment(each.starts_at, ctx.settings.zone))
            for each in meetings[:MOST_MEETINGS]
        ]
    if unread:
        choices.append(Choice("library.list", t("help.read-new"), "unread"))
        lines.append(t("help.waiting-papers", count=unread))
    if asking:
        choices.append(Choice("login.requests", t("help.decide-requests")))
        lines.append(t("help.waiting-requests", count=asking))
    if not lines:
        return Reply(t("help.nothing-waits"), ends=True)
    return Reply("\n".join([t("help.waiting"), *lines]), tuple(choices))


def _requests(ctx: Context) -> int:
    """How many people without a code wait for the speaker's word."""
    paths = [top.path for top in ctx.led(LEADING)]
    return len(logins.open_requests(ctx.db, paths, logins.since(ctx.now, ctx.settings.code_hours)))
