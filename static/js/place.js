// Endless lists: the address follows the reader, Back leads to the same place, news of more
// stories is announced.
const progress = document.getElementById("progress");

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) history.replaceState(history.state, "", target.dataset.address);
    }
  },
  { rootMargin: "-50% 0px" }, // a page is read when it crosses the middle of the window
);
const watch = () => document.querySelectorAll(".stories").forEach((page) => watcher.observe(page));
watch();

document.addEventListener("click", (event) => {
  const card = event.target.closest(".stories .card");
  if (!card || !event.target.closest("a")) return;
  const address = new URL(card.parentElement.dataset.address, location);
  if (!address.searchParams.has("page")) return; // the first page is there as it was
  address.hash = card.id;
  history.scrollRestoration = "manual"; // the page alone is shorter: its fragment is the place
  history.replaceState(history.state, "", address);
});

let pressed = false;
document.addEventListener("htmx:before:request", ({ target }) => {
  if (!target.matches(".more-link")) return;
  pressed = target === document.activeElement;
  progress.textContent = target.dataset.busy;
});

document.addEventListener("htmx:after:swap", () => {
  const page = [...document.querySelectorAll(".stories")].at(-1);
  if (!page || !progress.textContent) return;
  progress.textContent = page.ariaLabel;
  if (pressed) page.focus({ preventScroll: true });
  watch();
});
