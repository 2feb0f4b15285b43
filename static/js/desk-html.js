// The stored HTML as what the widget works on, and back. Both are exact: what `read` does not know
// it refuses, so that nothing is damaged, and `write` makes what the server keeps as it is.

const LINES = { P: {}, H2: { header: 2 }, H3: { header: 3 } };
const MARKS = { STRONG: "bold", EM: "italic" };

class Unknown extends Error {}

const bare = (node, ...allowed) => {
  if (node.getAttributeNames().some((name) => !allowed.includes(name))) throw new Unknown();
  return node;
};

const inline = (nodes, attributes = {}) =>
  nodes.flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const insert = node.data.replace(/[ \t\r\n]+/g, " ");
      return insert ? [{ insert, attributes }] : [];
    }
    const mark = MARKS[node.nodeName];
    if (mark) return inline([...bare(node).childNodes], { ...attributes, [mark]: true });
    if (node.nodeName !== "A" || !node.hasAttribute("href")) throw new Unknown();
    const link = bare(node, "href", "rel").getAttribute("href");
    return inline([...node.childNodes], { ...attributes, link });
  });

const line = (nodes, attributes) => {
  const ops = inline(nodes);
  if (ops.length) {
    ops[0].insert = ops[0].insert.replace(/^ /, "");
    ops.at(-1).insert = ops.at(-1).insert.replace(/ $/, "");
  }
  return [...ops.filter((op) => op.insert), { insert: "\n", attributes }];
};

const isSpace = (node) => node.nodeType === Node.TEXT_NODE && !node.data.trim();
const isList = (node) => node.nodeName === "UL" || node.nodeName === "OL";

const list = (node, indent) =>
  [...bare(node).childNodes].filter((child) => !isSpace(child)).flatMap((item) => {
    if (item.nodeName !== "LI") throw new Unknown();
    const parts = [...bare(item).childNodes];
    const first = parts.findIndex(isList);
    const lists = first < 0 ? [] : parts.splice(first).filter((child) => !isSpace(child));
    if (!lists.every(isList)) throw new Unknown();
    const attributes = { list: node.nodeName === "OL" ? "ordered" : "bullet" };
    if (indent) attributes.indent = indent;
    return [...line(parts, attributes), ...lists.flatMap((inner) => list(inner, indent + 1))];
  });

const quote = (node) => {
  const parts = [...bare(node).childNodes].filter((child) => !isSpace(child));
  const attributes = { blockquote: true };
  if (!parts.some((part) => part.nodeName === "P")) return line(parts, attributes);
  if (!parts.every((part) => part.nodeName === "P")) throw new Unknown();
  return parts.flatMap((part) => line([...bare(part).childNodes], attributes));
};

const figure = (node) => {
  const [image, caption, ...rest] = [...bare(node).childNodes].filter((child) => !isSpace(child));
  const known = image?.nodeName === "IMG" && (!caption || caption.nodeName === "FIGCAPTION");
  if (!known || rest.length || caption?.children.length) throw new Unknown();
  bare(image, "src", "alt", "width", "height");
  if (caption) bare(caption);
  return [{ insert: { figure: valueOf(node) } }];
};

const block = (node) => {
  if (isSpace(node)) return [];
  if (node.nodeName in LINES) return line([...bare(node).childNodes], LINES[node.nodeName]);
  if (isList(node)) return list(node, 0);
  if (node.nodeName === "BLOCKQUOTE") return quote(node);
  if (node.nodeName === "FIGURE") return figure(node);
  throw new Unknown();
};

/** What a figure shows: source, size, alternative text, caption. */
export const valueOf = (node) => {
  const image = node.querySelector("img");
  const attribute = (name) => image?.getAttribute(name) ?? "";
  return {
    src: attribute("src"),
    alt: attribute("alt"),
    width: attribute("width"),
    height: attribute("height"),
    caption: node.querySelector("figcaption")?.textContent.trim() ?? "",
  };
};

/** The operations that make an HTML text, or null for one that the widget cannot hold. */
export const read = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  const nodes = [...template.content.childNodes].filter((node) => !isSpace(node));
  // Two lists or quotes in a row would become one.
  const merging = (node, index) =>
    (isList(node) || node.nodeName === "BLOCKQUOTE") && nodes[index + 1]?.nodeName === node.nodeName;
  try {
    if (nodes.some(merging)) return null;
    return nodes.flatMap(block);
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
};

const escape = (text) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\u00a0", "&nbsp;");
const escapeText = (text) => escape(text).replaceAll("&quot;", '"');

const writeInline = ({ insert, attributes = {} }) => {
  let html = escapeText(insert);
  if (attributes.italic) html = `<em>${html}</em>`;
  if (attributes.bold) html = `<strong>${html}</strong>`;
  if (attributes.link) html = `<a href="${escape(attributes.link)}">${html}</a>`;
  return html;
};

const writeFigure = ({ src, alt, width, height, caption }) => {
  const size = width && height ? ` width="${escape(width)}" height="${escape(height)}"` : "";
  const words = caption ? `<figcaption>${escapeText(caption)}</figcaption>` : "";
  return `<figure><img src="${escape(src)}" alt="${escape(alt)}"${size}>${words}</figure>`;
};

const writeList = (items) => {
  let html = "";
  let open = "";
  for (let i = 0; i < items.length; ) {
    const { tag, words, indent } = items[i];
    let next = i + 1;
    while (next < items.length && items[next].indent > indent) next += 1;
    if (tag !== open) html += `${open && `</${open}>`}<${tag}>`;
    open = tag;
    html += `<li>${words}${writeList(items.slice(i + 1, next))}</li>`;
    i = next;
  }
  return html + (open && `</${open}>`);
};

const lines = (ops) => {
  const found = [];
  let words = "";
  for (const op of ops) {
    if (op.insert.figure) found.push({ kind: "figure", html: writeFigure(op.insert.figure) });
    if (typeof op.insert !== "string") continue;
    op.insert.split("\n").forEach((part, index) => {
      if (index) {
        found.push({ words: words.trim(), attributes: op.attributes ?? {} });
        words = "";
      }
      if (part) words += writeInline({ ...op, insert: part });
    });
  }
  return found.filter((each) => each.html || each.words);
};

/** The HTML that operations of the widget make, one block a line. */
export const write = (ops) => {
  const blocks = [];
  let group = { kind: "" };
  const add = (kind, item) => {
    if (group.kind !== kind) blocks.push((group = { kind, items: [] }));
    group.items.push(item);
  };
  for (const { html, words, attributes } of lines(ops)) {
    if (html) add("figure", html);
    else if (attributes.list) {
      const tag = attributes.list === "ordered" ? "ol" : "ul";
      add("list", { tag, words, indent: attributes.indent ?? 0 });
    } else if (attributes.blockquote) add("quote", `<p>${words}</p>`);
    else add("line", attributes.header ? `<h${attributes.header}>${words}</h${attributes.header}>` : `<p>${words}</p>`);
  }
  return blocks
    .map(({ kind, items }) => {
      if (kind === "list") return writeList(items);
      return kind === "quote" ? `<blockquote>${items.join("")}</blockquote>` : items.join("\n");
    })
    .join("\n");
};
