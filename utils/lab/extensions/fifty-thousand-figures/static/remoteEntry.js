// The figures of `figures.show` in JupyterLab, whose own renderer of pictures knows no alt text and no theme.
// Written by hand as the container that JupyterLab asks for: no step builds it.
(() => {
  "use strict";

  const NAME = "fifty-thousand-figures";
  const TYPE = "application/vnd.fifty-thousand.figure+json";
  // Turned over, white is black and every colour keeps its hue.
  const STYLE = `
    .${NAME} { padding: 0; }
    .${NAME} img { max-width: 100%; height: auto; }
    [data-jp-theme-light="false"] .${NAME} img { filter: invert(1) hue-rotate(180deg); }
  `;
  let shared;

  function picture(model) {
    const made = document.createElement("img");
    const { width } = model.metadata["image/png"] ?? {};
    made.src = `data:image/png;base64,${[model.data["image/png"]].flat().join("")}`;
    made.alt = model.data[TYPE].alt;
    if (Number.isInteger(width)) {
      made.width = width;
    }
    return made;
  }

  async function renderer() {
    const [version] = Object.values(shared["@lumino/widgets"]);
    const { Widget } = (await version.get())();

    class Figure extends Widget {
      constructor() {
        super();
        this.addClass(NAME);
      }

      async renderModel(model) {
        this.node.replaceChildren(picture(model));
      }
    }

    const style = document.createElement("style");
    style.textContent = STYLE;
    document.head.append(style);
    const rendererFactory = { safe: true, mimeTypes: [TYPE], createRenderer: () => new Figure() };
    const plugin = { id: `${NAME}:plugin`, rendererFactory, rank: 0, dataType: "json" };
    return () => ({ __esModule: true, default: plugin });
  }

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB[NAME] = {
    init: (scope) => {
      shared = scope;
    },
    get: renderer,
  };
})();
