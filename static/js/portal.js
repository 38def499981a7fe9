// Small conveniences on every page. Each page works without them.
(() => {
  "use strict";
  const root = document.documentElement;
  const words = () => document.body.dataset;

  // A question before a form that cannot be taken back: <form data-confirm="Strike this off the ledger?">
  function ask(form, button) {
    const box = document.createElement("dialog");
    const text = document.createElement("p");
    const acts = document.createElement("div");
    const no = document.createElement("button");
    const yes = document.createElement("button");
    box.className = "ask";
    text.id = "ask-text";
    box.setAttribute("aria-labelledby", text.id);
    text.textContent = form.dataset.confirm;
    acts.className = "acts";
    no.className = "btn btn-quiet";
    no.textContent = words().wordNo;
    yes.className = "btn btn-primary";
    yes.textContent = form.dataset.confirmYes || words().wordYes;
    acts.append(no, yes);
    box.append(text, acts);
    document.body.append(box);
    no.addEventListener("click", () => box.close());
    yes.addEventListener("click", () => {
      form.dataset.confirmed = "1";
      box.close();
      form.requestSubmit(button);
    });
    box.addEventListener("close", () => box.remove());
    box.showModal();
  }

  // A second press while the first is on its way does nothing.
  const free = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll(".is-busy").forEach((button) => button.classList.remove("is-busy"));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.confirm && !form.dataset.confirmed && window.HTMLDialogElement) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(form, event.submitter || undefined);
      return;
    }
    delete form.dataset.confirmed;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1";
    if (event.submitter) event.submitter.classList.add("is-busy");
    setTimeout(free, 8000, form);
  }, true);
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));
  document.addEventListener("htmx:afterRequest", (event) => event.target.closest("form[data-sent]") && free(event.target.closest("form")));

  // Filters act when a choice is made: <form data-autosubmit>
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.matches("[data-autosubmit]") && event.target.type !== "search") form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-dismiss]");
    if (close) close.closest(".msg").remove();
    if (event.target.closest("[data-large]")) {
      localStorage.setItem("large", root.classList.toggle("is-large") ? "1" : "");
      say();
    }
    if (event.target.closest("[data-print]")) window.print();
    document.querySelectorAll("details.menu[open]").forEach((menu) => menu.contains(event.target) || (menu.open = false));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  const say = () => document.querySelectorAll("[data-large]").forEach((button) => button.setAttribute("aria-pressed", root.classList.contains("is-large")));
  if (localStorage.getItem("large")) root.classList.add("is-large");
  say();

  // What went wrong is read first.
  const meet = () => document.querySelector("[data-focus]")?.focus();
  document.addEventListener("htmx:afterSettle", meet);
  meet();
  root.dataset.ready = "1";
})();
