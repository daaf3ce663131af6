"""Notebooks as JupyterLab gets and keeps them: a warm kernel for each, and nothing stored but the work.

JupyterLab writes into a notebook which kernel ran it and which Python that was. A notebook that is given to
it with just these words is not changed when its kernel answers, and what is kept is the same everywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

from ..mime import without_widget
from ..runs.keep import RUNS, is_kept
from ..runs.update import KERNELSPEC, LANGUAGE

__all__ = ["Contents", "kept", "plain", "shown"]

WARM = {"display_name": "Fifty Thousand (warm)", "language": "python", "name": "fifty-thousand"}
OURS = {WARM["name"], KERNELSPEC["name"]}


def shown(metadata: dict[str, Any]) -> dict[str, Any]:
    """The metadata of a stored notebook as JupyterLab has them once the warm kernel has answered."""
    if metadata.get("kernelspec", KERNELSPEC).get("name") not in OURS:
        return metadata
    return {**metadata, "kernelspec": dict(WARM), "language_info": dict(IPythonKernel.language_info)}


def kept(metadata: dict[str, Any]) -> dict[str, Any]:
    """The metadata that are stored: any Jupyter has a kernel of the ordinary name, of whatever version."""
    if metadata.get("kernelspec", KERNELSPEC).get("name") not in OURS:
        return metadata
    return {**metadata, "kernelspec": dict(KERNELSPEC), "language_info": dict(LANGUAGE)}


def plain(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell as it is stored, without controls that end with their kernel."""
    return (
        {**cell, "outputs": [without_widget(one) for one in cell["outputs"]]} if "outputs" in cell else cell
    )


class Contents(AsyncLargeFileManager):
    """The files of the project; notebooks are shown with the warm kernel and kept with the ordinary one."""

    async def get(
        self,
        path: str,
        content: bool = True,
        type: str | None = None,
        format: str | None = None,
        require_hash: bool = False,
    ) -> dict[str, Any]:
        """The file as the ordinary manager gives it, a notebook with the metadata of its warm kernel."""
        ordinary: Any = super()
        model: dict[str, Any] = await ordinary.get(path, content, type, format, require_hash)
        if model["type"] == "notebook" and model.get("content") is not None:
            model["content"]["metadata"] = shown(model["content"]["metadata"])
        return model

    def mark_trusted_cells(self, nb: Any, path: str = "") -> None:
        """Trust what the project itself has run here, and else what the ordinary manager trusts."""
        outputs = [cell.outputs for cell in nb.cells if cell.cell_type == "code"]
        if is_kept(Path(self.root_dir) / "reports" / RUNS, outputs):
            self.notary.mark_cells(nb, True)
            return
        ordinary: Any = super()
        ordinary.mark_trusted_cells(nb, path)

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        """Keep a file as the ordinary manager does, a notebook with the metadata of the ordinary kernel."""
        if model.get("type") == "notebook" and model.get("content"):
            content = {**model["content"], "metadata": kept(model["content"].get("metadata", {}))}
            content["cells"] = [plain(cell) for cell in content.get("cells", [])]
            model = {**model, "content": content}
        ordinary: Any = super()
        saved: dict[str, Any] = await ordinary.save(model, path)
        return saved
