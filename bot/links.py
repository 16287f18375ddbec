"""Signed links to pages: short-lived, bound to one member, without personal data in the address."""

from __future__ import annotations

from dataclasses import dataclass

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from bot.errors import BadInput


@dataclass(frozen=True, slots=True)
class PaperLink:
    """What a link to a paper opens, and for whom."""

    document_id: int
    member_id: int


class Links:
    """Makes and reads links. `public_url` "" means that phones cannot reach us: then there are no links."""

    def __init__(self, signing_key: str, public_url: str, *, days: int) -> None:
        self._serializer = URLSafeTimedSerializer(signing_key, salt="paper")
        self.public_url = public_url.rstrip("/")
        self._seconds = days * 86400

    def paper(self, document_id: int, member_id: int) -> str:
        """A link for one member to one paper, "" without a public address."""
        if not self.public_url:
            return ""
        return f"{self.public_url}/d/{self._serializer.dumps([document_id, member_id])}"

    def read_paper(self, token: str) -> PaperLink:
        """What a token opens; BadInput when it is forged or too old."""
        try:
            document_id, member_id = self._serializer.loads(token, max_age=self._seconds)
        except SignatureExpired:
            raise BadInput("reader.expired") from None
        except (BadSignature, ValueError, TypeError):
            raise BadInput("reader.wrong-link") from None
        return PaperLink(int(document_id), int(member_id))
