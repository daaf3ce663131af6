"""Texts in other languages and scripts come out of every door as they went in."""

import json
from pathlib import Path

import pytest
import yaml

from utils import exports
from utils.__main__ import main
from utils.archive import Archive
from utils.evidence import new
from utils.report.card import drawable

# With signs beyond the first plane, combining marks and both directions.
SCRIPTS = {
    "Cyrillic": "Около ста человек: «ещё й ї ґ»",
    "Chinese": "约一百人在示例地点，𠮷野家报道",
    "Arabic": "حوالي ١٠٠ شخص في المكان (تقريبًا)",
    "Hebrew": "כמאה איש במקום – ״בערך״ שָׁלוֹם",
    "Devanagari": "लगभग सौ लोग उस स्थान पर हैं",
}


@pytest.fixture(scope="module", params=SCRIPTS)
def spoken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A new folder all of whose texts are of one script, and that text."""
    folder, said = tmp_path_factory.mktemp("spoken") / "next", SCRIPTS[request.param]
    new.write(folder)
    for file, place in (("article.yaml", "title"), ("claims.yaml", "wording")):
        content = yaml.safe_load((folder / file).read_text(encoding="utf-8"))
        (content if place == "title" else content["claims"][0])[place] = said
        if file == "claims.yaml":
            content["claims"] = content["claims"][:1]
            content["claims"][0] |= {"speaker": said, "topic": said, "would_count": said}
        (folder / file).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    for file, old in (
        ("sources.csv", "The example office"),
        ("statements.csv", "The example office"),
        ("quantities.csv", "Persons in the example place"),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, file
        (folder / file).write_text(text.replace(old, f'"{said}"', 1), encoding="utf-8")
    return folder, said


def test_check_and_verdicts_take_and_give_it(spoken, capsys):
    folder, said = spoken
    assert main(["check", "--data", str(folder)]) == 0, capsys.readouterr().out
    assert main(["verdicts", "--json", "--data", str(folder)]) == 0
    assert json.loads(capsys.readouterr().out.partition("no errors\n")[2])["verdicts"][0]["claim"] == "E01"
    assert main(["verdicts", "--data", str(folder)]) == 0
    # A terminal breaks lines where it likes.
    assert "".join(said.split())[:6] in "".join(capsys.readouterr().out.split())


def test_every_export_has_it_unescaped_and_whole(spoken):
    folder, said = spoken
    content = exports.files(Archive.read(folder), leaning={})
    for name in ("verdicts.json", "averitec.json", "claimreview/E01.json"):
        assert said in content[name].decode("utf-8"), name
    assert json.loads(content["claimreview/E01.json"])["claimReviewed"] == said


def test_the_objects_show_it(spoken):
    folder, said = spoken
    archive = Archive.read(folder)
    for one in (archive.claims[0], archive.statements[0], next(iter(archive.sources.values()))):
        assert said in one._repr_html_() or said in repr(one)


def test_a_card_has_no_empty_boxes_for_signs_that_it_cannot_draw(archive):
    """The font of the cards has no Chinese; what cannot be drawn gives way to the name of the claim."""
    assert drawable(SCRIPTS["Chinese"]) is None
    for script in ("Cyrillic", "Arabic", "Hebrew"):
        assert drawable(SCRIPTS[script]) == SCRIPTS[script]
    assert all(drawable(claim.wording) for claim in archive.claims)
