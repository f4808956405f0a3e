/* The few things a page cannot do without a script. Pages work without it. */
"use strict";

/* <input type="checkbox" data-check-all="item"> checks every box of that name on the page. */
document.addEventListener("change", (event) => {
  const name = event.target.dataset.checkAll;
  if (!name) return;
  for (const box of document.getElementsByName(name)) {
    if (box.type === "checkbox") box.checked = event.target.checked;
  }
});

/* A refusal is what the person must read first. */
document.addEventListener("DOMContentLoaded", () => {
  const refusal = document.querySelector(".refusal");
  if (refusal) refusal.focus();
});

/* One press, one request: a second press on a form that is under way does nothing. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

/* <button data-copy="text" data-copied="word"> copies the text and says so for a moment. The old
   way is for offices that reach the server by plain http, where browsers give no clipboard. */
function copied(text) {
  const held = document.createElement("textarea");
  held.value = text;
  document.body.append(held);
  held.select();
  const done = document.execCommand("copy");
  held.remove();
  return done;
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || !copied(button.dataset.copy)) return;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = button.dataset.copy; }, 1200);
});
