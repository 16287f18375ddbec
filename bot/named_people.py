"""Papers about named people, which wait for a person's decision: discipline, personnel, lists with birth dates.

What an organization announces about itself passes: who is named is what counts. A name is a title (đồng chí, ông, bà)
or the word for a member, and then words written as a name.
"""

from __future__ import annotations

import re

_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_WORD = rf"[{_UPPER}][^\W\d_]*"
_SURNAMES = (
    "NGUYỄN|TRẦN|LÊ|PHẠM|HOÀNG|HUỲNH|PHAN|VŨ|VÕ|ĐẶNG|BÙI|ĐỖ|HỒ|NGÔ|DƯƠNG|LÝ|ĐINH|ĐOÀN|LÂM|TRỊNH|MAI|ĐÀO|CAO|HÀ|TẠ"
    "|LƯƠNG|LƯU|TÔ|CHU|PHÙNG|QUÁCH|VƯƠNG|TRIỆU|NÔNG|LÒ|LÙ|LỪ|LƯỜNG|VÀNG|GIÀNG|SÙNG|THÀO|HẠNG|TẨN|CHẢO|BÀN|MA|MÙA|CỨ"
)
_TITLE = r"\b(?i:đồng chí|đ/c|ông|bà|anh|chị)"
_MEMBER = r"\b(?i:đảng viên)"
_NAMED = (
    rf"(?:{_TITLE}\s*:?\s*(?:{_WORD}\s+{_WORD}|(?i:{_SURNAMES})\s+[^\W\d_]+)"
    rf"|{_MEMBER}\s+(?i:{_SURNAMES})\s+{_WORD})"
)
_FEW = r"(?:\s+[^\s.;]+){0,8}?\s+"
_DISCIPLINE = re.compile(
    rf"(?i:kỷ luật|kỉ luật|khiển trách|cảnh cáo|cách chức|khai trừ|đình chỉ sinh hoạt|xóa tên|xoá tên){_FEW}{_NAMED}"
    rf"|{_NAMED}{_FEW}(?i:bị (?:kỷ luật|kỉ luật|khiển trách|cảnh cáo|cách chức|khai trừ|tố cáo))"
    rf"|(?i:đơn tố cáo|giải quyết tố cáo|tố cáo đối với){_FEW}{_NAMED}"
)
_PERSONNEL = re.compile(
    r"(?i:nhận xét,? đánh giá|thẩm tra|bổ nhiệm|điều động|luân chuyển|miễn nhiệm|biệt phái|từ chức|thôi giữ"
    r"|chỉ định|chuẩn y|phê chuẩn|quy hoạch (?:cán bộ|cấp ủy|chức danh|nguồn)|giới thiệu nhân sự|nhân sự"
    r"|kết nạp|công nhận (?:là )?đảng viên|chuyển (?:sinh hoạt|đảng) chính thức|xem xét tư cách|lý lịch"
    r"|kiểm điểm (?:cá nhân )?(?:của|đối với)|đánh giá, xếp loại)"
    rf"{_FEW}{_NAMED}"
    rf"|{_NAMED}{_FEW}(?i:giữ chức|giữ chức vụ|thôi giữ|được bổ nhiệm|nghỉ hưu từ)"
)
_PERSONAL_FORMS = re.compile(
    r"(?i)sơ yếu lý lịch|lý lịch của người xin vào đảng|phiếu đảng viên|lý lịch đảng viên|phiếu nhận xét đảng viên"
    r"|bản kiểm điểm cá nhân|kê khai tài sản,? thu nhập của|giấy giới thiệu sinh hoạt đảng|đơn xin vào đảng"
)
_BIRTH = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19[2-9]\d|200\d)\b")
_BORN = re.compile(r"(?i)\bsinh (?:năm|ngày)\s*:?\s*\d")
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)?[35789](?:[ .]?\d){8}(?!\d)")
_CITIZEN = re.compile(r"(?<!\d)0\d{11}(?!\d)")
LIST = 3
"""From so many birth dates together with phone numbers a text is a list of people. [ours]"""


def found(text: str) -> str:
    """The reason to hold a paper: "discipline", "personnel" or "people"; "" for none. `text` is in one line."""
    if _DISCIPLINE.search(text):
        return "discipline"
    if _PERSONNEL.search(text) or _PERSONAL_FORMS.search(text):
        return "personnel"
    born = max(len(_BIRTH.findall(text)), len(_BORN.findall(text)))
    numbers = max(len(_PHONE.findall(text)), len(_CITIZEN.findall(text)))
    if (born >= LIST and numbers >= LIST) or len(_CITIZEN.findall(text)) >= LIST:
        return "people"
    return ""
