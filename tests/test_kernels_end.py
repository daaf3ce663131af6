"""Warm kernels end as ordinary ones do: interrupted, restarted, killed, or left by who started them."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from running import Kernel, is_warm, kernel, linux, lives, soon

from utils import kernels

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.usefixtures("kernel_name")


@linux
@pytest.mark.parametrize("name", [kernels.NAME, "python3"])
def test_interrupt_restart_and_shutdown(name):
    with kernel(name) as made:
        made.run("kept = 1")
        message = made.client.execute("import time; time.sleep(60)")
        time.sleep(0.5)
        made.manager.interrupt_kernel()
        reply = made.client.get_shell_msg(timeout=10)
        assert (
            reply["parent_header"]["msg_id"] == message and reply["content"]["ename"] == "KeyboardInterrupt"
        )
        # An ordinary kernel may still be clearing up after the interrupt and lose what a cell prints.
        assert soon(lambda: made.run("print(kept)") == "1")
        old = made.manager.provisioner.pid
        made.manager.restart_kernel(now=False)
        made.client.wait_for_ready(timeout=60)
        assert made.manager.provisioner.pid != old and soon(lambda: not lives(old))
        assert made.run("print('kept' in globals())") == "False"
        last = made.manager.provisioner.pid
        made.manager.shutdown_kernel(now=False)
        assert not made.manager.is_alive() and soon(lambda: not lives(last))


@linux
@pytest.mark.parametrize(("code", "status"), [("import os; os._exit(7)", 7), ("os.kill(os.getpid(), 9)", -9)])
def test_the_death_of_a_kernel_is_seen(code, status):
    with kernel() as made:
        made.run("import os")
        process = made.process
        made.client.execute(code)
        assert soon(lambda: process.poll() is not None) and process.poll() == status
        assert not made.manager.is_alive()
        made.manager.restart_kernel()
        made.client.wait_for_ready(timeout=60)
        assert made.run("print('again')") == "again"


@linux
def test_a_kernel_ends_without_a_word(tmp_path):
    """Also where its thread of control is slower than its main thread, as on a busy machine."""
    slow = """
    import time
    kernel = get_ipython().kernel
    flush = kernel._publish_status_and_flush
    def late(status, channel, parent):
        time.sleep(0.5 if channel == "control" else 0)
        flush(status, channel, parent)
    kernel._publish_status_and_flush = late
    """
    with open(tmp_path / "stderr", "w", encoding="utf-8") as stderr:
        made = Kernel(stderr=stderr)
        made.run(slow)
        made.client.stop_channels()
        made.manager.shutdown_kernel()
    assert (tmp_path / "stderr").read_text(encoding="utf-8") == ""


def test_kernels_outlive_the_process_they_were_forked_from():
    with kernel() as made:
        parent = made.process._parent
        os.kill(parent.pid, signal.SIGKILL)
        assert soon(lambda: not parent.alive)
        assert made.run("print('still here')") == "still here" and made.manager.is_alive()
        with kernel() as other:
            assert is_warm(other) and other.process._parent is not parent
        made.manager.restart_kernel(now=True)
        made.client.wait_for_ready(timeout=60)
        assert is_warm(made) and made.run("print('restarted')") == "restarted"


ORPHAN = """
    import sys, time
    from jupyter_client.manager import start_new_kernel
    manager, talk = start_new_kernel(kernel_name="fifty-thousand", stderr=sys.stderr)
    told = []
    talk.execute_interactive(
        "import subprocess; print(subprocess.Popen(['sleep', '600']).pid)",
        output_hook=lambda message: told.append(message["content"].get("text", "")),
    )
    process = manager.provisioner.process
    print(process._parent.pid, process.pid, "".join(told).strip(), flush=True)
    busy = talk.execute("while True: pass")
    time.sleep(600)
"""


@linux
@pytest.mark.parametrize("server_first", [False, True])
def test_nothing_is_left_running_when_the_client_is_killed(server_first):
    command = [sys.executable, "-c", textwrap.dedent(ORPHAN)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as orphan:
        pids = [int(word) for word in orphan.stdout.readline().split()]
        assert len(pids) == 3 and all(map(lives, pids))
        if server_first:
            os.kill(pids[0], signal.SIGKILL)
        orphan.kill()
    assert soon(lambda: not any(map(lives, pids))), [pid for pid in pids if lives(pid)]
