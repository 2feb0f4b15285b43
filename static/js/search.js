// The search overlay; its results are htmx's.
const [link, overlay, field, found] = document.querySelectorAll(
  ".search-link, #search, #overlay-text, #found",
);

const open = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  overlay.showModal(); // the page behind is out of reach; closing gives the focus back
  field.select();
};
link.onclick = (event) => event.shiftKey || open(event);
onkeydown = (event) => {
  if (event.key === "/" && !event.target.closest("input, select, dialog")) open(event);
};

overlay.onclick = ({ target }) => {
  if (target === overlay) overlay.close();
};
overlay.onkeydown = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1, Tab: event.shiftKey ? -1 : 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [...overlay.querySelectorAll(event.key === "Tab" ? "input, button, a" : "input, a")];
  stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus();
};

field.addEventListener("htmx:config:request", (event) => {
  if (field.value.trim().length > 1) return;
  event.preventDefault();
  field.dispatchEvent(new Event("htmx:abort")); // an answer that is under way comes too late
  found.firstElementChild.textContent = "";
  found.replaceChildren(found.firstElementChild);
});
