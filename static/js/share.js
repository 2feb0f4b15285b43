// The share block's buttons: the device's own sheet, print, copy link.
const toast = document.getElementById("toast");
const sheet = document.querySelector(".share-sheet");
const copy = document.querySelector(".copy");

const write = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without https browsers offer only this.
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  copy.focus();
};

copy.addEventListener("click", async () => {
  await write(copy.dataset.address);
  toast.textContent = copy.dataset.done;
  setTimeout(() => (toast.textContent = ""), 4000);
});

document.querySelector(".print").addEventListener("click", () => print());

if (navigator.share) {
  sheet.hidden = false;
  sheet.addEventListener("click", () => {
    const { address: url, title } = sheet.dataset;
    navigator.share({ url, title }).catch(() => {}); // the reader thought better of it
  });
}
