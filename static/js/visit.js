// The visit form: − and +, one more matter at once, and a draft that outlives a lost connection or a reload.
// Without it the form works all the same: a number field, and a button that asks the server for a row.
(() => {
  "use strict";
  const WEEK = 7 * 24 * 3600 * 1000;
  const drop = (name) => localStorage.removeItem(`draft:${name}`);

  // Right after saving: what was typed is safe with the portal and leaves this device.
  const logged = document.querySelector("[data-logged]");
  if (logged) logged.dataset.logged.split(" ").forEach(drop);

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const rows = form.querySelector("[data-rows]");
  const total = form.querySelector("[name$=-TOTAL_FORMS]");
  const add = form.querySelector("[data-add]");
  const times = form.elements.person_times;

  function addRow() {
    const number = Number(total.value);
    if (number >= Number(add.dataset.most)) return null;
    const holder = document.createElement("div");
    holder.innerHTML = form.querySelector("template").innerHTML.replaceAll("__prefix__", number);
    const row = holder.firstElementChild;
    rows.append(row);
    total.value = number + 1;
    add.hidden = number + 1 >= Number(add.dataset.most);
    return row;
  }

  add.addEventListener("click", (event) => {
    event.preventDefault();
    const row = addRow();
    if (row) row.querySelector("input").focus();
    save();
  });

  form.querySelectorAll("[data-step]").forEach((button) =>
    button.addEventListener("click", () => {
      times.value = Math.max(0, Number(times.value || 0) + Number(button.dataset.step));
      times.dispatchEvent(new Event("input", { bubbles: true }));
    }),
  );
  times.addEventListener("input", () => {
    if (Number(times.value) > 0) form.elements.nobody.checked = false;
  });
  form.elements.nobody.addEventListener("change", (event) => {
    if (event.target.checked) times.value = 0;
  });

  // The draft keeps the form's key too: sent twice over a bad line, it is still taken once.
  const name = `draft:${form.dataset.draft}`;
  const kept = () => [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken" && field.type !== "submit");

  function save() {
    const values = kept().map((field) => [field.name, field.value, field.checked]);
    try {
      localStorage.setItem(name, JSON.stringify({ at: Date.now(), values }));
    } catch {
      // a full or closed store: the form works without a draft
    }
  }

  function restore() {
    let draft = null;
    try {
      draft = JSON.parse(localStorage.getItem(name));
    } catch {
      drop(form.dataset.draft);
    }
    if (!draft || Date.now() - draft.at > WEEK) return;
    const count = draft.values.find(([field]) => field === total.name);
    while (count && Number(total.value) < Number(count[1]) && addRow());
    for (const [field, value, checked] of draft.values) {
      const same = kept().filter((one) => one.name === field);
      const box = same.find((one) => one.type === "checkbox" || one.type === "radio");
      if (box) same.filter((one) => one.value === value).forEach((one) => { one.checked = checked; });
      else if (same[0] && field !== total.name) same[0].value = value;
    }
    form.querySelector("[data-restored]").hidden = false;
  }

  if (!("posted" in form.dataset)) restore();
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  form.querySelector("[data-forget]").addEventListener("click", () => {
    drop(form.dataset.draft);
    location.reload();
  });
})();
