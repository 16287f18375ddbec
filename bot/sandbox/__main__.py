"""python -m bot.sandbox: run the sandbox on this machine, for its browsers and bots only."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.sandbox.scene import Scene
from bot.sandbox.server import listen, uvicorn_for


def main() -> None:
    """Read the options and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8800, help="0 takes a free one (default: 8800)")
    parser.add_argument("--state", type=Path, help="file in which the world survives a restart")
    parser.add_argument("--clock-file", type=Path, help="file that receives the clock's offset in seconds")
    options = parser.parse_args()
    bound = listen(options.port)
    scene = Scene(state=options.state, clock_file=options.clock_file)
    server = uvicorn_for(scene, bound)
    print(scene.url, flush=True)
    server.run(sockets=[bound])


if __name__ == "__main__":
    main()
