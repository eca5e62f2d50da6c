/* Small helps; every page works without them. A button names what it does: data-do="print" or data-do="copy" (data-text, else the address of the page). */
"use strict";
document.documentElement.classList.add("js");

function say(button, words) {
  const place = document.createElement("span");
  place.setAttribute("role", "status");
  place.className = "meta";
  place.textContent = words;
  button.parentNode.querySelectorAll("[role=status]").forEach((old) => old.remove());
  button.after(place);
}

async function copy(button) {
  const text = button.dataset.text || location.href;
  try {
    await navigator.clipboard.writeText(text);
    say(button, button.dataset.done || "✓");
  } catch {
    window.prompt(button.dataset.ask || "", text);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  if (button.dataset.do === "print") window.print();
  if (button.dataset.do === "copy") copy(button);
});

/* the entry of a table of contents moves with the text */
const entries = new Map([...document.querySelectorAll(".toc a[href^='#']")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
if (entries.size && "IntersectionObserver" in window) {
  const seen = new IntersectionObserver((changes) => {
    const top = changes.find((change) => change.isIntersecting);
    if (!top) return;
    entries.forEach((a) => a.removeAttribute("aria-current"));
    entries.get(top.target.id).setAttribute("aria-current", "true");
  }, { rootMargin: "0px 0px -70% 0px" });
  entries.forEach((_a, id) => {
    const target = document.getElementById(id);
    if (target) seen.observe(target);
  });
}
