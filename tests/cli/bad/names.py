"""Numbers of cases, names of people, codes and texts that nobody has, or that nobody can see."""

from __future__ import annotations

from tests.cli.bad.entry import (
    ADMINISTRATOR,
    CASE,
    COORDINATOR,
    NOT_FOUND,
    NOT_PERMITTED,
    REFUSED,
    USAGE,
    Bad,
    each,
)  # fmt: skip

NO_CASES = (
    "TL-2026-X99", "../../etc/passwd", "TL-2026-X01'; DROP TABLE case_file;--", "TL-2026-X01\u200b",
    "\u202eTL-2026-X01", "TL-2026-X01\n", "%", "' OR '1'='1", "X" * 10_000,
    "TL-2026-X001", "null", "0",
)  # fmt: skip
HIDDEN = ("张\x07三", "张\u200b三", "\u202e三张", "张三\n李四", "\ufeff张三")
"""What cannot be seen, or shows as something else."""
OPEN = ("inspection", "open", "--kind", "special", "--year", "2026", "--as", COORDINATOR, "--problem", "无证经营")
TITLED = (*OPEN, "--title", "督察", "--target")
TARGETED = (*OPEN, "--target", "500151001", "--title")
ADD = ("account", "add", "--role", "coordinator", "--as", ADMINISTRATOR)

BAD = [
    *each("show", lambda case: ("case", "show", case), NO_CASES[:6], NOT_FOUND, ""),
    *each("why", lambda case: ("case", "why", case, "submit"), NO_CASES[6:9], NOT_FOUND, ""),
    *each("journal", lambda case: ("journal", "show", case), NO_CASES[9:12], NOT_FOUND, ""),
    *each("bundle", lambda case: ("bundle", "make", case, "out.zip"), NO_CASES[12:14], NOT_FOUND, ""),
    *each("document", lambda case: ("document", "show", case, "方案"), NO_CASES[14:15], NOT_FOUND, ""),
    *each("follow up", lambda case: ("follow-up", "--case", case), NO_CASES[15:], NOT_FOUND, ""),
    *each("act", lambda case: ("act", case, "submit", "--as", COORDINATOR), NO_CASES[:4], NOT_FOUND, ""),
    *each("actor", lambda name: ("inspection", "submit", CASE, "--as", name), ("", "无此人", *HIDDEN), NOT_PERMITTED, ""),
    *each("account", lambda name: (*ADD, name), ("", "  ", "名" * 5000, *HIDDEN), USAGE, "NAME"),
    *each("gone", lambda name: ("account", "remove", name, "--as", ADMINISTRATOR), ("无此人", "'--", ""), NOT_FOUND, ""),
    *each("title", lambda title: (*TARGETED, title), ("", "   ", "督" * 100_000, *HIDDEN), REFUSED, "title"),
    *each("target", lambda code: (*TITLED, code), ("", "500151001\u200b"), REFUSED, "target"),
    *each("problem", lambda text: (*OPEN, "--problem", text, "--title", "督察", "--target", "500151001"), HIDDEN[:4], REFUSED, "problem"),
    *each("jurisdiction", lambda code: ("unit", "list", "--jurisdiction", code), ("XX", "../TL", ""), NOT_FOUND, ""),
    *each("region", lambda code: ("calendar", "show", "2026", "--region", code), ("CN-XX", "cn-cq", "重庆"), REFUSED, ""),
    *each("clause", lambda ref: ("regulation", "show", ref), ("99", "12(99)", "十二之", "../1"), NOT_FOUND, ""),
    *each("template", lambda name: ("template", name), ("plam", "../plan", ""), USAGE, "NAME"),
    *each("document", lambda name: ("document", "show", CASE, name), ("../../x", "无"), NOT_FOUND, ""),
    *each("role", lambda role: ("notice", "list", "--role", role), ("root", "科员", ""), USAGE, "--role"),
    *each("state", lambda state: ("case", "list", "--state", state), ("gone", "起草", ""), USAGE, "--state"),
    *each("procedure", lambda name: ("case", "list", "--procedure", name), ("inspections", ""), USAGE, "--procedure"),
    *each("kind", lambda kind: ("case", "list", "--kind", kind), ("annual", "督察", ""), USAGE, "--kind"),
    *each("law", lambda law: ("calendar", "due", "--start", "2026-03-02", "--days", "5", "--law", law), ("刑法", "202"), REFUSED, ""),
    Bad("a target there is not", (*TITLED, "999999999"), REFUSED, "999999999"),
    Bad("the same target twice", (*TITLED, "500151001", "500151001"), REFUSED, "target"),
    Bad("nobody to act", ("inspection", "submit", CASE), USAGE, "--as"),
    Bad("somebody else's act", ("inspection", "approve", CASE, "--as", COORDINATOR, "--note", "同意"), REFUSED, CASE),
    Bad("an account without its unit", ("account", "add", "张三", "--role", "target_officer", "--as", ADMINISTRATOR), NOT_FOUND, "张三"),
    Bad("an account of no unit", ("account", "add", "张三", "--role", "target_officer", "--unit", "1", "--as", ADMINISTRATOR), NOT_FOUND, "1"),
    Bad("a parent that is not there", ("look-back", "open", "--year", "2026", "--title", "回", "--target", "500151001", "--parent", "TL-1", "--as", COORDINATOR), REFUSED, "TL-1"),
]  # fmt: skip
