// The share block's buttons: the device's own sheet, print, copy link.
const [sheet, printer, copier, toast] = [".share-sheet", ".print", ".copy", ".toast"].map(
  (name) => document.querySelector(name),
);
const { address: url, title, done } = copier.dataset;

copier.addEventListener("click", async () => {
  await navigator.clipboard.writeText(url);
  toast.textContent = done;
  setTimeout(() => (toast.textContent = ""), 4000);
});
copier.hidden = !navigator.clipboard; // browsers have none without https

printer.addEventListener("click", () => print());

sheet.addEventListener("click", () => navigator.share({ url, title }).catch(() => {}));
sheet.hidden = !navigator.share;
