// Remembers a language that the reader has chosen; `/` leads to it from then on.
document.querySelector(".languages").addEventListener("click", ({ target }) => {
  const { language } = target.dataset;
  const secure = location.protocol === "https:" ? ";secure" : "";
  if (language) document.cookie = `language=${language};path=/;max-age=31536000;samesite=lax${secure}`;
});
