"""An existing VPC, read from AWS or from saved answers, as a `[network]` section; only `from_aws` asks."""
