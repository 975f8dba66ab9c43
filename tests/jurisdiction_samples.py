"""A second jurisdiction, as TOML: the people, units and case prefix of Tongliang, and offices of other names."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

CODE: Final = "YC"
NAME: Final = "重庆市永川区"
AUTHORITY_OFFICE: Final = "永川区委、区政府"
JOINT_OFFICE: Final = "永川区质量强区工作领导小组办公室"
SUPERVISION_OFFICE: Final = "永川区督查中心"
_CHANGES: Final = {
    'code = "TL"': f'code = "{CODE}"',
    "重庆市铜梁区": NAME,
    "区质量工作联席会议办公室": JOINT_OFFICE,
    '"区委、区政府"': f'"{AUTHORITY_OFFICE}"',
    "区委区政府督查室": SUPERVISION_OFFICE,
}


def second_jurisdiction(**changes: str) -> str:
    """The TOML text; ``changes`` replaces the first value of keys that hold one text."""
    text = files("regulations").joinpath("jurisdictions", "TL.toml").read_text(encoding="utf-8")
    for old, new in _CHANGES.items():
        assert old in text
        text = text.replace(old, new)
    for key, value in changes.items():
        text, found = re.subn(rf'^{key} = ".*"$', f'{key} = "{value}"', text, count=1, flags=re.MULTILINE)
        assert found
    return text
