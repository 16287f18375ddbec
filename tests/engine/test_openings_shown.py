"""When somebody opened a page, and for how long they read, is read in few places, each of which knows the consent."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
READING = {
    "storage/documents.py": "the columns; written only by the page, after it asked for consent",
    "storage/study.py": "counts with consent, forgets without",
    "storage/chasing.py": "whether a version has come before a member; shown to nobody",
    "bot/web/reader.py": "notes the first opening, with consent",
    "bot/web/paper.py": "the member's own minutes, with consent",
}


def test_openings_and_minutes_are_read_only_where_consent_is_known() -> None:
    column = re.compile(r"studied_seconds|(?:Reading|row|reading)\)?\.opened_at")
    files = [
        path for part in ("bot", "storage") for path in (ROOT / part).rglob("*.py") if "migrations" not in path.parts
    ]
    found = {str(path.relative_to(ROOT)) for path in files if column.search(path.read_text(encoding="utf-8"))}
    assert found - {"storage/readers.py"} <= set(READING), "show nothing of this without storage.consents.agreeing"
    assert "opened_at" not in (ROOT / "bot/flows/documents/status.py").read_text(encoding="utf-8")
