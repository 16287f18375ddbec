"""How much memory a broadcast to 60,000 people takes. Run: python bench/memory.py [recipients]

The real `sotay run` on SQLite, everything in one process, with no limit on the rate (the queue moves as fast as it can,
which is the worst case for memory); resident memory is read from the system twice a second.
"""

from __future__ import annotations

import os
import re
import sys
import threading
from pathlib import Path

from _delivery import scene

RECIPIENTS = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
TARGET = 150


def resident(pid: int, mark: str) -> float:
    """Megabytes: "VmRSS" now, "VmHWM" at most so far."""
    found = re.search(rf"{mark}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    """Watch one broadcast from its first message to its last."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with scene(RECIPIENTS) as (stand_in, ours):
        ours.broadcast()
        with ours.running(telegram_per_second=0, telegram_chat_per_second=0) as process:
            stand_in.watch(1, patience=300)
            idle = resident(process.pid, "VmRSS")
            seen: list[float] = []
            over = threading.Event()

            def look() -> None:
                while not over.wait(0.5):
                    seen.append(resident(process.pid, "VmRSS"))

            watcher = threading.Thread(target=look)
            watcher.start()
            stand_in.watch(RECIPIENTS, patience=600)
            over.set()
            watcher.join()
            most = resident(process.pid, "VmHWM")
    print(f"at the first message {idle:.0f} MB, median on the way {sorted(seen)[len(seen) // 2]:.0f} MB")
    print(f"RESULT memory {most:.0f} MB target {TARGET} {'met' if most <= TARGET else 'missed'}")


if __name__ == "__main__":
    main()
