// Endless lists: the address follows, Back finds the place, more stories are announced.
const progress = document.querySelector("#progress");
const last = () => [...document.querySelectorAll(".stories")].at(-1);
const move = (address) => history.replaceState(history.state, "", address);
const watcher = new IntersectionObserver(
  (pages) => pages.forEach((page) => page.isIntersecting && move(page.target.dataset.address)),
  { rootMargin: "-50% 0px" }, // what crosses the middle of the window is being read
);
watcher.observe(last());

addEventListener("click", ({ target }) => {
  const page = target.closest("a")?.closest(".stories");
  if (!page?.dataset.address.includes("page=")) return; // the first needs no help
  history.scrollRestoration = "manual"; // what was above may be missing: the card is the place
  move(page.dataset.address);
  move("#" + target.closest(".card").id);
});
const card = document.querySelector(`.card[id="${location.hash.slice(1)}"]`);
card?.scrollIntoView({ block: "center" });

addEventListener("htmx:before:request", ({ target }) => {
  if (target.matches(".more-link")) progress.textContent = target.dataset.busy;
});
addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement.matches(".more-link")) return;
  progress.textContent = last().ariaLabel;
  if (ctx.sourceEvent.type === "click") last().focus({ preventScroll: true });
  watcher.observe(last());
});
