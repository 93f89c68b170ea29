"""Say which templates would break the strict content security policy, or the habits of translation.

    python tools/templates_check.py

The policy bars inline styles, inline scripts and everything that a browser or HTMX would evaluate.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "xianglin"
SUFFIXES = {".html", ".svg"}

FAULTS = (
    (r"<[^<>]*\sstyle\s*=", "A style attribute is barred by the policy. Give it a class."),
    (r"<style\b", "A style element is barred by the policy. Write it in a stylesheet."),
    (r"<script\b(?![^>]*\ssrc\s*=)", "A script without src is barred by the policy. Put it in a file."),
    (
        r"<script\b[^>]*\ssrc\s*=[^>]*>\s*[^\s<]",
        "A script's body is barred by the policy. Put it in its file.",
    ),
    (r"<[^<>]*\son[a-z]+\s*=", "An on… attribute is barred by the policy. Listen in a script's file."),
    (r"<[^<>]*\s(?:data-)?hx-on\b", "hx-on is evaluated, which the policy bars. Listen in a script's file."),
    (
        r"\bhx-(?:vals|headers)\s*=\s*[\"']\s*(?:js|javascript):",
        "A js: value is evaluated, which the policy bars.",
    ),
    (r"javascript:", "A javascript: address is barred by the policy. Use a button and a script's file."),
    (r"\{%\s*trans\s", "{% trans %} is the old name. Write {% translate %}."),
    (r"\{%\s*blocktrans\b", "{% blocktrans %} is the old name. Write {% blocktranslate %}."),
)
PATTERNS = [(re.compile(pattern, re.IGNORECASE), words) for pattern, words in FAULTS]
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
# Inside a tag of Django, an angle bracket is a comparison and not markup.
DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def faults(text: str) -> Iterator[tuple[int, str]]:
    """The line and the words of each fault in a template."""
    text = COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    text = DJANGO.sub(lambda found: re.sub(r"[<>]", " ", found[0]), text)
    for pattern, words in PATTERNS:
        for found in pattern.finditer(text):
            yield text.count("\n", 0, found.end()) + 1, words


def check(source: Path) -> list[str]:
    problems = []
    for path in sorted(source.rglob("templates/**/*")):
        if path.suffix in SUFFIXES:
            for line, words in sorted(faults(path.read_text(encoding="utf-8"))):
                problems.append(f"{path.relative_to(source)}:{line}: {words}")
    return problems


def main(source: Path = SOURCE) -> int:
    problems = check(source)
    print("\n".join(problems) or "The templates keep to the policy.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
