from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.desk import Desk


@pytest.mark.parametrize(
    ("mode", "text", "plain", "entities"),
    [
        ("HTML", "<b>Kính mời</b> bác", "Kính mời bác", [("bold", 0, 8)]),
        ("HTML", "<b>a<i>b</i></b> &lt;3 &amp;", "ab <3 &", [("bold", 0, 2), ("italic", 1, 1)]),
        ("HTML", '😀<a href="https://a.vn/?x=1&amp;y=2">đọc</a>', "😀đọc", [("text_link", 2, 3)]),
        ("HTML", "<pre>x &lt; y</pre>", "x < y", [("pre", 0, 5)]),
        (
            "MarkdownV2",
            "*đậm* _nghiêng_ __gạch__",
            "đậm nghiêng gạch",
            [("bold", 0, 3), ("italic", 4, 7), ("underline", 12, 4)],
        ),
        ("MarkdownV2", r"3\.5 \(ba\)", "3.5 (ba)", []),
        ("MarkdownV2", "[đọc](https://a.vn) `x.y`", "đọc x.y", [("text_link", 0, 3), ("code", 4, 3)]),
        ("MarkdownV2", "*a _b_*", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
        ("Markdown", "*đậm* và [đọc](https://a.vn)", "đậm và đọc", [("bold", 0, 3), ("text_link", 7, 3)]),
        ("Markdown", r"a\_b. (x)", "a_b. (x)", []),
    ],
)
def test_formats(desk: Desk, lan: Any, mode: str, text: str, plain: str, entities: list[tuple[str, int, int]]) -> None:
    sent = desk.does("sendMessage", chat_id=lan["telegram_id"], text=text, parse_mode=mode)
    assert sent["text"] == plain
    found = [(each["type"], each["offset"], each["length"]) for each in sent.get("entities", ())]
    assert found == entities


@pytest.mark.parametrize(
    ("mode", "text", "complaint"),
    [
        ("HTML", "<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("HTML", "đ<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("HTML", "<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("HTML", "x</b>", "Unexpected end tag at byte offset 1"),
        ("HTML", "3 < 5", 'Can\'t find end of the start tag "" at byte offset 2'),
        ("MarkdownV2", "Lúc 19.30", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("MarkdownV2", "*x", "Can't find end of Bold entity at byte offset 0"),
        ("MarkdownV2", "a `x", "Can't find end of Code entity at byte offset 2"),
        ("Markdown", "a_b", "Can't find end of the entity starting at byte offset 1"),
    ],
)
def test_complaints(desk: Desk, lan: Any, mode: str, text: str, complaint: str) -> None:
    refusal = desk.refuses("sendMessage", chat_id=lan["telegram_id"], text=text, parse_mode=mode)
    assert refusal == (400, f"Bad Request: can't parse entities: {complaint}")
    assert len(desk.sees(lan)) == 1


def test_an_unknown_mode(desk: Desk, lan: Any) -> None:
    refusal = desk.refuses("sendMessage", chat_id=lan["telegram_id"], text="x", parse_mode="rtf")
    assert refusal == (400, "Bad Request: unsupported parse_mode")


def test_the_limit_counts_what_is_left_after_parsing(desk: Desk, lan: Any) -> None:
    desk.does("sendMessage", chat_id=lan["telegram_id"], text=f"<b>{'a' * 4096}</b>", parse_mode="HTML")
