"""The publishing dialogue: paper, audience, secrecy, number, summary, preview, send."""

from __future__ import annotations

from typing import Any, ClassVar

from bot.context import Context
from bot.errors import BadInput
from bot.flows.documents import intake, preview, register
from bot.flows.documents.intake import Piece
from bot.flows.documents.numbers import find_number
from bot.flows.documents.proposals import propose, tidy, written_date
from bot.flows.documents.secrecy import Gate, judge
from bot.fsm import Flow, Move, State, StatesGroup
from bot.matching import fold
from bot.messages import Choice, Incoming, Platform, Reply
from bot.texts import t
from storage import organizations
from storage.organizations import Organization

NUMBER_LIMIT = 60


class Publish(StatesGroup):
    """The steps of publishing."""

    paper = State()
    offer = State()
    audience = State()
    confirm = State()
    number = State()
    summary = State()
    preview = State()


class PublishFlow(Flow[Context]):
    """A leading member publishes a document. Data: see `intake.add`; and organization_id, number, issued_on (ISO
    date), issuer, summary once they are known, `proposed` (the same keys) until then, `album` of the first photo."""

    name = "documents"
    states = Publish
    moves: ClassVar[list[Move]] = [
        Move("choose_audience", [Publish.paper, Publish.offer], Publish.audience),
        Move(
            "confirm_secrecy",
            [Publish.paper, Publish.offer, Publish.audience, Publish.number, Publish.summary, Publish.preview],
            Publish.confirm,
        ),
        Move(
            "ask_number", [Publish.paper, Publish.offer, Publish.audience, Publish.confirm, Publish.preview],
            Publish.number,
        ),
        Move("ask_summary", [Publish.number, Publish.confirm, Publish.preview], Publish.summary),
        Move("review", [Publish.number, Publish.summary, Publish.confirm], Publish.preview),
    ]  # fmt: skip

    def choose_audience(self) -> None:
        """Several organizations are possible."""
        self.fire("choose_audience")

    def confirm_secrecy(self) -> None:
        """The gate wants a person's word."""
        self.fire("confirm_secrecy")

    def ask_number(self) -> None:
        """The number is not known, or is to be changed."""
        self.fire("ask_number")

    def ask_summary(self) -> None:
        """The summary is not known, or is to be changed."""
        self.fire("ask_summary")

    def review(self) -> None:
        """Everything is known."""
        self.fire("review")

    # --- beginning ---------------------------------------------------------------------------------------------
    def begin(self) -> Reply:
        """By command, without a paper yet."""
        self.ctx.lead()
        self.dialogue.start(self.name, Publish.paper)
        return self.ask()

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
            self.confirm_secrecy()
        elif in_album:
            return None
        count = len(self.dialogue.data["files"])
        return [Reply(t("documents.page-added", count=count)), self.ask()]

    def _pieces(self, incoming: Incoming, words: str) -> list[Piece]:
        if not incoming.attachments:
            return [intake.read_text(words)]
        return [intake.read_file(self.ctx, attachment, words) for attachment in incoming.attachments]

    def _take(self, incoming: Incoming, pieces: list[Piece]) -> Reply | None:
        """Put pieces into the draft. A secret one ends it: nothing of the draft is used, and the answer says why."""
        if any(piece.verdict.gate is Gate.REFUSED for piece in pieces):
            self.ctx.audit("document.refused", reason="mark", platform=incoming.platform)
            self.dialogue.finish()
            return Reply(t("documents.secret-refused"))
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
        }
        self.dialogue.update(proposed={key: known.get(key) or value for key, value in new.items()})

    # --- steps -------------------------------------------------------------------------------------------------
    def advance(self) -> Reply:
        """Go to the first step whose answer is missing."""
        data = self.dialogue.data
        if not data.get("organization_id") and not self._only_audience():
            self.choose_audience()
        elif self._unconfirmed():
            self.confirm_secrecy()
        elif "number" not in data:
            self.ask_number()
        elif "summary" not in data:
            self.ask_summary()
        else:
            self.review()
        return self.ask()

    def audiences(self) -> list[Organization]:
        """Where the speaker may publish: their own branch, then what else they lead."""
        led = self.ctx.led()
        mine = [self.ctx.my_branch] if self.ctx.may(self.ctx.my_branch) else []
        return list({each.id: each for each in [*mine, *led]}.values())

    def pick_audience(self, organization_id: int) -> Reply:
        """The audience was chosen."""
        organization = organizations.get(self.ctx.db, organization_id)
        self.ctx.require(organization)
        self.dialogue.update(organization_id=organization.id)
        return self.advance()

    def name_audience(self, words: str) -> Reply:
        """The audience was written: a branch by its name. BadInput when it fits none or several."""
        wanted = fold(words)
        found = {
            branch.id: branch
            for top in self.audiences()
            for branch in [top, *organizations.branches_below(self.ctx.db, top.path)]
            if wanted in branch.name_key
        }
        exact = [branch for branch in found.values() if branch.name_key == wanted]
        chosen = exact or list(found.values())
        if len(chosen) != 1:
            raise BadInput("documents.audience-unknown", words=words[:40])
        return self.pick_audience(chosen[0].id or 0)

    def confirm(self) -> Reply:
        """The sender answers for the paper; their name stays on record."""
        data = self.dialogue.data
        self.ctx.audit("document.confirmed", gate=data["gate"], reason=data["reason"])
        self.dialogue.update(confirmed=True, confirmed_by=self.ctx.my_id)
        return self.advance()

    def take_number(self) -> Reply:
        """The proposed number is right; date and issuer come with it."""
        proposed = self.dialogue.data.get("proposed", {})
        self.dialogue.update(number=proposed["number"], issued_on=proposed["issued_on"], issuer=proposed["issuer"])
        return self.advance()

    def skip_number(self) -> Reply:
        """A paper without a number."""
        proposed = self.dialogue.data.get("proposed", {})
        self.dialogue.update(number="", issued_on=proposed.get("issued_on", ""), issuer=proposed.get("issuer", ""))
        return self.advance()

    def write_number(self, words: str) -> Reply:
        """A number as typed, with a date where there is one. BadInput for a date that does not exist."""
        issued_on = written_date(words)
        number = find_number(words) or " ".join(words.split())
        if len(number) > NUMBER_LIMIT or not any(char.isdigit() for char in number):
            raise BadInput("documents.number-wrong")
        proposed = self.dialogue.data.get("proposed", {})
        day = issued_on.isoformat() if issued_on else proposed.get("issued_on", "")
        self.dialogue.update(number=number, issued_on=day, issuer=proposed.get("issuer", ""))
        return self.advance()

    def write_summary(self, words: str) -> Reply:
        """A summary as typed. BadInput when it is too short or bears a mark of secrecy."""
        summary = tidy(words)
        if len(summary) < 5:
            raise BadInput("documents.summary-short")
        if judge(words).gate is Gate.REFUSED:
            raise BadInput("documents.secret-refused")
        self.dialogue.update(summary=summary)
        return self.advance()

    def take_summary(self) -> Reply:
        """The proposed summary is right."""
        return self.write_summary(self.dialogue.data["proposed"]["summary"])

    def send(self, *, privately: bool = False) -> Reply:
        """Publish. The rights are checked again: a role may have ended since the dialogue began.

        `privately`: to each person also where the planner would rather spare the month's messages.
        """
        data = self.dialogue.data
        organization = organizations.get(self.ctx.db, data["organization_id"])
        self.ctx.require(organization)
        answer = register.publish(self.ctx, organization, data, privately=privately)
        self.dialogue.finish()
        return answer

    # --- questions ---------------------------------------------------------------------------------------------
    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("documents.publishing")

    def ask(self) -> Reply:
        """The question of the current step."""
        text, choices = getattr(self, f"_ask_{self.state}")(self.dialogue.data)
        back = (Choice("dialogue.back", t("dialogue.back")),) if self.dialogue.stack[-1]["trail"] else ()
        if self.state == "preview":
            back = ()
        return Reply(text, (*choices, *back, Choice("dialogue.cancel", t("dialogue.cancel"))))

    def _ask_paper(self, _data: dict[str, Any]) -> tuple[str, tuple[Choice, ...]]:
        on_zalo = self.ctx.incoming.platform == Platform.ZALO
        return t("documents.ask-paper-zalo" if on_zalo else "documents.ask-paper"), ()

    def _ask_offer(self, _data: dict[str, Any]) -> tuple[str, tuple[Choice, ...]]:
        found = self.audiences()
        name = found[0].name if len(found) == 1 else t("documents.several-audiences")
        return t("documents.ask-offer", name=name), (
            Choice("documents.go", t("documents.offer-go")),
            Choice("documents.more-pages", t("documents.offer-more")),
        )

    def _ask_audience(self, _data: dict[str, Any]) -> tuple[str, tuple[Choice, ...]]:
        found = self.audiences()[:6]
        return t("documents.ask-audience"), tuple(
            Choice("documents.audience", each.name, str(each.id)) for each in found
        )

    def _ask_confirm(self, data: dict[str, Any]) -> tuple[str, tuple[Choice, ...]]:
        key = data["reason"] or "scan"
        label = t("documents.confirm-scan-label" if key == "scan" else "documents.confirm-held-label")
        return t(f"documents.confirm-{key}"), (Choice("documents.confirm", label),)

    def _ask_number(self, data: dict[str, Any]) -> tuple[str, tuple[Choice, ...]]:
        found = data.get("proposed", {}).get("number", "")
        skip = Choice("documents.number-skip", t("documents.number-skip"))
        if not found:
            return t("documents.ask-number"), (skip,)
        return t("documents.ask-number-found", number=found), (Choice("documents.number-take", found), skip)

    def _ask_summary(self, data: dict[str, Any]) -> tuple[str, tuple[Choice, ...]]:
        found = data.get("proposed", {}).get("summary", "")
        if not found:
            return t("documents.ask-summary"), ()
        take = Choice("documents.summary-take", t("documents.summary-take"))
        return t("documents.ask-summary-found", summary=found), (take,)

    def _ask_preview(self, data: dict[str, Any]) -> tuple[str, tuple[Choice, ...]]:
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
