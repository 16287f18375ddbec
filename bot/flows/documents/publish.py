"""The publishing dialogue: paper, audience, secrecy, preview, send. What the paper tells by itself is not asked."""

from __future__ import annotations

from typing import Any, ClassVar

from bot import refusals, upload_links
from bot.errors import Refused
from bot.flows.documents import intake, notices, preview, register, versions
from bot.flows.documents.details import Details
from bot.flows.documents.intake import Piece
from bot.flows.documents.options import Options
from bot.flows.documents.picking import Picking
from bot.flows.documents.proposals import propose
from bot.flows.documents.steps import Publish, Question
from bot.flows.documents.weblinks import read_link
from bot.fsm import Move, State
from bot.messages import Choice, Incoming, Platform, Reply
from bot.secrecy import Gate
from bot.texts import t
from storage import documents, organizations
from storage.documents import Document

__all__ = ["Publish", "PublishFlow"]

_ALL = [value for value in vars(Publish).values() if isinstance(value, State)]


def _from_all_but(*steps: State) -> list[State]:
    return [each for each in _ALL if each not in steps]


_CORRECTED = [Publish.number, Publish.summary, Publish.kind, Publish.date, Publish.issuer]
_SET = [Publish.deadline, Publish.expiry, Publish.check, Publish.right]


class PublishFlow(Details, Options, Picking):
    """A leading member publishes a document. Data: see `intake.add`, `picking.target_of` and `options.Options`; and
    number, issued_on (ISO date), issuer, summary, kind once they are known, `proposed` (the same keys, and `title`)
    and `fallback` (those of the version before) until then, `album` of the first photo, `replaces` (a document's id,
    0 for none, None: not asked yet), `insisted` when that was said at the beginning."""

    name = "documents"
    states = Publish
    moves: ClassVar[list[Move]] = [
        Move("to_audience", [Publish.paper, Publish.offer, Publish.scope, Publish.preview], Publish.audience),
        Move("to_scope", [Publish.preview], Publish.scope),
        Move("to_people", [Publish.audience, Publish.scope, Publish.people], Publish.people),
        Move("to_confirm", _from_all_but(Publish.confirm), Publish.confirm),
        Move("to_number", _from_all_but(Publish.number, Publish.preview), Publish.number),
        Move("to_summary", _from_all_but(Publish.summary, Publish.preview), Publish.summary),
        Move("to_date", _from_all_but(Publish.date, Publish.preview), Publish.date),
        Move("to_replace", _from_all_but(Publish.replace), Publish.replace),
        Move("to_preview", _from_all_but(Publish.preview), Publish.preview),
        Move("to_edit", [Publish.preview], Publish.edit),
        Move("to_kind", [Publish.edit], Publish.kind),
        Move("to_issuer", [Publish.edit], Publish.issuer),
        Move("to_options", [Publish.preview, *_SET], Publish.options),
        Move("to_deadline", [Publish.options], Publish.deadline),
        Move("to_expiry", [Publish.options], Publish.expiry),
        Move("to_check", [Publish.options], Publish.check),
        Move("to_answers", [Publish.check], Publish.answers),
        Move("to_right", [Publish.answers], Publish.right),
    ]

    # --- beginning ---------------------------------------------------------------------------------------------
    def begin(self) -> Reply:
        """By command, without a paper yet."""
        self.ctx.lead()
        self.dialogue.start(self.name, Publish.paper)
        return self.ask()

    def begin_replacing(self, earlier: Document) -> Reply:
        """A new version of a paper, for the readers of the one before. NotAllowed without rights over it."""
        self.ctx.require(organizations.get(self.ctx.db, earlier.organization_id))
        self.dialogue.start(
            self.name, Publish.paper, organization_id=earlier.organization_id, replaces=earlier.id, insisted=True,
            fallback=versions.known_of(earlier), **versions.settings_of(earlier),
        )  # fmt: skip
        question = self.ask()
        text = t("publishing.ask-new-version", title=notices.title(earlier))
        return Reply(text + upload_links.line(self.ctx), question.choices)

    def offer(self, incoming: Incoming) -> Reply:
        """A paper that came without a command: ask before anything is done with it."""
        self.ctx.lead()
        pieces = self._pieces(incoming, incoming.text)
        self.dialogue.start(self.name, Publish.offer)
        return self._take(incoming, pieces) or self.ask()

    def begin_with(self, incoming: Incoming, caption: str) -> Reply:
        """By command with the paper in the same message."""
        self.ctx.lead()
        pieces = self._pieces(incoming, caption)
        self.dialogue.start(self.name, Publish.paper)
        return self._take(incoming, pieces) or self.advance()

    def add(self, incoming: Incoming) -> Reply | list[Reply] | None:
        """The paper that was asked for, or one more page or file of the draft. An album's pages get no answer each."""
        first = not self._has_paper()
        pieces = self._pieces(incoming, incoming.text)
        in_album = bool(incoming.album) and incoming.album == self.dialogue.data.get("album")
        refusal = self._take(incoming, pieces)
        if refusal is not None:
            return refusal
        if first:
            return self.advance()
        reopened = self._unconfirmed() and self.state not in {"offer", "audience", "confirm"}
        if reopened:
            self.to(Publish.confirm)
        elif in_album:
            return None
        count = len(self.dialogue.data["files"])
        return [Reply(t("documents.page-added", count=count)), self.ask()]

    def put(self, pieces: list[Piece]) -> Reply | None:
        """Pieces that came through the upload page (uploaded.py); the answer for the chat when one is secret."""
        return self._take(self.ctx.incoming, pieces)

    def go_on(self) -> Reply:
        """The next question after pieces came that way."""
        if self.state in {"paper", "offer"}:
            return self.advance()
        if self._unconfirmed() and self.state not in {"audience", "confirm"}:
            return self.to(Publish.confirm)
        return self.ask()

    def _pieces(self, incoming: Incoming, words: str) -> list[Piece]:
        if not incoming.attachments:
            return [read_link(words) or intake.read_text(words)]
        return [intake.read_file(self.ctx, attachment, words) for attachment in incoming.attachments]

    def _take(self, incoming: Incoming, pieces: list[Piece]) -> Reply | None:
        """Put pieces into the draft. A secret one ends it: nothing of the draft is used, and the answer says why."""
        if any(piece.verdict.gate is Gate.REFUSED for piece in pieces):
            answer = refusals.refuse(self.ctx, self.dialogue.data)
            self.dialogue.finish()
            return answer
        for piece in pieces:
            self.dialogue.update(**intake.add(self.ctx, self.dialogue.data, piece))
            self._propose(piece)
        if incoming.album and "album" not in self.dialogue.data:
            self.dialogue.update(album=incoming.album)
        return None

    def _propose(self, piece: Piece) -> None:
        found = propose(piece.text, piece.name)
        known = self.dialogue.data.get("proposed", {})
        new = {
            "number": found.number,
            "issued_on": found.issued_on.isoformat() if found.issued_on else "",
            "issuer": found.issuer,
            "summary": found.summary,
            "title": found.title,
        }
        self.dialogue.update(proposed={key: known.get(key) or value for key, value in new.items()})
        if found.bad_date and not self.dialogue.data["proposed"]["issued_on"]:
            self.dialogue.update(bad_date=found.bad_date)

    # --- going on ----------------------------------------------------------------------------------------------
    def advance(self) -> Reply:
        """Go to the first step whose answer is missing; what the paper tells is taken as it is."""
        if not self.dialogue.data.get("organization_id") and not self._only_audience():
            return self.to(Publish.audience)
        if self._unconfirmed():
            return self.to(Publish.confirm)
        self.take_proposals()
        return self.to(self._missing(self.dialogue.data) or Publish.preview)

    def _missing(self, data: dict[str, Any]) -> State | None:
        """The step that asks what the paper does not tell, and whether it replaces another."""
        for key, step in (("number", Publish.number), ("summary", Publish.summary)):
            if key not in data:
                return step
        if data.get("bad_date") and "issued_on" not in data:
            return Publish.date
        if data.get("replaces") is None and versions.candidate(self.ctx, data) is not None:
            return Publish.replace
        return None

    def confirm(self) -> Reply:
        """The sender answers for the paper; their name stays on record."""
        data = self.dialogue.data
        self.ctx.audit("document.confirmed", gate=data["gate"], reason=data["reason"])
        self.dialogue.update(confirmed=True, confirmed_by=self.ctx.my_id)
        return self.advance()

    def decide(self, replaces: int) -> Reply:
        """Whether it takes the place of the earlier paper with this number (its id), or is another one (0)."""
        if replaces:
            versions.replaceable(self.ctx, replaces)
            self.dialogue.update(**versions.audience_of(documents.get(self.ctx.db, replaces)))
        self.dialogue.update(replaces=replaces)
        return self.advance()

    def send(self, *, privately: bool = False) -> Reply:
        """Publish. The rights are checked again: a role may have ended since the dialogue began.

        `privately`: to each person also where the planner would rather spare the month's messages.
        """
        data = self.dialogue.data
        self.ctx.require(organizations.get(self.ctx.db, data["organization_id"]))
        office = register.Office.of(self.ctx)
        try:
            published = register.publish(office, preview.order_of(self.ctx, data, privately=privately))
        except Refused as refusal:
            self.dialogue.finish()
            return Reply(t(refusal.key, **refusal.values))
        self.dialogue.finish()
        return register.answer(office, published)

    # --- questions ---------------------------------------------------------------------------------------------
    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("documents.publishing")

    def ask(self) -> Reply:
        """The question of the current step."""
        text, choices = getattr(self, f"_ask_{self.state}")(self.dialogue.data)
        back = (Choice("dialogue.back", t("dialogue.back")),) if self.dialogue.stack[-1]["trail"] else ()
        if self.state in {"preview", "edit", "options"}:  # they offer a way on, which is as good
            back = ()
        return Reply(text, (*choices, *back, Choice("dialogue.cancel", t("dialogue.cancel"))))

    def _ask_paper(self, _data: dict[str, Any]) -> Question:
        if self.ctx.incoming.platform != Platform.ZALO:
            return t("documents.ask-paper"), ()
        if not (link := upload_links.link_for(self.ctx)):
            return t("documents.ask-paper-zalo"), ()
        text = t("uploads.ask-paper", link=link, minutes=upload_links.UPLOAD_MINUTES)
        return text, (Choice("uploads.done", t("uploads.done-label")),)

    def _ask_offer(self, _data: dict[str, Any]) -> Question:
        found = self.audiences()
        name = found[0].name if len(found) == 1 else t("documents.several-audiences")
        return t("documents.ask-offer", name=name), (
            Choice("documents.go", t("documents.offer-go")),
            Choice("documents.more-pages", t("documents.offer-more")),
        )

    def _ask_confirm(self, data: dict[str, Any]) -> Question:
        key = data["reason"] or "scan"
        label = t("documents.confirm-scan-label" if key == "scan" else "documents.confirm-held-label")
        return t(f"documents.confirm-{key}"), (Choice("documents.confirm", label),)

    def _ask_replace(self, data: dict[str, Any]) -> Question:
        found = versions.candidate(self.ctx, data)
        if found is None:  # it was withdrawn or replaced meanwhile
            return t("publishing.ask-replace-gone"), (Choice("publishing.decide", t("publishing.replace-no"), "0"),)
        sent = found.published_at or found.created_at
        text = versions.asked(found, sent.astimezone(self.ctx.settings.zone).date())
        return text, (
            Choice("publishing.decide", t("publishing.replace-yes"), str(found.id)),
            Choice("publishing.decide", t("publishing.replace-no"), "0"),
        )

    def _ask_preview(self, data: dict[str, Any]) -> Question:
        return preview.show(self.ctx, data)

    def _has_paper(self) -> bool:
        return bool(self.dialogue.data.get("files") or self.dialogue.data.get("body"))

    def _unconfirmed(self) -> bool:
        return self.dialogue.data["gate"] != Gate.OPEN and not self.dialogue.data["confirmed"]

    def _only_audience(self) -> bool:
        """With one possible audience there is nothing to ask. NotAllowed when there is none any more."""
        self.ctx.lead()
        found = self.audiences()
        if len(found) != 1:
            return False
        self.dialogue.update(organization_id=found[0].id)
        return True
