"""Words for the screen: every sentence the program shows goes through `tr` or `trn`, as a literal text.

Exercise and routine texts come from their files and are not translated here.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "coach"


def tr(text: str, /, **fields: object) -> str:
    """`text` in the person's language, with `{name}` fields filled in."""
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(**fields) if fields else translated


def trn(one: str, many: str, n: int, /, **fields: object) -> str:
    """One of two sentences by number; both may use `{n}`. Translations of `many` hold all plural forms."""
    translated = QCoreApplication.translate(CONTEXT, many, None, n)
    if translated == many and n == 1:
        translated = one
    return translated.format(n=n, **fields)
