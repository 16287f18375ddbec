"""`sotay demo`: the sandbox and the bot as two processes on this machine, with made-up branches.

The bot is the real one: it knows nothing of the sandbox but two base URLs and a clock file. When it dies it is started
again, so that one can see what a restart leaves behind: everything.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bot.app import open_storage
from bot.demo_cast import Control, Stage, add_branch, cards
from bot.errors import SettingsError
from bot.settings import Settings, load
from bot.texts import t

START_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Place:
    """Folder and ports of one demo; kept, so that links in old chats still work after a restart."""

    folder: Path
    sandbox_port: int
    web_port: int

    @property
    def url(self) -> str:
        """The page to open."""
        return f"http://127.0.0.1:{self.sandbox_port}"

    def environment(self) -> dict[str, str]:
        """The bot's settings."""
        return {
            "SOTAY_DATA_DIR": str(self.folder / "data"),
            "SOTAY_KEY_FILE": str(self.folder / "keys" / "sotay.key"),
            "SOTAY_CLOCK_FILE": str(self.folder / "clock"),
            "SOTAY_PUBLIC_URL": f"http://127.0.0.1:{self.web_port}",
            "SOTAY_WEB_PORT": str(self.web_port),
            "SOTAY_SWEEP_SECONDS": "2",
            "SOTAY_CONFIG": str(self.folder / "none.toml"),
        }

    def settings(self) -> Settings:
        """The same as an object."""
        fields = {key.removeprefix("SOTAY_").lower(): value for key, value in self.environment().items()}
        del fields["config"]
        return load(**fields)


def run_demo(folder: Path, port: int, *, fresh: bool) -> None:
    """Set up (the first time), run until interrupted. SettingsError when something does not start."""
    console = Console(highlight=False, soft_wrap=True)
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    place = _place(folder.resolve(), port)
    children = _Children(place)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        children.start_sandbox()
        codes = _prepare(place, children, console)
        _announce(place, codes, console)
        children.watch(console)
    except KeyboardInterrupt:
        pass
    finally:
        children.stop()


def _prepare(place: Place, children: _Children, console: Console) -> dict[str, str]:
    remembered = place.folder / "codes.json"
    if remembered.exists():
        console.print(t("demo.resumed"))
        children.start_bot()
        codes: dict[str, str] = json.loads(remembered.read_text())
        return codes
    console.print(t("demo.setting-up"))
    settings = place.settings()
    database = open_storage(settings)
    stage = Stage(Control(place.url))
    codes = add_branch(database, settings, place.url)
    stage.set_up(codes)
    children.start_bot()
    stage.play(database, settings, codes)
    database.close()
    remembered.write_text(json.dumps(codes))
    return codes


def _announce(place: Place, codes: dict[str, str], console: Console) -> None:
    console.print(f"\n{t('demo.open')}  {place.url}/\n")
    console.print(t("demo.who"))
    for card in cards(codes):
        console.print(f"  · {card}")
    console.print("\n" + t("demo.key", path=place.settings().key_file))
    console.print(t("demo.stop", path=place.folder))
    sys.stdout.flush()


def _place(folder: Path, port: int) -> Place:
    """The ports of last time where they are free, so that old links go on working."""
    kept = folder / "ports.json"
    wanted = json.loads(kept.read_text()) if kept.exists() else [port, port + 1]
    ports = [wish if _is_free(wish) else _free_port() for wish in wanted]
    kept.write_text(json.dumps(ports))
    return Place(folder, ports[0], ports[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class _Children:
    """The two processes."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._sandbox: subprocess.Popen[bytes] | None = None
        self._bot: subprocess.Popen[bytes] | None = None

    def start_sandbox(self) -> None:
        """Start it and wait until its page answers."""
        place = self._place
        options = ["--port", str(place.sandbox_port), "--state", str(place.folder / "sandbox.state")]
        options += ["--clock-file", str(place.folder / "clock")]
        self._sandbox = self._start("sandbox", ["-m", "bot.sandbox", *options], {})
        self._wait(f"{place.url}/control/health", self._sandbox, "sandbox")

    def start_bot(self) -> None:
        """Start it and wait until its health page answers."""
        self._bot = self._start("bot", ["-m", "bot", "run"], self._place.environment())
        self._wait(f"http://127.0.0.1:{self._place.web_port}/health", self._bot, "bot")

    def watch(self, console: Console) -> None:
        """Start the bot again whenever it stops; end when the sandbox does."""
        while self._sandbox is not None and self._sandbox.poll() is None:
            if self._bot is not None and self._bot.poll() is not None:
                self.start_bot()
                console.print(t("demo.bot-back", pid=self._bot.pid))
            time.sleep(0.3)
        raise SettingsError(t("demo.failed", reason="sandbox", path=self._log("sandbox")))

    def stop(self) -> None:
        """The bot first, so that it can send what is in flight."""
        for child in (self._bot, self._sandbox):
            if child is not None and child.poll() is None:
                child.terminate()
                try:
                    child.wait(timeout=15)
                except subprocess.TimeoutExpired:
                    child.kill()

    def _log(self, name: str) -> Path:
        return self._place.folder / f"{name}.log"

    def _start(self, name: str, arguments: list[str], extra: dict[str, str]) -> subprocess.Popen[bytes]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("SOTAY_")}
        with self._log(name).open("ab") as log:
            return subprocess.Popen(  # noqa: S603 (our own interpreter and modules)
                [sys.executable, *arguments], env={**kept, **extra}, stdout=log, stderr=log, start_new_session=True
            )

    def _wait(self, url: str, child: subprocess.Popen[bytes], name: str) -> None:
        patience = time.monotonic() + START_SECONDS
        while time.monotonic() < patience and child.poll() is None:
            try:
                with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (loopback)
                    return
            except OSError:
                time.sleep(0.1)
        raise SettingsError(t("demo.failed", reason=name, path=self._log(name)))
