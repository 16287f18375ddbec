"""LibreOffice without a window, for tests: what a branch would see when it opens our files in an office program."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
SECONDS = 120
MISSING = "needs apt-get install --no-install-recommends libreoffice-writer-nogui fonts-liberation2"


def _is_ready() -> bool:
    """The program is there, and the type that stands in for Times New Roman has our letters: otherwise another type
    fills in for single letters, and words fall apart."""
    if PROGRAM is None or shutil.which("fc-match") is None:
        return False
    command = ["fc-match", "-f", "%{lang}", "Times New Roman"]
    return "vi" in subprocess.run(command, check=False, capture_output=True, text=True).stdout.split("|")


needed = pytest.mark.skipif(not _is_ready(), reason=MISSING)


def convert(files: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """The files as `kind` ("pdf", "docx:MS Word 2007 XML") in `folder`, by one call: starting takes seconds.

    A profile of its own, so that nobody's open LibreOffice is asked; no network is needed. CalledProcessError or
    TimeoutExpired (the program is ended) when it fails.
    """
    assert PROGRAM is not None, MISSING
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder.parent / "office-profile").as_uri()
    command = [PROGRAM, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, timeout=SECONDS
    )
    made = [folder / f"{file.stem}.{kind.partition(':')[0]}" for file in files]
    assert [each.name for each in made if not each.exists()] == []
    return made


def pages(pdf: Path) -> list[str]:
    """The words of each page, one space between them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()
