"""The constructs in Python, without an environment file. Run: ``python examples/composed.py [OUTPUT]``.

A storefront on the public load balancer calls an inventory behind the internal one. Everything that may talk
is named: ``serve`` gives a workload a port, and whoever lists the result in ``calls`` may reach that port.
"""

import sys
from pathlib import Path

from constructs_lib import (
    INTERNET,
    ApplicationLoadBalancer,
    Endpoints,
    FunctionOptions,
    LambdaFunction,
    Network,
    ZipCode,
    allow,
    plan_subnets,
)
from constructs_lib.bindings import App, Construct, LocalBackend, TerraformStack, aws

LAMBDA_SRC = Path(__file__).resolve().parent.parent / "lambda_src"
NAME, REGION, CIDR = "shop-composed", "eu-west-1", "10.80.0.0/16"


class Shop(TerraformStack):
    """A stack of one's own, made of the constructs."""

    def __init__(self, scope: Construct, id_: str) -> None:
        super().__init__(scope, id_)
        aws.AwsProvider(self, "aws", region=REGION)
        LocalBackend(self, path="../../../terraform.composed.tfstate")

        plan = plan_subnets(cidr=CIDR, availability_zones=["a", "b"])
        network = Network(
            self, "network", name=NAME, region=REGION, cidr=CIDR, plan=plan, nat="single", nat_zone="a"
        )
        endpoints = Endpoints(self, "endpoints", network=network, interface=["logs", "sqs"])
        internal = ApplicationLoadBalancer(
            self, "internal", name=f"{NAME}-internal", network=network, exposure="internal"
        )
        public = ApplicationLoadBalancer(
            self, "public", name=f"{NAME}-public", network=network, exposure="public"
        )

        inventory = LambdaFunction(
            self,
            "inventory",
            name=f"{NAME}-inventory",
            network=network,
            endpoints=endpoints,
            code=ZipCode(LAMBDA_SRC / "inventory"),
        )
        inventory_behind_internal = internal.serve(inventory, port=8080)

        storefront = LambdaFunction(
            self,
            "storefront",
            name=f"{NAME}-storefront",
            network=network,
            endpoints=endpoints,
            code=ZipCode(LAMBDA_SRC / "storefront"),
            options=FunctionOptions(timeout_s=15),
            calls=[inventory_behind_internal],
        )
        allow(storefront, INTERNET, 443)
        public.add_shared_listener(80)
        public.route(storefront, paths=["/*"], port=80)
        public.admit_addresses(["192.0.2.0/24"], port=80)
        public.admit_when_ready()


def main(output: str = "cdktf.out") -> None:
    """Synthesize into the output folder."""
    app = App(outdir=output)
    Shop(app, "composed")
    app.synth()


if __name__ == "__main__":
    main(*sys.argv[1:])
