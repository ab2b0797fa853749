"""Pages of documentation packages to titles and blocks of text. Python's standard library only."""

import gzip
import html
import os
import re

LARGEST_FILE = 4_000_000
TEXT_SUFFIXES = (".txt", ".rst", ".md", ".pod", ".txt.gz", ".rst.gz", ".md.gz")
HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")
# Sources and copies of other pages, listings of source code, indexes of names, papers of the package.
SKIPPED_PATHS = re.compile(
    r"/(_sources|_modules|_static|class-use|index-files|src|source|translations)/|_source\.html|-members\.html"
    r"|/(changelog|copyright|news|readme\.debian|license)"
    r"|/(genindex|index-all|allclasses|search|package-tree|overview-tree)[^/]*\.html|doc-index[^/]*\.html", re.IGNORECASE)
# Elements without text of the page, and the tags that do not end a block. Plain expressions, since the standard library's parser takes
# about four times as long.
SILENT = "script style nav header footer pre svg math select button noscript template".split()
INLINE = "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark q s samp small span strong sub sup time tt u var wbr".split()
SILENT_ELEMENTS = re.compile(rf"<!--.*?-->|<({'|'.join(SILENT)})\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
INLINE_TAGS = re.compile(rf"</?(?:{'|'.join(INLINE)})\b[^>]*>", re.IGNORECASE)
TAGS = re.compile(r"<[a-zA-Z/!?][^>]*>")
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
LANGUAGE = re.compile(r"<html[^>]*\slang=[\"']?([a-z]+)", re.IGNORECASE)


def read(path):
    opened = gzip.open(path, "rb") if path.endswith(".gz") else open(path, "rb")
    with opened as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE or b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def html_page(text):
    """The title, and the text between tags that are not inline."""
    language = LANGUAGE.search(text)
    if language and language[1].lower() != "en":
        return None
    title = TITLE.search(text)
    body = text[title.end():] if title else text
    body = INLINE_TAGS.sub("", SILENT_ELEMENTS.sub("<p>", body))
    blocks = (" ".join(html.unescape(block).split()) for block in TAGS.split(body))
    return " ".join(html.unescape(TAGS.sub("", title[1])).split()) if title else "", [block for block in blocks if block]


def text_page(text):
    """Paragraphs stand between empty lines; the title is the first line with a letter."""
    blocks = [" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", text)]
    blocks = [block for block in blocks if block]
    title = next((line.strip(" \t#*=") for line in text.splitlines() if any(c.isalpha() for c in line)), "")
    return " ".join(title.split()), blocks


def page(path):
    """Title and blocks of a file, or nothing where it is no English page."""
    try:
        text = read(path)
    except (OSError, EOFError, gzip.BadGzipFile):
        return None
    if text is None:
        return None
    return html_page(text) if path.lower().endswith(HTML_SUFFIXES) else text_page(text)


def files(root):
    """Paths of a package's pages in byte order, links left alone: its HTML, or where it has none its texts (else they are the HTML's source)."""
    found = []
    for folder, _, names in os.walk(root):
        found += [os.path.join(folder, name) for name in names]
    found = sorted(path for path in found if not SKIPPED_PATHS.search(path[len(root):]) and not os.path.islink(path))
    hypertext = [path for path in found if path.lower().endswith(HTML_SUFFIXES)]
    return hypertext or [path for path in found if path.lower().endswith(TEXT_SUFFIXES)]
