import pytest

from constructs_lib.discovery.free_place import Wanted
from constructs_lib.discovery.inventory import Owner
from constructs_lib.discovery.wishes import Wishes, read_wishes
from constructs_lib.errors import ConfigError


def wishes(folder, text="", name="prod.toml", **options):
    file = folder / name
    file.write_text(text)
    return read_wishes(file, **({"project": None, "environment": None} | options))


def fields(folder, text):
    with pytest.raises(ConfigError) as raised:
        wishes(folder, text)
    return [problem.field for problem in raised.value.problems]


def test_without_a_file_and_options_nothing_is_own():
    assert read_wishes(None, project=None, environment=None) == Wishes()


def test_project_and_environment_name_the_owner():
    assert read_wishes(None, project="shop", environment="dev").owner == Owner("shop", "dev")


@pytest.mark.parametrize(
    ("options", "missing"), [(("shop", None), "--environment"), ((None, "dev"), "--project")]
)
def test_one_of_both_is_not_enough(options, missing):
    with pytest.raises(ConfigError) as raised:
        read_wishes(None, project=options[0], environment=options[1])
    assert [problem.field for problem in raised.value.problems] == [missing]


def test_an_unfinished_file_has_the_defaults_of_every_file(tmp_path):
    assert wishes(tmp_path) == Wishes(owner=Owner("app", "prod"))


def test_the_file_names_owner_region_and_sizes(tmp_path):
    text = """
        project = "shop"
        environment = "dev"
        region = "eu-west-1"
        [network]
        cidr = "172.30.0.0/16"
        block = "172.30.64.0/20"
        availability_zones = ["a", "c"]
        zone_slots = 4
        public_prefix = 27
        private_block = "172.30.128.0/20"
        nat = "single"
        [network.endpoints]
        interface = []
    """
    sizes = {"zone_slots": 4, "public_prefix": 27, "private_block": "172.30.128.0/20"}
    assert wishes(tmp_path, text) == Wishes(
        owner=Owner("shop", "dev"),
        region="eu-west-1",
        wanted=Wanted(block="172.30.64.0/20", availability_zones=["a", "c"], sizes=sizes),
        notes=("keep what the file has beside this: nat, endpoints",),
    )


def test_options_win_over_the_file(tmp_path):
    assert wishes(tmp_path, 'project = "shop"', project="store").owner == Owner("store", "prod")


def test_what_is_of_no_use_is_said_at_once(tmp_path):
    text = """
        project = 5
        region = []
        [network]
        block = "172.30.1.0/20"
        availability_zones = "a"
        zone_slots = 3
        public_prefix = 29
        private_prefix = true
        internal_load_balancer_block = "x"
    """
    assert fields(tmp_path, text) == [
        "project",
        "region",
        "network.block",
        "network.availability_zones",
        "network.zone_slots",
        "network.public_prefix",
        "network.private_prefix",
        "network.internal_load_balancer_block",
    ]


def test_a_network_that_is_no_table_is_said(tmp_path):
    assert fields(tmp_path, "network = 5") == ["network"]
