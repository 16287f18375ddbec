"""What a person may do with a paper's sound, as choices below it."""

from __future__ import annotations

from sqlmodel import Session

from bot.context import Context
from bot.messages import Choice
from bot.settings import Settings
from bot.texts import t
from storage import audios, library, organizations
from storage.audios import AudioState
from storage.documents import Document, DocumentState


def audible(session: Session, settings: Settings, document: Document) -> bool:
    """Whether there is something to hear, as the first letter has it: an edition, or words to speak."""
    edition = audios.edition(session, document.id or 0)
    if edition is not None and edition.state != AudioState.WANTED:
        return edition.state == AudioState.READY
    return settings.speech != "off" and (bool(document.body) or library.has_text(session, document.id or 0))


def below(ctx: Context, document: Document) -> tuple[Choice, ...]:
    """ "Nghe" where there is something to hear or the machine can speak; for its leaders the recording too."""
    if document.state != DocumentState.PUBLISHED:
        return ()
    found = []
    edition = audios.edition(ctx.db, document.id or 0)
    if ctx.settings.speech != "off" or (edition is not None and edition.state == AudioState.READY):
        found.append(Choice("listening.listen", t("listening.listen-label"), str(document.id)))
    if ctx.may(organizations.get(ctx.db, document.organization_id)):
        found.append(Choice("listening.attach", t("listening.attach-label"), str(document.id)))
    return tuple(found)
