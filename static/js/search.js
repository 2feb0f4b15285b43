// The search overlay; results while typing are htmx's.
const [link, overlay, field, found] = [".search-link", "#search", "#overlay-text", "#found"].map(
  (name) => document.querySelector(name),
);

const open = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  overlay.showModal(); // the page behind is out of reach; closing gives the focus back
  field.select();
  if (!field.value) field.dispatchEvent(new Event("empty")); // asks for what others look for
};

// Shift opens a link in a window of its own, but is needed for / on some keyboards.
link.addEventListener("click", (event) => event.shiftKey || open(event));
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select, dialog")) open(event);
});

overlay.addEventListener("click", ({ target }) => {
  if (target === overlay || target.closest("button")) overlay.close();
});
overlay.addEventListener("keydown", (event) => {
  const tab = event.key === "Tab";
  const step = { ArrowDown: 1, ArrowUp: -1, Tab: event.shiftKey ? -1 : 1 }[event.key];
  const stops = [...overlay.querySelectorAll(tab ? "input, button, a" : "input, a")];
  const next = (stops.indexOf(document.activeElement) + step) % stops.length;
  if (step) stops.at(next).focus();
  else if (event.key === "Escape") overlay.close(); // even when the field would rather clear itself
  else return;
  event.preventDefault();
});

field.addEventListener("htmx:config:request", (event) => {
  if (field.value.trim().length !== 1) return; // one letter says too little, none asks for the same
  event.preventDefault();
  field.dispatchEvent(new Event("htmx:abort")); // an answer that is under way comes too late
  found.firstElementChild.textContent = "";
  found.replaceChildren(found.firstElementChild);
});
