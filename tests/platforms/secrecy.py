"""Whether a secret shows anywhere that an exception can be looked at."""

from __future__ import annotations

import traceback


def everything_shown_by(error: BaseException) -> str:
    """The texts of `error` and of every exception in its chains, the suppressed ones too."""
    seen: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None or each in seen:
            continue
        seen.append(each)
        waiting += [each.__cause__, each.__context__]
    texts = [f"{each!s}\n{each!r}\n{vars(each)}" for each in seen]
    return "\n".join([*texts, *traceback.format_exception(error)])
