"""Down the levels: a level adds a word of its own to a paper from above, or passes one on that came to its leaders."""

from __future__ import annotations

from typing import Any, ClassVar

from bot.context import Context
from bot.errors import BadInput, NotAllowed, Refused
from bot.flows.documents import notices, register, sound_choices
from bot.flows.documents.acknowledge import known
from bot.flows.documents.status import fitting
from bot.flows.documents.steps import one_line
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.quota.plans import Plan
from bot.quota.preview import lines as cost_lines
from bot.texts import t
from storage import documents, organizations, readers
from storage.broadcasts import Broadcast
from storage.documents import EVERYONE, Document, DocumentNote
from storage.organizations import Organization
from storage.readers import Target

NOTE_LIMIT = 400


class Directing(StatesGroup):
    """The steps of adding a word to a paper from above."""

    words = State()
    review = State()


class DirectFlow(Flow[Context]):
    """ "Thêm ý kiến chỉ đạo". Data: document_id, organization_id, text."""

    name = "direction"
    states = Directing
    moves: ClassVar[list[Move]] = [
        Move("review", [Directing.words], Directing.review),
        Move("reword", [Directing.review], Directing.words),
    ]

    def review(self) -> None:
        """The words are there."""
        self.fire("review")

    def reword(self) -> None:
        """They are to be written anew."""
        self.fire("reword")

    def begin(self, document_id: int) -> Reply:
        """A leader of a level between issuer and members. NotAllowed for everybody else."""
        document = known(self.ctx, document_id)
        level = notices.led_below(self.ctx, document)
        if level is None:
            raise NotAllowed
        self.dialogue.start(self.name, Directing.words, document_id=document_id, organization_id=level.id)
        return self.ask()

    def write(self, words: str) -> Reply:
        """The words. BadInput when they are too short or too long, or bear a mark of secrecy."""
        self.dialogue.update(text=one_line(words, least=5, most=NOTE_LIMIT))
        if self.state == "words":
            self.review()
        return self.ask()

    def change(self) -> Reply:
        """Write them anew."""
        self.reword()
        return self.ask()

    def send(self) -> Reply:
        """Keep the words with the paper, and tell everybody below."""
        ctx, data = self.ctx, self.dialogue.data
        document = known(ctx, data["document_id"])
        level = organizations.get(ctx.db, data["organization_id"])
        ctx.require(level)
        self._keep(document, level, data["text"])
        plan = self._plan(document, level)
        ctx.db.add(_broadcast(ctx, document, level, self._letter(document, level), plan))
        ctx.audit("document.directed", f"document:{document.id}", organization=level.id)
        self.dialogue.finish()
        reach = readers.reach(ctx.db, _below(document, level))
        return Reply(t("publishing.directed", title=notices.title(document), reachable=reach.reachable))

    def _keep(self, document: Document, level: Organization, text: str) -> None:
        row = readers.note_of(self.ctx.db, document.id or 0, level.id or 0)
        if row is None:
            row = DocumentNote(
                document_id=document.id or 0, organization_id=level.id or 0, text=text, written_at=self.ctx.now
            )
        row.text, row.written_by, row.written_at = text, self.ctx.my_id, self.ctx.now
        self.ctx.db.add(row)
        self.ctx.db.flush()

    def _plan(self, document: Document, level: Organization) -> Plan:
        office, letter = register.Office.of(self.ctx), self._letter(document, level)
        return register.plan_for(office, _below(document, level), letter)

    def _letter(self, document: Document, level: Organization) -> str:
        said = t("publishing.direction", name=level.name, text=self.dialogue.data["text"])
        return t("publishing.direction-letter", title=notices.dated(document), said=said)

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("publishing.directing")

    def ask(self) -> Reply:
        """The question of the current step."""
        document = documents.get(self.ctx.db, self.dialogue.data["document_id"])
        level = organizations.get(self.ctx.db, self.dialogue.data["organization_id"])
        cancel = Choice("dialogue.cancel", t("dialogue.cancel"))
        if self.state == "words":
            text = t("publishing.ask-direction", name=level.name, title=notices.title(document), most=NOTE_LIMIT)
            return Reply(text, (cancel,))
        reach = readers.reach(self.ctx.db, _below(document, level))
        costs = cost_lines(self._plan(document, level), self.ctx.settings, self.ctx.now)
        text = t(
            "publishing.direction-preview", said=self.dialogue.data["text"], name=level.name, members=reach.members,
            reachable=reach.reachable, cost=" ".join(costs) or t("documents.preview-nobody"),
        )  # fmt: skip
        send = Choice("publishing.direct-send", t("documents.send-label"))
        again = Choice("publishing.direct-again", t("publishing.direct-again"))
        return Reply(text, (send, again, cancel))


def _below(document: Document, level: Organization) -> Target:
    """Everybody below a level who has the paper."""
    if document.audience == EVERYONE:
        return Target(level.path)
    return Target(level.path, readers_of=document.id or 0)


def _choices(ctx: Context, document: Document) -> list[dict[str, Any]]:
    """What these letters come with: the same as the first one, for readers."""
    audible = sound_choices.audible(ctx.db, ctx.settings, document)
    return notices.as_rows(notices.letter_choices(document.id or 0, passable=False, audible=audible))


def _broadcast(ctx: Context, document: Document, level: Organization, letter: str, plan: Plan) -> Broadcast:
    everybody = document.audience == EVERYONE
    return Broadcast(
        path=level.path,
        about=f"document:{document.id}",
        text=letter,
        group_text=letter if everybody else "",
        choices=_choices(ctx, document),
        linked=True,
        readers_of=None if everybody else document.id,
        lane=plan.lane,
        plan=plan.ways(),
        made_by=ctx.my_id,
        made_at=ctx.now,
        title=t("publishing.title-direction", title=notices.title(document)),
    )


# --- passing on ----------------------------------------------------------------------------------------------------
def ask_pass(ctx: Context, document_id: int) -> Reply:
    """What passing a paper on would reach and cost. NotAllowed for who leads nothing below its issuer."""
    document, level = _passable(ctx, document_id)
    target = Target(level.path)
    plan = _pass_plan(ctx, document, target)
    reach = readers.reach(ctx.db, target)
    waiting = reach.members - readers.count(ctx.db, document_id, level.path)
    if waiting <= 0:
        raise Refused("publishing.passed-already", title=notices.title(document), name=level.name)
    text = t(
        "publishing.ask-pass", title=notices.dated(document), name=level.name, members=waiting,
        cost=" ".join(cost_lines(plan, ctx.settings, ctx.now)) or t("documents.preview-nobody"),
    )  # fmt: skip
    argument = f"{document_id}:{level.id}"
    return Reply(
        text,
        (
            Choice("publishing.pass-send", t("publishing.pass-send"), argument),
            Choice("publishing.pass-not", t("publishing.pass-not")),
        ),
        about=f"document:{document_id}",
    )


def pass_on(ctx: Context, document_id: int, organization_id: int) -> Reply:
    """The same paper goes to everybody below who has not got it. A second tap finds nobody left."""
    document, level = _passable(ctx, document_id)
    if level.id != organization_id:
        raise NotAllowed
    target = Target(level.path)
    plan = _pass_plan(ctx, document, target)
    added = readers.enroll(ctx.db, document_id, target.who(), via=level.id)
    if not added:
        raise Refused("publishing.passed-already", title=notices.title(document), name=level.name)
    ctx.db.add(_passed_broadcast(ctx, document, level, plan))
    ctx.audit("document.passed-on", f"document:{document_id}", organization=level.id, members=added)
    return Reply(t("publishing.passed", title=notices.title(document), name=level.name, members=added))


def pass_newest(ctx: Context, words: str) -> Reply:
    """By command: the newest paper that came to the speaker as a leader, or the one that the words name."""
    found = [each for each in readers.listed_for(ctx.db, ctx.my_id) if _level(ctx, each) is not None]
    named = fitting(found, words)
    if not named:
        ctx.lead()
        raise BadInput("publishing.nothing-to-pass")
    return ask_pass(ctx, named[0].id or 0)


def _passable(ctx: Context, document_id: int) -> tuple[Document, Organization]:
    document = known(ctx, document_id)
    level = _level(ctx, document)
    if level is None or document.audience == EVERYONE:
        raise NotAllowed
    return document, level


def _level(ctx: Context, document: Document) -> Organization | None:
    """The level that the speaker passes it on to: the highest below the issuer that they lead, if they have it."""
    if _has(ctx, document) or ctx.may(organizations.get(ctx.db, document.organization_id)):
        return notices.led_below(ctx, document)
    return None


def _has(ctx: Context, document: Document) -> bool:
    return documents.reading(ctx.db, document.id or 0, ctx.my_id) is not None


def _pass_plan(ctx: Context, document: Document, target: Target) -> Plan:
    office = register.Office.of(ctx)
    letter = _passed_letter(ctx, document)
    return register.plan_for(office, target, letter, only=(readers.has_none(document.id or 0),))


def _passed_letter(ctx: Context, document: Document) -> str:
    letter = notices.letter(document, linked=bool(ctx.links.public_url), zone=ctx.settings.zone)
    added = notices.directions(ctx, document)
    return f"{letter}\n{added}" if added else letter


def _passed_broadcast(ctx: Context, document: Document, level: Organization, plan: Plan) -> Broadcast:
    document_id = document.id or 0
    files = documents.file_ids(ctx.db, document_id)
    return Broadcast(
        path=level.path,
        about=f"document:{document_id}",
        text=_passed_letter(ctx, document),
        group_text=notices.post(document, private=plan.is_private),
        choices=_choices(ctx, document),
        file_id=files[0] if files else None,
        linked=True,
        readers_of=document_id,
        readers_via=level.id,
        lane=plan.lane,
        plan=plan.ways(),
        made_by=ctx.my_id,
        made_at=ctx.now,
        title=t("broadcasts.title-document", title=notices.title(document)),
    )
