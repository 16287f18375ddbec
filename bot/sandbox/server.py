"""The program: one ASGI application with all doors, and a server for it that binds loopback only."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.sandbox.control import Control
from bot.sandbox.express import ExpressProtocol
from bot.sandbox.media import media_routes
from bot.sandbox.page import Page
from bot.sandbox.scene import Scene
from bot.sandbox.store import EVERY
from bot.sandbox.telegram_api import FILES, TelegramDoor
from bot.sandbox.world import flush_forever
from bot.sandbox.zalo_api import ZaloDoor

HOST = "127.0.0.1"
STATIC = Path(__file__).parent / "static"


class App:
    """Sends each request to its door. The two Bot APIs go past the framework, for speed."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.telegram = TelegramDoor(scene)
        self.zalo = ZaloDoor(scene)
        self.rest = _framework(scene)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        await self._door(scope)(scope, receive, send)

    def _door(self, scope: Scope) -> ASGIApp:
        path = scope["path"] if scope["type"] == "http" else ""
        if path.startswith(TelegramDoor.prefix):
            return self.telegram
        if path.startswith(ZaloDoor.prefix):
            return self.zalo
        return self.telegram.download if path.startswith(FILES) else self.rest


def build_app(scene: Scene) -> App:
    """The whole sandbox as an ASGI application. Its lifespan flushes the world to disk."""
    return App(scene)


def _framework(scene: Scene) -> Starlette:
    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        scene.couriers.start_all()
        flushing = asyncio.ensure_future(flush_forever(scene.world, EVERY))
        yield
        flushing.cancel()
        scene.close()
        scene.world.store.close()

    control = Control(scene)
    static = Mount("/static", StaticFiles(directory=STATIC, check_dir=False))
    routes = [*control.routes(), *Page(scene, control).routes(), *media_routes(scene), static]
    return Starlette(routes=routes, lifespan=lifespan)


class _Uvicorn(uvicorn.Server):
    """Ends long polls and event streams before it waits for open requests."""

    scene: Scene

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.scene.close()
        await super().shutdown(sockets)


def listen(port: int) -> socket.socket:
    """A listening socket on loopback; port 0 takes a free one."""
    # The protocol is named, because asyncio turns Nagle's waiting off only where it is: 40 ms an answer otherwise.
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.bind((HOST, port))
    found.listen(128)
    found.set_inheritable(True)
    return found


def uvicorn_for(scene: Scene, bound: socket.socket) -> uvicorn.Server:
    """The server for this socket; also tells the scene its address."""
    scene.url = f"http://{HOST}:{bound.getsockname()[1]}"
    config = uvicorn.Config(
        build_app(scene),
        http=ExpressProtocol,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
        timeout_keep_alive=75,
    )
    server = _Uvicorn(config)
    server.scene = scene
    return server


class Server:
    """A sandbox in a thread, for tests: `with Server() as sandbox: … sandbox.url`."""

    def __init__(self, *, state: Path | None = None, clock_file: Path | None = None, port: int = 0) -> None:
        self._state = state
        self.clock_file = clock_file
        self._port = port
        self.url = ""

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Returns when the socket listens: a request that comes at once waits in its queue."""
        bound = listen(self._port)
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(bound, ready), name="sandbox", daemon=True)
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        """Returns when everything is written and closed."""
        self._server.should_exit = True
        self._thread.join()

    def _run(self, bound: socket.socket, ready: threading.Event) -> None:
        self.scene = Scene(state=self._state, clock_file=self.clock_file)
        self._server = uvicorn_for(self.scene, bound)
        self.url = self.scene.url
        ready.set()
        self._server.run(sockets=[bound])
