"""What the search looks through, how it is packed, and whose code it uses."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from folders import SECOND
from hypothesis import given
from hypothesis import strategies as st

from utils import report
from utils.archive import Archive
from utils.report.packed import ALONE, PAIRS, pack, unpack
from utils.report.searched import KINDS, Document, Kept, of_rows, script, sections

HERE = Path(__file__).parent
VENDOR = Path(report.__file__).parent / "vendor"
BODY = """<section id="one"><h1>A page<a class="headerlink" href="#one">#</a></h1><p>First &amp; last
words.</p><table><tr><td>of a table</td></tr></table><section id="two"><h2>A <b>part</b></h2>
<p>Second<br>words.</p><template><p>A card</p></template><svg><svg></svg><text>drawn</text></svg>
<h3>No address</h3><p>It <b>counts</b>.</p></section>
<h3 id="three">Third</h3><ul class="origins"><li>row<ul><li>inner</li></ul></li></ul><p>Last.</p></section>"""


def test_a_page_is_found_by_its_sections():
    assert list(sections("claims/X", BODY)) == [
        Document("claim", "A page", "claims/X.html#one", "First & last words."),
        Document("claim", "A page: A part", "claims/X.html#two", "Second words. No address It counts."),
        Document("claim", "A page: Third", "claims/X.html#three", "Last."),
    ]


@given(st.lists(st.text(max_size=60), max_size=8))
def test_what_is_packed_comes_out_again(texts):
    words, packed = pack(texts)
    assert [unpack(words, one) for one in packed] == texts
    assert pack(texts) == (words, packed)


@pytest.mark.parametrize("count", [ALONE - 1, ALONE, ALONE + PAIRS * 91, ALONE + PAIRS * 91 + 200])
def test_words_at_the_borders_of_the_codes_come_out_again(count):
    text = "".join(f" w{place}" for place in range(count + 1))
    words, (packed,) = pack([text])
    assert len(words) == count + 1 and unpack(words, packed) == text
    assert json.dumps(packed) == f'"{packed}"', "no character of a code needs to be escaped"


@pytest.mark.parametrize("folder", ["first", "second"])
def test_every_row_can_be_found(archive, folder):
    read = archive if folder == "first" else Archive.read(SECOND)
    documents = list(of_rows(read))
    kinds = {kind: [one for one in documents if one.kind == kind] for kind in KINDS}
    assert len(kinds["statement"]) == len(read.statements) and len(kinds["event"]) == len(read.events)
    assert len(kinds["source"]) == len(read.sources) and len(kinds["quantity"]) == len(read.quantities)
    for one, row in zip(kinds["statement"], read.statements, strict=True):
        assert one.title.startswith(f"{row.id}, ") and one.address == f"statements.html#{row.id}"
        assert (one.weight == 1) == (row.status == "sound")


def test_the_script_is_the_same_each_time_and_hides_no_turning_marks(second_documents):
    text = script(second_documents)
    assert text == script(second_documents)
    hostile = script([Document("page", "a\u202eb", "a.html#b", "</script>\u2066x")])
    content = json.loads(hostile.removeprefix("window.searched=").removesuffix(";\n"))
    (row,) = content["documents"]
    assert unpack(content["words"], row[1]) == "ab" and unpack(content["words"], row[4]) == "</script>x"


@pytest.fixture
def second_documents() -> list[Document]:
    return list(of_rows(Archive.read(SECOND)))


def test_only_a_page_that_is_written_again_changes_what_is_kept(tmp_path):
    kept = Kept(tmp_path)
    kept.write("claims/X", BODY)
    kept.write("about", "<section id='x'></section>")
    before = list(kept.read())
    kept.write("claims/X", BODY.replace("Second", "Other"))
    after = list(kept.read())
    assert [one.text for one in before] != [one.text for one in after]
    assert [one.address for one in before] == [one.address for one in after]


def test_the_code_of_others_is_what_it_says_it_is():
    told = (VENDOR / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\S+\.js) .*\| ([0-9a-f]{64}) \|$", told, re.MULTILINE))
    shipped = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")}
    assert rows == shipped
    for name in shipped:
        text = (VENDOR / name).read_text(encoding="utf-8")
        assert "Permission is hereby granted" in text and "Copyright" in text
        assert not re.search(r"\beval\(|new Function|sourceMappingURL", text)
