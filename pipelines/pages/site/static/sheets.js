// The sheets of the original beside the text: the page of a passage, with the box round its lines.
"use strict";
(() => {
  const { say, el, root } = window.site;
  const figure = document.getElementById("original");
  let original, pages, now = [], page;

  const linesOf = (start, end) => original.lines.filter(([from, to]) => from < end && start < to);
  const box = (lines) => [3, 4, 5, 6].map((place) => Math[place < 5 ? "min" : "max"](...lines.map((line) => line[place])));

  // Page and box of a passage in words.
  function said(start, end) {
    const lines = linesOf(start, end);
    const places = [...new Set(lines.map((line) => line[2]))].map((number) => {
      const [left, top, right, bottom] = box(lines.filter((line) => line[2] === number)).map(Math.round);
      return say(`page ${number}, ${left}–${right} pt across and ${top}–${bottom} pt down`, `第 ${number} 页，横 ${left}–${right}、纵 ${top}–${bottom} 点`);
    });
    return places.length ? el("p", { class: "meta page-and-box" }, say("In the original: ", "原件中："), places.join(say("; ", "；"))) : "";
  }
  function turn(number) {
    if (!original.pages[number]) return;
    page = number;
    const [picture, width, height] = original.pages[number];
    const words = say(`Page ${number} of the original`, `原件第 ${number} 页`);
    const boxes = now.filter((line) => line[2] === number);
    const percent = (part, whole) => `${(100 * part / whole).toFixed(2)}%`;
    const sheet = figure.querySelector(".sheet");
    const leaf = el("div", { class: "leaf" }, el("img", { src: `${root}${picture}`, width: Math.round(width), height: Math.round(height), loading: "lazy", alt: words }));
    if (boxes.length) {
      const [left, top, right, bottom] = box(boxes);
      const mark = el("span", { class: "box" });
      Object.assign(mark.style, { left: percent(left, width), top: percent(top, height), width: percent(right - left, width), height: percent(bottom - top, height) });
      leaf.append(mark);
    }
    sheet.replaceChildren(leaf);
    const mark = sheet.querySelector(".box");
    sheet.scrollTop = mark ? mark.offsetTop - sheet.clientHeight / 2 + mark.clientHeight / 2 : 0;
    figure.querySelector(".place").textContent = words;
    for (const button of figure.querySelectorAll("[data-turn]")) button.disabled = !original.pages[pages[pages.indexOf(page) + Number(button.dataset.turn)]];
  }
  // On a telephone the sheet lies in the card that stands over the text.
  function show(start, end) {
    now = linesOf(start, end);
    if (!now.length) return;
    const card = document.getElementById("card");
    if (matchMedia("(max-width: 44rem)").matches && !card.hidden) card.querySelector(".close").after(figure);
    turn(now[0][2]);
  }
  function start(found) {
    original = found;
    pages = Object.keys(found.pages).map(Number).sort((a, b) => a - b);
    turn(pages[0]);
    for (const button of figure.querySelectorAll("[data-turn]")) button.addEventListener("click", () => turn(pages[pages.indexOf(page) + Number(button.dataset.turn)]));
  }
  window.siteSheets = { start, said, show };
})();
