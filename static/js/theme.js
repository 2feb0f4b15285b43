// Loaded before the first paint, so that no page flashes in the wrong theme or text size.
{
  const root = document.documentElement;
  const themes = ["system", "light", "night"];
  const stored = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // storage is closed to us: the choice lasts for this page
    }
  };
  let theme = themes.includes(stored("theme")) ? stored("theme") : "system";

  const show = () => {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    const word = document.querySelector(".theme-name");
    if (word) word.textContent = word.parentElement.dataset[theme];
  };

  if (stored("size")) root.dataset.size = stored("size");
  show();
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".theme")) return;
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    show();
    try {
      localStorage.setItem("theme", theme);
    } catch {}
  });
}
