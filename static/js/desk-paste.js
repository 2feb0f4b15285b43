// What Word and Google Docs put on the clipboard, as the plain HTML that they mean. Both say most of
// it in style attributes, which the page's policy keeps from being read as styles.

const NUMBER = /^[\s\u00a0]*\(?[\p{L}\d]{1,4}[.)]/u;

const wrap = (node, name) => {
  const inner = node.ownerDocument.createElement(name);
  inner.append(...node.childNodes);
  node.append(inner);
};

const unwrap = (node) => node.replaceWith(...node.childNodes);

const emphasise = (node) => {
  const said = node.dataset.said;
  const weight = /font-weight:\s*(\w+)/i.exec(said)?.[1];
  const heading = node.closest("h1, h2, h3, h4, h5, h6");
  if (!heading && (weight === "bold" || Number.parseInt(weight, 10) >= 600)) wrap(node, "strong");
  if (/font-style:\s*italic/i.test(said)) wrap(node, "em");
};

/** Word writes the items of a list as paragraphs that begin with their mark. */
const listItem = (paragraph) => {
  const marks = [...paragraph.querySelectorAll("[data-said*='mso-list']")];
  const mark = marks.find((node) => /mso-list:\s*ignore/i.test(node.dataset.said));
  const level = Number(/mso-list:[^;]*\blevel(\d+)/i.exec(paragraph.dataset.said)?.[1] ?? 1);
  const item = paragraph.ownerDocument.createElement("li");
  item.dataset.list = NUMBER.test(mark?.textContent ?? "") ? "ordered" : "bullet";
  if (level > 1) item.className = `ql-indent-${level - 1}`;
  mark?.remove();
  item.append(...paragraph.childNodes);
  return item;
};

const gatherLists = (page) => {
  for (const paragraph of page.querySelectorAll("p[data-said*='mso-list']")) {
    const before = paragraph.previousElementSibling;
    const list = before?.dataset.gathered ? before : page.createElement("ul");
    if (list === before) paragraph.remove();
    else paragraph.replaceWith(list);
    list.dataset.gathered = "yes";
    list.append(listItem(paragraph));
  }
};

/** Return pasted HTML without styles, with the emphasis and the lists that they stood for. */
export const plain = (html) => {
  const renamed = html
    .replace(/<style\b[\s\S]*?<\/style>/gi, "")
    .replace(/(<[^<>]*?\s)style(\s*=)/gi, "$1data-said$2");
  const page = new DOMParser().parseFromString(renamed, "text/html");
  for (const node of page.querySelectorAll("b[data-said*='font-weight']")) {
    if (/font-weight:\s*normal/i.test(node.dataset.said)) unwrap(node);
  }
  gatherLists(page);
  page.querySelectorAll("[data-said]").forEach(emphasise);
  for (const node of page.querySelectorAll("[data-said]")) delete node.dataset.said;
  return page.body.innerHTML;
};
