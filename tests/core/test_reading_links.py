"""Titles and commits, from whatever bytes come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.checks.git_links import GitLink, References, commit_of, git_link, read_references
from progress.checks.page_title import page_title

MAIN, BRANCH, TAG, OTHER = ("1" * 40, "2" * 40, "3" * 40, "abcdef0" + "4" * 33)
KNOWN = References(
    MAIN,
    {
        "refs/heads/main": MAIN,
        "refs/heads/feature/x": BRANCH,
        "refs/heads/feature": OTHER,
        "refs/tags/v1": TAG,
    },
)


@pytest.mark.parametrize(
    ("url", "repository", "wanted"),
    [
        ("https://github.com/lin/work", "https://github.com/lin/work.git", ""),
        ("https://www.github.com/lin/work.git", "https://www.github.com/lin/work.git", ""),
        ("https://github.com/a/b/tree/main/src", "https://github.com/a/b.git", "main/src"),
        ("https://github.com/a/b/blob/v1/a.py#L3", "https://github.com/a/b.git", "v1/a.py"),
        ("https://github.com/lin/work/commit/" + MAIN, "https://github.com/lin/work.git", MAIN),
        ("https://github.com/lin/work/releases/tag/v1", "https://github.com/lin/work.git", "v1"),
        ("https://github.com/lin/work/issues/3", "https://github.com/lin/work.git", ""),
        ("https://gitlab.com/a/b/c/work", "https://gitlab.com/a/b/c/work.git", ""),
        ("https://gitlab.com/a/b/work/-/tree/x/y", "https://gitlab.com/a/b/work.git", "x/y"),
        ("https://gitlab.com/a/work/-/commit/" + MAIN, "https://gitlab.com/a/work.git", MAIN),
        ("https://codeberg.org/a/b/src/branch/main/b", "https://codeberg.org/a/b.git", "main/b"),
        ("https://codeberg.org/a/work/src/commit/abc", "https://codeberg.org/a/work.git", "abc"),
        ("https://bitbucket.org/a/work/src/main/", "https://bitbucket.org/a/work.git", "main"),
        ("https://git.sr.ht/~lin/work/tree/main", "https://git.sr.ht/~lin/work", "main"),
        ("https://git.example.org/lin/work.git", "https://git.example.org/lin/work.git", ""),
    ],
)  # fmt: skip
def test_the_repository_and_what_in_it(url, repository, wanted):
    assert git_link(url) == GitLink(repository, wanted)


@pytest.mark.parametrize(
    "url", ["https://github.com", "https://github.com/lin", "https://example.org/lin/work"]
)
def test_no_repository(url):
    assert git_link(url) is None


@pytest.mark.parametrize(
    ("wanted", "commit"),
    [
        ("", MAIN),
        ("HEAD", MAIN),
        ("main", MAIN),
        ("main/src/a.py", MAIN),
        ("feature/x/src", BRANCH),
        ("feature/y", OTHER),
        ("v1", TAG),
        ("5" * 40, "5" * 40),
        ("abcdef0", OTHER),
        ("gone", ""),
        ("1234567", ""),
    ],
)
def test_what_a_url_points_to(wanted, commit):
    assert commit_of(GitLink("https://git.example.org/a.git", wanted), KNOWN) == commit


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"0008oops", b"zzzz", b"001e# service=git-receive-"]
)
def test_what_is_no_answer_of_git_is_refused(body):
    with pytest.raises(ValueError, match="git"):
        read_references(body)


@given(st.binary(max_size=400))
def test_any_bytes_are_read(body):
    found = read_references(b"001e# service=git-upload-pack\n0000" + body)
    assert len(found.head) in {0, 40, 64}
    page_title(body, "text/html")


@pytest.mark.parametrize(
    ("body", "kind", "title"),
    [
        (b"<title>A  b\n c</title>", "text/html", "A b c"),
        (b"<TITLE lang=x>&lt;b&gt;</TITLE>", "text/html; charset=utf-8", "<b>"),
        ("<title>Übung</title>".encode("latin-1"), "text/html; charset=iso-8859-1", "Übung"),
        ("<meta charset='iso-8859-1'><title>Übung</title>".encode("latin-1"), "text/html", "Übung"),
        (b"<meta charset=zip><title>x</title>", "text/html", "x"),
        (b"<title>x</title>", "application/json", ""),
        (b"<body><svg><title>icon</title></svg>", "text/html", ""),
        (b"<title>never ends", "text/html", "never ends"),
        ("<title>a\u202eb\x00c\u200bd</title>".encode(), "text/html", "ab cd"),
        (b"<title>" + b"x" * 999 + b"</title>", "text/html", "x" * 300),
        (b"", "text/html", ""),
    ],
)
def test_titles(body, kind, title):
    assert page_title(body, kind) == title
