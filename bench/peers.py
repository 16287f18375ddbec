"""The frameworks that ours is measured against, in an environment of their own. Run: python bench/peers.py

Built on demand at var/peers with the same uv as `make env`: aiogram pins an older pydantic than ours, so the two
cannot share one. Versions are fixed so that a figure of today can be had again tomorrow.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "peers"
UV = ROOT / ".uv" / "bin" / "uv"
PACKAGES = ("python-telegram-bot==22.8", "aiogram==3.31.0", "pyTelegramBotAPI==4.37.1", "aiohttp==3.14.5")


def peers_python() -> Path:
    """The interpreter of the peers' environment; the first call builds it (some seconds, from the package index)."""
    python, mark = FOLDER / "bin" / "python", FOLDER / ".ready"
    wanted = "\n".join(PACKAGES)
    if mark.exists() and mark.read_text() == wanted:
        return python
    print(f"Setting up {FOLDER.relative_to(ROOT)} …", file=sys.stderr, flush=True)
    quiet = [str(UV), "--quiet", "--no-progress"]
    subprocess.run([*quiet, "venv", "--clear", "--python", sys.executable, str(FOLDER)], check=True)
    subprocess.run([*quiet, "pip", "install", "--link-mode", "copy", "--python", str(python), *PACKAGES], check=True)
    mark.write_text(wanted)
    return python


if __name__ == "__main__":
    print(peers_python())
