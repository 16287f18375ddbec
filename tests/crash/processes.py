"""Real processes `sotay run`, started and killed at will."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class Nursery:
    """Starts processes: forked from one that has imported everything, or (`cold`) each with an interpreter anew."""

    def __init__(self, *, cold: bool, tree: Path = ROOT) -> None:
        self._cold = cold
        self._tree = tree
        self._own: dict[int, subprocess.Popen[bytes]] = {}
        self._zygote: subprocess.Popen[str] | None = None
        if not cold:
            command = [sys.executable, "-m", "tests.crash.zygote"]
            self._zygote = subprocess.Popen(
                command, cwd=tree, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=_with_path(tree)
            )
            assert self._read() == {"ready": True}

    def start(self, argv: list[str], env: dict[str, str], log: Path) -> int:
        """The new process's id."""
        if self._zygote is not None:
            return int(self._ask(do="start", argv=argv, env=env, log=str(log))["pid"])
        with log.open("ab") as out:
            child = subprocess.Popen(
                [sys.executable, "-m", "bot", *argv], cwd=self._tree, env=env, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip
        self._own[child.pid] = child
        return child.pid

    def ended(self, pid: int) -> int | None:
        """The exit code of a process that has ended by itself; None while it lives."""
        return self._own[pid].poll() if self._zygote is None else self._ask(do="ended", pid=pid)["code"]

    def kill(self, pids: list[int]) -> None:
        """kill -9, all at the same moment; returns when they are gone."""
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        for pid in pids:
            self._wait(pid)

    def stop(self, pids: list[int]) -> list[int]:
        """SIGTERM; the exit codes."""
        for pid in pids:
            os.kill(pid, signal.SIGTERM)
        return [self._wait(pid) for pid in pids]

    def close(self) -> None:
        """End the zygote, and with it whatever it has started."""
        for child in self._own.values():
            if child.poll() is None:
                child.kill()
        if self._zygote is not None and self._zygote.stdin is not None:
            self._zygote.stdin.close()
            self._zygote.wait()

    def _wait(self, pid: int) -> int:
        return self._own[pid].wait() if self._zygote is None else int(self._ask(do="wait", pid=pid)["code"])

    def _ask(self, **request: Any) -> dict[str, Any]:
        assert self._zygote is not None
        assert self._zygote.stdin is not None
        print(json.dumps(request), file=self._zygote.stdin, flush=True)
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._zygote is not None
        assert self._zygote.stdout is not None
        line = self._zygote.stdout.readline()
        if not line:
            raise RuntimeError("the process that starts the others has died")
        answer: dict[str, Any] = json.loads(line)
        return answer


def _with_path(tree: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(tree)}


class Crew:
    """The processes of one installation: by name, each with its arguments and one log for all of them."""

    def __init__(self, nursery: Nursery, parts: dict[str, list[str]], env: dict[str, str], log: Path) -> None:
        self._nursery = nursery
        self._parts = parts
        self._env = env
        self.log = log
        self.pids: dict[str, int] = {}

    @property
    def names(self) -> list[str]:
        """Every part, running or not."""
        return list(self._parts)

    def start(self) -> None:
        """Start whatever is not running."""
        for name, argv in self._parts.items():
            if name not in self.pids:
                self.pids[name] = self._nursery.start(argv, self._env, self.log)

    def kill(self, names: list[str]) -> None:
        """kill -9 these. AssertionError when one of them was gone before."""
        self.check()
        self._nursery.kill([self.pids.pop(name) for name in names])

    def stop(self) -> None:
        """SIGTERM to all; AssertionError when one does not end in order."""
        self.check()
        codes = self._nursery.stop(list(self.pids.values()))
        self.pids.clear()
        assert set(codes) == {0}, f"exit codes {codes}\n{self.tail()}"

    def check(self) -> None:
        """AssertionError when a process has ended that nobody killed."""
        for name, pid in self.pids.items():
            code = self._nursery.ended(pid)
            assert code is None, f"{name} ended by itself with {code}\n{self.tail()}"

    def tail(self) -> str:
        """The end of the log."""
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""
