from pathlib import Path

from constructs_lib.environment.checks.region import region_warnings
from constructs_lib.figures.regions import zone_letters
from tests.support.environment_files import fields, load, only_problem, problems


def test_a_region_that_aws_has_not_is_refused_with_the_nearest(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"region": '"eu-wets-1"'})
    assert (problem.field, problem.rule) == ("region", "is no region of AWS that this version knows")
    assert problem.way_out.startswith('did you mean "eu-west-1"? ')


def test_every_region_of_the_table_is_one(tmp_path: Path) -> None:
    for region in zone_letters():
        changes = {"region": f'"{region}"', "nonsense": "1"}
        assert "region" not in fields(tmp_path, changes), region


def test_a_letter_that_no_region_has_is_refused(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, {"network.availability_zones": '["a", "z"]'})
    assert (problem.field, problem.value) == ("network.availability_zones", "z")
    assert problem.rule == "no region of AWS has a zone of this letter: they are a to f"
    assert problem.way_out == "us-east-1 has a, b, c, d, e and f"


def test_a_letter_that_the_region_is_not_known_to_have_is_a_warning(tmp_path: Path) -> None:
    environment = load(tmp_path, {"region": '"eu-west-1"', "network.availability_zones": '["a", "f"]'})
    [warning] = region_warnings(environment)
    assert (warning.value, warning.rule) == ("f", "eu-west-1 is not known to have this zone")
    assert list(region_warnings(load(tmp_path))) == []


def test_an_arn_of_another_partition_is_refused_wherever_aws_would_read_it(tmp_path: Path) -> None:
    reading = '[{ Effect = "Allow", Action = "s3:GetObject", Resource = ["arn:aws:s3:::a/*"] }]'
    changes = {
        "region": '"us-gov-west-1"',
        "functions.inventory.environment": '{ PEER = "arn:aws:s3:::elsewhere" }',
        "functions.inventory.policies": reading,
        "load_balancers.public.certificate_arn": '"arn:aws:acm:us-gov-west-1:123456789012:certificate/a"',
        "functions.inventory.layers": '["arn:aws-us-gov:lambda:us-gov-west-1:123456789012:layer:a:1"]',
    }
    found = {problem.field: problem for problem in problems(tmp_path, changes) if "partition" in problem.rule}
    assert set(found) == {"load_balancers.public.certificate_arn", "functions.inventory.policies.Resource"}
    assert found["functions.inventory.policies.Resource"].way_out == "its ARNs begin with arn:aws-us-gov:"
