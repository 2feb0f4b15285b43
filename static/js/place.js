// Endless lists: the address follows the reader, Back finds the place, more stories are announced.
const progress = document.getElementById("progress");
const move = (address) => history.replaceState(history.state, "", address);

const watcher = new IntersectionObserver(
  (entries) => entries.forEach((page) => page.isIntersecting && move(page.target.dataset.address)),
  { rootMargin: "-50% 0px" }, // what crosses the middle of the window is being read
);
const watch = () => document.querySelectorAll(".stories").forEach((page) => watcher.observe(page));
watch();

document.addEventListener("click", ({ target }) => {
  const card = target.closest(".stories .card a")?.closest(".card");
  const address = card?.parentNode.dataset.address;
  if (!address?.includes("page=")) return; // the browser itself finds its way on the first page
  history.scrollRestoration = "manual"; // what was above may be missing: the card is the place
  move(address.split("#")[0] + "#" + card.id);
});

if (history.scrollRestoration === "manual") {
  document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
}

let pressed;
document.addEventListener("htmx:before:request", ({ target }) => {
  if (!target.matches(".more-link")) return;
  pressed = target === document.activeElement;
  progress.textContent = target.dataset.busy;
});
document.addEventListener("htmx:error", ({ target }) => {
  target.closest?.(".coming")?.classList.remove("coming"); // nothing comes: there is the footer
});
document.addEventListener("htmx:after:swap", () => {
  const page = [...document.querySelectorAll(".stories")].at(-1);
  if (!progress?.textContent) return;
  progress.textContent = page.ariaLabel;
  if (pressed) page.focus({ preventScroll: true });
  pressed = false;
  watch();
});
