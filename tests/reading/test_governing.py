"""What a time, and a word of effort, governs in its sentence."""

import pytest

from tests.samples import facts_of


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "力争储能装备生产规模达到1000万千瓦时，绿氢生产能力达到50万吨以上，建成加氢站100座",
            ["力争", "力争", "力争"],
        ),
        (
            "力争城市生活污水集中收集率65%以上、城镇生活污水处理率保持在95%以上，城市污泥无害化处置率达到99%",
            ["力争", "力争", "力争"],
        ),
        ("力争到2025年，绿氢生产能力达到50万吨，建成加氢站100座", ["力争", "力争"]),
        ("力争绿氢生产能力达到50万吨，到2030年，建成加氢站100座", ["力争", ""]),
        ("力争绿氢生产能力达到50万吨；建成加氢站100座", ["力争", ""]),
        ("力争绿氢生产能力达到50万吨，确保建成加氢站100座", ["力争", ""]),
        ("经过不懈努力，绿氢生产能力达到50万吨", [""]),
    ],
)
def test_striving_holds_up_to_a_new_time_or_the_end_of_the_part(line: str, words: list[str]) -> None:
    assert [each.strength_as_written for each in facts_of(line).commitments] == words
