// Adds a field above long lists of boxes that narrows them down as one types; ticked boxes stay in sight.
(() => {
  const narrow = (box, words) => {
    box.querySelectorAll("label").forEach((label) => {
      const row = label.closest("li") || label.parentElement;
      const ticked = row.querySelector("input:checked");
      row.hidden = !ticked && !label.textContent.toLowerCase().includes(words);
    });
  };
  const equip = (box) => {
    const find = document.createElement("input");
    find.type = "search";
    find.className = "filtered-checkboxes__find";
    find.placeholder = box.dataset.filterLabel;
    find.setAttribute("aria-label", box.dataset.filterLabel);
    find.addEventListener("input", () => narrow(box, find.value.trim().toLowerCase()));
    find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    box.prepend(find);
  };
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".filtered-checkboxes").forEach(equip));
})();
