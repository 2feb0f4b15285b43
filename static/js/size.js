// A+ and A−: the size of an article's text, in steps that CSS knows, remembered here.
const root = document.documentElement;
const buttons = document.querySelectorAll("[data-step]");
const output = document.querySelector(".sizes output");
const [SMALLEST, LARGEST] = [-1, 3];

const show = (size) => {
  root.dataset.size = size;
  for (const button of buttons) {
    button.ariaDisabled = String(size === (button.dataset.step > 0 ? LARGEST : SMALLEST));
  }
};

show(Number(root.dataset.size) || 0);
for (const button of buttons) {
  button.addEventListener("click", () => {
    const wanted = Number(root.dataset.size) + Number(button.dataset.step);
    const size = Math.min(LARGEST, Math.max(SMALLEST, wanted));
    show(size);
    output.textContent = output.dataset.text.replace("#", size - SMALLEST + 1);
    try {
      localStorage.setItem("size", size);
    } catch {}
  });
}
