"""Listening to a paper: its parts one after the other, or the promise to send them once they are made.

Telegram: voice messages, a few at a press. Zalo: one voice message at a press, fetched by its address, because every
message there counts against the month's quota; the page with all parts stands beside it and costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot.context import Context
from bot.errors import Refused
from bot.flows.documents import notices
from bot.flows.documents.acknowledge import known
from bot.flows.documents.numbers import beginning, meet, number_key
from bot.links import Links
from bot.messages import Choice, Platform, Reply
from bot.sound_links import SoundLinks
from bot.texts import t
from storage import audios, documents, shelves
from storage.audios import AudioPart, AudioState
from storage.documents import Document
from storage.sight import Sight

AT_ONCE = 4
"""Voice messages of one press on Telegram: twenty minutes, which play one after the other there. [ours]"""
LIST = 6
"""Entries of a list on a phone (product.md, C5)."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Whose chat it is."""

    member_id: int
    channel_id: int
    platform: Platform


# --- one paper -------------------------------------------------------------------------------------------------------
def listen(ctx: Context, document_id: int, first: int = 1) -> list[Reply]:
    """The parts from `first` on, or why there are none yet."""
    document = known(ctx, document_id)
    listener = Listener(ctx.my_id, ctx.here.channel_id, ctx.incoming.platform)
    found = replies(ctx.db, ctx.links, document, listener, first=first)
    return found or [_promised(ctx, document)]


def _promised(ctx: Context, document: Document) -> Reply:
    document_id = document.id or 0
    edition = audios.edition(ctx.db, document_id)
    if edition is None and ctx.settings.speech == "off":
        raise Refused("listening.none")
    if edition is not None and edition.trouble == audios.NO_TEXT and edition.state == AudioState.FAILED:
        raise Refused("listening.no-text")  # a scan does not become readable by asking again
    audios.want(ctx.db, document_id, by=ctx.my_id, at=ctx.now)
    audios.wish(
        ctx.db, document_id, channel_id=ctx.here.channel_id, chat_id=ctx.here.chat_id, member_id=ctx.my_id, at=ctx.now
    )  # fmt: skip
    return Reply(t("listening.being-made", title=notices.title(document)), about=f"document:{document_id}")


def replies(
    session: Session, links: Links, document: Document, listener: Listener, *, first: int = 1
) -> list[Reply]:  # fmt: skip
    """The messages that carry the parts from `first` on; [] while there is no edition."""
    parts = audios.parts(session, document.id or 0)
    if not 1 <= first <= len(parts):
        return []
    if listener.platform is Platform.TELEGRAM:
        return _voices(document, parts, first)
    return [_address(links, document, parts, listener, first)]


def _voices(document: Document, parts: Sequence[AudioPart], first: int) -> list[Reply]:
    last = min(first + AT_ONCE - 1, len(parts))
    about = f"document:{document.id}"
    return [
        Reply(
            _caption(document, part, len(parts)),
            _onwards(document, last, len(parts)) if part.position == last else (),
            file_id=part.voice_file_id,
            about=about,
        )
        for part in parts[first - 1 : last]
    ]


def _address(links: Links, document: Document, parts: Sequence[AudioPart], listener: Listener, first: int) -> Reply:
    document_id, part = document.id or 0, parts[first - 1]
    address = SoundLinks(links).sound(document_id, listener.member_id, first, channel_id=listener.channel_id)
    if not address:
        return Reply(t("listening.no-address"), about=f"document:{document_id}")
    lines = [_caption(document, part, len(parts))]
    if len(parts) > 1:
        page = links.paper(document_id, listener.member_id, channel_id=listener.channel_id)
        lines.append(t("listening.whole-page", link=page))
    return Reply(
        "\n".join(lines),
        _onwards(document, first, len(parts)),
        file_id=part.aac_file_id,
        link=address,
        about=f"document:{document_id}",
    )


def _caption(document: Document, part: AudioPart, total: int) -> str:
    key = "listening.caption" if total > 1 else "listening.caption-whole"
    return t(key, part=part.position, total=total, title=notices.title(document), length=length(part.seconds))


def length(seconds: float) -> str:
    """ "4 phút 15 giây"."""
    minutes, rest = divmod(round(seconds), 60)
    return t("listening.minutes", minutes=minutes, seconds=rest) if minutes else t("listening.seconds", seconds=rest)


def _onwards(document: Document, last: int, total: int) -> tuple[Choice, ...]:
    """The next part, or at the end the acknowledgement: who has heard it all has read it."""
    document_id = str(document.id)
    if last < total:
        label = t("listening.next-label", part=last + 1, total=total)
        return (Choice("listening.listen", label, f"{document_id}:{last + 1}"),)
    return (
        Choice("documents.read", t("listening.heard-label"), document_id),
        Choice("documents.ask", t("documents.ask-label"), document_id),
    )


# --- the list --------------------------------------------------------------------------------------------------------
def shelf(ctx: Context, words: str = "", offset: int = 0) -> Reply | list[Reply]:
    """Papers that can be listened to; with a number, that paper at once."""
    if key := number_key(words):
        mine = shelves.with_number(ctx.db, Sight(ctx.my_id, ctx.my_branch.path), beginning(key))
        named = [each for each in mine if meet(each.number_key, key)]
        if len(named) == 1:
            return listen(ctx, named[0].id or 0)
    ready = audios.audible(ctx.db, Sight(ctx.my_id, ctx.my_branch.path), limit=LIST + 1, offset=offset)
    rows = [_row(each) for each in ready[:LIST]]
    if len(ready) > LIST:
        rows.append(Choice("listening.more", t("documents.more-label"), str(offset + LIST)))
    elif ctx.settings.speech != "off":
        rows += [_row(each) for each in _unspoken(ctx)[: LIST - len(rows)]]
    if not rows:
        return Reply(t("listening.nothing"))
    return Reply(t("listening.which" if ready else "listening.which-unmade"), tuple(rows))


def _unspoken(ctx: Context) -> list[Document]:
    """What the member has still to read and nobody has spoken yet."""
    unread = documents.unread(ctx.db, ctx.my_id)
    settled = audios.settled(ctx.db, [each.id or 0 for each in unread])
    return [each for each in unread if each.id not in settled]


def _row(document: Document) -> Choice:
    return Choice("listening.listen", notices.line(document), str(document.id))
