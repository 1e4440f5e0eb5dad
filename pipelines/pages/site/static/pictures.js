// Saves a picture as SVG or PNG, with its title, its source and its licence in it.
"use strict";
(() => {
  const { zh } = window.site;
  const SPACE = "http://www.w3.org/2000/svg";
  const MARGIN = 24, SCALE = 2;

  function node(tag, attributes, ...children) {
    const made = document.createElementNS(SPACE, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
  // Words in lines that fit: English between words, Chinese anywhere.
  function folded(words, size, room) {
    const context = document.createElement("canvas").getContext("2d");
    context.font = `${size}px sans-serif`;
    const lines = [""];
    for (const part of words.match(/[\x21-\x7e\u2018-\u201d]+\s*|./gu) || []) {
      if (context.measureText(lines.at(-1) + part).width > room && lines.at(-1)) lines.push("");
      lines[lines.length - 1] += part;
    }
    return lines;
  }
  function whole(drawn) {
    const inner = [...drawn.querySelectorAll("svg")].find((each) => getComputedStyle(each).display !== "none").cloneNode(true);
    const [, , width, height] = inner.getAttribute("viewBox").split(" ").map(Number);
    const { title, source } = drawn.dataset;
    const head = folded(title, 20, width);
    const foot = folded(source, 11, width);
    const top = MARGIN + 26 * head.length + 10;
    const all = node("svg", { xmlns: SPACE, viewBox: `0 0 ${width + 2 * MARGIN} ${top + height + 16 * foot.length + 2 * MARGIN}`, width: width + 2 * MARGIN, height: top + height + 16 * foot.length + 2 * MARGIN, "font-family": "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif", lang: zh ? "zh-Hans" : "en" });
    const words = (lines, size, y, fill, step) => lines.map((line, index) => node("text", { x: MARGIN, y: y + step * index, "font-size": size, fill, "font-weight": size > 12 ? 600 : 400 }, line));
    inner.setAttribute("x", MARGIN);
    inner.setAttribute("y", top);
    for (const name of ["class", "role", "aria-label"]) inner.removeAttribute(name);
    all.append(node("title", {}, title), node("desc", {}, source), node("rect", { width: "100%", height: "100%", fill: "#fbfaf7" }), ...words(head, 20, MARGIN + 18, "#1f1d1a", 26), inner, ...words(foot, 11, top + height + MARGIN, "#5f5a51", 16));
    return all;
  }
  const give = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  async function save(drawn, kind) {
    const all = whole(drawn);
    const svg = new Blob([new XMLSerializer().serializeToString(all)], { type: "image/svg+xml" });
    if (kind === "svg") return give(svg, `${drawn.dataset.name}.svg`);
    const image = new Image();
    image.src = URL.createObjectURL(svg);
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = ["width", "height"].map((side) => SCALE * Number(all.getAttribute(side)));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    return canvas.toBlob((png) => give(png, `${drawn.dataset.name}.png`), "image/png");
  }
  for (const button of document.querySelectorAll("[data-save]")) {
    button.hidden = false;
    button.addEventListener("click", () => save(button.closest("figure").querySelector(".drawn"), button.dataset.save));
  }
})();
