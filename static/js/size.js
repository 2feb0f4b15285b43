// A+ and A−, in the steps that CSS knows.
const { dataset } = document.documentElement;
const [smaller, larger, output] = document.querySelectorAll(".sizes > *");
const change = (step) => {
  dataset.size = Math.max(-1, Math.min(3, +dataset.size + step)) || 0;
  smaller.ariaDisabled = dataset.size === "-1";
  larger.ariaDisabled = dataset.size === "3";
};
const choose = (step) => () => {
  change(step);
  output.textContent = output.dataset.text.replace("#", +dataset.size + 2);
  localStorage.size = dataset.size;
};
change(0);
smaller.onclick = choose(-1);
larger.onclick = choose(1);
