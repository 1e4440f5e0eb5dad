// What the scripts of several pages share: the language of the page, elements, and buttons that copy.
"use strict";
(() => {
  const { home, root } = document.documentElement.dataset;
  const zh = document.documentElement.lang.startsWith("zh");
  const say = (en, cn) => (zh ? cn : en);
  const there = (each) => each !== null && each !== undefined && each !== false && each !== "";
  function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (there(value) || value === "") element.setAttribute(name, value);
    element.append(...children.filter(there));
    return element;
  }
  // A button that copies words; where a browser forbids that, it shows them.
  function copying(label, words) {
    const button = el("button", { type: "button", class: "copy" }, label);
    button.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(words()); button.textContent = say("Copied", "已复制"); } catch { button.textContent = words(); }
    });
    return button;
  }
  window.site = { home, root, zh, say, el, copying };
})();
