// Runs before the first paint, so that no page flashes in another theme or text size.
{
  const root = document.documentElement;
  const { dataset } = root;
  const themes = ["system", "light", "night"];
  const stored = (name) => {
    try {
      return localStorage[name];
    } catch {} // closed to us: a choice lasts for this page
  };
  const show = (theme) => {
    dataset.theme = theme;
    const word = document.querySelector(".theme-name");
    if (!word) return; // not there yet
    word.textContent = word.parentNode.dataset[theme];
    document.querySelector("[name=theme-color]").content = getComputedStyle(root).backgroundColor;
  };

  show(themes.find((theme) => theme === stored("theme")) ?? "system");
  dataset.size = stored("size") ?? 0;
  addEventListener("DOMContentLoaded", () => show(dataset.theme));
  addEventListener("click", ({ target }) => {
    if (!target.closest(".theme")) return;
    show(themes[(themes.indexOf(dataset.theme) + 1) % 3]);
    localStorage.theme = dataset.theme;
  });
}
