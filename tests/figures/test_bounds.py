from constructs_lib.figures.bounds import Bounds


def test_both_ends_belong_to_a_range_and_nothing_beyond_them():
    bounds = Bounds(5, 300)
    assert [number for number in (4, 5, 300, 301) if bounds.hold(number)] == [5, 300]


def test_a_range_reads_as_people_say_it():
    assert f"{Bounds(128, 10240)} MB" == "128 to 10240 MB"
