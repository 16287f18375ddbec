"""Settings: from the environment (prefix SOTAY_), then from `sotay.toml`, then the defaults below.

The file's place may be given by SOTAY_CONFIG. Every field says what it is for; `sotay doctor` prints them.
"""

from __future__ import annotations

import os
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.errors import SettingsError
from bot.texts import t
from bot.workdays import DAYS_OFF

WRONG = {
    "extra_forbidden": "unknown",
    "int": "number",
    "float": "number",
    "bool": "boolean",
    "time": "time",
    "greater_than": "gt",
    "greater_than_equal": "ge",
    "less_than": "lt",
    "less_than_equal": "le",
}
"""Kinds of problems (or the word that they begin with) to texts."""


def _sentence(problem: ErrorDetails) -> str:
    """One wrong setting for the operator: its name, what is wrong, what it may be. Values are not repeated: they
    may be secrets."""
    name = f"SOTAY_{'.'.join(str(part) for part in problem['loc']).upper()}"
    kind, details = problem["type"], problem.get("ctx", {})
    if kind == "value_error":  # our own validators below name the text
        return t(f"settings.{details['error']}", name=name)
    word = WRONG.get(kind) or WRONG.get(kind.partition("_")[0]) or "wrong"
    return t(f"settings.{word}", name=name, limit=details.get(word, ""))


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("zone") from None
    return name


def _web_address(url: str) -> str:
    if url and not url.startswith(("http://", "https://")):
        raise ValueError("web-address")
    return url.rstrip("/")


WebAddress = Annotated[str, AfterValidator(_web_address)]


def _share(text: str) -> str:
    above, _, below = text.partition("/")
    if not (above.isdecimal() and below.isdecimal() and 0 < int(above) < int(below)):
        raise ValueError("share")
    return text


def _weights(weights: dict[str, int]) -> dict[str, int]:
    if weights.keys() != SCORE_WEIGHTS.keys() or min(weights.values()) < 0 or sum(weights.values()) != 100:
        raise ValueError("score-weights")
    return weights


def _bands(limits: tuple[float, float, float]) -> tuple[float, float, float]:
    if not 100 >= limits[0] > limits[1] > limits[2] > 0:
        raise ValueError("score-bands")
    return limits


SCORE_WEIGHTS = {
    "time": 5, "attendance": 5, "preparation": 10, "organization": 30, "leading": 10, "principles": 5,
    "last-month": 30, "ending": 5,
}  # fmt: skip
"""Points of the form's criteria (domain.md, "Scoring the meeting"); an installation may weigh them differently."""

Share = Annotated[str, AfterValidator(_share)]
"""A fraction between 0 and 1, as people write it: "2/3"."""


class Settings(BaseSettings):
    """What this installation is set to."""

    model_config = SettingsConfigDict(env_prefix="SOTAY_", extra="forbid")

    data_dir: Path = Field(Path("var/data"), description="Folder for the embedded database and the documents' files.")
    key_file: Path = Field(
        Path("var/keys/sotay.key"),
        description="The encryption key. Made at first start. Keep a copy apart from backups of the database: "
        "without it personal fields cannot be read.",
    )
    database_url: str = Field(
        "", description="Empty: SQLite in data_dir. Or postgresql+psycopg://user@host/name for several processes."
    )
    public_url: WebAddress = Field(
        "", description="How people's phones reach the web part (https://…). Needed for links to papers and webhooks."
    )
    web_host: str = Field("127.0.0.1", description="Address that the web part listens on.")
    web_port: int = Field(8700, ge=0, le=65535, description="Port that the web part listens on; 0 picks a free one.")
    timezone: Annotated[str, AfterValidator(_zone)] = Field("Asia/Ho_Chi_Minh", description="Zone of all times shown.")
    clock_file: Path | None = Field(
        None, description="A file with a number of seconds that is added to the clock; for classes and rehearsals."
    )
    poll_seconds: int = Field(25, ge=0, le=60, description="How long one poll waits for something new.")
    sweep_seconds: float = Field(20, gt=0, description="How often due reminders are looked for.")
    quiet_from: time = Field(time(21, 0), description="No reminders after this hour.")
    quiet_until: time = Field(time(6, 30), description="No reminders before this hour.")
    reminders_per_meeting: int = Field(3, ge=0, le=10, description="At most so many reminders for one meeting.")
    reminders_per_paper: int = Field(3, ge=0, le=10, description="At most so many reminders of one paper to a member.")
    report_days: int = Field(7, ge=1, description="How long a table that was asked for (who has read what) is kept.")
    page_price: int = Field(500, ge=0, description="What a printed sheet costs (paper and ink), in đồng. 0: no sum.")
    print_duplex: bool = Field(False, description="Printing would use both sides: half as many sheets are saved.")
    meeting_day: int = Field(3, ge=1, le=28, description="The day of the month on which branches meet (42-HD/BTCTW).")
    meeting_time: time = Field(time(19, 30), description="When a branch meets that has not met yet.")
    notice_days: int = Field(3, ge=0, description="Fewer days between invitation and meeting are warned about.")
    meeting_minutes: int = Field(90, ge=0, description="A shorter meeting is warned about (42-HD/BTCTW).")
    thematic_minutes: int = Field(120, ge=0, description="The same when it has a thematic part.")
    minutes_days: int = Field(2, ge=1, description="Minutes are sent at most so many days after the meeting.")
    papers_days: int = Field(1, ge=0, description="Papers that come later than so many days before are warned about.")
    days_off: tuple[date, ...] = Field(
        DAYS_OFF, description="Holidays by the moon and days in lieu; weekends and the fixed holidays are known."
    )
    series_days: int = Field(
        7, ge=1, le=25, description="So many days before a monthly meeting its invitation is proposed to the secretary."
    )
    alert_hours: int = Field(24, ge=0, description="Who is convened for so many hours ahead or less is alerted again.")
    alert_minutes: int = Field(30, ge=5, description="Minutes between two such alerts.")
    alert_times: int = Field(3, ge=0, le=10, description="At most so many alerts to who has not confirmed.")
    alert_at_night: bool = Field(False, description="Alerts of an urgent meeting go out in quiet hours too.")
    card_minutes: int = Field(
        30, ge=0, description="The card of a meeting comes to its keepers so many minutes before."
    )
    late_minutes: int = Field(15, ge=0, description="Who checks in so many minutes after the start counts as late.")
    check_in_people: int = Field(3, ge=1, description="From more people on one phone on check-ins wait for the chair.")
    check_in_tries: int = Field(5, ge=1, le=50, description="Wrong codes of a member before a meeting's are not read.")
    check_in_days: int = Field(
        30, ge=2, description="How check-ins came about (phone, moment, doubt) is erased after so many days."
    )
    vote_share: Share = Field("1/2", description="A vote passes with more than this share of the base.")
    vote_share_admission: Share = Field("2/3", description="The admission of a member passes with at least this share.")
    ballot_days: int = Field(
        30, ge=1, description="Who answered what in a vote is erased so many days after its end; counts stay."
    )
    vote_minutes: int = Field(120, ge=1, description="A vote in a meeting ends by itself after so many minutes.")
    vote_hours: int = Field(24, ge=1, description="A vote outside of a meeting ends by itself after so many hours.")
    score_weights: Annotated[dict[str, int], AfterValidator(_weights)] = Field(
        SCORE_WEIGHTS, description="The points of each criterion of a meeting's score; together 100."
    )
    score_bands: Annotated[tuple[float, float, float], AfterValidator(_bands)] = Field(
        (90, 70, 50), description="From so many points on a meeting is Tốt, Khá, Trung bình; below Kém."
    )
    score_attendance: float = Field(0.9, gt=0, le=1, description="Share of attendance that earns the top mark.")
    score_speakers: float = Field(0.3, ge=0, le=1, description="Fewer speakers of those present cost a step.")
    rating: bool = Field(True, description="Members are asked after a meeting how it was, without names.")
    rating_days: int = Field(3, ge=1, le=30, description="So many days they may answer.")
    rating_least: int = Field(5, ge=3, description="What they say is shown as averages of at least so many members.")
    morning_card: bool = Field(True, description="Secretaries get a card in the morning when there is something.")
    morning_time: time = Field(time(7, 0), description="When the card comes.")
    morning_days: int = Field(7, ge=1, le=31, description="Meetings so many days ahead are on the card.")
    code_hours: int = Field(72, ge=1, description="How long a login code works.")
    code_tries: int = Field(5, ge=1, description="Wrong tries until a code is void and an id is locked out.")
    lock_minutes: int = Field(60, ge=1, description="How long a locked out id has to wait.")
    link_days: int = Field(30, ge=1, description="How long a link to a paper works.")
    speech: Literal["off", "espeak", "piper"] = Field(
        "espeak", description="Who speaks papers aloud: nobody, espeak-ng (comes along), or piper with a voice."
    )
    speech_voice: Path | None = Field(None, description="Piper's Vietnamese voice: its .onnx file.")
    speech_words_per_minute: int = Field(150, ge=80, le=300, description="How fast papers are spoken.")
    speech_minutes: int = Field(90, ge=5, le=600, description="Longer papers are spoken up to here.")
    speech_seconds: float = Field(
        300, ge=10, description="A part (under five minutes of sound) that is not made after so long is given up."
    )
    page_cache_megabytes: int = Field(
        500, ge=10, description="Pictures of pages that are kept; they are made again when they are missing."
    )
    study_minutes_per_page: int = Field(
        4, ge=1, description="Reading time (counted only with consent) is capped at so many minutes a page."
    )
    study_minutes_least: int = Field(10, ge=1, description="The cap on reading time of a short paper, in minutes.")
    file_megabytes: int = Field(20, ge=1, le=50, description="Largest file that is taken (Telegram: 20 MB download).")
    question_days: int = Field(10, ge=1, le=365, description="Days until a question has to be answered.")
    question_days_above: int = Field(15, ge=1, le=365, description="The same at a level above that it was passed to.")
    question_nudge_days: int = Field(
        2, ge=0, le=30, description="Days before that deadline when its leader is reminded."
    )
    small_branch: int = Field(
        10, ge=0, description="In a branch of fewer members who hides the name is warned that words may give it away."
    )
    dialogue_hours: int = Field(12, ge=1, description="After this pause a dialogue is offered again, not continued.")
    telegram_per_second: float = Field(
        30, ge=0, description="Messages a second of one Telegram bot (paid broadcasts: up to 1,000). 0: no limit."
    )
    telegram_chat_per_second: float = Field(
        1, ge=0, description="Messages a second to one private Telegram chat, of broadcasts and reminders. 0: no limit."
    )
    telegram_group_per_minute: int = Field(
        20, ge=0, description="Messages and edits a minute in one Telegram group. 0: no limit."
    )
    zalo_per_second: float = Field(
        5, ge=0, description="Messages a second of one Zalo bot (Zalo publishes no rate). 0: no limit."
    )
    reply_share: float = Field(
        0.1, ge=0, lt=1, description="Share of a channel's requests in flight that broadcasts leave free for replies."
    )
    quota_warn: float = Field(0.8, gt=0, le=1, description="Use of a month's quota at which its keepers are warned.")
    quota_reserve: float = Field(
        0.05, ge=0, lt=1, description="Share of a month's quota that broadcasts leave for replies."
    )
    quota_replies: float = Field(
        0.5, ge=0, description="Replies a day and person that a new month is expected to take, until it tells itself."
    )
    quota_comfort: float = Field(
        2,
        gt=0,
        description="A paper goes to each person while it takes no more than so many days' share of what is free.",
    )
    digest_time: time = Field(
        time(17, 30), description="When papers that were held to spare a month's quota go out, one message a person."
    )
    lease_seconds: int = Field(
        15, ge=5, le=25, description="How long a channel stays with a process that gives no sign of life."
    )
    telegram_enabled: bool = Field(True, description="False switches all Telegram channels off.")
    log_json: bool = Field(False, description="Logs as JSON lines instead of text.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then the file."""
        path = Path(os.environ.get("SOTAY_CONFIG", "sotay.toml"))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=path)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of all times shown."""
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        """The database's URL with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir / 'sotay.db'}"


def load(**overrides: object) -> Settings:
    """The settings; SettingsError with one line per wrong setting."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [_sentence(problem) for problem in error.errors(include_url=False)]
        raise SettingsError("\n".join(lines)) from None
    except (OSError, ValueError) as error:  # sotay.toml is unreadable or no TOML
        raise SettingsError(f"sotay.toml: {error}") from None
