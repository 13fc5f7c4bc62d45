"""Secrets in files: in code, in settings, and keys wherever they are."""

from constructs_lib.secrets.packages import secret_in_file, secrets_in_source

KEY_ID = "AKIA" + "IOSFODNN7ABCDEFG"
TOKEN = "k3J9xQ2mPz7LwV5b" + "Tn8RyA4c"
PEM = "-----BEGIN PRIVATE" + " KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n"


def lines(name: str, text: str) -> list[int]:
    return [line for line, _ in secrets_in_source(name, text.encode())]


def test_a_secret_is_found_in_its_line_in_code_and_in_settings() -> None:
    assert lines("handler.py", f'import os\n\nKEY = "{KEY_ID}"\n') == [3]
    assert lines("handler.py", 'DB_PASSWORD = "hunter2hunter2"\n') == [1]
    assert lines("handler.py", f'connect(api_token="{TOKEN}")\n') == [1]
    assert lines("index.js", "const config = { password: 'Hunter2!' };\n") == [1]
    assert lines("settings.yaml", "db:\n  user: shop\n  password: hunter2\n") == [3]
    assert lines("application.properties", "spring.datasource.password=hunter2\n") == [1]
    assert lines("config.json", '{"db": {"client_secret": "hunter2hunter2"}}') == [1]
    assert lines(
        "notes", "see https://hooks.slack.com/services/" + "T00000000/B00000000/a1B2c3D4e5F6g7H8i9J0\n"
    ) == [1]
    assert lines("deploy.txt", "first\n" + PEM) == [2]
    assert lines("db.py", 'URL = "postgres://shop:hunter2@db/shop"\n') == [1]


def test_code_that_speaks_of_secrets_holds_none() -> None:
    code = """
password = os.environ["DB_PASSWORD"]
PASSWORD_FIELD = "password"
token = get_token("next")
parser.add_argument("--password", help="The password of the database")
secret = client.get_secret_value(SecretId="shop/prod/db")
raise ValueError("password: must not be empty")
PASSWORD = "password"
next_token = "abc"
if header.startswith("-----BEGIN PRIVATE KEY-----"):
    pass
"""
    assert lines("handler.py", code) == []
    assert lines("settings.yaml", "password: ${DB_PASSWORD}\ntoken_url: https://auth.example.com\n") == []


def test_a_binary_file_is_asked_for_keys_alone() -> None:
    assert lines("data.bin", "\0" + KEY_ID) == [1]
    assert lines("data.bin", "\0password = 'hunter2'") == []
    assert secret_in_file(PEM.encode()) == "a private key"
    assert secret_in_file(bytes(range(256))) is None
