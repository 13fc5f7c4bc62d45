import tomllib

from constructs_lib.environment.reading.key_lines import key_lines

FILE = '''
region = "x"
[network] # comment
cidr = "y"
endpoints.interface = []
[functions."a.b"]
source = """
[no.table]
"""
[[waivers]]
rule = 1
[[waivers]]
rule = 2
'''


def test_each_key_has_the_line_in_which_it_first_stands():
    assert tomllib.loads(FILE)
    lines = key_lines(FILE)
    assert lines[("region",)] == 2
    assert lines[("network",)] == 3
    assert lines[("network", "cidr")] == 4
    assert lines[("network", "endpoints", "interface")] == 5
    assert lines[("functions", "a.b", "source")] == 7
    assert lines[("waivers", "rule")] == 11


def test_what_is_no_toml_has_no_lines():
    assert key_lines("[a..b]\nx\n= 5\n") == {}
