"""Open a vote: one card with everything proposed, so that one press sends it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any, ClassVar

from bot.context import Context
from bot.errors import Refused
from bot.flows.votes import ballot, desk, rules
from bot.flows.votes.rules import OPENING
from bot.fsm import Flow, Move, State, StatesGroup
from bot.invitations import name_of
from bot.matching import fold
from bot.messages import Choice, Reply
from bot.quota.plans import Plan, Wanted
from bot.quota.plans import plan as plan_of
from bot.texts import t
from storage import agendas, meetings, organizations, votes
from storage.broadcasts import Broadcast
from storage.meetings import Meeting
from storage.organizations import Organization
from storage.votes import Vote

BEFORE, AFTER = timedelta(hours=6), timedelta(hours=2)
"""A command means the meeting that began less than BEFORE ago, or begins within AFTER. [ours]"""
Draft = dict[str, Any]
"""What is proposed: {"organization", "meeting" or None, "item" or None, "title", "two_thirds"}."""


class Opening(StatesGroup):
    """The steps."""

    offer = State()


class OpeningFlow(Flow[Context]):
    """Data: a Draft."""

    name = "vote"
    states = Opening
    moves: ClassVar[list[Move]] = []

    def begin(self, meeting_id: int | None, title: str = "") -> Reply:
        """Propose a vote in this meeting, or in the one that is under way; `title` as typed, else proposed."""
        organization, meeting = self._where(meeting_id)
        rules.require(self.ctx, organization, meeting)
        draft = _draft(self.ctx, organization, meeting, title)
        if not votes.count_electors(self.ctx.db, rules.electors(organization, meeting)):
            raise Refused("votes.nobody")
        self.dialogue.start(self.name, Opening.offer, **draft)
        return self.ask()

    def retitle(self, text: str) -> Reply:
        """Other words for what is voted on."""
        title = rules.checked(text)
        two_thirds = self.dialogue.data["two_thirds"] or rules.is_admission(title)
        self.dialogue.update(title=title, two_thirds=two_thirds)
        return self.ask()

    def turn_rule(self) -> Reply:
        """The other of the two shares."""
        self.dialogue.update(two_thirds=not self.dialogue.data["two_thirds"])
        return self.ask()

    def draft(self) -> Draft:
        """What is proposed; the dialogue ends. NotAllowed once the speaker's role is gone."""
        draft = self.dialogue.data
        rules.require(self.ctx, *self._place())
        self.dialogue.finish()
        return draft

    def send(self) -> list[Reply]:
        """Open it: everybody who votes is asked in private, the group is told."""
        organization, meeting = self._place()
        vote = new(self.ctx, self.draft(), closes_at=self.ctx.now + self._span(meeting))
        votes.open_for(self.ctx.db, vote, rules.electors(organization, meeting))
        vote.needed = rules.needed(self.ctx.settings, vote.base, two_thirds=vote.two_thirds)
        plan = planned(self.ctx, vote.title, organization, meeting)
        _announce(self.ctx, vote, organization, meeting, plan)
        self.ctx.audit("vote.opened", ballot.about(vote.id), base=vote.base, needed=vote.needed)
        return desk.opened(self.ctx, vote, plan)

    def ask(self) -> Reply:
        """The card."""
        organization, meeting = self._place()
        rules.require(self.ctx, organization, meeting)
        data, settings = self.dialogue.data, self.ctx.settings
        who = rules.electors(organization, meeting)
        base = votes.count_electors(self.ctx.db, who)
        here = votes.present(self.ctx.db, meeting.id or 0, who) if meeting is not None else 0
        text = t(
            "votes.offer", title=data["title"], base=base, rule=rules.rule(settings, two_thirds=data["two_thirds"]),
            needed=rules.needed(settings, base, two_thirds=data["two_thirds"]),
        )  # fmt: skip
        hands = [Choice("votes.all-hands", t("votes.choice-all-hands", count=here), str(here))] if here else []
        text = "\n".join([text, *desk.tight(self.ctx, planned(self.ctx, data["title"], organization, meeting))])
        other = rules.rule(settings, two_thirds=not data["two_thirds"])
        choices = (
            Choice("votes.send", t("votes.choice-send")),
            *hands,
            Choice("votes.hands", t("votes.choice-hands")),
            Choice("votes.rule", t("votes.choice-rule", rule=other)),
            Choice("dialogue.cancel", t("dialogue.cancel")),
        )
        return Reply(text, choices)

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("votes.title-opening")

    def _place(self) -> tuple[Organization, Meeting | None]:
        return rules.place(self.ctx.db, self.dialogue.data["organization"], self.dialogue.data["meeting"])

    def _where(self, meeting_id: int | None) -> tuple[Organization, Meeting | None]:
        if meeting_id is not None:
            meeting = meetings.get(self.ctx.db, meeting_id)
            return organizations.get(self.ctx.db, meeting.organization_id), meeting
        organization = self.ctx.lead(OPENING)
        span = (self.ctx.now - BEFORE, self.ctx.now + AFTER)
        found = [row for row in meetings.between(self.ctx.db, organization.id or 0, span) if row.ended_at is None]
        begun = [row for row in found if row.began_at is not None]
        return organization, next(reversed(begun or found), None)

    def _span(self, meeting: Meeting | None) -> timedelta:
        settings = self.ctx.settings
        return timedelta(hours=settings.vote_hours) if meeting is None else timedelta(minutes=settings.vote_minutes)


def new(ctx: Context, draft: Draft, **values: Any) -> Vote:
    """A vote out of a draft, not inserted."""
    return Vote(
        organization_id=draft["organization"], meeting_id=draft["meeting"], item_id=draft["item"],
        title=rules.checked(draft["title"]), two_thirds=draft["two_thirds"], opened_by=ctx.my_id, opened_at=ctx.now,
        **values,
    )  # fmt: skip


def _draft(ctx: Context, organization: Organization, meeting: Meeting | None, title: str) -> Draft:
    item = agendas.current(ctx.db, meeting.id or 0) if meeting is not None else None
    title = rules.checked(title) if title else _proposed(ctx, meeting, item.title if item is not None else "")
    return {
        "organization": organization.id, "meeting": meeting.id if meeting is not None else None,
        "item": item.id if item is not None else None, "title": title, "two_thirds": rules.is_admission(title),
    }  # fmt: skip


def _proposed(ctx: Context, meeting: Meeting | None, item: str) -> str:
    """From the item under way; one that speaks of what is not voted on in chat proposes nothing."""
    if item and rules.barred(item) is None and len(item) <= rules.LONGEST - len(t("votes.proposed", what="")):
        is_whole = fold(item).startswith(("thong qua", "bieu quyet"))
        return item if is_whole else t("votes.proposed", what=item[0].lower() + item[1:])
    if meeting is not None:
        return t("votes.proposed-of-meeting", name=name_of(meeting, ctx.settings.zone))
    return t("votes.proposed-plain")


def planned(ctx: Context, title: str, organization: Organization, meeting: Meeting | None) -> Plan:
    """How the letters of a vote go on each channel now: it wants a personal answer, like an invitation."""
    committee = rules.committee(meeting)
    wanted = Wanted(
        organization.path, ballot.letter(title), posts=committee is None, urgent=True, active=True,
        only=votes.official(committee),
    )  # fmt: skip
    return plan_of(ctx.db, ctx.settings, ctx.now, wanted)


def _announce(ctx: Context, vote: Vote, organization: Organization, meeting: Meeting | None, plan: Plan) -> None:
    """To each voter in private with the three answers; to the group without them: votes are cast in private. Where the
    month is too short for letters the group is told how to get one's own."""
    post = t("votes.group-opened-only" if plan.posts_only else "votes.group-opened", title=vote.title)
    broadcast = Broadcast(
        path=organization.path, about=ballot.about(vote.id), text=ballot.letter(vote.title), vote_id=vote.id,
        choices=[asdict(choice) for choice in ballot.choices(vote)], lane=plan.lane, plan=plan.ways(),
        made_by=ctx.my_id, made_at=ctx.now, title=t("votes.broadcast-title", title=vote.title),
        useful_until=vote.closes_at, group_text="" if rules.committee(meeting) is not None else post,
    )  # fmt: skip
    ctx.db.add(broadcast)
    ctx.db.flush()
