"""/control/…: the calls that tests, benchmarks and the demo make (docs/sandbox.md, Control)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import acting
from bot.sandbox.asking import Handler, attached_of, guarded, platform_of, posted, saying_of
from bot.sandbox.faults import Fault
from bot.sandbox.limits import Limits
from bot.sandbox.making import Making
from bot.sandbox.scene import Scene
from bot.sandbox.things import Bot, Chat, Json, Person, Refusal
from bot.sandbox.views import messages_view

MAX_WAIT = 60.0
"""Seconds that GET /control/messages waits at most."""


class Control:
    """The routes below /control."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def routes(self) -> list[Route]:
        """All of them."""
        making = Making(self.scene)
        posts: dict[str, Callable[[Json], Json]] = {
            "bots": making.add_bot, "people": making.add_people, "groups": making.add_group,
            "members": making.change_group, "start": making.start, "say": self.say, "press": self.press,
            "block": self.block, "migrate": self.migrate, "faults": self.plan_fault, "limits": self.set_limits,
            "webhook_shape": self.set_shape, "webhook_pause": self.set_pause, "record": self.record,
            "clock": self.set_clock, "reset": self.reset,
        }  # fmt: skip
        gets: dict[str, Handler] = {
            "health": self.health, "messages": self.messages, "calls": self.calls, "counts": self.counts,
            "clock": self.clock, "pending": self.pending,
        }  # fmt: skip
        found = [Route(f"/control/{name}", guarded(posted(act)), methods=["POST"]) for name, act in posts.items()]
        found += [Route(f"/control/{name}", guarded(act), methods=["GET"]) for name, act in gets.items()]
        return [*found, Route("/control/faults", guarded(self.clear_faults), methods=["DELETE"])]

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
        return asdict(self.scene.limits.set(platform_of(body), token, **values))

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


async def _timed(wait: Callable[[float], Awaitable[bool]], seconds: float) -> float:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await wait(seconds)
    return loop.time() - begun
