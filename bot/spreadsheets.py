"""Reads a spreadsheet in a process of its own: `python -m bot.spreadsheets FILE` writes its tables, pickled, to stdout.

python-calamine reads .xlsx five times as quickly as a streaming parser in Python, and .xls and .ods as well, but it
fills a whole rectangle between the first and the last cell: two cells in opposite corners (a file of 5 kB) end its
process. So that process is not ours, and it gets no more memory and time than the list of a province needs.
"""

from __future__ import annotations

import pickle
import resource
import sys
from pathlib import Path

LOCKED, BROKEN = 3, 4
"""Exit codes; any other but 0 means that memory or time was not enough."""
MEMORY = 2 * 1024**3
"""Bytes of address space; 60,000 rows take 0.3 GB. [measured]"""
SECONDS = 60
"""Of processor; 60,000 rows take 2. [measured]"""


def main(path: Path) -> int:
    """Write [(name, rows, merged ranges)] of the visible sheets; returns the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        with path.open("rb") as file:  # not by its name: an old list renamed to .xlsx is still an old list
            book = CalamineWorkbook.from_filelike(file)
        shown = [
            each.name
            for each in book.sheets_metadata
            if each.visible is SheetVisibleEnum.Visible and each.typ is SheetTypeEnum.WorkSheet
        ]
        sheets = [(name, book.get_sheet_by_name(name)) for name in shown]
        tables = [
            (name, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []) for name, sheet in sheets
        ]
    except PasswordError:
        return LOCKED
    except (CalamineError, OSError, ValueError):
        return BROKEN
    pickle.dump(tables, sys.stdout.buffer, protocol=5)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
