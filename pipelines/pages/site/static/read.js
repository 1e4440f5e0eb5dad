// The seed of a plan and its rows in; the card beside the text, and the seed's own characters, out.
"use strict";
(() => {
  const { zh, say, el, home, copying } = window.site;
  const card = document.getElementById("card");
  let facts, characters, pinned = false, shown = "";

  window.siteRead = (found) => {
    facts = found;
    characters = Array.from(found.raw); // by characters, as the tables count them
    window.siteSheets?.start(facts.original, article);
    document.documentElement.dataset.ready = "true";
    openFromHash();
  };

  // The stretch as the seed has it, with what was repaired marked.
  function seed(start, end) {
    const parts = [];
    let done = start;
    for (const [from, to, after] of facts.repairs) {
      if (to <= start || from >= end) continue;
      parts.push(characters.slice(done, from).join(""));
      parts.push(el("mark", { title: after ? `→ ${after}` : say("dropped", "删去") }, characters.slice(from, to).join("")));
      done = to;
    }
    parts.push(characters.slice(done, end).join(""));
    return el("pre", { class: "raw", lang: "zh" }, ...parts);
  }

  // In the language of the page; words that are the same in both are the plan's own.
  function said([en, cn]) {
    return el("span", { lang: zh || en === cn ? "zh-Hans" : "en" }, zh ? cn : en);
  }

  function show(ids) {
    const key = ids.join(" ");
    if (!facts || key === shown) return;
    shown = key;
    const close = el("button", { type: "button", class: "close", "aria-label": say("Close", "关闭") }, "×");
    close.addEventListener("click", hide);
    card.replaceChildren(close, ...ids.filter((id) => facts.rows[id]).map((id) => {
      const [title, found, start, end] = facts.rows[id];
      const more = el("details", {}, el("summary", {}, say("Original characters", "原始字符")));
      more.addEventListener("toggle", () => {
        if (more.open && more.children.length === 1) {
          more.append(seed(start, end), el("p", { class: "meta" }, say(`seeds/${facts.seed}, characters ${start} to ${end}`, `seeds/${facts.seed}，第 ${start} 至 ${end} 字符`)));
        }
      });
      return el("section", {},
        el("h3", {}, said(title)),
        el("dl", { class: "facts" }, ...found.flatMap(([label, value]) => [el("dt", {}, said(label)), el("dd", {}, said(value))])),
        window.siteSheets?.said(start, end),
        more,
        el("p", { class: "meta links" }, el("a", { href: `${home}explore.html#${id}` }, id), copying(say("Copy citation", "复制引文"), () => citation(id, start, end))));
    }));
    card.hidden = false;
    const [first] = ids.filter((id) => facts.rows[id]);
    if (first) window.siteSheets?.show(...facts.rows[first].slice(2));
    document.querySelectorAll(".m.now").forEach((each) => each.classList.remove("now"));
    for (const id of ids) document.querySelectorAll(`.m[data-rows~="${CSS.escape(id)}"]`).forEach((each) => each.classList.add("now"));
  }
  // Plan, clause, words, version and row, in the language of the page.
  function citation(id, start, end) {
    const words = document.querySelectorAll(`.m[data-rows~="${CSS.escape(id)}"]`);
    const quote = [...words].map((each) => each.textContent).join("") || characters.slice(start, end).join("");
    const clause = id.split("/").slice(1, -1).join("/");
    const [plan, dataset] = facts.cited.map((each) => each[zh ? 1 : 0]);
    return zh ? `${plan}，第 ${clause} 条：“${quote}”。${dataset}，${id}。` : `${plan}, clause ${clause}: “${quote}”. ${dataset}, ${id}.`;
  }
  function hide() {
    pinned = false;
    shown = "";
    card.hidden = true;
    document.querySelectorAll(".m.now").forEach((each) => each.classList.remove("now"));
  }
  const rowsOf = (event) => event.target.closest?.("a.m")?.dataset.rows.split(" ");

  const article = document.querySelector("article");
  article.addEventListener("click", (event) => {
    const rows = rowsOf(event);
    if (!rows || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    pinned = true;
    show(rows);
    const id = event.target.closest("a.m").dataset.rows.split(" ")[0];
    history.replaceState(null, "", `#${id}`);
    document.querySelector(".language").hash = location.hash;
  });
  article.addEventListener("mouseover", (event) => {
    const rows = rowsOf(event);
    if (rows && !pinned && matchMedia("(hover: hover)").matches) show(rows);
  });
  article.addEventListener("focusin", (event) => {
    const rows = rowsOf(event);
    if (rows && event.target.matches(":focus-visible")) show(rows);
  });
  article.addEventListener("click", (event) => {
    const button = event.target.closest(".seed");
    if (!button || !facts) return;
    const about = button.parentElement;
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    const range = facts.clauses[button.dataset.clause];
    if (open) about.nextElementSibling.remove();
    else about.after(el("div", {}, window.siteSheets?.said(...range), seed(...range)));
    if (!open) window.siteSheets?.show(...range);
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("hashchange", openFromHash);

  function openFromHash() {
    const id = decodeURIComponent(location.hash.slice(1));
    const mark = id && document.getElementById(id);
    if (!mark) return;
    mark.scrollIntoView({ block: facts.rows[id] ? "center" : "start", behavior: "instant" });
    if (facts.rows[id]) { pinned = true; show([id]); }
  }
})();
