"""A synthesized environment, and its bundle, as a hand-off makes them."""

from __future__ import annotations

from pathlib import Path

from constructs_lib.bindings import App, TerraformStack, aws
from constructs_lib.cli.support.stacks import synthesize
from constructs_lib.environment import Environment, load_environment
from constructs_lib.handoff.bundle import build_bundle
from constructs_lib.handoff.delivery.writing import write_bundle
from constructs_lib.terraform_json import read_document
from constructs_lib.views.written_stack import WrittenStack
from tests.support import building
from tests.support.projects import SHOP, project


def handed_over(folder: Path, text: str = SHOP, name: str = "dev") -> WrittenStack:
    """Synthesize an environment file's text."""
    shop = project(folder)
    environment = load_environment(shop.write(text, name), project_root=shop.root)
    return synthesize({name: environment}, project_root=shop.root, output=folder / "cdktf.out")[name]


def hand_over(environment: Environment | None, stack: Path, bundle: Path, *, hcl: bool = False) -> Path:
    """Write the bundle of a synthesized stack's folder into another, and give that."""
    written = WrittenStack(stack.name, read_document(stack / "cdk.tf.json"), environment, stack)
    write_bundle(build_bundle(written, hcl=hcl), bundle)
    return bundle


def all_python(folder: Path, *, tags: dict[str, str] | None = None) -> Path:
    """Synthesize a stack of our constructs beside a queue, a bucket and a stream, and give its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    app = App(outdir=str(folder / "cdktf.out"))
    stack = TerraformStack(app, "orders")
    tagged = [aws.AwsProviderDefaultTags(tags=tags)] if tags else None
    aws.AwsProvider(stack, "aws", region="eu-west-1", default_tags=tagged)
    queue = aws.SqsQueue(stack, "queue", name="orders")
    bucket = aws.S3Bucket(stack, "bucket", bucket_prefix="orders-")
    aws.KinesisStream(stack, "stream", name="orders", shard_count=1)
    net = building.network(stack)
    closed = building.endpoints(stack, net, interface=["logs", "sqs"])
    internal, public = (
        building.load_balancer(stack, net, exposure=exposure, name=f"orders-{exposure}")
        for exposure in ("internal", "public")
    )
    variables = {"QUEUE": queue.url, "BUCKET": bucket.bucket}
    keeper = building.function(stack, net, folder, "keeper", endpoints=closed, environment=variables)
    taker = building.function(
        stack, net, folder, "taker", endpoints=closed, calls=[internal.serve(keeper, port=8080)]
    )
    public.add_shared_listener(80)
    public.route(taker, paths=["/*"], port=80)
    public.admit_addresses(["192.0.2.0/24"], port=80)
    app.synth()
    return folder / "cdktf.out" / "stacks" / "orders"
