"""The files for hosts: the policy and the caching, as each host writes them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from netzsite.producers import host_config
from tests.conftest import tree


def lines(folder: Path, name: str) -> list[str]:
    return (folder / name).read_text().splitlines()


def test_every_page_carries_the_policy_that_the_host_sends(muster: Path):
    header = next(line for line in lines(muster, "_headers") if "Content-Security" in line)
    policy = header.partition(": ")[2].removesuffix("; frame-ancestors 'none'")
    assert "default-src 'none'" in policy
    escaped = policy.replace("'", "&#39;")
    for path, data in tree(muster).items():
        if path.endswith(".html"):
            head = data.decode().partition("<title>")[0]
            assert f'<meta http-equiv="Content-Security-Policy" content="{escaped}">' in head, path


def test_all_hosts_are_told_the_same(muster: Path):
    told = [line.strip().split(": ", 1) for line in lines(muster, "_headers")[1:]]
    assert [name for name, _ in told][-1] == "Strict-Transport-Security"
    for name, value in told:
        assert f'add_header {name} "{value}" always;' in lines(muster, "_hosting/nginx.conf")
        assert f'Header always set {name} "{value}"' in lines(muster, "_hosting/apache.conf")
    assert ["Cache-Control", "no-cache"] in told


@pytest.mark.parametrize(
    ("base_url", "bound", "first"),
    [
        ("https://netz.example", True, "/*"),
        ("https://host.example/netz", False, "/netz/*"),
        ("http://netz.example", False, "/*"),
    ],
)
def test_https_is_made_binding_only_on_a_host_of_ones_own(base_url: str, bound: bool, first: str):
    from types import SimpleNamespace

    tools = SimpleNamespace(frame=SimpleNamespace(base_url=base_url, policy="default-src 'self'"))
    written = host_config.table(host_config.Served(), tools).decode()  # type: ignore[arg-type]
    assert ("Strict-Transport-Security" in written) is bound
    assert written.startswith(first + "\n")


def test_nginx_understands_its_snippet(muster: Path, tmp_path: Path):
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx isn't installed")
    file = tmp_path / "nginx.conf"
    file.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ access_log off;"
        f" server {{ listen 127.0.0.1:1; include {muster}/_hosting/nginx.conf; }} }}"
    )
    done = subprocess.run([program, "-t", "-c", file], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
