"""How somebody wants to see pages: size of letters, contrast, pictures or words. By address or cookie, so that it works
without JavaScript and lasts from one paper to the next. The cookie says nothing about who it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.requests import Request

COOKIE = "sotay-view"
SIZES = ("small", "usual", "large")
_MARK = {"0": False, "1": True}


@dataclass(frozen=True, slots=True)
class Display:
    """`words`: the text layer in large print instead of pictures."""

    size: str = "usual"
    contrast: bool = False
    words: bool = False

    @property
    def cookie(self) -> str:
        """What the cookie holds: "large.1.0"."""
        return f"{self.size}.{int(self.contrast)}.{int(self.words)}"

    @property
    def classes(self) -> str:
        """The classes of the page's root."""
        return f"size-{self.size}" + (" contrast" if self.contrast else "") + (" words-only" if self.words else "")


def wanted(request: Request) -> tuple[Display, bool]:
    """How this page is to be shown, and whether the address asks for something new (`size`, `contrast`, `large`)."""
    kept = _read(request.cookies.get(COOKIE, ""))
    asked = request.query_params
    shown = kept
    if asked.get("size") in SIZES:
        shown = replace(shown, size=asked["size"])
    shown = replace(shown, contrast=_MARK.get(asked.get("contrast", ""), shown.contrast))
    shown = replace(shown, words=_MARK.get(asked.get("large", ""), shown.words))
    return shown, shown != kept


def _read(cookie: str) -> Display:
    size, _, rest = cookie.partition(".")
    contrast, _, words = rest.partition(".")
    if size not in SIZES or contrast not in _MARK or words not in _MARK:
        return Display()
    return Display(size, _MARK[contrast], _MARK[words])
