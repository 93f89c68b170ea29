"""The real message sheet comes in while a villager reads: dry run, import, second import, the village page meanwhile.

No peer: nobody else imports such a sheet. Prints and stores seconds on this machine. Needs the outside data.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from datetime import date
from pathlib import Path

from benchmarks import machine
from tools.screenshots import site

ROOT = Path(__file__).resolve().parent
OUTSIDE = Path(os.environ.get("XIANGLIN_OUTSIDE", ROOT.parents[1] / "shared" / "data"))
SHEET = OUTSIDE / "messages" / "hot-issues-4326.xlsx"
BESIDE, READ = "330523103201", "/v/330523103202/"


def main() -> int:
    if not SHEET.exists():
        print(f"import_opinions: skipped, the real messages are not here: {SHEET.name}")
        return 0
    with tempfile.TemporaryDirectory(prefix="xianglin-bench-") as folder, site(Path(folder)) as address:
        quiet = Reader(address).read(3)
        dry = _command(Path(folder), "--dry-run")
        reader = Reader(address)
        reader.start()
        first = _command(Path(folder))
        meanwhile = reader.stop()
        second = _command(Path(folder))
    told = {
        "machine": machine.facts(),
        "rows": dry["rows"],
        "dry_run_seconds": dry["seconds"],
        "import": first,
        "second_import": second,
        "village_page_ms": {"alone": _spread(quiet), "meanwhile": _spread(meanwhile)},
    }
    path = ROOT / "results" / f"import_opinions-{date.today()}.json"
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({k: v for k, v in told.items() if k != "machine"}, ensure_ascii=False, indent=1))
    return 0


class Reader(threading.Thread):
    """Asks for the village page again and again, five times a second."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address, self.taken, self._go = address + READ, [0.0][:0], True

    def run(self) -> None:
        while self._go:
            self.ask()
            time.sleep(0.2)

    def ask(self) -> None:
        began = time.perf_counter()
        with urllib.request.urlopen(self.address) as answer:
            answer.read()
        self.taken.append((time.perf_counter() - began) * 1000)

    def read(self, seconds: float) -> list[float]:
        self.start()
        time.sleep(seconds)
        return self.stop()

    def stop(self) -> list[float]:
        self._go = False
        self.join()
        return self.taken


def _spread(taken: list[float]) -> dict[str, float]:
    ordered = sorted(taken)
    at = ordered[int(len(ordered) * 0.95) - 1]
    return {
        "times": len(taken),
        "median": round(statistics.median(taken), 1),
        "p95": round(at, 1),
        "max": round(ordered[-1], 1),
    }


def _command(data: Path, *more: str) -> dict[str, float]:
    command = [
        str(Path(sys.executable).with_name("xianglin")),
        "import",
        "opinions",
        str(SHEET),
        "--area",
        BESIDE,
        "--json",
    ]
    env = {**os.environ, "XIANGLIN_DATA": str(data), "XIANGLIN_DEMO": "1"}
    out = subprocess.run([*command, *more], env=env, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(out.strip().splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.exit(main())
