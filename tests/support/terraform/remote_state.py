"""A state bucket in an S3 server of this process, on 127.0.0.1."""

from __future__ import annotations

import json
from typing import Any

import boto3  # type: ignore[import-untyped]
from moto.server import ThreadedMotoServer

BUCKET = "acme-terraform-state"
KEY = "shop/dev.tfstate"
STATE = f'[state]\nbackend = "s3"\nbucket = "{BUCKET}"\n'
_SETTINGS = ("skip_credentials_validation", "skip_requesting_account_id", "use_path_style")


class StateBucket:
    """A versioned bucket; ``stop`` ends its server.

    settings: arguments of ``terraform init`` for a server that is not AWS's; endpoint: variables that lead
    there; environment: both, for a Terraform whose backend is S3 from the beginning.
    """

    def __init__(self) -> None:
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        self.settings = [f"-backend-config={name}=true" for name in _SETTINGS]
        self.endpoint = {"AWS_ENDPOINT_URL_S3": f"http://{host}:{port}"}
        self.environment = {**self.endpoint, "TF_CLI_ARGS_init": " ".join(self.settings)}
        self._s3: Any = boto3.client(
            "s3",
            region_name="eu-west-1",
            endpoint_url=f"http://{host}:{port}",
            aws_access_key_id="offline",
            aws_secret_access_key="offline",
        )
        self._s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        self._s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})

    def stop(self) -> None:
        """Ends the server, and forgets what it held."""
        for version in self._versions():
            self._s3.delete_object(Bucket=BUCKET, **version)
        self._s3.delete_bucket(Bucket=BUCKET)
        self._server.stop()

    def keys(self) -> list[str]:
        """The keys of all objects that are there now."""
        return sorted(item["Key"] for item in self._s3.list_objects_v2(Bucket=BUCKET).get("Contents", []))

    def serials(self) -> list[int]:
        """The serial number of each version of the state, the oldest first."""
        versions = [item["VersionId"] for item in self._versions() if item["Key"] == KEY]
        return sorted(self._read(KEY, VersionId=version)["serial"] for version in versions)

    def addresses(self) -> list[str]:
        """The addresses of all managed resources in the state."""
        managed = [item for item in self._read(KEY)["resources"] if item["mode"] == "managed"]
        return sorted(f"{item['type']}.{item['name']}" for item in managed)

    def encryption(self) -> str | None:
        """How the state is encrypted at rest."""
        found: str | None = self._s3.head_object(Bucket=BUCKET, Key=KEY).get("ServerSideEncryption")
        return found

    def lock_id(self) -> str:
        """The id of the lock that an apply holds."""
        return str(self._read(f"{KEY}.tflock")["ID"])

    def _read(self, key: str, **which: str) -> dict[str, Any]:
        return dict(json.loads(self._s3.get_object(Bucket=BUCKET, Key=key, **which)["Body"].read()))

    def _versions(self) -> list[dict[str, str]]:
        page = self._s3.list_object_versions(Bucket=BUCKET)
        found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        return [{"Key": item["Key"], "VersionId": item["VersionId"]} for item in found]
