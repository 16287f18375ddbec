"""What a running bot does without: libraries that only some messages, pages or commands need come with the first one
that does. Memory is the point: together they take some 30 MB of the 150 (bench/memory.py)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SELDOM = ("docx", "lxml", "PIL", "pypdfium2", "python_calamine", "xlsxwriter", "segno", "av", "numpy", "piper")
OURS = ("bot.demo", "bot.channel_commands", "bot.document_commands", "bot.roster_commands", "bot.minutes_commands")
START = """
import sys
from pathlib import Path
import bot.cli, bot.runner
from bot.app import build, open_storage
from bot.settings import Settings

settings = Settings(data_dir=Path(sys.argv[1]), key_file=Path(sys.argv[1]) / "key", database_url="")
build(settings, open_storage(settings))
import bot.web.checkin, bot.web.meeting_sheets, bot.web.minutes_paper, bot.web.reader, bot.web.reports, bot.web.uploads
print(*sys.modules)
"""


def test_the_running_bot_loads_nothing_that_only_some_need(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", START, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert {"bot.web.reader", "bot.handlers.minutes", "telegram"} <= loaded
    assert not loaded & {*SELDOM, *OURS}
