"""What one world of the crash tests does, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field

ENGINES = ("sqlite", "postgresql")
LAYOUTS = ("single", "split")
LOADS = ("inbound", "broadcast")


@dataclass(frozen=True)
class Plan:
    """One world. Everything random in it comes from `seed`; what the machine does in between does not."""

    engine: str
    layout: str
    load: str
    seed: int
    kills: int
    cold: bool = False
    postgres: str = ""
    """URL of the server, for worlds on PostgreSQL."""
    tree: str = ""
    """Where the program lies; "" for this tree. Another one to try broken guards."""

    @property
    def name(self) -> str:
        """How to ask for this world again."""
        return f"{self.engine}-{self.layout}-{self.load}-{self.seed}"


@dataclass
class Outcome:
    """What was counted. `problems` is empty when every promise was kept."""

    plan: Plan
    kills: int = 0
    early: int = 0
    """Kills before the new process had done anything."""
    updates: int = 0
    repeats: int = 0
    """Updates that the stand-in handed over more than once, as far as it can tell."""
    deliveries: int = 0
    messages: int = 0
    in_flight: int = 0
    """Messages in "sending" at the moments of the kills."""
    most_in_flight: int = 0
    """… at one kill on one channel."""
    unknown: int = 0
    arrived_unknown: int = 0
    """Of the unknown ones, those that people did get."""
    taken_by_zalo: int = 0
    """Updates that Zalo's getUpdates had handed to a process that then died: the platform's own limit."""
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
