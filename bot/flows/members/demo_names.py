"""Words for made-up people and places: family names by how common they are, given names by gender and age.

The shares of family names follow the known order of frequency in the country; places are invented, and numbers are of
ranges that nobody has (see demo_data.py).
"""

from __future__ import annotations

from random import Random

NORTH, CENTRE, SOUTH, HIGHLAND = "north", "centre", "south", "highland"
REGIONS = {NORTH: 45, HIGHLAND: 25, CENTRE: 20, SOUTH: 10}
"""Region of a family's names → share in percent."""

_COMMON = {
    "Nguyễn": 38, "Trần": 11, "Lê": 9, "Phạm": 7, "Phan": 4, "Đặng": 2, "Bùi": 2, "Đỗ": 2, "Hồ": 1, "Ngô": 1,
    "Dương": 1, "Đinh": 1, "Trịnh": 1, "Mai": 1, "Đào": 1, "Lương": 1, "Cao": 1, "Tạ": 1,
}  # fmt: skip
FAMILIES = {
    NORTH: {**_COMMON, "Hoàng": 5, "Vũ": 4},
    CENTRE: {**_COMMON, "Hoàng": 3, "Võ": 4, "Trương": 2, "Hồ": 3},
    SOUTH: {**_COMMON, "Huỳnh": 5, "Võ": 4, "Trương": 2, "Lâm": 1},
    HIGHLAND: {
        "Hoàng": 12, "Nông": 10, "Lò": 10, "Giàng": 8, "Vàng": 8, "Lý": 8, "Triệu": 7, "Sùng": 6, "Hà": 6, "Lương": 6,
        "Nguyễn": 6, "Bàn": 5, "Đặng": 4, "Cầm": 4,
    },
}  # fmt: skip

_MEN_OLD = ("Văn", "Văn", "Văn", "Văn", "Đức", "Hữu", "Xuân", "Đình", "Quang", "Công", "Trọng", "Bá")
_MEN_YOUNG = ("Văn", "Văn", "Đức", "Minh", "Quang", "Quốc", "Anh", "Thành", "Mạnh", "Hoàng", "Tuấn", "Hải", "Gia")
_WOMEN_OLD = ("Thị", "Thị", "Thị", "Thị", "Thị", "Thị", "Kim", "Ngọc", "Minh")
_WOMEN_YOUNG = ("Thị", "Thị", "Thị Thu", "Thị Hồng", "Thị Thanh", "Thu", "Thanh", "Ngọc", "Phương", "Minh", "Khánh")

_MEN = {
    "old": ("An", "Bình", "Cường", "Chiến", "Dũng", "Hòa", "Hùng", "Khang", "Lợi", "Minh", "Nghĩa", "Phúc", "Quý",
            "Sơn", "Tài", "Thắng", "Thịnh", "Tiến", "Toàn", "Tư", "Vinh", "Xuyên", "Bảy", "Cảnh", "Đạt", "Hợp"),
    "young": ("Anh", "Bảo", "Cường", "Duy", "Dương", "Đạt", "Giang", "Hải", "Hiếu", "Hoàng", "Huy", "Khánh", "Kiên",
              "Linh", "Long", "Nam", "Phong", "Quân", "Sơn", "Thành", "Trung", "Tú", "Tuấn", "Tùng", "Việt"),
}  # fmt: skip
_WOMEN = {
    "old": ("Bình", "Chín", "Dung", "Hạnh", "Hiền", "Hoa", "Hòa", "Hồng", "Huệ", "Lan", "Liên", "Loan", "Lý", "Mai",
            "Mận", "Minh", "Nga", "Nhàn", "Nhung", "Oanh", "Phượng", "Tâm", "Thơm", "Thu", "Tuyết", "Xuân", "Yến"),
    "young": ("Anh", "Chi", "Diệp", "Dung", "Giang", "Hà", "Hằng", "Hiền", "Hương", "Huyền", "Lan", "Linh", "Ly",
              "Mai", "My", "Nga", "Ngân", "Ngọc", "Nhung", "Phương", "Quyên", "Thảo", "Thủy", "Trang", "Vân", "Yến"),
}  # fmt: skip
_MEN_HIGHLAND = ("A", "A", "Văn", "Văn", "Seo", "Chí", "Đức")

_FIRST = ("Mường", "Nậm", "Tả", "Suối", "Pá", "Thượng", "Tân", "Xuân", "Phú", "Minh", "Đông", "Hòa", "Vĩnh", "Lâm",
          "Kim", "Bình")  # fmt: skip
_SECOND = ("Mây", "Hồng", "Sương", "Lúa", "Trúc", "Sim", "Mận", "Gạo", "Ngà", "Khê", "Thạch", "Sen", "Nắng", "Quế",
           "Chanh", "Vàng", "Biếc", "Trầm")  # fmt: skip
_HAMLETS = ("Nà Mây", "Nà Sim", "Pá Lúa", "Bó Sen", "Khuổi Mận", "Nà Quế", "Phiêng Gạo", "Cốc Trầm", "Nà Ngà",
            "Huổi Nắng", "Làng Sương", "Đồng Trúc", "Gò Sen", "Bãi Chanh", "Đình Khê", "Trại Mận")  # fmt: skip
_OFFICES = ("Cơ quan Đảng ủy", "Trường Tiểu học", "Trường Trung học cơ sở", "Trạm Y tế", "Hợp tác xã Nông nghiệp")


def family(random: Random, region: str) -> str:
    """A family name of a region."""
    names = FAMILIES[region]
    return random.choices(tuple(names), tuple(names.values()))[0]


def full_name(random: Random, *, is_woman: bool, age: int) -> str:
    """Family, middle and given name that fit together by region, gender and age."""
    region = random.choices(tuple(REGIONS), tuple(REGIONS.values()))[0]
    cohort = "old" if age >= 45 else "young"
    middles: tuple[str, ...]
    given: tuple[str, ...]
    if is_woman:
        middles, given = (_WOMEN_OLD if cohort == "old" else _WOMEN_YOUNG), _WOMEN[cohort]
    elif region == HIGHLAND:
        middles, given = _MEN_HIGHLAND, _MEN[cohort]
    else:
        middles, given = (_MEN_OLD if cohort == "old" else _MEN_YOUNG), _MEN[cohort]
    middle, last = random.choice(middles), random.choice(given)
    if last == middle.split()[-1]:
        last = given[(given.index(last) + 1) % len(given)]
    return f"{family(random, region)} {middle} {last}"


def communes(random: Random, count: int) -> list[str]:
    """`count` different communes, "xã Mường Mây"; one in eight is a ward ("phường …")."""
    pairs = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    random.shuffle(pairs)
    names = [pairs[i % len(pairs)] + (f" {i // len(pairs) + 1}" if i >= len(pairs) else "") for i in range(count)]
    return [f"{'phường' if index % 8 == 7 else 'xã'} {name}" for index, name in enumerate(names)]


def branches(random: Random, commune: str, count: int) -> list[str]:
    """`count` different places of a commune that have a branch: offices, hamlets, numbered villages."""
    offices = list(_OFFICES[: max(count // 4, 1)]) if count > 2 else []
    rest = count - len(offices)
    if commune.startswith("phường"):
        return [f"tổ dân phố {number}" for number in range(1, rest + 1)] + offices
    hamlets = random.sample(_HAMLETS, min(rest // 2, len(_HAMLETS)))
    villages = [f"thôn {number}" for number in range(1, rest - len(hamlets) + 1)]
    return [*villages, *(f"bản {name}" for name in hamlets), *offices]
