// The rows of assets/data in; tables to search, filter, sort, link to and save out.
"use strict";
(() => {
  const zh = document.documentElement.lang.startsWith("zh");
  const say = (en, cn) => (zh ? cn : en);
  const pick = (pair) => (pair ? pair[zh ? 1 : 0] : "");
  const { root, home } = document.documentElement.dataset;
  const narrow = matchMedia("(max-width: 44rem)");
  const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  const form = document.getElementById("filters");
  const dialog = document.getElementById("row");
  const tables = {};
  const waiting = {};
  let names, grid, current, state, opened, refreshing = false;

  // What an id ends in says which table it is of: wuhan-synergy/2.4/t1.
  const TABLE_OF = { t: "targets", m: "measures", r: "responsibilities", d: "deadlines" };
  const ROW_ID = /^[a-z0-9-]+\/\d+\.\d+\/([tmrd])\d+$/;
  const KINDS = {
    targets: ["targets.kind", "kind", say("Kind", "类型")],
    measures: ["measures.bindingness", "bindingness", say("Wording", "措辞")],
    responsibilities: ["responsibilities.role", "role", say("Role", "角色")],
    deadlines: ["deadlines.kind", "kind", say("Kind", "类型")],
  };

  // --- small parts ---

  function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }
  const code = (column, value) => pick(names.codes[column]?.[value]) || value || "";
  const clause = (row) => names.clauses[row.clause] || [];
  const planOf = (row) => clause(row)[0];
  const sectorOf = (row) => clause(row)[1];
  const place = (row) => pick(names.plans[planOf(row)]?.place);
  const sector = (row) => pick(names.sectors[sectorOf(row)]);
  const agenciesOf = (row) => (row.agency_id ? [row.agency_id] : clause(row)[5] || []);
  const functionsOf = (row) => agenciesOf(row).map((id) => names.agencies[id]?.[2]);
  const agencyName = (id) => names.agencies[id]?.[zh ? 1 : 0] || id;
  const daysOf = (row) => (row.deadline ? row.deadline.split(" ") : []);
  const chinese = (text, attributes = {}) => el("span", { lang: "zh-Hans", ...attributes }, text);
  const clauseTitle = (row) => clause(row)[3] || clause(row)[4] || "";

  function day(text) {
    const [year, month, date] = text.split("-").map(Number);
    if (month === 12 && date === 31) return say(`end of ${year}`, `${year}年底`);
    const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
    return say(`${date} ${months[month - 1]} ${year}`, `${year}年${month}月${date}日`);
  }
  const isDue = (text) => text < today;
  const DUE = say("due, outcome not recorded", "已到期，结果未记录");
  const NONE = say("no date stated", "未写明时间");

  function deadline(row) {
    const days = daysOf(row);
    if (!days.length) return el("span", { class: "small" }, NONE);
    const parts = days.map((each) => el("span", {}, day(each)));
    const due = days.some(isDue) ? el("span", { class: "small due" }, DUE) : "";
    return el("span", {}, ...parts.flatMap((part, index) => (index ? [" · ", part] : [part])), due);
  }

  // --- what each table shows: a heading, how a cell looks, what it sorts and is saved by ---

  const amount = (row) => (zh ? row.amount_zh : row.amount_en);
  const PLAN = { title: say("Plan", "方案"), width: 112, value: place, show: place };
  const SECTOR = { title: say("Sector", "领域"), width: 175, value: sector, show: sector };
  const DEADLINE = {
    title: say("Deadline", "期限"), width: 215, value: (row) => row.deadline || "", order: (row) => row.deadline || "9999", show: deadline,
  };
  const text = (get, title, grow = 1) => ({
    title, grow, value: get, show: (row) => chinese(get(row), { class: "clip" }), link: true,
  });
  const COLUMNS = {
    targets: [
      PLAN,
      text((row) => row.what, say("Promise, as printed", "承诺（原文）"), 3),
      {
        title: say("How much", "数值"), grow: 1, value: amount, order: (row) => row.value ?? -1,
        show: (row) => amount(row) ? el("span", { class: "strong" }, amount(row)) : el("span", { class: "small" }, say("milestone, no number", "里程碑，无数值")),
      },
      DEADLINE,
      SECTOR,
    ],
    measures: [
      PLAN,
      text((row) => row.text, say("Measure, as printed", "措施（原文）"), 4),
      {
        title: say("Wording", "措辞"), width: 172, value: (row) => code("measures.bindingness", row.bindingness),
        order: (row) => Object.keys(names.codes["measures.bindingness"]).indexOf(row.bindingness),
        show: (row) => el("span", { class: `wording ${row.bindingness}` }, code("measures.bindingness", row.bindingness).split(/[:：]/)[0]),
      },
      DEADLINE,
      SECTOR,
    ],
    responsibilities: [
      PLAN,
      {
        title: say("Agency", "机关"), grow: 2, link: true, value: (row) => agencyName(row.agency_id),
        show: (row) => el("span", {}, agencyName(row.agency_id), zh ? "" : chinese(row.as_written, { class: "small" })),
      },
      { title: say("Role", "角色"), width: 170, value: (row) => code("responsibilities.role", row.role),
        show: (row) => el("span", {}, code("responsibilities.role", row.role), row.basis === "inherited" ? el("span", { class: "small" }, code("responsibilities.basis", row.basis)) : "") },
      { title: say("For the clause", "负责条款"), grow: 2, value: clauseTitle, show: (row) => chinese(clauseTitle(row), { class: "clip" }) },
      SECTOR,
    ],
    deadlines: [
      PLAN,
      DEADLINE,
      { title: say("As printed", "原文"), width: 170, link: true, value: (row) => row.as_written, show: (row) => chinese(row.as_written) },
      text((row) => row.what, say("What", "内容"), 3),
      SECTOR,
    ],
  };
  COLUMNS.deadlines[3].link = false;

  // --- data arrive ---

  window.siteNames = (found) => { names = found; };
  window.siteTable = (name, { columns, rows }) => {
    tables[name] = rows.map((cells) => Object.fromEntries(columns.map((column, index) => [column, cells[index]])));
    (waiting[name] || []).forEach((resolve) => resolve());
  };
  function load(file) {
    return new Promise((resolve, reject) => {
      const script = el("script", { src: `${root}assets/data/${file}.js` });
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${file}.js could not be loaded`));
      document.head.append(script);
    });
  }

  // --- filters ---

  const FILTERS = ["q", "plan", "sector", "function", "deadline", "kind", "sort"];
  const haystack = (row) => (row.haystack ??= [
    row.id, row.what, row.quote, row.text, row.as_written, row.amount_en, row.amount_zh, clauseTitle(row), clause(row)[4],
    ...names.plans[planOf(row)].place, ...(names.sectors[sectorOf(row)] || []), ...agenciesOf(row).flatMap((id) => names.agencies[id] || []),
  ].filter(Boolean).join(" ").toLowerCase());

  function matches(row) {
    const { plan, sector: wanted, deadline: when, kind, words } = state;
    if (plan && planOf(row) !== plan) return false;
    if (wanted && sectorOf(row) !== wanted) return false;
    if (kind && row[KINDS[current][1]] !== kind) return false;
    if (when) {
      const days = daysOf(row);
      if (when === "none" ? days.length : when === "due" ? !days.some(isDue) : when === "open" ? !days.some((each) => !isDue(each)) : !days.some((each) => each.startsWith(when))) return false;
    }
    if (state.function && !functionsOf(row).includes(state.function)) return false;
    return words.every((word) => haystack(row).includes(word));
  }

  function options(select, entries, any, chosen) {
    select.replaceChildren(el("option", { value: "" }, any), ...entries.map(([value, label]) => el("option", { value }, label)));
    select.value = entries.some(([value]) => value === chosen) ? chosen : "";
  }
  const byLabel = (a, b) => a[1].localeCompare(b[1], zh ? "zh-Hans" : "en");

  function fillFilters() {
    const rows = tables[current];
    const used = (of) => [...new Set(rows.flatMap(of))].filter(Boolean);
    const [column, field, label] = KINDS[current];
    document.getElementById("kind-label").textContent = label;
    form.elements.q.value = state.q || "";
    options(form.elements.plan, used(planOf).map((id) => [id, pick(names.plans[id].place)]).sort(byLabel), say("All plans", "全部方案"), state.plan);
    options(form.elements.sector, used(sectorOf).map((id) => [id, pick(names.sectors[id])]).sort(byLabel), say("All sectors", "全部领域"), state.sector);
    options(form.elements.function, used(functionsOf).map((id) => [id, pick(names.functions[id])]).sort(byLabel), say("All functions", "全部职能"), state.function);
    const years = [...new Set(rows.flatMap(daysOf).map((each) => each.slice(0, 4)))].sort();
    const when = current === "responsibilities" ? [] : [
      ["due", DUE], ["open", say("not yet due", "未到期")], ...years.map((year) => [year, year]), ...(rows.some((row) => !row.deadline) ? [["none", NONE]] : []),
    ];
    options(form.elements.deadline, when, say("Any time", "不限时间"), state.deadline);
    form.elements.deadline.disabled = !when.length;
    const kinds = new Set(used((row) => [row[field]]));
    options(form.elements.kind, Object.keys(names.codes[column]).filter((each) => kinds.has(each)).map((each) => [each, code(column, each)]), say("All", "全部"), state.kind);
    const sorts = COLUMNS[current].flatMap(({ title }, index) => [[`${index}`, `${title} ↑`], [`-${index}`, `${title} ↓`]]);
    options(form.elements.sort, sorts, say("as in the plans", "方案原序"), state.sort);
  }

  function readState() {
    const hash = decodeURIComponent(location.hash.slice(1));
    const row = ROW_ID.exec(hash);
    if (row) return { table: TABLE_OF[row[1]], row: hash };
    const [table, query] = hash.split("?");
    const found = Object.fromEntries(new URLSearchParams(query || ""));
    return { ...found, table: COLUMNS[table] ? table : "targets" };
  }
  function stateHash() {
    const query = new URLSearchParams(FILTERS.filter((name) => state[name]).map((name) => [name, state[name]])).toString();
    return `#${current}${query ? `?${query}` : ""}`;
  }
  function setState(found) {
    state = found;
    state.words = (state.q || "").toLowerCase().split(/\s+/).filter(Boolean);
  }

  function applyFilters() {
    setState(Object.fromEntries(FILTERS.map((name) => [name, form.elements[name].value])));
    history.replaceState(null, "", stateHash());
    refresh();
  }
  function refresh() {
    refreshing = true;
    const active = state.plan || state.sector || state.function || state.deadline || state.kind || state.words.length;
    if (active) grid.setFilter(matches);
    else grid.clearFilter(true);
    const [, minus, index] = /^(-?)(\d+)$/.exec(state.sort || "") || [];
    if (index !== undefined) grid.setSort(`c${index}`, minus ? "desc" : "asc");
    else grid.clearSort();
    if (index === undefined && grid.getSorters().length === 0) grid.setSort([{ column: "position", dir: "asc" }]);
    refreshing = false;
    showCount();
  }
  function showCount() {
    const shown = grid.getDataCount("active");
    const all = tables[current].length;
    const count = (number) => number.toLocaleString("en");
    document.getElementById("count").textContent = shown === all
      ? say(`${count(all)} rows`, `共 ${count(all)} 行`) : say(`${count(shown)} of ${count(all)} rows`, `${count(all)} 行中的 ${count(shown)} 行`);
    const other = document.querySelector(".language");
    other.hash = location.hash;
  }

  // --- the table ---

  const sorter = (order) => (a, b, first, second) => {
    const [left, right] = [order(first.getData()), order(second.getData())];
    const difference = typeof left === "number" ? left - right : left < right ? -1 : left > right ? 1 : 0;
    return difference || first.getData().position - second.getData().position;
  };
  const linked = (row, content) => el("a", { href: `#${row.id}` }, content);

  function columnsOf(table) {
    const columns = COLUMNS[table].map((column, index) => ({
      title: column.title,
      field: `c${index}`,
      width: column.width,
      widthGrow: column.grow,
      minWidth: 90,
      resizable: false,
      headerSortTristate: true,
      sorter: sorter(column.order || column.value),
      formatter: (cell) => (column.link ? linked(cell.getData(), column.show(cell.getData())) : column.show(cell.getData())),
    }));
    const hidden = { title: "", field: "position", visible: false, sorter: "number" };
    if (!narrow.matches) return [...columns, hidden];
    const card = {
      title: say("Row", "行"), field: "card", headerSort: false, resizable: false,
      formatter: (cell) => {
        const row = cell.getData();
        const parts = COLUMNS[table].map((column) => [column, column.show(row)]);
        const main = parts.filter(([column]) => column.link).map(([, shown]) => linked(row, shown));
        const rest = parts.filter(([column]) => !column.link).map(([, shown]) => el("span", { class: "bit" }, shown));
        return el("div", { class: "card-row" }, ...main, el("div", { class: "bits" }, ...rest));
      },
    };
    return [card, ...columns.map((column) => ({ ...column, visible: false, formatter: undefined })), hidden];
  }

  async function showTable(table) {
    if (!tables[table]) await load(table);
    current = table;
    tables[table].forEach((row, index) => { row.position = index; });
    document.querySelectorAll("[data-table]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.table === table)));
    fillFilters();
    grid?.destroy();
    await new Promise((resolve) => {
      grid = new Tabulator("#table", {
        data: tables[table],
        index: "id",
        layout: "fitColumns",
        columns: columnsOf(table),
        headerVisible: !narrow.matches,
        placeholder: say("No row matches. Clear a filter to see more.", "没有符合条件的行，请放宽筛选。"),
        rowFormatter: (row) => row.getElement().classList.toggle("chosen", row.getData().id === opened),
      });
      grid.on("rowClick", (event, row) => {
        event.preventDefault();
        openRow(row.getData().id);
      });
      grid.on("dataSorted", (sorters) => {
        const [first] = sorters;
        const index = first && /^c(\d+)$/.exec(first.field)?.[1];
        const chosen = index === undefined || index === null ? "" : `${first.dir === "desc" ? "-" : ""}${index}`;
        if (chosen !== (state.sort || "") && grid.ready && !refreshing) {
          state.sort = form.elements.sort.value = chosen;
          if (!dialog.open) history.replaceState(null, "", stateHash());
        }
      });
      grid.on("tableBuilt", () => { grid.ready = true; resolve(); });
    });
    document.getElementById("table").setAttribute("aria-label", say("Rows", "数据行"));
    // The links in the rows take the focus; a second stop around them would stand between grid and rows.
    document.querySelector("#table .tabulator-tableholder").removeAttribute("tabindex");
    document.querySelectorAll("#table .tabulator-col.tabulator-sortable").forEach((header) => {
      header.tabIndex = 0;
      header.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); header.click(); }
      });
    });
    refresh();
  }

  // --- one row ---

  function facts(row) {
    const shared = [
      [say("Plan", "方案"), pick(names.plans[planOf(row)].title)],
      [say("Clause", "条款"), el("span", {}, clause(row)[4] ? chinese(`${clause(row)[4]} › `) : "", chinese(clauseTitle(row)))],
      [say("Sector", "领域"), sector(row)],
    ];
    const answerable = agenciesOf(row).map(agencyName).join(say("; ", "；"));
    const own = {
      targets: () => [
        [say("Kind", "类型"), code("targets.kind", row.kind)],
        [say("How much", "数值"), amount(row)],
        [say("Scope", "范围"), row.scope && chinese(row.scope)],
        [say("Deadline", "期限"), deadline(row)],
        [say("Strength", "力度"), code("targets.strength", row.strength)],
        [say("Hedge", "限定语"), row.hedge && chinese(row.hedge)],
        [say("Agencies of the clause", "条款责任单位"), answerable],
      ],
      measures: () => [
        [say("Wording", "措辞"), code("measures.bindingness", row.bindingness)],
        [say("Verb", "动词"), row.verb && chinese(row.verb)],
        [say("Deadline", "期限"), deadline(row)],
        [say("Agencies of the clause", "条款责任单位"), answerable],
      ],
      responsibilities: () => [
        [say("Agency", "机关"), agencyName(row.agency_id)],
        [say("As printed", "原文"), chinese(row.as_written)],
        [say("Function", "职能"), pick(names.functions[names.agencies[row.agency_id]?.[2]])],
        [say("Role", "角色"), code("responsibilities.role", row.role)],
        [say("Basis", "依据"), code("responsibilities.basis", row.basis)],
      ],
      deadlines: () => [
        [say("Kind", "类型"), code("deadlines.kind", row.kind)],
        [say("From", "自"), row.period_start && day(row.period_start)],
        [say("Last day", "末日"), deadline(row)],
        [say("Precision", "精度"), code("deadlines.precision", row.precision)],
        [say("Agencies of the clause", "条款责任单位"), answerable],
      ],
    }[current]();
    const source = `seeds/${names.plans[planOf(row)].seed}`;
    return [...own, ...shared, [say("Source", "来源"), el("span", {}, el("code", {}, source), say(`, characters ${row.start} to ${row.end}`, `，第 ${row.start} 至 ${row.end} 字符`))], [say("Id", "编号"), el("code", {}, row.id)]]
      .filter(([, value]) => value);
  }

  function openRow(id, push = true) {
    const row = tables[current].find((each) => each.id === id);
    if (!row) return;
    opened = id;
    const words = { targets: row.quote, measures: row.text, responsibilities: row.as_written, deadlines: row.what }[current];
    const anchor = current === "measures" || row.basis === "inherited" ? row.clause : id;
    const close = el("button", { type: "button" }, say("Close", "关闭"));
    const copy = el("button", { type: "button" }, say("Copy link", "复制链接"));
    const title = document.querySelector(`[data-table="${current}"]`).firstChild.textContent.trim();
    close.addEventListener("click", () => dialog.close());
    copy.addEventListener("click", async () => {
      const link = location.href.replace(/#.*/, "") + `#${id}`;
      try { await navigator.clipboard.writeText(link); copy.textContent = say("Copied", "已复制"); } catch { copy.textContent = link; }
    });
    dialog.replaceChildren(
      el("div", { class: "head" }, el("span", { class: "meta" }, `${place(row)} · ${title}`), close),
      el("h2", { id: "row-title", ...(current === "responsibilities" ? {} : { class: "quoted" }) }, current === "responsibilities" ? agencyName(row.agency_id) : say("What the plan says", "方案原文")),
      el("blockquote", { class: "quote", lang: "zh-Hans" }, words),
      el("dl", { class: "facts" }, ...facts(row).flatMap(([label, value]) => [el("dt", {}, label), el("dd", {}, value)])),
      el("p", { class: "links" }, el("a", { href: `${home}read/${planOf(row)}.html#${anchor}` }, say("Read it in the plan", "在方案中阅读")), copy),
    );
    if (push) history.pushState(null, "", `#${id}`);
    document.querySelector(".language").hash = location.hash;
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    repaint(id);
  }
  function repaint(id) {
    if (grid.ready && tables[current].some((row) => row.id === id)) grid.getRow(id).reformat();
  }
  dialog.addEventListener("close", () => {
    const id = opened;
    opened = undefined;
    if (ROW_ID.test(decodeURIComponent(location.hash.slice(1)))) history.replaceState(null, "", stateHash());
    document.querySelector(".language").hash = location.hash;
    repaint(id);
    document.querySelector(`#table a[href="#${CSS.escape(id)}"]`)?.focus();
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  // --- saving what is shown ---

  // A spreadsheet takes a cell that begins so for a formula.
  const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;
  function csvCell(value) {
    let cell = value === null || value === undefined ? "" : String(value);
    if (typeof value !== "number" && FORMULA.test(cell)) cell = `'${cell}`;
    return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  }
  function csv() {
    const columns = COLUMNS[current];
    const rows = grid.getData("active").map((row) => [row.id, ...columns.map((column) => column.value(row))]);
    return [["id", ...columns.map((column) => column.title)], ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
  }
  function save() {
    // The mark at the start tells Excel that it is UTF-8.
    const address = URL.createObjectURL(new Blob(["\ufeff", csv()], { type: "text/csv;charset=utf-8" }));
    el("a", { href: address, download: `china-synergy-plans-${current}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  // --- start ---

  async function go() {
    const found = readState();
    if (!found.row) {
      if (dialog.open) dialog.close();
      if (found.table === current && FILTERS.every((name) => (found[name] || "") === (state[name] || ""))) return;
      setState(found);
      await showTable(found.table);
      return;
    }
    if (found.table !== current) {
      setState({});
      await showTable(found.table);
    }
    const row = tables[current].find((each) => each.id === found.row);
    if (!row) {
      document.getElementById("count").textContent = say(`There is no row ${found.row}.`, `没有编号为 ${found.row} 的行。`);
      return;
    }
    if (!matches(row)) clearFilters();
    await grid.scrollToRow(found.row, "center", false);
    openRow(found.row, false);
  }
  function clearFilters() {
    for (const name of FILTERS) form.elements[name].value = "";
    setState({});
    refresh();
  }
  async function start() {
    await load("names");
    let pending;
    form.addEventListener("input", (event) => {
      clearTimeout(pending);
      pending = setTimeout(applyFilters, event.target.name === "q" ? 80 : 0);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    document.getElementById("clear").addEventListener("click", () => { clearFilters(); history.replaceState(null, "", stateHash()); });
    document.getElementById("export").addEventListener("click", save);
    document.querySelectorAll("[data-table]").forEach((button) => button.addEventListener("click", () => { location.hash = button.dataset.table; }));
    const more = document.querySelector(".more-filters");
    more.open = !narrow.matches;
    narrow.addEventListener("change", () => { more.open = !narrow.matches; });
    narrow.addEventListener("change", () => showTable(current));
    addEventListener("hashchange", go);
    await go();
    document.documentElement.dataset.ready = "true";
  }
  window.siteExplore = { csv, csvCell, apply: applyFilters };
  start().catch((error) => { document.getElementById("count").textContent = error.message; });
})();
