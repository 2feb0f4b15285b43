const [sheet, printer, copier, toast] = document.querySelectorAll(".share button, .toast");
const { url, title, done } = copier.dataset;

sheet.hidden = !navigator.share;
sheet.onclick = () => navigator.share({ url, title }).catch(() => {});
printer.onclick = () => print();
copier.hidden = !navigator.clipboard; // there is none without https
copier.onclick = async () => {
  await navigator.clipboard.writeText(url);
  toast.textContent = done;
  setTimeout(() => (toast.textContent = ""), 4000);
};
