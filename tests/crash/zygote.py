"""A process that has imported the whole program once and forks `sotay run` from it, for the crash tests.

A child is a process of its own that goes through the same command line as always; it only skips the two seconds of
imports, so that a run can afford hundreds of kills. Speaks JSON lines on stdin and stdout: {"do": "start", "argv",
"env", "log"} → {"pid"}; {"do": "ended", "pid"} → {"code"} (null while it lives); {"do": "wait", "pid"} → {"code"}.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import traceback
from typing import Any, NoReturn

from bot.cli import main as sotay


def _become(argv: list[str], env: dict[str, str], log: str) -> NoReturn:
    """In the child: the program with its own environment, output and signals."""
    os.setsid()
    os.environ.clear()
    os.environ.update(env)
    target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, number in ((nothing, 0), (target, 1), (target, 2)):
        os.dup2(source, number)
    random.seed()  # else every child would jitter alike
    sys.argv = ["sotay", *argv]
    code = 1
    try:
        sotay()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


class Zygote:
    """The loop of requests."""

    def __init__(self) -> None:
        self._alive: set[int] = set()

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked."""
        if request["do"] == "start":
            pid = os.fork()
            if pid == 0:
                _become(request["argv"], request["env"], request["log"])
            self._alive.add(pid)
            return {"pid": pid}
        found, status = os.waitpid(request["pid"], 0 if request["do"] == "wait" else os.WNOHANG)
        if not found:
            return {"code": None}
        self._alive.discard(found)
        return {"code": os.waitstatus_to_exitcode(status)}

    def close(self) -> None:
        """Whoever asked is gone: nothing of ours may stay behind."""
        for pid in self._alive:
            os.kill(pid, signal.SIGKILL)


def main() -> None:
    """Serve until stdin ends."""
    zygote = Zygote()
    print(json.dumps({"ready": True}), flush=True)
    try:
        for line in sys.stdin:
            print(json.dumps(zygote.answer(json.loads(line))), flush=True)
    finally:
        zygote.close()


if __name__ == "__main__":
    main()
