from bot.matching import choose, fold, label, matches_words


def test_plain_answers() -> None:
    assert [label(text) for text in ("1", "2", "3", "4", "ok", "xin vang", "co mat")] == [
        "attend", "absent", "late", "ambiguous", "ambiguous", "absent", "attend",
    ]  # fmt: skip


def test_short_commands_and_choices() -> None:
    assert matches_words("Trợ giúp!", ["trợ giúp"])
    assert matches_words("TRO GIUP", ["trợ giúp"])
    assert fold("  Hòa  Bình  Đỏ ") == "hoa binh do"
    labels = ["Tôi dự được", "Tôi xin vắng"]
    assert [choose(text, labels) for text in ("1", "số 2", "1 - Tôi dự được", "toi xin vang", "ok", "3")] == [
        0, 1, 0, 1, None, None,
    ]  # fmt: skip
