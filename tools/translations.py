"""The translations, without gettext's programs: Chinese is the source, English is shipped.

    python tools/translations.py extract    prints every marked string of the sources
    python tools/translations.py update     brings the catalogue in step with them: new ones empty, old ones gone
    python tools/translations.py compile    makes the .mo files that Django reads
    python tools/translations.py check      says what is unmarked, untranslated or wrongly translated

A Chinese literal that is no visible text is excused by a comment: `# zh: why` on its line, or on or above its
statement's first line, in Python; `{# zh: why #}` on its line in a template. `# zh: why` above a catalogue
entry excuses Chinese in its English.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.jslexer import tokenize as tokenize_script
from babel.messages.jslexer import unquote_string
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template.exceptions import TemplateSyntaxError
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src" / "xianglin"
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
HEADER = """\
# English for Xianglin 乡邻. The source strings are Chinese; tools/translations.py keeps this file in step.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml", ".svg"}
FOLDERS_LEFT_OUT = {"migrations", "data", "vendor", "node_modules"}

CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")  # also full-width marks
SENTENCE = re.compile(r"[\u4e00-\u9fff].*[，。；！？：]", re.DOTALL)
TITLE = re.compile(r"《[^》]*》")  # a regulation's name stays Chinese in English
# A block broken over lines is joined with a space, which is right in English and a hole in Chinese. The
# full-width space is no hole: it stands between two facts.
HOLE = re.compile(rf"{CHINESE.pattern}[ \t\r\n]+{CHINESE.pattern}")
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*[\d.]*[a-zA-Z]|%[-#0 +]*[\d.]*[sdifr]|\{\w*\}")

# What compares or takes text apart is not shown to anybody.
DATA_CALLS = {
    *("compile", "search", "match", "fullmatch", "findall", "finditer", "sub"),
    *("startswith", "endswith", "removeprefix", "removesuffix", "replace", "split", "rsplit", "partition"),
    *("strip", "lstrip", "rstrip", "find", "index", "count", "maketrans"),
}

COMMENTS_IN_TEMPLATES = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.DOTALL)
MARKED_IN_TEMPLATES = re.compile(
    r"\{%\s*(blocktranslate|blocktrans)\b.*?%\}.*?\{%\s*end\1\s*%\}|\{%\s*trans(?:late)?\b.*?%\}"
    r"""|_\(\s*(?:"[^"]*"|'[^']*')\s*\)""",
    re.DOTALL,
)


@dataclass(frozen=True, order=True)
class Marked:
    """A string marked for translation: its forms (two with a plural), its context, and where it stands."""

    forms: tuple[str, ...]
    context: str
    place: str

    @property
    def key(self) -> tuple[str, str]:
        return self.forms[0], self.context

    @property
    def id(self) -> str | tuple[str, ...]:
        return self.forms[0] if len(self.forms) == 1 else self.forms


# --- finding what is marked


def marked(source: Path) -> list[Marked]:
    """Every marked string below `source`, sorted, once for each place."""
    found: set[Marked] = set()
    for path in _files(source):
        method = "javascript" if path.suffix == ".js" else "python"
        text = _as_python(path) if path.suffix in TEMPLATE_SUFFIXES else path.read_text(encoding="utf-8")
        options = {"encoding": "utf-8"}
        for line, forms, _, context in extract(method, io.BytesIO(text.encode()), KEYWORDS, (), options):
            forms = forms if isinstance(forms, tuple) else (forms,)
            found.add(Marked(tuple(map(str, forms)), context or "", f"{path.relative_to(source)}:{line}"))
    return sorted(found)


def wanted(source: Path) -> dict[tuple[str, str], Marked]:
    """One marked string for each entry of the catalogue; the one with a plural serves those without."""
    found: dict[tuple[str, str], Marked] = {}
    for string in marked(source):
        if string.key not in found or len(found[string.key].forms) < len(string.forms):
            found[string.key] = string
    return found


def _files(source: Path) -> Iterator[Path]:
    for path in sorted(source.rglob("*")):
        parts = path.relative_to(source).parts
        if FOLDERS_LEFT_OUT.intersection(parts):
            continue
        in_place = {".py": True, ".js": "static" in parts}
        if in_place.get(path.suffix, path.suffix in TEMPLATE_SUFFIXES and "templates" in parts):
            yield path


def _as_python(path: Path) -> str:
    """A template as Django shows it to gettext; unindented, as Python's tokenizer minds what gettext does not."""
    try:
        text = str(templatize(path.read_text(encoding="utf-8"), origin=str(path)))
    except (SyntaxError, TemplateSyntaxError) as error:
        sys.exit(f"A template cannot be read for translation: {error}")
    return "\n".join(re.sub(r"\s", " ", line).strip() for line in text.split("\n"))


# --- the catalogue


def read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def entries(catalogue: Catalog) -> dict[tuple[str, str], Message]:
    return {(_forms(entry.id)[0], entry.context or ""): entry for entry in catalogue if entry.id}


def _forms(id_or_string: str | Iterable[str] | None) -> tuple[str, ...]:
    return (id_or_string or "",) if isinstance(id_or_string, str | None) else tuple(id_or_string)


def update(source: Path) -> tuple[int, int, int]:
    """Bring the catalogue in step; how many entries are new, gone, and still without English."""
    path = source / CATALOGUE
    known = entries(read(path))
    catalogue = Catalog(locale="en")
    for string in wanted(source).values():
        old = known.get(string.key)
        same_shape = old is not None and len(_forms(old.id)) == len(string.forms)
        catalogue.add(
            string.id,
            string=old.string if old is not None and same_shape else None,
            flags=old.flags if old is not None else (),
            user_comments=old.user_comments if old is not None else (),
            context=string.context or None,
        )
    now = entries(catalogue)
    written = io.BytesIO()
    write_po(written, catalogue, width=0, no_location=True, omit_header=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + written.getvalue().decode().strip() + "\n", encoding="utf-8")
    return (
        len(now.keys() - known.keys()),
        len(known.keys() - now.keys()),
        sum(map(_is_untranslated, now.values())),
    )


def _is_untranslated(entry: Message) -> bool:
    return not all(_forms(entry.string))


def compile_all(source: Path) -> list[Path]:
    made = []
    for path in sorted(source.glob("**/locale/*/LC_MESSAGES/*.po")):
        half = path.with_suffix(".mo.half")
        with half.open("wb") as file:
            write_mo(file, read(path))
        made.append(half.replace(path.with_suffix(".mo")))
    return made


# --- checking


def check(source: Path) -> list[str]:
    """What is wrong, a sentence each, beginning with its place."""
    return [*_check_catalogue(source), *_check_sources(source)]


def _check_catalogue(source: Path) -> Iterator[str]:
    known = entries(read(source / CATALOGUE))
    needed = wanted(source)
    for key, string in sorted(needed.items(), key=lambda item: item[1].place):
        entry = known.get(key)
        if HOLE.search(key[0]) and Path(string.place.partition(":")[0]).suffix in TEMPLATE_SUFFIXES:
            yield f"{string.place}: “{key[0]}” has a hole. Write the Chinese of a block on one line."
        if entry is None or len(_forms(entry.id)) != len(string.forms):
            yield f"{string.place}: “{key[0]}” is not in the catalogue. Run `python tools/translations.py update`."
        elif _is_untranslated(entry):
            yield f"{string.place}: “{key[0]}” has no English yet. Write it in {CATALOGUE}."
        else:
            yield from (f"{string.place}: “{key[0]}” {fault}" for fault in _faults(entry))
    for key in sorted(known.keys() - needed.keys()):
        yield f"{CATALOGUE}: “{key[0]}” is used no more. Run `python tools/translations.py update`."


def _faults(entry: Message) -> Iterator[str]:
    if entry.fuzzy:
        yield "is marked fuzzy. Read its English and take the mark away."
    sources, strings = _forms(entry.id), _forms(entry.string)
    asked = _placeholders(sources[-1])
    for number, string in enumerate(strings):
        had = _placeholders(string)
        # English may leave the number out where it is one: "one day left".
        singular = len(strings) > 1 and number == 0
        if had - asked or (asked - had and not singular):
            yield f"has other placeholders in English: {sorted(asked)} became {sorted(had)}."
        excused = any(comment.startswith("zh:") for comment in entry.user_comments)
        if CHINESE.search(TITLE.sub("", string)) and not excused:
            yield f"has Chinese in its English: “{string}”."


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def _check_sources(source: Path) -> Iterator[str]:
    checks: dict[str, Callable[[str, bool], Iterator[tuple[int, str]]]] = {
        ".py": bare_in_python,
        ".js": bare_in_script,
    }
    for path in _files(source):
        parts = path.relative_to(source).parts
        if parts[0] == "demo" and path.suffix == ".py" and path.stem not in {"views", "forms"}:
            continue  # the stories' people speak Chinese; the pages around them are translated
        text = path.read_text(encoding="utf-8")
        for line, words in checks.get(path.suffix, bare_in_template)(text, parts[0] == "engine"):
            yield f"{path.relative_to(source)}:{line}: {words}"


def bare_in_template(text: str, _: bool = False) -> Iterator[tuple[int, str]]:
    excused = {number for number, line in enumerate(text.split("\n"), 1) if re.search(r"\{#\s*zh:", line)}
    for pattern in (COMMENTS_IN_TEMPLATES, MARKED_IN_TEMPLATES):
        text = pattern.sub(lambda found: "\n" * found[0].count("\n"), text)
    for number, line in enumerate(text.split("\n"), 1):
        if CHINESE.search(line) and number not in excused:
            yield number, f"“{line.strip()}” is Chinese text outside {{% translate %}}."


def bare_in_script(text: str, _: bool = False) -> Iterator[tuple[int, str]]:
    found = extract("javascript", io.BytesIO(text.encode()), KEYWORDS, (), {"encoding": "utf-8"})
    known = {form for _, forms, _, _ in found for form in _forms(forms)}
    lines = text.split("\n")
    for token in tokenize_script(text):
        if token.type not in {"string", "template_string"} or not CHINESE.search(token.value):
            continue
        if unquote_string(token.value) not in known and "// zh:" not in lines[token.lineno - 1]:
            yield token.lineno, f"{token.value} is Chinese text outside gettext()."


def bare_in_python(text: str, engine: bool = False) -> Iterator[tuple[int, str]]:
    reader = _Reader(_excused_lines(text), engine)
    reader.visit(ast.parse(text))
    yield from reader.found


def _excused_lines(text: str) -> set[int]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {t.start[0] for t in tokens if t.type == tokenize.COMMENT and re.match(r"#\s*zh:", t.string)}


class _Reader(ast.NodeVisitor):
    """Walks a module and notes Chinese literals that somebody might be shown untranslated.

    The engine speaks to nobody: its Chinese is what it computes with, unless it is punctuated like a sentence.
    """

    def __init__(self, excused: set[int], engine: bool) -> None:
        self.excused = excused
        self.engine = engine
        self.statement = 0
        self.found: list[tuple[int, str]] = []

    def visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.stmt):
            outer, self.statement = self.statement, node.lineno
            super().visit(node)
            self.statement = outer
        else:
            super().visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # else a docstring
            self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._visit_assignment(node, node.targets[0])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._visit_assignment(node, node.target)

    def _visit_assignment(self, node: ast.stmt, target: ast.expr) -> None:
        constant = isinstance(target, ast.Name) and target.id.isupper()
        if not (self.engine and constant):
            self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        """A comparison shows nothing."""

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in KEYWORDS:
            for argument in node.args:
                if isinstance(argument, ast.JoinedStr | ast.BinOp):
                    self._note(
                        argument,
                        "is put together before it is translated. Use one text with %(named)s places.",
                    )
        elif name in DATA_CALLS:
            self.visit(node.func)
        else:
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if not isinstance(node.value, str) or not CHINESE.search(node.value):
            return
        if not self.engine or SENTENCE.search(node.value):
            self._note(node, "is Chinese text outside gettext. Mark it, or say why not in a `# zh:` comment.")

    def _note(self, node: ast.expr, words: str) -> None:
        lines = {
            self.statement - 1,
            self.statement,
            *range(node.lineno, (node.end_lineno or node.lineno) + 1),
        }
        if not lines & self.excused:
            self.found.append((node.lineno, f"{ast.unparse(node)} {words}"))


# --- the command


def main(arguments: list[str], source: Path = SOURCE) -> int:
    match arguments:
        case ["extract"]:
            for string in marked(source):
                print(string.place, *string.forms, sep="\t")
        case ["update"]:
            new, gone, untranslated = update(source)
            print(f"{new} new, {gone} gone, {untranslated} without English in {source / CATALOGUE}")
        case ["compile"]:
            for path in compile_all(source):
                print(path)
        case ["check"]:
            problems = check(source)
            print("\n".join(problems) or "Every text is marked and has its English.")
            return 1 if problems else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
