"""The house keeps its plan: every module says what it is for, and the map in the docs is made of these lines."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "fairterms"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- code map: begin -->\n", "<!-- code map: end -->\n"
MODULES = sorted(PACKAGE.rglob("*.py"))


def role_of(module: Path) -> str:
    """The first line of a module's docstring, "" where it has none."""
    return (ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def code_map() -> str:
    """The tree of the package with each module's role."""
    lines = ["```\n"]
    for folder in sorted({module.parent for module in MODULES}):
        depth = len(folder.relative_to(ROOT).parts)
        init = folder / "__init__.py"
        if not init.exists():
            continue
        lines.append(f"{'  ' * (depth - 1)}{folder.name + '/':<{30 - 2 * (depth - 1)}} {role_of(init)}\n")
        for module in sorted(folder.glob("*.py")):
            if module.name != "__init__.py":
                lines.append(f"{'  ' * depth}{module.name:<{30 - 2 * depth}} {role_of(module)}\n")
    return "".join(line.rstrip() + "\n" for line in [*lines, "```"])


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_a_module_says_in_its_first_line_what_it_is_for(module: Path) -> None:
    assert len(role_of(module)) > 15


def test_the_map_in_the_docs_is_current() -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    wanted = before + BEGIN + code_map() + END + after
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(wanted, encoding="utf-8")
        pytest.fail("the map was written; run the tests again without UPDATE_GOLDEN")
    assert page == wanted, "run the tests once with UPDATE_GOLDEN=1"


def test_no_file_names_a_path_of_one_machine() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in [*MODULES, *(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"]
        if any(mark in path.read_text(encoding="utf-8") for mark in ("/wor" + "k/", "/roo" + "t/", "/hom" + "e/"))
    ]
    assert wrong == []
