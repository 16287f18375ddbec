"""A branch's own template: sent in the chat or by the command line, checked, put in place."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlmodel import Session

from bot.context import Context
from bot.errors import BadInput, NotAllowed
from bot.flows.minutes.desk import KEEPING
from bot.flows.minutes.printing import MIME
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Attachment, Choice, Platform, Reply
from bot.texts import t
from storage import audit, minutes, organizations
from storage.files import FileStore
from storage.minutes import MinutesTemplate, PaperKind
from storage.organizations import Organization

NAME = "mau.docx"


def place(ctx: Context) -> Organization:
    """Whose template the speaker sets: of exactly the organization where they write minutes."""
    mine = [top for kind, top in ctx.roles if kind in KEEPING]
    if not mine:
        _ = ctx.me
        raise NotAllowed
    return next((top for top in mine if top.id == ctx.me.organization_id), mine[0])


def put(session: Session, store: FileStore, wanted: MinutesTemplate, content: bytes, now: datetime) -> int:
    """Check a template and put it in place; returns how many placeholders it has. BadInput with the reason otherwise.

    `wanted.file_id` is set here. Who calls has made sure that the bytes are an honest .docx without macros.
    """
    from bot.flows.minutes import docx_text  # loads a library that the running bot seldom needs

    count = docx_text.check(content)
    wanted.file_id = store.keep(session, content, name=NAME, mime=MIME, at=now).id or 0
    minutes.set_template(session, wanted)
    audit.write(
        session, now, "minutes.template", actor_id=wanted.set_by, subject=f"organization:{wanted.organization_id}",
        kind=str(wanted.kind),
    )  # fmt: skip
    return count


class Template(StatesGroup):
    """The one step."""

    file = State()


class TemplateFlow(Flow[Context]):
    """Takes a .docx. Data: kind, organization."""

    name = "minutes-template"
    states = Template
    moves: ClassVar[list[Move]] = []

    def begin(self, kind: PaperKind = PaperKind.MINUTES) -> Reply:
        """Say what is wanted; Zalo shows bots no files, so there it is the operator's command."""
        home = place(self.ctx)
        if self.ctx.incoming.platform == Platform.ZALO:
            return Reply(t("minutes.template-zalo"))
        self.dialogue.start(self.name, Template.file, kind=kind, organization=home.id)
        return self.ask()

    def ask(self) -> Reply:
        """The question."""
        home = organizations.get(self.ctx.db, self.dialogue.data["organization"])
        kind = PaperKind(self.dialogue.data["kind"])
        other = PaperKind.RESOLUTION if kind is PaperKind.MINUTES else PaperKind.MINUTES
        choices = [
            Choice("minutes.template-sample", t("minutes.choice-sample"), kind),
            Choice("minutes.template", t(f"minutes.choice-template-{other}"), other),
        ]
        if minutes.template_of(self.ctx.db, home.id or 0, kind) is not None:
            choices.append(Choice("minutes.template-drop", t("minutes.choice-template-drop"), kind))
        choices.append(Choice("dialogue.cancel", t("dialogue.cancel")))
        return Reply(t(f"minutes.ask-template-{kind}", organization=home.name), tuple(choices))

    def title(self) -> str:
        """What is offered again."""
        return t("minutes.title-template")

    def sample(self) -> Reply:
        """The template in use, to be changed in Word."""
        from bot.flows.minutes import blank

        kind, home = self._where()
        content = blank.template(kind)
        own = minutes.template_for(self.ctx.db, home.path, kind)
        self.dialogue.update()
        if own is not None:
            return Reply(t("minutes.sample"), file_id=own.file_id)
        stored = self.ctx.store.keep(self.ctx.db, content, name=f"mau-{kind}.docx", mime=MIME, at=self.ctx.now)
        return Reply(t("minutes.sample"), file_id=stored.id)

    def drop(self) -> Reply:
        """Back to the usual one."""
        kind, home = self._where()
        own = minutes.template_of(self.ctx.db, home.id or 0, kind)
        self.dialogue.finish()
        if own is not None:
            minutes.drop_template(self.ctx.db, own)
            self.ctx.audit("minutes.template-dropped", f"organization:{home.id}", kind=str(kind))
        return Reply(t("minutes.template-dropped"), ends=True)

    def take(self, attachment: Attachment, content: bytes | None) -> Reply:
        """The file. BadInput keeps the step: a better one can follow."""
        kind, home = self._where()
        if content is None or not attachment.name.lower().endswith(".docx"):
            raise BadInput("minutes.template-docx")
        row = MinutesTemplate(
            organization_id=home.id or 0, kind=kind, file_id=0, set_by=self.ctx.my_id, set_at=self.ctx.now
        )
        count = put(self.ctx.db, self.ctx.store, row, content, self.ctx.now)
        self.dialogue.finish()
        return Reply(t(f"minutes.template-set-{kind}", organization=home.name, count=count), ends=True)

    def _where(self) -> tuple[PaperKind, Organization]:
        home = organizations.get(self.ctx.db, self.dialogue.data["organization"])
        if not any(kind in KEEPING and top.id == home.id for kind, top in self.ctx.roles):
            raise NotAllowed
        return PaperKind(self.dialogue.data["kind"]), home
