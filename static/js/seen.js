// Has a view counted once a reader really sees the page: in no hidden tab, not while it is prepared.
const tell = () => {
  if (!document.hidden && !document.prerendering) dispatchEvent(new Event("seen"));
};
onload = () => setTimeout(tell); // htmx makes itself ready in a timer too
document.onvisibilitychange = document.onprerenderingchange = tell;
