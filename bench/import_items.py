"""Measure the import: generate items, import them into a fresh database with the search index on, print rate and memory.

    YANGGUANG_VAR=/tmp/bench-var .venv/bin/python bench/import_items.py 100000

The generated texts are made of a small vocabulary of official language, 300 to 1,500 characters each, with chapters, articles,
lists and a table now and then. Every run starts from an empty database in YANGGUANG_VAR, which must not exist yet.
"""

import argparse
import gzip
import json
import os
import random
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

SUBJECTS = ["社会救助", "住房保障", "义务教育", "医疗保障", "农村公路", "生态保护", "市场监管", "安全生产",
            "养老服务", "就业创业", "水利建设", "文化旅游", "数据资源", "国有土地", "食品安全"]
VERBS = ["加强", "规范", "推进", "完善", "落实", "公开", "优化", "统筹", "监督", "保障"]
OBJECTS = ["工作机制", "办理流程", "资金使用", "项目建设", "公共服务", "信息公开", "检查考核", "部门协作", "应急处置", "窗口服务"]
TAILS = ["现将有关事项通知如下", "请认真组织实施", "确保各项任务按期完成", "接受社会监督", "并及时报送进展情况", "维护群众合法权益"]
NUMERALS = "一二三四五六七八九十"


def sentence(pick: random.Random) -> str:
    """One sentence of official language."""
    return f"各镇人民政府、县直各部门要{pick.choice(VERBS)}{pick.choice(SUBJECTS)}{pick.choice(OBJECTS)}，{pick.choice(VERBS)}{pick.choice(OBJECTS)}，{pick.choice(TAILS)}。"


def text(pick: random.Random) -> str:
    """A text of 300 to 1,500 characters with headings, articles and, in one of ten, a table."""
    lines = [sentence(pick)]
    for number in NUMERALS[: pick.randint(2, 6)]:
        lines.append(f"{number}、{pick.choice(VERBS)}{pick.choice(SUBJECTS)}" if pick.random() < 0.6 else f"第{number}条　{sentence(pick)}")
        lines += ["".join(sentence(pick) for _ in range(pick.randint(1, 3))) for _ in range(pick.randint(1, 2))]
    if pick.random() < 0.1:
        lines += ["| 项目 | 金额 |", "| --- | --- |", *(f"| {pick.choice(SUBJECTS)} | {pick.randint(1, 900)} 万元 |" for _ in range(4))]
    return "\n".join(lines)


def generate(path: Path, amount: int) -> None:
    """Write `amount` notices as JSON lines, gzipped; the same ones at every run."""
    pick = random.Random(amount)
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for number in range(amount):
            day = f"20{pick.randint(10, 25)}-{pick.randint(1, 12):02d}-{pick.randint(1, 28):02d}"
            record = {
                "id": f"bench-{number}", "title": f"关于{pick.choice(VERBS)}{pick.choice(SUBJECTS)}{pick.choice(OBJECTS)}的通知（第{number}号）", "text": text(pick),
                "date": day, "issuer": "阳光县人民政府办公室", "doc_no": f"阳政办发〔{day[:4]}〕{pick.randint(1, 99999)}号", "url": f"https://www.example.org/{number}.html",
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def main() -> None:
    """Generate, prepare a county of one department, import, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("amount", type=int, nargs="?", default=5000)
    amount = parser.parse_args().amount
    var = Path(os.environ.get("YANGGUANG_VAR", ""))
    if not os.environ.get("YANGGUANG_VAR") or var.exists():
        parser.error("set YANGGUANG_VAR to a folder that doesn't exist yet")
    os.environ["LOG_LEVEL"] = "WARNING"
    import django  # noqa: PLC0415 - the settings are chosen above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from disclosure.items.departments import establish  # noqa: PLC0415
    from portal.departments.credit_code import check_digit  # noqa: PLC0415
    from portal.departments.models import Department  # noqa: PLC0415
    from portal.face.tree import ensure_site  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    ensure_site("阳光县人民政府")
    code = "11990100MB0000001"
    establish(Department.objects.get_or_create(slug="bench", defaults={"name": "阳光县测试局", "short_name": "县测试局", "credit_code": code + check_digit(code)})[0])
    source = var / "bench.jsonl.gz"
    generate(source, amount)
    for label in ("first run", "second run, nothing changed"):
        wall, cpu = time.monotonic(), time.process_time()
        call_command("import_items", source, kind="notice", department="bench", quiet=True)
        wall, cpu = time.monotonic() - wall, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{label}: {amount} items, {wall:.1f} s, {amount / wall:.0f} a second (processor {cpu:.1f} s, {amount / cpu:.0f} a second), peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
