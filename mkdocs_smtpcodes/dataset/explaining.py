"""Raw replies explained by a dataset: the recognition with the rules that a dataset holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .dataset import Dataset

if TYPE_CHECKING:
    from ..recognition import Explanation


def explain(text: str, dataset: Dataset | None = None) -> Explanation:
    """Explain any text that holds a reply: a line or several, a delivery status, a whole bounce, lines of a log.

    Args:
        text: the text as it is; it may be quoted or escaped.
        dataset: a dataset with a site's own replies; without it that of the package.

    Returns:
        An explanation. It is empty where the text says nothing; no text raises an error.
    """
    # A page that explains no reply pays for none of it.
    from ..recognition import recognise  # noqa: PLC0415

    if dataset is None:
        from . import load_dataset  # noqa: PLC0415 (the room's door, which imports this module)

        dataset = load_dataset()
    return recognise(text, dataset.rules)
