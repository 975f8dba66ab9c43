"""The catalogue says the same things in both languages."""

import string
from importlib.resources import files

import pytest

import messages

AREAS = sorted({entry.name.partition(".")[0] for entry in files(messages).joinpath("texts").iterdir()})


def params(text: str) -> set[str]:
    """What a text is filled in with; `title` and `title_en` are one thing in two languages."""
    return {name.removesuffix("_en") for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("area", AREAS)
def test_every_text_is_there_in_both_languages_with_the_same_params(area: str) -> None:
    chinese, english = (messages.texts(area, language) for language in ("zh", "en"))
    assert chinese.keys() == english.keys()
    assert {key for key in chinese if params(chinese[key]) != params(english[key])} == set()
