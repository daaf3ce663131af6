"""Warm kernels: an ordinary ipykernel, forked from a process that has the libraries loaded.

Starting a kernel and importing pandas, matplotlib and the rest costs far more than most notebooks' own work.
`provisioner` is what jupyter_client asks for a kernel of this name, through its `KernelProvisioner` entry
point; nbclient, nbval and JupyterLab know only the name. `client` starts the process to fork from and holds
on to the kernels; `server` is that process. Where fork is not to be had the ordinary kernel starts instead.
"""

__all__ = ["NAME"]

# The name of the kernel spec in ``share/jupyter/kernels`` and of its provisioner.
NAME = "fifty-thousand"
