"""The report as one HTML file: style and picture inside, no script, light and dark, fit for paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from constructs_lib.views.report.structure import Section, Table

_CSS = """
:root{color-scheme:light dark;--page:#fff;--ink:#1b2430;--soft:#5a6675;--line:#d9e0e7;
--head:#f3f6f9;--code:#eef2f6;--accent:#4453c4;--good:#1f7a4d;--bad:#b3261e;--doubt:#9a5b00}
@media (prefers-color-scheme:dark){:root{--page:#12171e;--ink:#e6ebf1;--soft:#9aa7b5;--line:#313c48;
--head:#1b232d;--code:#1f2832;--accent:#98a4ff;--good:#5cc48a;--bad:#ff8a80;--doubt:#eba652}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);line-height:1.5;
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main,nav{max-width:1240px;margin:0 auto;padding:0 20px}
main{padding-top:24px;padding-bottom:60px}
nav{display:flex;flex-wrap:wrap;gap:6px 20px;padding-top:20px}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
h1{font-size:28px;margin:8px 0 20px}
h2{font-size:20px;margin:44px 0 6px;padding-top:8px}
p{margin:0 0 12px;color:var(--soft);max-width:80ch}
.picture{overflow-x:auto;border:1px solid var(--line);border-radius:10px}
.picture svg{display:block;max-width:100%;height:auto;margin:0 auto}
@media screen and (max-width:1000px){.picture svg{max-width:none}}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:13px}
th,td{text-align:left;vertical-align:top;padding:7px 12px;border-bottom:1px solid var(--line)}
tr:last-child td{border-bottom:0}
th{background:var(--head);font-weight:600;white-space:nowrap}
tbody tr:hover td{background:var(--head)}
code{font:12px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--code);
padding:1px 5px;border-radius:4px;white-space:nowrap}
.whole{white-space:nowrap}
.wide td,.wide th{text-align:center;white-space:nowrap}
.wide td:first-child,.wide th:first-child{text-align:left;position:sticky;left:0;
background:var(--head);font-weight:600}
.none{color:var(--soft);opacity:.55}
.good{color:var(--good)}.bad{color:var(--bad);font-weight:600}.doubt{color:var(--doubt)}
@media print{nav{display:none}body{font-size:11px}main{max-width:none;padding:0}
h2{break-after:avoid}tr{break-inside:avoid}
.scroll,.picture{overflow:visible;border:0}table{font-size:10px}.picture{break-inside:avoid}
.page::after{content:" " attr(href)}
.whole,code{white-space:normal;overflow-wrap:anywhere}}
"""
_WORDS = {
    "good": {"kept", "yes", "passed", "ok", "holds"},
    "bad": {"broken", "failed", "error"},
    "doubt": {"cannot tell", "skipped", "warning", "waived"},
}
_NONE = "-"
_SCROLLS = 'tabindex="0" role="group"'


def html_page(title: str, sections: Iterable[Section], svg: str) -> str:
    """Give the page. ``svg`` is put in as it is; every other text is escaped."""
    found = tuple(sections)
    links = [("picture", "Picture"), *((section.key, section.title) for section in found)]
    nav = "".join(f'<a href="#{escape(key)}">{escape(text)}</a>' for key, text in links)
    body = "\n".join(part for section in found for part in _section(section))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_CSS}</style>\n</head>\n<body>\n<nav>{nav}</nav>\n<main>\n"
        f'<h1>{escape(title)}</h1>\n<div class="picture" id="picture" {_SCROLLS} aria-label="Picture">'
        f"{svg.strip()}</div>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _section(section: Section) -> Iterator[str]:
    yield f'<section id="{escape(section.key)}">\n<h2>{escape(section.title)}</h2>'
    yield f"<p>{escape(section.intro)}</p>"
    for title, table in section.tables:
        if title:
            yield f"<h3>{escape(title)}</h3>"
        style = ' class="wide"' if section.wide else ""
        label = escape(title or section.title)
        yield f'<div class="scroll" {_SCROLLS} aria-label="{label}">'
        yield f"<table{style}>{_table(table)}</table></div>"
    yield "</section>"


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "\n".join(
        f"<tr>{''.join(_cell(table, column, cell) for column, cell in enumerate(row))}</tr>"
        for row in table.rows
    )
    return f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>"


def _cell(table: Table, column: int, text: str) -> str:
    if column in table.code and text:
        lines = "<br>".join(escape(line) for line in text.split("\n"))
        return f"<td><code>{lines}</code></td>"
    if column in table.links and text.startswith("https://"):
        page = text.rstrip("/").rpartition("/")[2].replace(".html", "")
        return f'<td><a class="whole page" href="{escape(text)}">{escape(page)}</a></td>'
    inner = "<br>".join(_unbroken(line) for line in text.split("\n"))
    style = _style(text)
    return f'<td class="{style}">{inner}</td>' if style else f"<td>{inner}</td>"


def _unbroken(line: str) -> str:
    """Escape a line; addresses, names and ids are kept on one line."""
    return "".join(_word(word) for word in re.split(r"(\s+)", line))


def _word(word: str) -> str:
    text = escape(word)
    return f'<span class="whole">{text}</span>' if re.search(r"\w[-_./]\w", word) else text


def _style(text: str) -> str:
    if text == _NONE:
        return "none"
    word = text.partition(":")[0].lower()
    return next((style for style, words in _WORDS.items() if word in words), "")
