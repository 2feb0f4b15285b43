// The search overlay: opens over the page, results while typing (htmx), arrow keys among them.
const overlay = document.getElementById("search");
const field = document.getElementById("overlay-text");
const found = document.getElementById("found");

const open = (event) => {
  event.preventDefault();
  overlay.showModal(); // keeps the focus inside, closes on Esc and gives the focus back
  field.select();
};

document.querySelector(".search-link").addEventListener("click", (event) => {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event);
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, dialog");
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing) open(event);
});

overlay.addEventListener("click", (event) => {
  if (event.target === overlay || event.target.closest(".overlay-close")) overlay.close();
});

overlay.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = [field, ...found.querySelectorAll("a")];
  event.preventDefault();
  stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus();
});

field.addEventListener("htmx:config:request", (event) => {
  if (field.value.trim().length > 1) return;
  event.preventDefault();
  field.dispatchEvent(new Event("htmx:abort")); // an answer that is under way comes too late
  found.replaceChildren();
});
