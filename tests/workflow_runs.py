"""Workflows of git hosts, run step by step as they stand: what they say to do, in a fresh clone."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PATIENCE = 900.0


@dataclass(kw_only=True)
class Runner:
    """Does in a folder what a git host's machine would do there."""

    folder: Path
    environment: dict[str, str]
    event: str = "push"
    ref: str = "refs/heads/main"
    base: str = "HEAD~1"
    """The commit that a proposed change starts from."""
    ran: list[str] = field(default_factory=list)
    """The lines that were run."""
    said: str = ""
    outcomes: dict[str, str] = field(default_factory=dict)
    """What came of the steps that have an id."""

    @property
    def summary(self) -> str:
        """What the run's page shows, as GitHub calls it."""
        file = self.folder.parent / f"{self.folder.name}-summary.md"
        return file.read_text("utf-8") if file.exists() else ""

    @property
    def outputs(self) -> dict[str, str]:
        file = self.folder.parent / f"{self.folder.name}-outputs.txt"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        return dict(line.split("=", 1) for line in lines)

    def run(self, script: str, *, shell: tuple[str, ...] = ("-e",), **more: str) -> bool:
        """Run a script in a shell; tells whether it ended well."""
        told = {
            "CI": "true",
            "GITHUB_STEP_SUMMARY": str(self.folder.parent / f"{self.folder.name}-summary.md"),
            "GITHUB_OUTPUT": str(self.folder.parent / f"{self.folder.name}-outputs.txt"),
            "RUNNER_TEMP": str(self.folder.parent),
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", *shell, "-c", script],
            cwd=self.folder,
            env=self.environment | told | more,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        self.ran.append(script)
        self.said += done.stdout + done.stderr
        return done.returncode == 0

    def job(self, job: dict[str, Any]) -> bool:
        """Run the steps of a job of GitHub or Forgejo; tells whether all ended well."""
        good = True
        self.outcomes.clear()
        for step in job["steps"]:
            if "run" in step and self.holds(step.get("if", "success()"), good=good):
                told = {name: self.filled(value) for name, value in step.get("env", {}).items()}
                went = self.run(step["run"], **told)
                self.outcomes[step.get("id", "")] = "success" if went else "failure"
                good = good and (went or step.get("continue-on-error", False))
        return good

    def filled(self, value: str) -> str:
        """Fill in what a host knows of a run."""
        known = {
            "github.event.pull_request.base.sha": self.base,
            "github.token": "geheim",
            "github.repository": "wer/seite",
        }
        return re.sub(r"\${{ (\S+) }}", lambda hit: known[hit[1]], value)

    def holds(self, condition: str, *, good: bool = True) -> bool:
        """Tell whether a step or job is to run."""
        if not re.search(r"\b(?:always|failure|success)\(\)", condition) and not good:
            return False
        names = {"always()": "True", "failure()": str(not good), "success()": str(good)}
        names |= {"github.event_name": repr(self.event), "github.ref": repr(self.ref)}
        names |= {f"steps.{name}.outcome": repr(told) for name, told in self.outcomes.items()}
        names |= {"&&": " and ", "||": " or "}
        names["hashFiles('templates/**')"] = repr(
            "".join(map(str, self.folder.glob("templates/**")))
        )
        for name, value in names.items():
            condition = condition.replace(name, value)
        return bool(eval(condition, {"__builtins__": {}}))

    def gitlab(self, workflow: dict[str, Any], name: str, **variables: str) -> bool:
        """Run a job of GitLab."""
        lines = [*workflow["default"]["before_script"], *workflow[name]["script"]]
        return self.run("\n".join(lines), shell=("-e", "-o", "pipefail"), **variables)


def load(path: Path) -> dict[str, Any]:
    """Read a workflow; ``on`` is a word there, as the hosts read it."""
    loaded: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return {"on" if key is True else str(key): value for key, value in loaded.items()}


def kept(workflow: dict[str, Any], job: str) -> tuple[str, ...]:
    """Name the paths that a job keeps for the next run."""
    if "jobs" not in workflow:
        return tuple(path.rstrip("/") for path in workflow[job]["cache"]["paths"])
    steps = workflow["jobs"][job]["steps"]
    caches = [step for step in steps if "actions/cache" in step.get("uses", "")]
    return tuple(path for step in caches for path in step["with"]["path"].split())


def clone(origin: Path, folder: Path) -> Path:
    """Clone a site, as a host does for each run."""
    subprocess.run(["git", "clone", "-q", str(origin), str(folder)], check=True)
    return folder


def restore(paths: tuple[str, ...], old: Path, new: Path) -> None:
    """Bring what one run kept to the next, through an archive as hosts do it."""
    there = [path for path in paths if (old / path).exists()]
    archive = new.parent / f"{new.name}.tar"
    subprocess.run(["tar", "--format=posix", "-cf", archive, "-C", old, *there], check=True)
    subprocess.run(["tar", "-xf", archive, "-C", new], check=True)


def environment(home: Path) -> dict[str, str]:
    """Give an environment with a plain Python; its pip knows no wheel of ours."""
    own = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"}
    left = {name: value for name, value in os.environ.items() if name not in own}
    path = [part for part in left["PATH"].split(os.pathsep) if part != f"{sys.prefix}/bin"]
    return left | {
        "PATH": os.pathsep.join((f"{sys.base_prefix}/bin", *path)),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_COMPILE": "1",  # what is used is compiled then
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_SYSTEM": os.devnull,
    }


def with_programs(known: dict[str, str], folder: Path) -> dict[str, str]:
    """Put a folder of programs in front of all others, as an action that sets up Python does."""
    return known | {"PATH": f"{folder}{os.pathsep}{known['PATH']}"}
