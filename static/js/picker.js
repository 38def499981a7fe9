// Type-ahead over a long list of ticks: what does not match is put aside, what is ticked stays.
(() => {
  "use strict";
  document.querySelectorAll("[data-pick]").forEach((field) => {
    const box = field.closest(".pick");
    const groups = [...box.querySelectorAll("details")];
    field.addEventListener("input", () => {
      const words = field.value.trim().toLowerCase();
      groups.forEach((group) => {
        const all = group.querySelector("summary").textContent.toLowerCase().includes(words);
        let found = 0;
        group.querySelectorAll("label").forEach((label) => {
          const fits = !words || all || label.textContent.toLowerCase().includes(words);
          label.classList.toggle("is-hidden", !fits);
          found += fits;
        });
        group.classList.toggle("is-hidden", !found);
        if (words) group.open = found > 0;
      });
    });
    field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  });
})();
