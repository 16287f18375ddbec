// Remembers text size and contrast from one document to the next. The page works without it.
"use strict";
for (const input of document.querySelectorAll("input.switch")) {
  const key = input.type === "radio" ? "reader.size" : "reader.contrast";
  try {
    const kept = localStorage.getItem(key);
    if (kept !== null) input.checked = input.type === "radio" ? kept === input.id : kept === "yes";
    input.addEventListener("change", () =>
      localStorage.setItem(key, input.type === "radio" ? input.id : input.checked ? "yes" : "no"));
  } catch {
    break; // no storage in this browser
  }
}
