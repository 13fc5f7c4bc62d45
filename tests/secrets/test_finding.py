"""Secrets are found under whatever name and in whatever text; what opens no door is none."""

from __future__ import annotations

import base64
import json

from constructs_lib.secrets import masked, secret_in
from constructs_lib.secrets.randomness import entropy

# None of these was ever valid anywhere.
KEY_ID = "AKIA" + "IOSFODNN7ABCDEFG"
SECRET_KEY = "wJalrXUtnFEMI" + "/K7MDENG/bPxRfiCYz1A2b3C4d5"
BODY = "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgwMbRvI0MBZh"
PRIVATE_KEY = "-----BEGIN RSA PRIVATE" + f" KEY-----\n{BODY}\n"
HEX = "9f86d081884c7d659a2feaa0c55ad015"
TOKEN = "k3J9xQ2mPz7LwV5bTn8RyA4c"
ENCODED = base64.b64encode(b'{"level": "debug", "retries": 3, "table": "orders"}').decode()
PUBLIC_KEY = f"-----BEGIN PUBLIC KEY-----\n{BODY}\n-----END PUBLIC KEY-----"

SECRETS = [
    ("SETTING", KEY_ID),
    ("SETTING", SECRET_KEY),
    ("SETTING", PRIVATE_KEY),
    ("SETTING", PRIVATE_KEY.replace("\n", "\\n")),
    ("SETTING", PRIVATE_KEY.replace("RSA ", "OPENSSH ")),
    ("SETTING", TOKEN),
    ("SETTING", f'{{"key": "{TOKEN}"}}'),
    ("API_TOKEN", HEX),
    ("DATADOG_API_KEY", HEX),
    ("SETTING", "ghp_" + "a1B2" * 9),
    ("SETTING", "glpat-" + "a1B2" * 5),
    ("SETTING", "xoxb-" + "1234567890-" * 2),
    ("SETTING", "sk_live_" + "a1B2" * 6),
    ("SETTING", "AIza" + "a1B2c3D" * 5),
    ("SETTING", "eyJhbGciOiJIUzI1" + ".eyJzdWIiOiIxMjM0" + ".SflKxwRJSMeKKF2QT4"),
    ("MAIL", "SG." + "a1B2c3D4e5F6g7H8i9J0k1" + "." + "L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a7B8c9D0e1F2g"),
    ("CACHE", "redis://:hunter2@cache.internal:6379/0"),
    ("CACHE", "rediss://default:p4ss@cache.internal:6379"),
    ("DB", "postgres://shop:hunter2@db.internal/shop"),
    ("DB", "mongodb+srv://app:s3cr3t@cluster0.mongodb.net"),
    ("DB", "Driver={ODBC Driver 18};Server=tcp:db,1433;Uid=shop;Pwd=hunter2;Encrypt=yes"),
    ("DB", "jdbc:postgresql://db.internal/shop?user=shop&password=hunter2"),
    ("DB", "jdbc:sqlserver://db;databaseName=shop;user=shop;password=hunter2;"),
    ("DB", "host=db.internal user=shop password=hunter2 dbname=shop"),
    ("DB_PASS", "hunter2"),
    ("MYSQL_PWD", "hunter2"),
    ("PGPASSWORD", "hunter2"),
    ("dbPassword", "hunter2"),
    ("DB_PASSWORD_PROD", "changeme"),
    ("DB_PASSWORD", "correct horse battery staple"),
    ("API_TOKEN", "hunter2hunter2"),
    ("client-secret", "hunter2hunter2"),
    ("ApiKey", "hunter2hunter2"),
    ("REGISTRY_AUTH", "shop:hunter2"),
    ("REGISTRY_AUTH", base64.b64encode(b"shop:hunter2").decode()),
    ("JWT_SECRET", "supersecret"),
    ("HASURA_GRAPHQL_ADMIN_SECRET", "myadminsecretkey"),
    ("QUEUE", "amqps://guest:guestpw@mq.internal:5671"),
    ("JAAS", 'org.apache.kafka.PlainLoginModule required username="x" password="hunter2";'),
    ("GIT", "https://x-access-token:hunter2hunter2@github.com/shop/shop"),
    ("ALERTS", "https://hooks.slack.com/services/" + "T00000000/B00000000/a1B2c3D4e5F6g7H8i9J0k1L2"),
    ("ALERTS", "https://discord.com/api/webhooks/" + "123456789012345678/a1B2c3D4e5F6g7H8"),
    ("SENTRY", "https://" + HEX + "@o123456.ingest.sentry.io/4504123"),
    ("CONFIG", json.dumps({"db": {"host": "db", "password": "hunter2"}})),
    ("CONFIG", base64.b64encode(b'{"db": {"password": "hunter2"}}').decode()),
    ("CONFIG", "database:\n  user: shop\n  password: hunter2\n"),
    ("HEADER", "Bearer " + TOKEN),
    ("BLOB", "https://shop.blob.core.windows.net/x?sv=2024&sig=" + "a1B2c3D4e5F6" * 4),
    (
        "STORAGE",
        "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=" + "a1B2c3D4" * 10 + "a1B2c3==;",
    ),
    ("BOT", "123456789:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"),
    ("MODEL", "sk-ant-" + "api03-a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6"),
]

HARMLESS = [
    ("TABLE_URL", "https://api.example.com/v1/items?page=1&size=20"),
    ("TABLE_URL", "http://${aws_lb.internal.dns_name}:8080"),
    ("SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf"),
    ("IMAGE", f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:{HEX}{HEX}"),
    ("DIGEST", f"sha256:{HEX}{HEX}"),
    ("GIT_COMMIT", "9fceb02d0ae598e95dc970b74767f19372d61af8"),
    ("RELEASE", "9fceb02d0ae598e95dc970b74767f19372d61af8"),
    ("ASSETS_MD5", "9e107d9d372bb6826bd81d3542a419d6"),
    ("ASSETS", "9e107d9d372bb6826bd81d3542a419d6"),
    ("TENANT", "0f5b7a1c2d3e4f508a619b7c8d9e0f10"),
    ("CLIENT", "0f5b7a1c-2d3e-4f50-8a61-9b7c8d9e0f10"),
    ("SOURCE_CODE_HASH", "/Kt/zCtM/9m7RQA7/C5GigTvb3fKggCnNB8CdjFYTSU="),
    ("GROUP", "sg-0123456789abcdef0"),
    ("ENDPOINT", "vpce-0a1b2c3d4e5f67890-abcdefgh.logs.eu-west-1.vpce.amazonaws.com"),
    ("QUEUE", "shop-dev-inventory-production-queue-2024-eu-central-1"),
    ("PATH_TO", "/aws/lambda/Shop-Dev-Inventory2/with/some/Long4Path5"),
    ("LOGGER", "com.example.Application2Configuration3Loader"),
    ("SINCE", "2024-11-23T01:02:03Z"),
    ("API_TOKEN_NAME", "shop/prod/token-1"),
    ("DB_PASSWORD", "/shop/prod/db"),
    ("DB_PASSWORD", "${aws_ssm_parameter.db.value}"),
    ("DB_PASSWORD", "<set by operations>"),
    ("SESSION_TOKEN", "disabled"),
    ("NEXT_TOKEN", "shop-dev-2"),
    ("NEXT_TOKEN", "enabled123"),
    ("API_KEY", "12345678"),
    ("EXAMPLE", "AKIA" + "IOSFODNN7EXAMPLE"),
    ("LOG_LEVEL", "INFO"),
    ("PWD", "/app"),
    ("PASSWORD_POLICY", "strong-14"),
    ("PASSWORD_MIN_LENGTH", "14"),
    ("MAX_TOKENS", "4096"),
    ("PARTITION_KEY", "customerId"),
    ("SORT_KEY", "createdAt2024"),
    ("COMPASS", "north-by-northwest"),
    ("TOKEN_ENDPOINT", "https://auth.example.com/oauth2/token"),
    ("JWT_PUBLIC_KEY", PUBLIC_KEY),
    ("PUBLIC_KEY", PUBLIC_KEY),
    ("CA", PUBLIC_KEY.replace("PUBLIC KEY", "CERTIFICATE")),
    (
        "DEPLOY_KEY",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl shop@dev",
    ),
    ("KNOWN_HOST", "ssh-rsa " + "AAAAB3NzaC1yc2EAAAADAQABAAABgQC7a1B2c3D4" * 4),
    ("COGNITO_CLIENT_ID", "1h57kf5cpq17m0eml12EXAMPLE".lower()),
    ("USER_POOL_CLIENT", "4r8t2k1q9p3m7n5v6c0x1z2b3d"),
    ("USER_POOL", "eu-west-1_aB3dE6gH9"),
    ("SETTINGS", ENCODED),
    ("TABLE", "shop-prod-OrdersTable-1B2M2Y8AsgTp"),
    ("TABLE", "shop-prod-OrdersTable-1B2M2Y8ASGTPA"),
    ("STACK_BUCKET", "mystack-assetsbucket-3k5j2h7g9f1d"),
    ("CONFIG", json.dumps({"region": "eu-west-1", "retries": 3, "table": "orders"})),
    ("DSN", "host=db.internal port=5432 dbname=shop sslmode=require"),
    ("CONNECTION", "Server=db;Database=shop;Integrated Security=true"),
    ("PUBLIC_URL", "https://user@example.com/path"),
    ("FEATURES", "password=optional,token=disabled"),
    ("DB_SECRET", "shop-prod-db"),
    ("STRIPE_PUBLISHABLE_KEY", "pk_live_" + "a1B2c3D4" * 4),
    ("JWT_PUBLIC_KEY", BODY),
    ("ASSETS_BUCKET", "cdk-hnb659fds-assets-123456789012-eu-west-1"),
    ("ZONE", "Z0123456789ABCDEFGHIJ"),
    ("PASSWORD_HASH", "$2b$12$KIXQ4Sx1kq0a1B2c3D4e5uF6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u"),
    ("KMS_KEY", "arn:aws:kms:eu-west-1:123456789012:key/0f5b7a1c-2d3e-4f50-8a61-9b7c8d9e0f10"),
]


def test_secrets_are_found_wherever_they_stand() -> None:
    assert [(name, masked(value)) for name, value in SECRETS if secret_in(name, value) is None] == []


def test_what_opens_no_door_is_no_secret() -> None:
    found = [(name, value[:60], kind) for name, value in HARMLESS if (kind := secret_in(name, value))]
    assert found == []


def test_a_secret_is_never_shown_whole() -> None:
    assert masked("hunter2hunter2") == "(14 characters)"
    assert masked(TOKEN) == "k3J9... (24 characters)"


def test_entropy_is_in_bits_for_each_character() -> None:
    assert (entropy("aaaa"), entropy("abab"), entropy("abcd")) == (0, 1, 2)
