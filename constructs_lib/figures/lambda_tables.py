"""AWS Lambda's own tables."""

from __future__ import annotations

from typing import Literal

from constructs_lib.figures.bounds import Bounds

# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MEMORY_MB = Bounds(128, 10_240)
DEFAULT_MEMORY_MB = 128
TIMEOUT_S = Bounds(1, 900)
DEFAULT_TIMEOUT_S = 3
EPHEMERAL_STORAGE_MB = Bounds(512, 10_240)  # the size of /tmp
DEFAULT_EPHEMERAL_STORAGE_MB = 512
ENVIRONMENT_BYTES = 4_096  # of all variables of a function together, as JSON
LAYERS_PER_FUNCTION = 5
PACKAGE_MB = 250  # unpacked, layers included
UPLOAD_MB = 50  # zipped, where it is not uploaded through S3
NETWORK_INTERFACES_PER_VPC = 250  # until AWS grants more
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
CONCURRENT_EXECUTIONS = 1_000  # of an account in a region, until AWS grants more
UNRESERVED_EXECUTIONS = 100  # of them, which no function can reserve
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
INIT_S = 10  # the longest initialization

# https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
FUNCTION_NAME_LENGTH = 64
FUNCTION_NAME = "[A-Za-z0-9_-]+"
HANDLER_LENGTH = 128
# https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
STATEMENT_ID_LENGTH = 100
STATEMENT_ID = f"[A-Za-z0-9_-]{{1,{STATEMENT_ID_LENGTH}}}"
# https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html
SUBNETS_PER_FUNCTION = 16
SECURITY_GROUPS_PER_FUNCTION = 5
# https://docs.aws.amazon.com/lambda/latest/api/API_Environment.html
VARIABLE_NAME = "[a-zA-Z][a-zA-Z0-9_]+"

# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html: those that a zip can be made for
Runtime = Literal[
    "python3.9",
    "python3.10",
    "python3.11",
    "python3.12",
    "python3.13",
    "python3.14",
    "nodejs18.x",
    "nodejs20.x",
    "nodejs22.x",
    "nodejs24.x",
    "java8.al2",
    "java11",
    "java17",
    "java21",
    "java25",
    "dotnet8",
    "ruby3.2",
    "ruby3.3",
    "ruby3.4",
    "provided.al2",
    "provided.al2023",
]

# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html: the minor version of the last Python on
# Amazon Linux 2, and those of glibc 2 on that system and on its successor
LAST_PYTHON_ON_AMAZON_LINUX_2 = 11
AMAZON_LINUX_2_GLIBC, AMAZON_LINUX_2023_GLIBC = 26, 34

# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, "Deprecated runtimes": no security
# updates any more. With what to use instead.
DEPRECATED_RUNTIMES = {
    "python3.8": "python3.13",
    "python3.9": "python3.13",
    "nodejs16.x": "nodejs24.x",
    "nodejs18.x": "nodejs24.x",
    "nodejs20.x": "nodejs24.x",
    "dotnet6": "dotnet8",
    "ruby3.2": "ruby3.4",
    "provided.al2": "provided.al2023",
}

# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, "Block function create": runtimes of
# which that day had passed when the table was read, in 2026, so that no verdict depends on the clock. AWS has
# put the days of the later ones off to 2027.
RETIRED_RUNTIMES = {
    "nodejs": "2016-10-31",
    "nodejs4.3": "2020-02-03",
    "nodejs4.3-edge": "2019-03-31",
    "nodejs6.10": "2019-07-12",
    "nodejs8.10": "2020-02-04",
    "nodejs10.x": "2021-07-30",
    "nodejs12.x": "2023-03-31",
    "nodejs14.x": "2024-01-09",
    "python2.7": "2021-07-15",
    "python3.6": "2022-07-18",
    "python3.7": "2024-01-09",
    "ruby2.5": "2021-07-30",
    "ruby2.7": "2024-01-09",
    "java8": "2024-02-08",
    "go1.x": "2024-02-08",
    "provided": "2024-02-08",
    "dotnetcore1.0": "2019-06-27",
    "dotnetcore2.0": "2019-04-30",
    "dotnetcore2.1": "2022-01-05",
    "dotnetcore3.1": "2023-04-03",
}

# https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, "Reserved environment variables"
RESERVED_VARIABLES = frozenset(
    {
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_DEFAULT_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_MAX_CONCURRENCY",
        "AWS_LAMBDA_METADATA_API",
        "AWS_LAMBDA_METADATA_TOKEN",
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "LAMBDA_RUNTIME_DIR",
        "LAMBDA_TASK_ROOT",
    }
)
