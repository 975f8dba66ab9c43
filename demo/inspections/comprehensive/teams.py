"""The six groups, what each inspects, and how many targets are drawn for a visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from demo import people as cast

SAMPLE: Final = 10


@dataclass(frozen=True, slots=True)
class Team:
    """A group: leader, members, and its share of the townships."""

    name: str
    leader: str
    members: tuple[str, ...]
    targets: tuple[str, ...]

    @property
    def people(self) -> list[str]:
        """Everybody of the group."""
        return [self.leader, *self.members]

    def order(self) -> dict[str, Any]:
        """The group as staffing orders it."""
        return cast.group(self.name, self.leader, self.members, self.targets)


def teams() -> tuple[Team, ...]:
    """Five targets to each of the first four groups, four to the last two."""
    units = cast.townships()
    shares = (units[0:5], units[5:10], units[10:15], units[15:20], units[20:24], units[24:28])
    members = (
        ("督察组员一", "督察组员七"),
        ("督察组员二", "督察组员八"),
        ("督察组员三", "督察组员九"),
        ("督察组员四", "督察组员十"),
        ("督察组员五",),
        ("督察组员六",),
    )
    names = ("第一组", "第二组", "第三组", "第四组", "第五组", "第六组")
    return tuple(map(Team, names, cast.LEADERS, members, shares))
