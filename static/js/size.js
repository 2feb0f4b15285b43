// A+ and A−: the size of an article's text, in the steps that CSS knows.
const { dataset } = document.documentElement;
const output = document.querySelector(".sizes output");
const buttons = document.querySelectorAll("[data-step]");

const show = (size) => {
  dataset.size = size;
  for (const button of buttons) {
    button.ariaDisabled = size === (button.dataset.step > 0 ? 3 : -1);
  }
};

show(Number(dataset.size) || 0);
for (const button of buttons) {
  button.addEventListener("click", () => {
    const size = Number(dataset.size) + Number(button.dataset.step);
    show(Math.min(3, Math.max(-1, size)));
    output.textContent = output.dataset.text.replace("#", Number(dataset.size) + 2);
    localStorage.size = dataset.size;
  });
}
