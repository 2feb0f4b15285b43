// Tells htmx to count a view once the page is really before a reader: not in a hidden tab, not
// while the browser prepares a page that may never be opened.
const tell = () => {
  if (document.visibilityState !== "visible" || document.prerendering) return;
  document.removeEventListener("visibilitychange", tell);
  document.querySelector(".views").dispatchEvent(new Event("seen"));
};

addEventListener("load", tell);
document.addEventListener("visibilitychange", tell);
document.addEventListener("prerenderingchange", tell);
