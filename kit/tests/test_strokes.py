"""Stroke order of names: the official lists, both styles, rare characters."""

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kit import strokes

SEVEN = list("李杨吴何邹沈宋张陆陈")


def in_order(names, **kwargs):
    shuffled = list(names)
    random.Random(7).shuffle(shuffled)
    return sorted(shuffled, key=lambda name: strokes.sort_key(name, **kwargs))


def test_surnames_of_seven_strokes_follow_heng_shu_pie_dian_zhe():
    assert in_order(SEVEN) == SEVEN


def test_surnames_with_the_ear_radical_are_counted_with_two_strokes():
    counts = {surname: len(strokes.strokes_of(surname)) for surname in "邓冯阮那陈陆郑郭陶赵"}
    assert counts == dict(zip("邓冯阮那陈陆郑郭陶赵", [4, 5, 6, 6, 7, 7, 8, 10, 10, 9], strict=True))
    assert "".join(in_order("陶郭赵郑陈陆那阮冯邓")) == "邓冯那阮陆陈郑赵郭陶"


def test_a_two_character_name_has_an_empty_middle_in_the_surname_style():
    assert in_order(["田大利", "田富", "田大力"]) == ["田富", "田大力", "田大利"]


def test_a_two_character_name_is_compared_by_its_second_character_in_the_full_style():
    assert in_order(["田大利", "田富", "田大力"], style="full") == ["田大力", "田大利", "田富"]


def test_compound_surnames_stand_by_their_first_character():
    assert in_order(["欧阳修文", "欧大明", "欧阳富", "郑一", "林一"]) == [
        "林一",
        "欧大明",
        "欧阳富",
        "欧阳修文",
        "郑一",
    ]


def test_people_of_one_surname_stay_together_when_another_is_written_alike():
    assert strokes.strokes_of("己") == strokes.strokes_of("已")
    assert [name[0] for name in in_order(["己二", "已一", "己一", "已二"])] == ["己", "己", "已", "已"]


def test_padding_and_middle_dots_do_not_change_the_place():
    assert strokes.sort_key("张　三") == strokes.sort_key("张三") == strokes.sort_key(" 张 三 ")
    assert strokes.sort_key("买买提·艾合") == strokes.sort_key("买买提艾合") == strokes.sort_key("买买提•艾合")


def test_unknown_characters_come_last_by_code_point_and_are_reported():
    assert in_order(["𬱖一", "㛃一", "龚一", "王㛃", "王麟"]) == ["王麟", "王㛃", "龚一", "㛃一", "𬱖一"]
    assert [strokes.is_known(name) for name in ("王㛃", "𬱖一", "王麟", "买买提·艾合", "", "　")] == [
        False,
        False,
        True,
        True,
        False,
        False,
    ]


def test_keys_hold_digits_only_and_fit_the_field():
    field, wealth = strokes.strokes_of("田"), strokes.strokes_of("富")
    assert strokes.sort_key("田富") == f"05{field}{ord('田'):07d}00" + f"12{wealth}{ord('富'):07d}"
    assert len(strokes.sort_key("龘" * 40 + "麟" * 40)) == strokes.KEY_LENGTH
    assert strokes.sort_key("") == ""


@given(st.text(max_size=30))
def test_any_text_gives_a_key_of_digits(text):
    key = strokes.sort_key(text)
    assert key == "" or (key.isascii() and key.isdigit())
    assert len(key) <= strokes.KEY_LENGTH


def test_the_table_holds_each_character_once_and_all_common_characters():
    lines = (Path(strokes.__file__).parent / "data" / "strokes.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    characters = "".join(row[1] for row in rows)
    assert len(characters) == len(set(characters))
    assert set("".join(row[0] for row in rows)) == set("12345")
    level_one = [bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)]
    assert [character for character in level_one if not strokes.strokes_of(character)] == []


def test_corrected_characters_have_their_standard_strokes():
    assert strokes.strokes_of("德") == "332122522114544"
    assert strokes.strokes_of("麟") == "41352211535431234354152"
    assert strokes.strokes_of("郤") == "343425152"


def test_two_character_names_are_padded_to_line_up():
    assert [strokes.pad_name(name) for name in ("张三", "张 三", "张　三", "欧阳修", " 李四光 ", "Al")] == [
        "张　三",
        "张　三",
        "张　三",
        "欧阳修",
        "李四光",
        "Al",
    ]
