"""The verdicts of a shelf, mapped over a cluster: the same as in one process."""

from utils import shelf
from utils.calibration import folder, generate
from utils.calibration.worlds import WORLDS

FOLDERS = 200


def test_a_cluster_gives_the_verdicts_of_one_process(spark, tmp_path):
    worlds = list(WORLDS.values())
    for number in range(FOLDERS):
        folder.write(tmp_path / f"{number:03}", generate.article(worlds[number % len(worlds)], 15, number))
    (tmp_path / "007" / "claims.yaml").write_text("claims: [", encoding="utf-8")
    paths = [str(path) for path in shelf.folders([tmp_path])]
    together = spark.sparkContext.parallelize(paths, 8).map(shelf.judged).collect()
    assert together == [shelf.judged(path) for path in paths] and len(together) == FOLDERS
    assert [one.folder for one in together if one.failure] == [str(tmp_path / "007")]
