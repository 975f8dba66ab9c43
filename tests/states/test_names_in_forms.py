"""Names in forms are put in plain form; what is in a dossier is read whatever it holds."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from states.engine.forms.base import STORED, Form, InvisibleText, Name, Names


class Sheet(Form):
    """A form with names."""

    name: Name
    present: Names = ()


@pytest.mark.parametrize("written", ["王⼀", "王一\ufe00", " 王一 "])
def test_a_name_is_handed_in_in_plain_form(written: str) -> None:
    assert Sheet(name=written, present=(written,)) == Sheet(name="王一", present=("王一",))


def test_two_spellings_of_one_name_are_a_name_twice() -> None:
    with pytest.raises(ValidationError, match="王一"):
        Sheet(name="甲", present=("王一", "王⼀"))


@pytest.mark.parametrize("written", ["王\u3164", "\u2800", "王⺗", "\ufe00"])
def test_a_name_that_cannot_be_read_is_refused_but_where_it_is_on_record(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Sheet(name=written)
    [fault] = refused.value.errors()
    assert written == "\ufe00" or isinstance(fault["ctx"]["error"], InvisibleText)
    assert Sheet.model_validate({"name": written}, context=STORED).name == written.replace("\ufe00", "")
