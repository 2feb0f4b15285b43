// The reader's choices; runs before the first paint, so that no page flashes in another theme or size.
{
  const { dataset } = document.documentElement;
  const next = { light: "night", night: "system" };
  const secure = location.protocol === "https:" ? ";secure" : "";
  let kept = {}; // a browser that keeps nothing forgets with the page
  try {
    kept = localStorage;
  } catch {}
  dataset.theme = kept.theme ?? "system";
  dataset.size = kept.size ?? 0;
  addEventListener("click", ({ target }) => {
    const { language } = target.dataset;
    if (language) document.cookie = `language=${language};path=/;max-age=31536000;samesite=lax${secure}`;
    if (target.closest(".theme")) kept.theme = dataset.theme = next[dataset.theme] ?? "light";
  });
}
