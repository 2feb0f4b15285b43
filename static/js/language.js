// Remembers a language that the reader has chosen; `/` leads to it from then on.
document.querySelector(".languages").addEventListener("click", (event) => {
  const label = event.target.closest("a")?.dataset.language;
  const secure = location.protocol === "https:" ? ";secure" : "";
  if (label) document.cookie = `language=${label};path=/;max-age=31536000;samesite=lax${secure}`;
});
