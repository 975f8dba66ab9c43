"""The sample text of a made-up county in each format, made from its .txt: what an office would have in its drawer."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.house.repository import ROOT

FOLDER = Path(ROOT, "examples/own-text")
SAMPLE = FOLDER / "青山县质量督察办法.txt"
WIDTH = 34
"""Characters on a printed line."""
LINES_ON_A_PAGE = 40


def lines() -> list[str]:
    """The lines of the sample."""
    return SAMPLE.read_text(encoding="utf-8").splitlines()


def docx(of: list[str]) -> bytes:
    """A Word file; rows with tabs become a table."""
    document, rows = Document(), list[list[str]]()
    for line in [*of, ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            table = document.add_table(len(rows), len(rows[0]))
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    table.cell(at, column).text = cell
            rows = []
        document.add_paragraph(line)
    return saved(document)


def saved(document: Any) -> bytes:
    """The bytes of a Word file."""
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def numbered_docx(of: list[str], form: str = "第%1条") -> bytes:
    """A Word file whose articles are numbered by Word: their numbers are not among their words."""
    document = Document()
    numbering = document.part.numbering_part.element
    abstract = element("w:abstractNum", **{"w:abstractNumId": "77"})
    level = element("w:lvl", **{"w:ilvl": "0"})
    for tag, value in (("w:start", "1"), ("w:numFmt", "chineseCountingThousand"), ("w:lvlText", form)):
        level.append(element(tag, **{"w:val": value}))
    abstract.append(level)
    numbering.insert(0, abstract)
    number = element("w:num", **{"w:numId": "77"})
    number.append(element("w:abstractNumId", **{"w:val": "77"}))
    numbering.append(number)
    for line in of:
        paragraph = document.add_paragraph(line)
        if not line.startswith("（"):
            properties = element("w:numPr")
            properties.append(element("w:ilvl", **{"w:val": "0"}))
            properties.append(element("w:numId", **{"w:val": "77"}))
            paragraph._p.get_or_add_pPr().append(properties)
    return saved(document)


def element(tag: str, **attributes: str) -> Any:
    """An element of a Word file."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name), value)
    return made


def html(of: list[str], charset: str = "utf-8") -> bytes:
    """A page as government sites have them: a script, a menu, spans, a table."""
    body, rows = [], list[str]()
    for line in [*of, ""]:
        if "\t" in line:
            rows.append("".join(f"<td><p>{cell}</p></td>" for cell in line.split("\t")))
            continue
        if rows:
            body.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
            rows = []
        body.append(f'<p style="text-indent:2em"><span>{line[:5]}</span>{line[5:]}</p>')
    page = f'<html><head><meta charset="{charset}"><title>公开</title></head><body><nav>首页</nav>'
    page += f"<script>var 第一条 = 1;</script><div>{''.join(body)}</div></body></html>"
    return page.encode("gb18030" if charset.startswith("gb") else charset)


def pdf(of: list[str]) -> bytes:
    """A printed text: lines of one width, indented where a paragraph begins, a number under each page."""
    printed: list[tuple[int, str]] = []
    for line in of:
        if "\t" in line:
            printed += [(-1, line)]
            continue
        words = line.replace("　", " ")
        first, rest = words[: WIDTH - 2], words[WIDTH - 2 :]
        printed.append((2, first) if first else (0, ""))
        printed += [(0, rest[at : at + WIDTH]) for at in range(0, len(rest), WIDTH)]
    pages = [printed[at : at + LINES_ON_A_PAGE] for at in range(0, len(printed), LINES_ON_A_PAGE)]
    return _file([_page(page, number) for number, page in enumerate(pages, start=1)])


def _page(of: list[tuple[int, str]], number: int) -> bytes:
    shown = [_shown(words, 60 + 12 * indent, 780 - 18 * at) for at, (indent, words) in enumerate(of) if indent >= 0]
    for at, (indent, words) in enumerate(of):
        if indent < 0:
            shown += [_shown(cell, 60 + 160 * column, 780 - 18 * at) for column, cell in enumerate(words.split("\t"))]
    shown.append(_shown(f"- {number} -", 280, 30))
    return "\n".join(shown).encode()


def _shown(words: str, x: int, y: int) -> str:
    return f"BT /F1 12 Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET"


def _file(pages: list[bytes]) -> bytes:
    font = len(pages) * 2 + 3
    kids = " ".join(f"{3 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()]
    for at, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {4 + 2 * at} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(page)} >>\nstream\n".encode() + page + b"\nendstream")
    objects.append(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        f"/DescendantFonts [{font + 1} 0 R] >>".encode()
    )
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor "
        + f"{font + 2} 0 R >>".encode()
    )
    objects.append(
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return written + f"{end}startxref\n{len(written)}\n%%EOF\n".encode()


if __name__ == "__main__":
    for suffix, made in ((".docx", docx(lines())), (".html", html(lines())), (".pdf", pdf(lines()))):
        SAMPLE.with_suffix(suffix).write_bytes(made)
