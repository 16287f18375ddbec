"""/control/…: the calls that tests, benchmarks and the demo make (docs/sandbox.md, Control)."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import acting
from bot.sandbox.acting import Attached, Saying
from bot.sandbox.faults import Fault
from bot.sandbox.limits import Limits
from bot.sandbox.scene import Scene
from bot.sandbox.things import PLATFORMS, TELEGRAM, Bot, Chat, Json, Person, Refusal
from bot.sandbox.views import messages_view
from bot.sandbox.world import new_id, token_id_of

Handler = Callable[[Request], Awaitable[Response]]
MAX_WAIT = 60.0
"""Seconds that GET /control/messages waits at most."""


async def body_of(request: Request) -> Json:
    """The JSON object in the body ({} for none); Refusal when it is something else."""
    raw = await request.body()
    if not raw:
        return {}
    try:
        parsed = json.loads(raw)
    except ValueError:
        raise Refusal("the body must be JSON") from None
    if isinstance(parsed, list):
        return {"many": parsed}
    if not isinstance(parsed, dict):
        raise Refusal("the body must be a JSON object")
    return parsed


def guarded(handler: Handler) -> Handler:
    """Refusals, and values of a wrong type, become {"error"} with status 4xx."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except Refusal as refusal:
            return JSONResponse({"error": str(refusal)}, refusal.status)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return JSONResponse({"error": f"{type(error).__name__}: {error}"}, 400)

    return answer


class Control:
    """The routes below /control."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def routes(self) -> list[Route]:
        """All of them."""
        posts: dict[str, Callable[[Json], Json]] = {
            "bots": self.add_bot, "people": self.add_people, "groups": self.add_group, "members": self.change_group,
            "start": self.start, "say": self.say, "press": self.press, "block": self.block, "migrate": self.migrate,
            "faults": self.plan_fault, "limits": self.set_limits, "webhook_shape": self.set_shape,
            "webhook_pause": self.set_pause, "record": self.record, "clock": self.set_clock, "reset": self.reset,
        }  # fmt: skip
        gets: dict[str, Handler] = {
            "health": self.health, "messages": self.messages, "calls": self.calls, "counts": self.counts,
            "clock": self.clock, "pending": self.pending,
        }  # fmt: skip
        found = [Route(f"/control/{name}", guarded(_posted(act)), methods=["POST"]) for name, act in posts.items()]
        found += [Route(f"/control/{name}", guarded(act), methods=["GET"]) for name, act in gets.items()]
        return [*found, Route("/control/faults", guarded(self.clear_faults), methods=["DELETE"])]

    # --- making a world

    def add_bot(self, body: Json) -> Json:
        """A bot account."""
        platform, token = _platform(body), str(body["token"])
        digits = token.partition(":")[0]
        account = digits if digits.isdigit() else str(int(token_id_of(token), 16))
        username = str(body.get("username") or f"bot_{token_id_of(token)}")
        bot = Bot(token, token_id_of(token), platform, account, username, str(body.get("display_name") or username))
        bot.can_join_groups = bool(body.get("can_join_groups", True))
        bot.privacy = bool(body.get("privacy", True))
        known = self.scene.world.bots.get(token)
        if known is None:
            self.scene.world.add_bot(bot)
        else:
            known.username, known.display_name = bot.username, bot.display_name
            known.can_join_groups, known.privacy = bot.can_join_groups, bot.privacy
            self.scene.world.store.put("bot", token, known)
        self.scene.world.news.tell("world", {})
        return bot_view(known or bot)

    def add_people(self, body: Json) -> Json:
        """One person, or a list of them ({"people": [...]} comes back)."""
        many = body.get("many")
        added = [self._add_person(each) for each in (many if many is not None else [body])]
        self.scene.world.news.tell("world", {})
        return {"people": added} if many is not None else added[0]

    def _add_person(self, body: Json) -> Json:
        world = self.scene.world
        name = str(body["name"])
        person = Person(
            id=str(body.get("id") or f"p{len(world.people) + 1}"),
            name=name,
            telegram_id=int(body.get("telegram_id") or 700_000_000 + len(world.people) + 1),
            zalo_id=str(body.get("zalo_id") or new_id()),
            role=str(body.get("role") or ""),
            about=str(body.get("about") or ""),
            avatar=str(body.get("avatar") or name.rsplit(maxsplit=1)[-1][:1].upper()),
            kind=str(body.get("kind") or "member"),
        )
        world.add_person(person)
        for token in body.get("starts") or ():
            acting.start(self.scene, world.bot(token), person)
        return asdict(person)

    def add_group(self, body: Json) -> Json:
        """A group with the bot in it."""
        bot = self._bot(body)
        people = [self.scene.world.person(each) for each in body["people"]]
        admin = bool(body.get("bot_is_admin"))
        chat = acting.found_group(self.scene, bot, str(body.get("title") or "Nhóm"), people, admin=admin)
        return {"id": chat.id}

    def change_group(self, body: Json) -> Json:
        """People join and leave; the bot's status changes."""
        world, chat = self.scene.world, self.scene.world.group(body["chat"])
        add = [world.person(each) for each in body.get("add") or ()]
        remove = [world.person(each) for each in body.get("remove") or ()]
        acting.change_people(self.scene, chat, add=add, remove=remove)
        if body.get("bot_status"):
            by = world.person(body.get("by") or chat.people[0])
            acting.set_bot_status(self.scene, chat, by, str(body["bot_status"]))
        return {"ok": True}

    def start(self, body: Json) -> Json:
        """People whom the bot may write to, though they have not written."""
        world, bot = self.scene.world, self._bot(body)
        wanted = list(world.people) if body["people"] == "all" else body["people"]
        for each in wanted:
            acting.start(self.scene, bot, world.person(each))
        return {"ok": True, "people": len(wanted)}

    # --- what people do

    def say(self, body: Json) -> Json:
        """A person writes; a list of such bodies is done in order."""
        if "many" in body:
            return {"said": [self.say(each) for each in body["many"]]}
        person, chat = self._where(body)
        message, delivered = acting.say(self.scene, chat, person, saying_of(body, attached_of(body.get("file"))))
        return {"message_id": message.message_id, "seq": message.seq, "delivered": delivered}

    def press(self, body: Json) -> Json:
        """A person presses a button."""
        person, chat = self._where(body)
        wanted = body["data"] if "data" in body else body["button"]
        acting.press(self.scene, chat, person, message_id=str(body["message_id"]), wanted=wanted)
        return {"ok": True}

    def block(self, body: Json) -> Json:
        """A person blocks the bot or lets it in again."""
        person = self.scene.world.person(body["person"])
        acting.block(self.scene, self._bot(body), person, blocked=bool(body.get("blocked", True)))
        return {"ok": True}

    def migrate(self, body: Json) -> Json:
        """A group becomes a supergroup."""
        return {"chat": acting.migrate(self.scene, self.scene.world.group(body["chat"])).id}

    # --- how the platforms behave

    def plan_fault(self, body: Json) -> Json:
        """Something goes wrong soon."""
        known = {each.name for each in fields(Fault)}
        self.scene.faults.plan(Fault(**{"platform": "", **{name: body[name] for name in known if name in body}}))
        return {"ok": True}

    async def clear_faults(self, request: Request) -> Response:
        """Nothing goes wrong any more; updates that were held back go on their way."""
        self.scene.faults.clear()
        for feed in self.scene.world.feeds.values():
            feed.release()
        return JSONResponse({"ok": True})

    def set_limits(self, body: Json) -> Json:
        """Change limits; without other values `enforce` only switches."""
        known = {each.name for each in fields(Limits)}
        values = {name: body[name] for name in known if name in body}
        token = self._bot(body).token if body.get("bot") else ""
        return asdict(self.scene.limits.set(_platform(body), token, **values))

    def set_shape(self, body: Json) -> Json:
        """The shape of Zalo's webhook bodies."""
        bot, shape = self._bot(body), str(body["shape"])
        if shape not in ("flat", "wrapped"):
            raise Refusal("shape is flat or wrapped")
        bot.shape = shape
        self.scene.world.store.put("bot", bot.token, bot)
        return {"ok": True}

    def set_pause(self, body: Json) -> Json:
        """The first pause before a webhook is tried again, in seconds; for webhooks set from now on."""
        self.scene.couriers.first_pause = float(body["seconds"])
        return {"ok": True}

    def record(self, body: Json) -> Json:
        """Keep calls and messages in full, or only count."""
        self.scene.calls.in_full = bool(body.get("calls", True))
        self.scene.world.keep_messages = bool(body.get("messages", body.get("calls", True)))
        return {"ok": True}

    def set_clock(self, body: Json) -> Json:
        """Move the sandbox clock."""
        if "advance" in body:
            self.scene.world.clock.advance(float(body["advance"]))
        else:
            self.scene.world.clock.set(datetime.fromisoformat(str(body["set"])))
        self.scene.world.news.tell("clock", self.time())
        return self.time()

    def reset(self, body: Json) -> Json:
        """An empty world."""
        self.scene.reset()
        return {"ok": True}

    def time(self) -> Json:
        """The clock as control and page show it."""
        clock = self.scene.world.clock
        return {"now": clock.iso(), "offset": clock.offset}

    # --- what there is to see

    async def health(self, request: Request) -> Response:
        """Up."""
        return JSONResponse({"ok": True})

    async def clock(self, request: Request) -> Response:
        """The time here."""
        return JSONResponse(self.time())

    async def messages(self, request: Request) -> Response:
        """What a person sees in a chat; with `wait` it waits for something newer than `after`."""
        world, query = self.scene.world, request.query_params
        after, wait = int(query.get("after") or 0), min(float(query.get("wait") or 0), MAX_WAIT)
        _, chat = self._where(dict(query))
        found = messages_view(world, chat, after)
        while not found and wait > 0 and not self.scene.closing.is_set():
            wait -= await _timed(world.news.next, wait)
            found = messages_view(world, chat, after)
        return JSONResponse({"messages": found, "seq": world.seq})

    async def calls(self, request: Request) -> Response:
        """The API calls received."""
        query, log = request.query_params, self.scene.calls
        token = self.scene.world.bot(query["bot"]).token if query.get("bot") else ""
        found = log.since(int(query.get("after") or 0), token=token, method=query.get("method") or "")
        return JSONResponse({"calls": found, "seq": log.seq})

    async def counts(self, request: Request) -> Response:
        """How many calls and messages there were."""
        query = request.query_params
        token = self.scene.world.bot(query["bot"]).token if query.get("bot") else ""
        counted = self.scene.calls.counted(token)
        return JSONResponse({"counts": counted["calls"], "refused": counted["refused"], "seq": self.scene.world.seq})

    async def pending(self, request: Request) -> Response:
        """Updates that the bot has not got yet, and whether a poll of it is waiting."""
        bot = self.scene.world.bot(request.query_params["bot"])
        polling = self.scene.world.feeds[bot.token].watched
        return JSONResponse({"pending": self.scene.couriers.waiting(bot), "polling": polling})

    def _bot(self, body: Json) -> Bot:
        return self.scene.world.bot(body.get("bot") or body.get("token_id"))

    def _where(self, body: Json) -> tuple[Person, Chat]:
        person = self.scene.world.person(body["person"])
        where = str(body.get("chat") or "private")
        bot = self.scene.world.bots[self.scene.world.group(where).bot] if where != "private" else self._bot(body)
        return person, acting.chat_for(self.scene, person, bot, where)


def _posted(act: Callable[[Json], Json]) -> Handler:
    async def handler(request: Request) -> Response:
        return JSONResponse(act(await body_of(request)))

    return handler


def bot_view(bot: Bot) -> Json:
    """A bot as control shows it, token and all."""
    names = ("platform", "token", "token_id", "username", "display_name", "can_join_groups", "account_id", "commands")
    return {name: getattr(bot, name) for name in names}


def saying_of(body: Json, attached: Attached | None) -> Saying:
    """What a body says."""
    return Saying(
        text=str(body.get("text") or ""),
        attached=attached,
        reply_to=str(body.get("reply_to") or ""),
        edit=str(body.get("edit") or ""),
        forward=bool(body.get("forward")),
        album=str(body.get("album") or ""),
    )


def attached_of(file: Json | None) -> Attached | None:
    """The file in a JSON body."""
    if not file:
        return None
    try:
        data = base64.b64decode(str(file["base64"]), validate=True)
    except binascii.Error:
        raise Refusal("base64 is not readable") from None
    return Attached(
        str(file.get("name") or "file"), str(file.get("mime") or ""), data, str(file.get("as") or "document")
    )


def _platform(body: Json) -> str:
    platform = str(body.get("platform") or TELEGRAM)
    if platform not in PLATFORMS:
        raise Refusal(f"unknown platform: {platform}")
    return platform


async def _timed(wait: Callable[[float], Awaitable[bool]], seconds: float) -> float:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await wait(seconds)
    return loop.time() - begun
