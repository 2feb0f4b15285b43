// Tells htmx to count a view once the page is really before a reader: not in a hidden tab, not
// while the browser only prepares it.
const tell = () => {
  if (document.visibilityState !== "visible" || document.prerendering) return;
  document.querySelector(".views").dispatchEvent(new Event("seen"));
};

addEventListener("load", () => setTimeout(tell)); // htmx makes itself ready in a timer too
document.addEventListener("visibilitychange", tell);
document.addEventListener("prerenderingchange", tell);
