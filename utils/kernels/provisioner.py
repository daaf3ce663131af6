"""What jupyter_client asks for a kernel of the project's name."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from . import client, settings
from .ready import CLIENTS
from .record import HISTORY_FILE, NO_HISTORY, RECORD

__all__ = ["PLAIN", "WarmProvisioner"]

# With the value ``plain`` every kernel is an ordinary one.
PLAIN = "FIFTY_THOUSAND_KERNEL"
# libzmq's limit on the path of a socket is 107 bytes; this leaves room for the name.
LONGEST_FOLDER = 80
# How long a server that is still loading may take to tell that a killed kernel is dead, in seconds.
END_SECONDS = 60


class WarmProvisioner(LocalProvisioner):
    """Forks a kernel from a process that has the libraries loaded, or starts an ordinary one.

    Both speak over sockets in a folder of their own instead of TCP ports, which two kernels that start at the
    same moment could both be given.
    """

    sockets: str | None = None
    own: str | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Give the kernel folders for its sockets and IPython, a prompt client and the project's settings;
        OtherCheckout for another's notebook."""
        manager = self.parent
        settings.refuse_other_checkout(Path(kwargs.get("cwd") or os.getcwd()).resolve())
        kept = kwargs.get("env", os.environ).get(RECORD) != "off"
        history = _history() if kept else NO_HISTORY
        kwargs["extra_arguments"] = [*kwargs.get("extra_arguments", ()), history]
        if manager is not None:
            manager.client_class = CLIENTS.get(manager.client_class, manager.client_class)
        if manager is not None and os.name == "posix" and manager.transport == "tcp":
            folder = tempfile.mkdtemp(prefix="kernel-")
            if len(folder) <= LONGEST_FOLDER:
                self.sockets = folder
                manager.transport, manager.ip = "ipc", os.path.join(folder, "socket")
                manager.cache_ports = False
            else:
                os.rmdir(folder)
        self.own = self.own or tempfile.mkdtemp(prefix="ipython-")
        kwargs = await super().pre_launch(**kwargs)
        return {**kwargs, "env": {**settings.of_kernel(kwargs["env"]), "IPYTHONDIR": self.own}}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork; where that is refused, start an ordinary kernel with the same command."""
        environment = kwargs["env"]
        try:
            if environment.get(PLAIN) == "plain":
                raise client.Refused(f"{PLAIN} asks for it")
            forked = await self._fork(cmd, kwargs)
        except client.Refused as refusal:
            tell = self.log.warning if refusal.args == (client.NOT_STARTED,) else self.log.info
            tell("An ordinary kernel is started: %s", refusal)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = forked  # type: ignore[assignment]  # all of Popen that jupyter_client uses
        self.pid = self.pgid = forked.pid
        self.cwd = kwargs.get("cwd") or os.getcwd()
        return self.connection_info

    async def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> client.ForkedKernel:
        if kwargs.get("independent"):
            raise client.Refused("the kernel shall outlive its client")
        environment = {**kwargs["env"], "JPY_PARENT_PID": str(os.getpid())}
        with open(os.devnull, "rb") as nothing:
            standard = [
                nothing.fileno(),
                _descriptor(kwargs.get("stdout"), 1),
                _descriptor(kwargs.get("stderr"), 2),
            ]
            return await asyncio.to_thread(
                client.fork,
                cmd,
                environment=environment,
                folder=os.path.abspath(kwargs.get("cwd") or os.getcwd()),
                standard=standard,
            )

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Let no request for a dead kernel wait: the next one is on its sockets soon enough to take it."""
        await super().shutdown_requested(restart)
        control = getattr(self.parent, "_control_socket", None)
        if control is not None and await self.poll() is not None:
            control.linger = 0

    async def kill(self, restart: bool = False) -> None:
        """Kill, and wait for the end, so that nobody has to ask for it every tenth of a second."""
        await super().kill(restart)
        if self.process:
            await asyncio.to_thread(self.process.wait, END_SECONDS)

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the kernel's folders, unless it is about to use them again."""
        await super().cleanup(restart)
        for folder in [] if restart else [self.sockets, self.own]:
            if folder:
                shutil.rmtree(folder, ignore_errors=True)
        if not restart:
            self.sockets = self.own = None


def _history() -> str:
    """The argument for the file in which IPython keeps what the user ran in any notebook; none is kept where
    nothing can be written."""
    from IPython.paths import get_ipython_dir

    folder = Path(get_ipython_dir()) / "profile_default"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return NO_HISTORY
    return f"{HISTORY_FILE}={folder / 'history.sqlite'}"


def _descriptor(stream: Any, inherited: int) -> int:
    """The descriptor of a stream as Popen takes it; Refused for a pipe, which only Popen can make."""
    if stream is None:
        return inherited
    if stream in (subprocess.PIPE, subprocess.STDOUT, subprocess.DEVNULL):
        raise client.Refused("a pipe is asked for")
    return stream if isinstance(stream, int) else stream.fileno()
