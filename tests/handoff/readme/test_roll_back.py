import json

from constructs_lib.environment import Environment
from constructs_lib.handoff.identity import of_environment
from constructs_lib.handoff.inputs.variables import variables_of
from constructs_lib.handoff.readme.roll_back import roll_back
from tests.support.written_stacks import read

ENVIRONMENT = Environment(project="shop", environment="dev", region="eu-west-1")


def chapter(**resources):
    document = read({"resource": resources})
    return roll_back(of_environment(ENVIRONMENT), document, variables_of(document, ENVIRONMENT))


def task(image):
    return {"family": "shop-dev-web", "container_definitions": json.dumps([{"image": image}])}


SERVICE = {
    "aws_ecs_cluster": {"c": {"name": "shop-dev"}},
    "aws_ecs_service": {"web": {"name": "shop-dev-web"}},
}


def test_a_function_goes_back_by_its_alias():
    found = chapter(
        aws_lambda_function={"f": {"function_name": "shop-dev-f"}}, aws_lambda_alias={"f": {"name": "live"}}
    )
    assert "aws lambda update-alias --function-name shop-dev-f --name live --function-version 3" in found
    assert "One service" not in found


def test_a_service_goes_back_by_the_input_of_its_image():
    found = chapter(**SERVICE, aws_ecs_task_definition={"web": task("nginx:1")})
    assert "terraform plan -var 'web_image=IMAGE'" in found
    assert "aws ecs wait services-stable --cluster shop-dev --services shop-dev-web" in found


def test_a_service_whose_image_is_no_input_goes_back_by_the_next_bundle():
    found = chapter(**SERVICE, aws_ecs_task_definition={"web": task("${aws_ecr_repository.web.url}:1")})
    assert "web_image" not in found
    assert "in the next bundle" in found


def test_everything_goes_back_by_the_older_bundle():
    assert [line[:14] for line in chapter().splitlines() if line.startswith("**")] == ["**Everything.*"]
