"""`sotay import members FILE` and `sotay demo-data`: rosters in, made-up rosters out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bot.app import open_storage
from bot.clock import SystemClock
from bot.errors import BadInput, SettingsError
from bot.flows.members import demo_data as invented
from bot.flows.members import roster_check
from bot.flows.members.roster_apply import Options, import_file
from bot.flows.members.roster_columns import Mapping, load_mapping
from bot.flows.members.roster_plan import Plan, Scope
from bot.flows.members.roster_report import count_lines, detail_lines, problem_lines, problem_rows
from bot.settings import load
from bot.texts import t

NOTHING_DONE = 2
SOME_BAD = 1

import_app = typer.Typer(help="Nhập dữ liệu từ tệp.", no_args_is_help=True)


@import_app.callback()
def _group() -> None:
    """Nhập dữ liệu từ tệp."""  # a callback keeps `members` a sub-command while it is the only one


@import_app.command("members")
def members(  # noqa: PLR0913 (each parameter is an option of the command line)
    file: Annotated[Path, typer.Argument(help="Danh sách: .xlsx, .xls, .ods hoặc .csv.")],
    *,
    map_file: Annotated[
        Path | None, typer.Option("--map", help='Tệp TOML: full_name = "Tiêu đề" hoặc chữ cột.')
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ cho xem sẽ thay đổi gì, không ghi.")] = False,
    complete: Annotated[bool, typer.Option("--complete", help="Danh sách đầy đủ: ai vắng tên là đã rời.")] = False,
    create: Annotated[bool, typer.Option("--create-organizations", help="Lập chi bộ chưa có, dưới --under.")] = False,
    under: Annotated[str, typer.Option("--under", help="Mã tổ chức mà danh sách thuộc về.")] = "",
    under_name: Annotated[str, typer.Option("--under-name", help="Tên tổ chức đó, nếu cũng phải lập mới.")] = "",
    report: Annotated[Path | None, typer.Option("--report", help="Ghi các dòng lỗi vào tệp CSV này.")] = None,
    lines: Annotated[int, typer.Option("--lines", min=0, help="Số dòng chi tiết cho xem.")] = 20,
) -> None:
    """Nhập danh sách đảng viên. Kết thúc với mã 0: tốt; 1: có dòng lỗi (dòng tốt đã nhập); 2: không làm được gì."""
    scope = Scope(complete=complete, under=under, under_name=under_name, create=create)
    with _reasons():
        options = Options(mapping=load_mapping(map_file) if map_file else Mapping(), scope=scope, dry_run=dry_run)
        plan = _import(file, options)
    _show(plan, dry_run=dry_run, lines=lines)
    if report:
        _write_report(report, plan)
    if any(not problem.kept for problem in plan.problems):
        raise typer.Exit(NOTHING_DONE if plan.rows == plan.counts()["bad"] else SOME_BAD)


def _import(file: Path, options: Options) -> Plan:
    settings = load()
    database = open_storage(settings)
    try:
        with _progress() as progress:
            now = SystemClock(settings.clock_file).now()
            zoned = Options(options.mapping, options.scope, options.dry_run, settings.zone)
            return import_file(database, file, now, options=zoned, progress=progress)
    finally:
        database.close()


@contextmanager
def _reasons() -> Iterator[None]:
    """What cannot be done ends with a sentence, not with a traceback."""
    try:
        yield
    except BadInput as error:
        typer.echo(t(error.key, **error.values), err=True)
    except SettingsError as error:
        typer.echo(str(error), err=True)
    else:
        return
    raise typer.Exit(NOTHING_DONE)


@contextmanager
def _progress() -> Iterator[roster_check.Progress]:
    """A bar for each stage on standard error; nothing when that is not a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(t(f"roster.stage-{stage}"), total=total or None)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield show


def _show(plan: Plan, *, dry_run: bool, lines: int) -> None:
    for line in count_lines(plan, dry_run=dry_run):
        typer.echo(line)
    for line in detail_lines(plan, lines):
        typer.echo(line)
    for line in problem_lines(plan, lines):
        typer.echo(line, err=True)


def _write_report(path: Path, plan: Plan) -> None:
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(problem_rows(plan))
    except OSError as error:
        typer.echo(t("roster.report-failed", path=path, reason=error.strerror), err=True)
        return
    typer.echo(t("roster.report-written", path=path))


def demo_data(
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="Tệp cần tạo (.xlsx hoặc .csv).")],
    members: Annotated[int, typer.Option("--members", min=1, help="Số người.")] = 360,
    branches: Annotated[int | None, typer.Option("--branches", min=1, help="Số chi bộ; mặc định 27 người một.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Cùng số này thì ra cùng danh sách.")] = 1,
    errors: Annotated[int, typer.Option("--errors", min=0, help="Số dòng lỗi để tập dượt.")] = 0,
    file_format: Annotated[str, typer.Option("--format", help="xlsx hoặc csv; mặc định theo đuôi tệp.")] = "",
) -> None:
    """Tạo danh sách đảng viên hư cấu để tập dượt và đo đạc."""
    kind = (file_format or output.suffix.lstrip(".")).lower()
    if kind not in {"xlsx", "csv"}:
        typer.echo(t("roster.demo-wrong-format"), err=True)
        raise typer.Exit(NOTHING_DONE)
    with _reasons():
        people = invented.people(members, seed=seed, branches=branches, errors=errors)
        try:
            count = (invented.write_text if kind == "csv" else invented.write_spreadsheet)(output, people)
        except OSError as error:
            raise BadInput("roster.report-failed", path=output, reason=error.strerror or "") from None
    typer.echo(t("roster.demo-written", members=count, path=output))
    if errors:
        typer.echo(t("roster.demo-errors", count=errors))
