// The desk: one press sends a form once, and what is typed survives a crash.

const form = document.querySelector("#edition");
const PAUSE = 800;

document.querySelector(".problem[autofocus]")?.focus();

document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || event.submitter?.formTarget === "_blank") return;
  if (event.target.dataset.sending) return event.preventDefault();
  event.target.dataset.sending = "yes";
  const busy = event.target.querySelector("[data-busy]");
  if (busy) busy.textContent = busy.dataset.busy;
});
addEventListener("pageshow", () => {
  for (const sent of document.querySelectorAll("[data-sending]")) delete sent.dataset.sending;
});

const KEPT = "input[type=text], input[type=hidden], input[type=datetime-local], textarea, select";

const fields = () =>
  [...form.querySelectorAll(KEPT)].filter((field) => field.name && field.name !== "csrf_token");

const values = () => Object.fromEntries(fields().map((field) => [field.name, field.value]));

const stored = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // closed to us, or not ours
  }
};

const differs = (kept) =>
  ["title", "lead", "body", "tags"].some((name) => (kept[name] ?? "") !== (values()[name] ?? ""));

const keepText = (key) => {
  let waiting;
  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: values() }));
    } catch {} // full or closed: the form itself is still there
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    keep();
  });
};

const offer = (key) => {
  const kept = stored(key);
  if (!kept?.values || !differs(kept.values)) return;
  const box = document.querySelector("#offer");
  const close = () => {
    box.hidden = true;
  };
  document.querySelector("#offer-time").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
  document.querySelector("#offer-take").addEventListener("click", () => {
    for (const field of fields()) {
      if (field.name in kept.values) field.value = kept.values[field.name];
    }
    form.querySelector("#body").dispatchEvent(new Event("restored"));
    close();
  });
  document.querySelector("#offer-drop").addEventListener("click", () => {
    localStorage.removeItem(key);
    close();
  });
  box.hidden = false;
};

// The list of known tags completes the last of several.
const completeTags = () => {
  const tags = form.querySelector("#tags");
  const options = [...form.querySelectorAll("#known-tags option")];
  const names = options.map((option) => option.value);
  tags.addEventListener("input", () => {
    const before = tags.value.slice(0, tags.value.lastIndexOf(",") + 1);
    options.forEach((option, index) => {
      option.value = before ? `${before} ${names[index]}` : names[index];
    });
  });
};

if (form) {
  const prefix = "desk:";
  const key = prefix + form.dataset.key;
  if ("saved" in form.dataset) {
    const [editor, , language] = form.dataset.key.match(/^(\d+):(.+):(\w+)$/).slice(1);
    localStorage.removeItem(key);
    localStorage.removeItem(`${prefix}${editor}:new:${language}`);
  }
  if (!("typed" in form.dataset)) offer(key);
  keepText(key);
  completeTags();
}
