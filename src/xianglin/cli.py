"""The ``xianglin`` command."""

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    if getattr(args, "demo", False):
        os.environ["XIANGLIN_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xianglin.config.settings")
    import django

    from xianglin.base.refused import Refused

    django.setup()
    try:
        code: int = args.call(args)
    except Refused as refused:
        print(f"{refused}（{refused.code}）", file=sys.stderr)  # zh: a refusal and its code, already translated
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="xianglin", description="乡邻")  # zh: the command speaks to operators
    commands = parser.add_subparsers(required=True)

    run = commands.add_parser("run", help="启动网站、后台和定时任务")  # zh: operators
    run.add_argument("--port", type=_port, default=os.environ.get("PORT", "8000"))
    run.add_argument("--demo", action="store_true")
    run.set_defaults(call=_run)

    demo = commands.add_parser("demo", help="把演示故事演一遍")  # zh: operators
    demo.add_argument("--today", type=_day, help="YYYY-MM-DD")
    demo.set_defaults(call=_demo, demo=True)

    load = commands.add_parser("import", help="导入表格").add_subparsers(required=True)  # zh: operators
    for table in ("opinions", "households"):
        sheet = load.add_parser(table)
        sheet.add_argument("file", type=Path)
        sheet.add_argument("--area", required=True)
        sheet.add_argument("--map", action="append", default=[], metavar="列=字段")  # zh: operators
        sheet.add_argument("--strict", action="store_true")
        sheet.add_argument("--dry-run", action="store_true")
        sheet.add_argument("--json", action="store_true")
        sheet.set_defaults(call=_import_sheet, table=table)

    areas = commands.add_parser("areas", help="行政区划").add_subparsers(required=True)  # zh: operators
    area_import = areas.add_parser("import")
    area_import.add_argument("--province", default="33")
    area_import.add_argument("--file", type=_file)
    area_import.add_argument("--json", action="store_true")
    area_import.set_defaults(call=_import_areas)

    calendar = commands.add_parser("calendar", help="装入一年的放假安排")  # zh: operators
    calendar.add_argument("file", type=_file)
    calendar.set_defaults(call=_calendar)

    sandbox = commands.add_parser("sms-sandbox", help="试用的短信网关，什么也不真发")  # zh: operators
    sandbox.add_argument("--port", type=_port, default=8805)
    sandbox.add_argument("--site", default="http://127.0.0.1:8000", help="回执和回复送到哪里")  # zh: operators
    sandbox.set_defaults(call=_sms_sandbox)

    figures = commands.add_parser("figures", help="数出各项指标")  # zh: operators
    figures.add_argument("--area", default="", metavar="CODE")
    figures.add_argument("--month", default="", metavar="YYYY-MM")
    figures.add_argument("--json", action="store_true")
    figures.set_defaults(call=_figures)

    reindex = commands.add_parser("reindex", help="重新建搜索；中断了再运行，会接着建")  # zh: operators
    reindex.add_argument("--kind", action="append", help="例如 matters.matter；不写就是全部")  # zh: operators
    reindex.set_defaults(call=_reindex)

    verify = commands.add_parser("verify", help="核对留痕有没有被改过")  # zh: operators
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(call=_verify)

    backup = commands.add_parser("backup", help="做一份备份（不含密钥）")  # zh: operators
    backup.add_argument("where", type=Path, metavar="FOLDER|FILE")
    backup.set_defaults(call=_backup)

    restore = commands.add_parser("restore", help="从备份恢复，然后核对")  # zh: operators
    restore.add_argument("file", type=_file)
    restore.add_argument("--replace", action="store_true")
    restore.set_defaults(call=_restore, json=False)

    commands.add_parser("doctor", help="看看哪里不对").set_defaults(call=_doctor)  # zh: operators
    return parser


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"端口（PORT）要是 1 到 65535 的数字，不是 {text}。")  # zh: operators
    return int(text)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期要写成 2022-05-17 这样，不是 {text}。") from None  # zh: operators


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"没有这个文件：{text}")  # zh: operators
    return path


def _run(args: argparse.Namespace) -> int:
    from xianglin.config import prepare, supervise

    prepare.database()
    if args.demo:
        from xianglin.demo import play

        play.play_once()
    return supervise.run(args.port, demo=args.demo)


def _demo(args: argparse.Namespace) -> int:
    from xianglin.config import prepare
    from xianglin.demo import play

    prepare.database()
    play.play_once(today=args.today)
    return 0


def _figures(args: argparse.Namespace) -> int:
    from xianglin.base import clock
    from xianglin.config import figures, prepare
    from xianglin.demo import day

    prepare.require_migrated()
    if day.is_set():  # a demonstration's folder: its figures are those of its own day
        clock.set_offset(day.offset)
    figures.tell(code=args.area, month=args.month, as_json=args.json)
    return 0


def _verify(args: argparse.Namespace) -> int:
    from xianglin.commons.trail import chain
    from xianglin.config import prepare
    from xianglin.kernels.bulletins import chain as bulletins

    prepare.require_migrated()
    broken, published = list(chain.verify()), list(bulletins.verify())
    if args.json:
        print(json.dumps([b.__dict__ for b in [*broken, *published]], ensure_ascii=False))
        return 1 if broken or published else 0
    for b in broken:
        print(f"第 {b.chain} 条链，第 {b.position} 行不对：{b.kind} {b.action} {b.at}")  # zh: operators
    for p in published:
        print(f"公开件：第 {p.area_id} 号地方，第 {p.position} 版不对：{p.kind} {p.title}")  # zh: operators
    if not broken and not published:
        print("留痕和公开件完好，没有改动。")  # zh: operators
    return 1 if broken or published else 0


def _backup(args: argparse.Namespace) -> int:
    from django.conf import settings

    from xianglin.config import prepare
    from xianglin.config.backups import take

    prepare.require_migrated()
    taken = take.take(args.where)
    print(f"备份好了：{taken.file}")  # zh: operators
    print(f"数据库 {taken.rows} 行，文件 {taken.files} 个；清单的校验值（SHA-256）{taken.sha256}")  # zh: operators
    named = "、".join([*(f"{name}.key" for name in taken.needs_keys), "django.secret"])  # zh: operators
    print(f"密钥不在里面：{named} 在 {settings.KEY_FOLDER}，请另存到别处，不要和备份放在一起。")  # zh: operators
    return 0


def _restore(args: argparse.Namespace) -> int:
    from django.conf import settings

    from xianglin.config.backups import restore

    done = restore.restore(args.file, replace=args.replace)
    print(f"恢复好了：{done.manifest.made_at} 的数据，{done.rows} 行，文件 {done.files} 个")  # zh: operators
    print(f"清单的校验值（SHA-256）{done.sha256}")  # zh: operators
    if done.aside is not None:
        print(f"原来的挪到了 {done.aside}，用不着了请自己删")  # zh: operators
    print(f"密钥不在备份里，要放回 {settings.KEY_FOLDER}，再启动。大家都要重新登录。")  # zh: operators
    for complaint in done.keys:
        print(f"· {complaint}")
    return _verify(args)


def _doctor(args: argparse.Namespace) -> int:
    from xianglin.config import doctor

    found = doctor.examine()
    for sentence in found:
        print(f"· {sentence}")
    if not found:
        print("都正常。")  # zh: operators
    return 1 if found else 0


def _sms_sandbox(args: argparse.Namespace) -> int:
    from django.conf import settings

    from xianglin.commons.notices import gateway

    server = gateway.serve(gateway.Desk(settings.SMS_GATEWAY_SECRET, args.site), args.port)
    print(f"短信网关在 http://127.0.0.1:{server.server_port}/，消息都留在这里，不真发。", flush=True)  # zh: operators
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    return 0


def _calendar(args: argparse.Namespace) -> int:
    from xianglin.config import calendars, prepare

    prepare.require_ready()
    print(calendars.load(args.file))
    return 0


def _reindex(args: argparse.Namespace) -> int:
    from xianglin.config import prepare, searching

    prepare.require_ready()
    searching.reindex(args.kind)
    return 0


def _import_areas(args: argparse.Namespace) -> int:
    from xianglin.config import imports, prepare

    prepare.require_ready()
    return imports.areas(province=args.province, file=args.file, as_json=args.json)


def _import_sheet(args: argparse.Namespace) -> int:
    from xianglin.config import imports, prepare

    prepare.require_ready()
    return imports.sheet(
        table_key=args.table,
        file=args.file,
        code=args.area,
        mapping=args.map,
        strict=args.strict,
        dry=args.dry_run,
        as_json=args.json,
    )


if __name__ == "__main__":
    sys.exit(main())
