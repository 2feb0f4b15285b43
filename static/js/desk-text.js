// The field of the text as a what-you-see editor. The textarea stays what is sent.

import { read, valueOf, write } from "./desk-html.js";
import { plain } from "./desk-paste.js";

const Quill = window.Quill;
const widget = document.querySelector("#widget");
const field = document.querySelector("#body");
const dialog = document.querySelector("#figure");
const words = widget.dataset;
const FORMATS = ["header", "bold", "italic", "link", "list", "indent", "blockquote", "figure"];
const TYPES = ["image/jpeg", "image/png", "image/webp", "image/avif"];

class Figure extends Quill.import("blots/block/embed") {
  static blotName = "figure";
  static tagName = "FIGURE";

  static create(value) {
    const node = super.create();
    const image = document.createElement("img");
    for (const name of ["src", "alt", "width", "height"]) {
      if (value[name] !== "") image.setAttribute(name, value[name]);
    }
    image.alt = value.alt;
    node.append(image);
    if (value.caption) {
      const caption = document.createElement("figcaption");
      caption.textContent = value.caption;
      node.append(caption);
    }
    node.contentEditable = "false";
    return node;
  }

  // Only pictures that are kept here; of any other that is pasted, its words stay.
  static value(node) {
    const value = valueOf(node);
    return /^\/media\/[\w-]+\.webp$/.test(value.src) ? value : null;
  }
}
Quill.register(Figure);

const lower = (node, delta) => {
  const level = node.tagName === "H1" ? 2 : 3;
  for (const op of delta.ops) {
    if (op.attributes?.header) op.attributes.header = level;
  }
  return delta;
};

const quill = new Quill("#widget-text", {
  theme: "snow",
  formats: FORMATS,
  modules: {
    toolbar: { container: ".widget-bar" },
    clipboard: { matchers: [["h1, h4, h5, h6", lower]] },
    // Tab leads on to the next field.
    keyboard: { bindings: { tab: { key: "Tab", handler: () => true } } },
    uploader: { mimetypes: TYPES, handler: (range, files) => ask(range.index, null, files[0]) },
  },
});

const convert = quill.clipboard.convertHTML.bind(quill.clipboard);
quill.clipboard.convertHTML = (html) => convert(plain(html));

const open = () => {
  const ops = read(field.value);
  const held = ops !== null;
  if (held) {
    quill.setContents(ops.length ? ops : [{ insert: "\n" }], "silent");
    quill.history.clear();
  }
  const exact = held && write(quill.getContents().ops) === write(ops);
  widget.hidden = !exact;
  document.querySelector("#widget-closed").hidden = exact;
  quill.enable(exact);
};

const name = () => {
  const { root } = quill;
  root.setAttribute("role", "textbox");
  root.setAttribute("aria-multiline", "true");
  root.setAttribute("aria-labelledby", "body-label");
  root.lang = field.lang;
  const tooltip = quill.theme.tooltip.root;
  const input = tooltip.querySelector("input");
  const action = tooltip.querySelector(".ql-action");
  Object.assign(tooltip.dataset, { visit: words.visit, enter: words.enter });
  Object.assign(action.dataset, { edit: words.edit, keep: words.keep });
  tooltip.querySelector(".ql-remove").dataset.remove = words.remove;
  input.dataset.link = "https://";
  input.setAttribute("aria-label", words.enter);
  document.querySelector("#body-label").addEventListener("click", () => quill.focus());
};

quill.on("text-change", () => {
  field.value = write(quill.getContents().ops);
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
field.addEventListener("restored", open);

// Pictures

const part = (id) => document.querySelector(`#figure-${id}`);
let place = { index: 0, blot: null, dropped: null };

const ask = (index, blot, dropped) => {
  place = { index, blot, dropped };
  const value = blot ? Figure.value(blot.domNode) : { alt: "", caption: "" };
  part("alt").value = value.alt;
  part("caption").value = value.caption;
  part("file").value = "";
  part("file").closest(".field").hidden = Boolean(blot || dropped);
  part("error").textContent = "";
  dialog.showModal();
};

const send = async (file) => {
  const body = new FormData();
  body.append("picture", file);
  const headers = { "X-CSRFToken": words.csrf };
  const answer = await fetch(words.upload, { method: "POST", body, headers });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error);
  return said;
};

const keep = async () => {
  const typed = { alt: part("alt").value.trim(), caption: part("caption").value.trim() };
  const file = place.dropped ?? part("file").files[0];
  if (!place.blot && !file) return part("file").focus();
  const kept = place.blot ? Figure.value(place.blot.domNode) : await send(file);
  const value = { ...kept, width: String(kept.width), height: String(kept.height), ...typed };
  if (place.blot) quill.deleteText(place.index, 1, "user");
  quill.insertEmbed(place.index, "figure", value, "user");
  quill.setSelection(place.index + 1, "user");
  dialog.close();
};

part("form").addEventListener("submit", (event) => {
  event.preventDefault();
  keep().catch((error) => {
    part("error").textContent = error instanceof SyntaxError || error instanceof TypeError ? words.failed : error.message;
  });
});
part("cancel").addEventListener("click", () => dialog.close());
document.querySelector(".add-figure").addEventListener("click", () => {
  const { index } = quill.getSelection(true);
  const [blot] = quill.getLine(index);
  ask(index, blot instanceof Figure ? blot : null);
});
quill.root.addEventListener("dblclick", ({ target }) => {
  const node = target.closest("figure");
  const blot = node && Quill.find(node);
  if (blot) ask(quill.getIndex(blot), blot);
});

name();
open();
