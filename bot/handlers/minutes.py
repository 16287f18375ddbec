"""Words and buttons that lead to minutes and resolutions. What both this feature and documents need is joined here:
flows of one feature do not know those of another."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context
from bot.errors import BadInput
from bot.flows.documents.filetypes import DOCX, recognise
from bot.flows.documents.numbers import number_key
from bot.flows.documents.register import Office, Order, audience_of
from bot.flows.documents.register import publish as publish_document
from bot.flows.minutes import approving, card, editing, issuing
from bot.flows.minutes.approving import Return, ReturnFlow
from bot.flows.minutes.editing import Edit, EditFlow
from bot.flows.minutes.informing import Inform, InformFlow
from bot.flows.minutes.issuing import Issue, Issued
from bot.flows.minutes.templates import Template, TemplateFlow
from bot.matching import fold
from bot.messages import Incoming, Kind, Reply
from bot.routing import Answer, Router, attached, choice, command, private, state
from bot.texts import t
from storage.documents import Document, DocumentState
from storage.minutes import PaperKind
from storage.readers import Target

router = Router("minutes")
MINUTES = command(
    "bienban", "biên bản", "lập biên bản", "làm biên bản", "viết biên bản", "gửi biên bản", "biên bản họp"
)
RESOLUTION = command("ranghiquyet", "ra nghị quyết", "lập nghị quyết", "soạn nghị quyết", "báo kết quả")
TEMPLATE = command("maubienban", "mẫu biên bản", "đổi mẫu biên bản", "gửi mẫu biên bản")


def typed(incoming: Incoming, ctx: Context) -> bool:
    """Words, not a press and not the number of a choice."""
    return incoming.kind is Kind.MESSAGE and ctx.chosen is None and bool(incoming.text.strip())


@router.on(private(), MINUTES)
def which(_incoming: Incoming, ctx: Context) -> Reply:
    """The minutes that are due, or the question which ones."""
    return card.which(ctx)


@router.on(private(), RESOLUTION)
def after(_incoming: Incoming, ctx: Context) -> Reply:
    """What follows the minutes approved last: the resolution, results to other units."""
    return card.after(ctx)


@router.on(private(), choice("minutes.draft"))
def draft(_incoming: Incoming, ctx: Context) -> Reply:
    """The draft of this meeting's minutes."""
    return card.draft(ctx, _argument(ctx))


@router.on(private(), choice("minutes.resolution"))
def resolution(_incoming: Incoming, ctx: Context) -> Reply:
    """The draft of this meeting's resolution."""
    return card.resolution(ctx, _argument(ctx))


@router.on(private(), choice("minutes.card"))
def again(_incoming: Incoming, ctx: Context) -> Reply:
    """The paper as it stands."""
    return card.again(ctx, _argument(ctx))


@router.on(private(), choice("minutes.file"))
def printable(_incoming: Incoming, ctx: Context) -> Reply:
    """The .docx."""
    return issuing.printable(ctx, _argument(ctx))


# --- section by section ---------------------------------------------------------------------------------------------
@router.on(private(), choice("minutes.sections"))
def sections(_incoming: Incoming, ctx: Context) -> Reply:
    """The sections as choices."""
    return editing.listing(ctx, _argument(ctx))


@router.on(private(), choice("minutes.section"))
def section(_incoming: Incoming, ctx: Context) -> Reply:
    """This section."""
    return EditFlow(ctx).begin(_argument(ctx))


@router.on(private(), state(Edit.text), choice("minutes.keep"))
def keep(_incoming: Incoming, ctx: Context) -> Reply:
    """It stays as it is."""
    return EditFlow(ctx).keep()


@router.on(private(), choice("minutes.redraft"))
def redraft(_incoming: Incoming, ctx: Context) -> Reply:
    """Back to what was recorded."""
    return editing.redraft(ctx, _argument(ctx))


@router.on(private(), choice("minutes.undo"))
def undo(_incoming: Incoming, ctx: Context) -> Reply:
    """The text before."""
    return editing.undo(ctx, _argument(ctx))


@router.on(private(), state(Edit.text), typed)
def edit(incoming: Incoming, ctx: Context) -> Reply:
    """A new text."""
    return EditFlow(ctx).set_text(incoming.text)


# --- approval -------------------------------------------------------------------------------------------------------
@router.on(private(), choice("minutes.submit"))
def submit(_incoming: Incoming, ctx: Context) -> Answer:
    """To the chair."""
    return approving.submit(ctx, _argument(ctx))


@router.on(private(), choice("minutes.take-back"))
def take_back(_incoming: Incoming, ctx: Context) -> Reply:
    """Something is still to be changed."""
    return approving.take_back(ctx, _argument(ctx))


@router.on(private(), choice("minutes.approve"))
def approve(_incoming: Incoming, ctx: Context) -> Answer:
    """The chair agrees."""
    return approving.approve(ctx, _argument(ctx))


@router.on(private(), choice("minutes.return"))
def give_back(_incoming: Incoming, ctx: Context) -> Reply:
    """The chair does not."""
    return ReturnFlow(ctx).begin(_argument(ctx))


@router.on(private(), state(Return.reason), choice("minutes.return-plain"))
def give_back_plain(_incoming: Incoming, ctx: Context) -> Answer:
    """Without a reason."""
    return ReturnFlow(ctx).give_back("")


@router.on(private(), state(Return.reason), typed)
def give_back_because(incoming: Incoming, ctx: Context) -> Answer:
    """With one."""
    return ReturnFlow(ctx).give_back(incoming.text)


# --- sent -----------------------------------------------------------------------------------------------------------
@router.on(private(), choice("minutes.approve-send"))
def approve_and_send(_incoming: Incoming, ctx: Context) -> Answer:
    """Both in one press. What is not approved is not sent, nor what looks unlike the branch's own template."""
    approved = approving.approve(ctx, _argument(ctx))
    unlike = approved[0].text.startswith(t("minutes.template-fell-back"))
    if unlike or not approving.is_approved(ctx, _argument(ctx)):
        return approved
    told = [replace(reply, choices=()) for reply in approved[1:]]  # the writer has nothing left to send
    return [issuing.send(ctx, _argument(ctx), publish), *told]


@router.on(private(), choice("minutes.send"))
def send(_incoming: Incoming, ctx: Context) -> Reply:
    """To the members, with acknowledgement."""
    return issuing.send(ctx, _argument(ctx), publish)


def publish(ctx: Context, issue: Issue) -> Issued:
    """As any paper is published; only who was summoned to a committee meeting gets its minutes."""
    target = Target(issue.home.path, members=issue.members)
    document = Document(
        organization_id=issue.home.id or 0, number=issue.number, number_key=number_key(issue.number), kind=issue.kind,
        issued_on=issue.issued_on, issuer=issue.home.name, summary=issue.summary,
        search_key=fold(f"{issue.number} {issue.summary}"), state=DocumentState.PUBLISHED, created_by=ctx.my_id,
        created_at=ctx.now, published_at=ctx.now, audience=audience_of(target),
    )  # fmt: skip
    drafted = [{"id": issue.file_id, "picture": False}]
    published = publish_document(Office.of(ctx), Order(document, target, drafted, confirmed_by=ctx.my_id))
    return Issued(published.document.id or 0, published.reach.reachable)


# --- results to the units concerned ---------------------------------------------------------------------------------
@router.on(private(), choice("minutes.inform"))
def inform(_incoming: Incoming, ctx: Context) -> Reply:
    """Which conclusion."""
    return InformFlow(ctx).begin(_argument(ctx))


@router.on(private(), state(Inform.item), choice("minutes.inform-item"))
def inform_item(_incoming: Incoming, ctx: Context) -> Reply:
    """This one."""
    return InformFlow(ctx).pick(_argument(ctx))


@router.on(private(), state(Inform.unit), choice("minutes.inform-unit"))
def inform_unit(_incoming: Incoming, ctx: Context) -> Reply:
    """To this unit."""
    return InformFlow(ctx).address(_argument(ctx))


@router.on(private(), state(Inform.unit), typed)
def inform_search(incoming: Incoming, ctx: Context) -> Reply:
    """Part of its name."""
    return InformFlow(ctx).search(incoming.text)


@router.on(private(), state(Inform.item, Inform.unit), choice("minutes.inform-page"))
def inform_page(_incoming: Incoming, ctx: Context) -> Reply:
    """More of them."""
    return InformFlow(ctx).turn()


@router.on(private(), state(Inform.confirm), choice("minutes.inform-send"))
def inform_send(_incoming: Incoming, ctx: Context) -> Reply:
    """Send it."""
    return InformFlow(ctx).send()


# --- the branch's own template --------------------------------------------------------------------------------------
@router.on(private(), TEMPLATE)
def template(_incoming: Incoming, ctx: Context) -> Reply:
    """A template is to come."""
    return TemplateFlow(ctx).begin()


@router.on(private(), choice("minutes.template"))
def template_of(_incoming: Incoming, ctx: Context) -> Reply:
    """The one of minutes or of resolutions."""
    return TemplateFlow(ctx).begin(PaperKind(_argument(ctx)))


@router.on(private(), state(Template.file), choice("minutes.template-sample"))
def template_sample(_incoming: Incoming, ctx: Context) -> Reply:
    """The one in use."""
    return TemplateFlow(ctx).sample()


@router.on(private(), state(Template.file), choice("minutes.template-drop"))
def template_drop(_incoming: Incoming, ctx: Context) -> Reply:
    """Ours again."""
    return TemplateFlow(ctx).drop()


@router.on(private(), state(Template.file), attached())
def template_file(incoming: Incoming, ctx: Context) -> Reply:
    """The file: what it is, is told by its content; macros and the like are refused there."""
    sent = incoming.attachments[0]
    content = ctx.fetched.get(sent.handle)
    if content is not None and recognise(content) is not DOCX:
        raise BadInput("minutes.template-docx")
    return TemplateFlow(ctx).take(sent, content)


@router.on(private(), state(Template.file), typed)
def template_words(_incoming: Incoming, ctx: Context) -> Reply:
    """Words instead of a file."""
    reply = TemplateFlow(ctx).ask()
    return Reply(f"{t('minutes.template-docx')}\n{reply.text}", reply.choices)


def _argument(ctx: Context) -> str:
    return ctx.chosen.argument if ctx.chosen else ""
