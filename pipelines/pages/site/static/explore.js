// The rows of assets/data in; tables to search, filter, sort, link to and save out.
"use strict";
(() => {
  const { home, root, zh, say, el, copying } = window.site;
  const pick = (pair) => (pair ? pair[zh ? 1 : 0] : "");
  const narrow = matchMedia("(max-width: 44rem)");
  const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  const form = document.getElementById("filters");
  const dialog = document.getElementById("row");
  const tables = {};
  const waiting = {};
  const ROOM = 40; // rows of the list on a telephone before more are asked for
  let names, grid, current, state, chosen, room = ROOM, refreshing = false;

  // What an id ends in says which table it is of: wuhan-synergy/2.4/t1.
  const TABLE_OF = { t: "targets", m: "measures", r: "responsibilities", d: "deadlines" };
  const ROW_ID = /^[a-z0-9-]+(?:\/[a-z0-9.-]+)+\/([tmrd])\d+$/;
  const KINDS = {
    targets: ["targets.kind", "kind", say("Kind", "类型")],
    measures: ["measures.bindingness", "bindingness", say("Wording", "措辞")],
    responsibilities: ["responsibilities.role", "role", say("Role", "角色")],
    deadlines: ["deadlines.kind", "kind", say("Kind", "类型")],
  };

  // --- small parts ---

  // What a code is called, with the words of the plan that gave it.
  const given = (column, value, words) => words ? el("span", {}, code(column, value), " ", chinese(`“${words}”`)) : code(column, value);
  const code = (column, value) => pick(names.codes[column]?.[value]) || value || "";
  const clause = (row) => names.clauses[row.clause] || [];
  const planOf = (row) => clause(row)[0];
  const sectorOf = (row) => clause(row)[1];
  const place = (row) => pick(names.plans[planOf(row)]?.called);
  const sector = (row) => pick(names.sectors[sectorOf(row)]);
  const agenciesOf = (row) => (row.agency_id ? [row.agency_id] : [...new Set((clause(row)[5] || []).map(([id]) => id))]);
  const functionsOf = (row) => agenciesOf(row).map((id) => names.agencies[id]?.[2]);
  const agencyName = (id) => names.agencies[id]?.[zh ? 1 : 0] || id;
  const daysOf = (row) => (row.deadline ? row.deadline.split(" ") : []);
  const chinese = (text, attributes = {}) => el("span", { lang: "zh-Hans", ...attributes }, text);
  const clauseTitle = (row) => clause(row)[3] || clause(row)[4] || "";

  const MONTHS = "January February March April May June July August September October November December".split(" ");
  function inBoth(text) {
    const [year, month, date] = text.split("-").map(Number);
    if (month === 12 && date === 31) return [`end of ${year}`, `${year}年底`];
    return [`${date} ${MONTHS[month - 1]} ${year}`, `${year}年${month}月${date}日`];
  }
  const day = (text) => pick(inBoth(text));
  const isDue = (text) => text < today;
  const DUE = say("due, outcome not recorded", "已到期，结果未记录");
  const NONE = say("no date stated", "未写明时间");
  const OPEN = say("not yet due", "未到期");
  function status(row) {
    const days = daysOf(row);
    return !days.length ? NONE : days.some(isDue) ? DUE : OPEN;
  }

  // “十四五”期间 is a period and no point: 2021–2025.
  function during(start, end) {
    const years = start.endsWith("-01-01") && end.endsWith("-12-31");
    const [first, last] = years ? [start.slice(0, 4), end.slice(0, 4)] : [day(start), day(end)];
    return el("span", {}, first === last ? first : `${first}${years ? "–" : say(" to ", "至")}${last}${years && zh ? "年" : ""}`);
  }
  // The panel says in words what a sign says in the rows, explained once above them.
  function deadline(row, whole = false) {
    const days = daysOf(row);
    if (!days.length) return el("span", { class: "small" }, NONE);
    const parts = row.period_start && days.length === 1 ? [during(row.period_start, days[0])] : days.map((each) => el("span", {}, day(each)));
    const due = days.some(isDue) && (whole ? el("span", { class: "small due" }, DUE) : el("span", { class: "due", title: DUE }, " †"));
    return el("span", {}, ...parts.flatMap((part, index) => (index ? [" · ", part] : [part])), due);
  }

  // --- what each table shows: a heading, how a cell looks, what it sorts and is saved by ---

  const amount = (row) => (zh ? row.amount_zh : row.amount_en);
  // What softens a milestone; an amount says it itself.
  const softened = (row) => [
    row.strength === "strive" && say("to be striven for", "力争"), row.hedge && (zh ? `“${row.hedge}”` : row.hedge === "基本" ? "“basically”" : `“${row.hedge}”`),
  ].filter(Boolean).join(say(", ", "、"));

  // The words of the plan with the indicator in bold; before them, where they do not hold it as it stands.
  function promise(row) {
    const at = row.indicator ? row.quote.indexOf(row.indicator) : -1;
    const strong = row.indicator ? el("strong", {}, row.indicator) : "";
    const words = at < 0 ? [strong, strong && "：", row.quote] : [row.quote.slice(0, at), strong, row.quote.slice(at + row.indicator.length)];
    const gloss = !zh && row.gloss ? el("span", { class: "small" }, row.gloss) : "";
    return el("span", {}, el("span", { class: "clip", lang: "zh-Hans" }, ...words.filter(Boolean)), gloss);
  }
  // Amounts of different units have no order, nor have a level and a change: each kind stands by itself, the
  // commonest unit first, milestones last.
  const CHANGES = ["level", "increase", "decrease", "add"];
  const kindOfAmount = (row) => (row.unit ? Object.keys(names.units).indexOf(row.unit) * 10 + CHANGES.indexOf(row.change) : 9999);
  function byAmount(a, b, direction) {
    const turn = direction === "desc" ? -1 : 1;
    return turn * (kindOfAmount(a) - kindOfAmount(b)) || (a.value ?? 0) - (b.value ?? 0);
  }
  const PLAN = { title: say("Plan", "方案"), width: 112, value: place, show: place };
  const SECTOR = { title: say("Sector", "领域"), width: 175, value: sector, show: sector };
  const DEADLINE = {
    title: say("Deadline", "期限"), width: 190, value: (row) => row.deadline || "", order: (row) => row.deadline || "9999", show: (row) => deadline(row),
  };
  const text = (get, title, grow = 1) => ({
    title, grow, value: get, show: (row) => chinese(get(row), { class: "clip" }), link: true,
  });
  const COLUMNS = {
    targets: [
      PLAN,
      { title: say("Promise, as printed", "承诺（原文）"), grow: 3, link: true, value: (row) => row.quote, show: promise },
      {
        title: say("How much", "数值"), sortTitle: say("How much, by unit", "数值（按单位）"), grow: 1.2, value: amount, compare: byAmount,
        show: (row) => amount(row) ? el("span", { class: "strong" }, amount(row))
          : el("span", { class: "small" }, [say("milestone, no number", "里程碑，无数值"), softened(row)].filter(Boolean).join(say("; ", "；"))),
      },
      DEADLINE,
      SECTOR,
    ],
    measures: [
      PLAN,
      text((row) => row.text, say("Measure, as printed", "措施（原文）"), 4),
      {
        title: say("Wording", "措辞"), width: 205, value: (row) => code("measures.bindingness", row.bindingness),
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

  // Filters by a vocabulary: what rows hold of it, and how each of its words is grouped.
  const topicsOf = (row, only = () => true) => (row.topics || []).filter((id) => only(names.topics[id]?.[2]));
  const LISTED = {
    instrument: { of: (row) => topicsOf(row, (each) => each === "instrument"), words: "topics" },
    topic: { of: (row) => topicsOf(row, (each) => each !== "instrument"), words: "topics", group: (id) => code("topic_codes.vocabulary", names.topics[id][2]) },
    indicator: { of: (row) => [row.indicator_id].filter(Boolean), words: "indicators" },
    cites: { of: (row) => row.cites || [], words: "cites" },
  };
  const indicatorsOf = (row) => row.indicators || LISTED.indicator.of(row);
  const NARROWING = ["plan", "sector", "function", "deadline", "kind", ...Object.keys(LISTED)];
  const FILTERS = ["q", ...NARROWING, "sort"];
  const CODED = {
    targets: { kind: "targets.kind", strength: "targets.strength" },
    measures: { bindingness: "measures.bindingness" },
    responsibilities: { role: "responsibilities.role", basis: "responsibilities.basis" },
    deadlines: { kind: "deadlines.kind", precision: "deadlines.precision" },
  };
  // All that a row shows, in both languages, so that either finds it; each part by what it is called.
  const partsOf = (row, table) => [
    [say("Plan", "方案"), Object.values(names.plans[planOf(row)]).slice(0, 2)],
    [say("Words", "文字"), [row.id, row.indicator, row.gloss, row.what, row.quote, row.text, row.as_written, row.verb, row.hedge, row.scope, row.amount_en, row.amount_zh, row.unit && names.units[row.unit]]],
    ...[[say("Topics", "主题"), topicsOf(row), "topics"], [say("Indicator", "指标"), indicatorsOf(row), "indicators"], [say("Cites", "引用文件"), LISTED.cites.of(row), "cites"]]
      .map(([label, ids, words]) => [label, ids.map((id) => words === "topics" ? names.topics[id]?.slice(0, 2) : names[words][id])]),
    [say("Action", "动作"), [names.verbs[row.verb]]],
    [say("Clause", "条款"), [clauseTitle(row), clause(row)[4]]],
    [say("Sector", "领域"), [names.sectors[sectorOf(row)]]],
    [say("Code", "代码"), Object.entries(CODED[table]).map(([field, column]) => names.codes[column]?.[row[field]])],
    [say("Deadline", "期限"), [daysOf(row).map((each) => [each, ...inBoth(each)]), table === "responsibilities" ? "" : status(row)]],
    [say("Agency of the clause", "条款责任单位"), agenciesOf(row).map((id) => names.agencies[id]?.slice(0, 2))],
    [say("Function of an agency", "责任单位职能"), [...new Set(functionsOf(row))].map((id) => names.functions[id])],
  ].map(([label, values]) => [label, values.flat(9).filter(Boolean)]);
  const haystack = (row, table = current) => (row.haystack ??= partsOf(row, table).flatMap(([, values]) => values).join(" ").toLowerCase());

  function matches(row, wanted = state, table = current) {
    const { plan, sector: field, deadline: when, kind, words } = wanted;
    if (plan && planOf(row) !== plan) return false;
    if (field && sectorOf(row) !== field) return false;
    if (kind && row[KINDS[table][1]] !== kind) return false;
    if (when) {
      const days = daysOf(row);
      if (when === "none" ? days.length : when === "due" ? !days.some(isDue) : when === "open" ? !days.some((each) => !isDue(each)) : !days.some((each) => each.startsWith(when))) return false;
    }
    for (const [name, { of }] of Object.entries(LISTED)) if (wanted[name] && !of(row).includes(wanted[name])) return false;
    if (wanted.function && !functionsOf(row).includes(wanted.function)) return false;
    return words.every((word) => haystack(row, table).includes(word));
  }

  // --- why a row matched: its words marked; where they do not show, the part that holds them ---

  const painted = new Set(); // rows that were drawn, with the words sought then
  let sought = "";
  function marked(content) {
    const shown = el("span", {}, content);
    if (!state.words.length) return shown;
    const wanted = new RegExp(state.words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "gi");
    const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const pieces = [];
      let done = 0;
      for (const { 0: word, index } of text.data.matchAll(wanted)) {
        pieces.push(text.data.slice(done, index), el("mark", {}, word));
        done = index + word.length;
      }
      if (pieces.length) text.replaceWith(...pieces, text.data.slice(done));
    }
    return shown;
  }
  function why(row) {
    if (!state.words.length) return "";
    const seen = COLUMNS[current].map((column) => el("span", {}, column.show(row)).textContent).join(" ").toLowerCase();
    const hidden = state.words.filter((word) => !seen.includes(word)).map((word) => {
      for (const [label, values] of partsOf(row, current)) {
        const found = values.find((value) => String(value).toLowerCase().includes(word));
        if (found) return `${label}${say(": ", "：")}${found}`;
      }
      return "";
    });
    return hidden.length ? el("span", { class: "small why" }, say("found in ", "匹配于 "), marked([...new Set(hidden)].filter(Boolean).join(say("; ", "；")))) : "";
  }

  // An entry is a value, what it is called and the group that it stands in, if any.
  function options(select, entries, any, chosen) {
    const groups = new Map();
    for (const [value, label, group] of entries) groups.set(group, [...(groups.get(group) || []), el("option", { value }, label)]);
    select.replaceChildren(el("option", { value: "" }, any), ...[...groups].flatMap(([label, found]) => label ? el("optgroup", { label }, ...found) : found));
    select.value = entries.some(([value]) => value === chosen) ? chosen : "";
  }
  const planName = (id) => pick(names.plans[id].called);
  const byLabel = (a, b) => a[1].localeCompare(b[1], zh ? "zh-Hans" : "en");

  function fillFilters() {
    const rows = tables[current];
    const used = (of) => [...new Set(rows.flatMap(of))].filter(Boolean);
    const [column, field, label] = KINDS[current];
    document.getElementById("kind-label").textContent = label;
    form.elements.q.value = state.q || "";
    options(form.elements.plan, used(planOf).map((id) => [id, planName(id)]).sort(byLabel), say("All plans", "全部方案"), state.plan);
    options(form.elements.sector, used(sectorOf).map((id) => [id, pick(names.sectors[id])]).sort(byLabel), say("All sectors", "全部领域"), state.sector);
    options(form.elements.function, used(functionsOf).map((id) => [id, pick(names.functions[id])]).sort(byLabel), say("All functions", "全部职能"), state.function);
    const years = [...new Set(rows.flatMap(daysOf).map((each) => each.slice(0, 4)))].sort();
    const when = current === "responsibilities" ? [] : [
      ["due", DUE], ["open", OPEN], ...years.map((year) => [year, year]), ...(rows.some((row) => !row.deadline) ? [["none", NONE]] : []),
    ];
    options(form.elements.deadline, when, say("Any time", "不限时间"), state.deadline);
    form.elements.deadline.disabled = !when.length;
    const kinds = new Set(used((row) => [row[field]]));
    options(form.elements.kind, Object.keys(names.codes[column]).filter((each) => kinds.has(each)).map((each) => [each, code(column, each)]), say("All", "全部"), state.kind);
    for (const [name, { of, words, group = () => "" }] of Object.entries(LISTED)) {
      const found = used(of).map((id) => [id, pick(names[words][id]), group(id)]).sort((a, b) => a[2].localeCompare(b[2]) || byLabel(a, b));
      options(form.elements[name], found, say("All", "全部"), state[name]);
      form.elements[name].parentElement.hidden = !found.length;
    }
    const sorts = COLUMNS[current].flatMap(({ title, sortTitle = title }, index) => [[`${index}`, `${sortTitle} ↑`], [`-${index}`, `${sortTitle} ↓`]]);
    options(form.elements.sort, sorts, say("as in the plans", "方案原序"), state.sort);
  }

  function readState() {
    const hash = decodeURIComponent(location.hash.slice(1));
    const row = ROW_ID.exec(hash);
    if (row) return { table: TABLE_OF[row[1]], open: hash };
    const [table, query] = hash.split("?");
    const found = Object.fromEntries(new URLSearchParams(query || ""));
    return { ...found, table: COLUMNS[table] ? table : "targets" };
  }
  function stateHash() {
    const query = new URLSearchParams([...FILTERS, "row"].filter((name) => state[name]).map((name) => [name, state[name]])).toString().replaceAll("%2F", "/");
    return `#${current}${query ? `?${query}` : ""}`;
  }
  function setState(found) {
    state = found;
    state.words = (state.q || "").toLowerCase().split(/\s+/).filter(Boolean);
  }

  function applyFilters() {
    setState(Object.fromEntries(FILTERS.map((name) => [name, form.elements[name].value])));
    history.replaceState(null, "", stateHash());
    choose(undefined);
    refresh();
  }
  function choose(id) {
    const before = chosen;
    chosen = id;
    for (const each of [before, id]) if (each) repaint(each);
  }
  function refresh() {
    refreshing = true;
    // What a narrow field cuts off is said when it is pointed at.
    for (const select of form.querySelectorAll("select")) select.title = select.selectedOptions[0]?.text || "";
    const active = NARROWING.some((name) => state[name]) || state.words.length;
    if (active) grid.setFilter((row) => matches(row));
    else grid.clearFilter(true);
    const [, minus, index] = /^(-?)(\d+)$/.exec(state.sort || "") || [];
    if (index !== undefined) grid.setSort(`c${index}`, minus ? "desc" : "asc");
    else grid.clearSort();
    if (index === undefined && grid.getSorters().length === 0) grid.setSort([{ column: "position", dir: "asc" }]);
    refreshing = false;
    if (sought !== state.words.join(" ")) {
      sought = state.words.join(" ");
      const stale = [...painted];
      painted.clear();
      for (const id of stale) grid.getRow(id).reformat();
    }
    showCount();
  }
  function showCount() {
    const shown = grid.getDataCount("active");
    const all = tables[current].length;
    const count = (number) => number.toLocaleString("en");
    document.getElementById("count").textContent = shown === all
      ? say(`${count(all)} rows`, `共 ${count(all)} 行`) : say(`${count(shown)} of ${count(all)} rows`, `${count(all)} 行中的 ${count(shown)} 行`);
    const due = current === "responsibilities" ? 0 : grid.getData("active").filter((row) => daysOf(row).some(isDue)).length;
    document.getElementById("due").textContent = due ? say(`† ${DUE}: ${count(due)} of these rows`, `† ${DUE}：其中 ${count(due)} 行`) : "";
    document.getElementById("more").hidden = !narrow.matches || shown <= room;
    const nothing = document.getElementById("nothing");
    nothing.replaceChildren();
    if (!shown && all) offer(nothing);
    syncLanguage();
  }

  // --- where nothing is found: what was searched, and what there is instead ---

  // Topics of the vocabularies one of whose words begins as a word sought does: methane burning, methane.
  const near = (word) => Object.entries(names.topics).filter(([, labels]) => labels[0].toLowerCase().split(/\W+/).some((each) => !labels[0].toLowerCase().includes(word) && each.length > 3 && word.length > 3 && (each.startsWith(word) || word.startsWith(each))));
  const titleOf = (table) => document.querySelector(`[data-table="${table}"]`).firstChild.textContent.trim();
  const address = (wanted, table = current) => {
    const query = new URLSearchParams(FILTERS.filter((name) => wanted[name]).map((name) => [name, wanted[name]])).toString();
    return `#${table}${query ? `?${query}` : ""}`;
  };
  const counted = (wanted, table = current) => tables[table].filter((row) => matches(row, { ...wanted, words: (wanted.q || "").toLowerCase().split(/\s+/).filter(Boolean) }, table)).length;
  async function offer(nothing) {
    const asked = state;
    await Promise.all(Object.keys(COLUMNS).filter((table) => !tables[table]).map(load));
    if (asked !== state) return;
    const filters = NARROWING.filter((name) => state[name]);
    const chosenIn = (name) => form.elements[name].value ? form.elements[name].selectedOptions[0].text : state[name];
    const parts = [...(state.words.length ? [say(`“${state.q}”`, `“${state.q}”`)] : []), ...filters.map(chosenIn)];
    const tried = [
      ...filters.map((name) => [say(`without “${chosenIn(name)}”`, `不限“${chosenIn(name)}”`), { ...state, [name]: "" }]),
      ...(state.words.length && filters.length ? [[say("without the words", "不限词语"), { ...state, q: "" }]] : []),
      ...(state.words.length > 1 ? state.words.map((word) => [say(`“${word}” alone`, `只搜“${word}”`), { ...state, q: word }]) : []),
      ...state.words.flatMap(near).map(([id, labels]) => [pick(labels), { [labels[2] === "instrument" ? "instrument" : "topic"]: id }, "measures"]),
      ...state.words.filter((word) => /[\u4e00-\u9fff]{3}/.test(word)).flatMap((word) => [word.slice(0, 2), word.slice(-2)]).map((word) => [word, { ...state, q: word }]),
      ...Object.keys(COLUMNS).filter((table) => table !== current && state.words.length).map((table) => [say(`in ${titleOf(table)}`, `在“${titleOf(table)}”中`), { q: state.q }, table]),
    ];
    const links = tried.map(([label, wanted, table = current]) => [label, address(wanted, table), counted(wanted, table)]).filter(([, , rows]) => rows);
    links.push([say(`all ${titleOf(current)}`, `全部${titleOf(current)}`), address({}), tables[current].length]);
    const latin = state.words.some((word) => /[a-z]/.test(word));
    nothing.replaceChildren(
      el("p", {}, say(`Nothing in ${titleOf(current)} for ${parts.join(", ")}.`, `“${titleOf(current)}”中没有符合 ${parts.join("、")} 的行。`),
        latin && !zh ? " The plans are in Chinese: an English word finds topics, indicators, actions, labels, names of agencies, and deadlines." : ""),
      el("p", {}, say("There is: ", "现有："), ...links.flatMap(([label, href, rows], index) => [index ? " · " : "", el("a", { href }, label), ` ${rows.toLocaleString("en")}`])),
    );
  }
  // The switch leads to the same place in the other language, from the head of the page and from the panel.
  function syncLanguage() {
    document.querySelectorAll(".language").forEach((each) => { each.hash = location.hash; });
  }

  // --- the table ---

  const byOrder = (order) => (a, b) => {
    const [left, right] = [order(a), order(b)];
    return typeof left === "number" ? left - right : left < right ? -1 : left > right ? 1 : 0;
  };
  const sorter = (compare) => (a, b, first, second, column, direction) => {
    const [left, right] = [first.getData(), second.getData()];
    return compare(left, right, direction) || left.position - right.position;
  };
  function grow(size) {
    room = size;
    grid.setPageSize(size);
    showCount();
  }
  // The row in view, on a telephone with as many rows before it as that takes.
  async function reveal(id) {
    if (!narrow.matches) return grid.scrollToRow(id, "center", false);
    const place = grid.getData("active").findIndex((row) => row.id === id);
    if (place >= room) grow(Math.ceil((place + 1) / ROOM) * ROOM);
    return grid.getRow(id).getElement().scrollIntoView({ block: "center", behavior: "instant" });
  }
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
      sorter: sorter(column.compare || byOrder(column.order || column.value)),
      formatter: (cell) => {
        const row = cell.getData();
        painted.add(row.id);
        return column.link ? el("span", {}, linked(row, marked(column.show(row))), why(row)) : marked(column.show(row));
      },
    }));
    const hidden = { title: "", field: "position", visible: false, sorter: "number" };
    if (!narrow.matches) return [...columns, hidden];
    const card = {
      title: say("Row", "行"), field: "card", headerSort: false, resizable: false,
      formatter: (cell) => {
        const row = cell.getData();
        painted.add(row.id);
        const parts = COLUMNS[table].map((column) => [column, marked(column.show(row))]);
        const main = parts.filter(([column]) => column.link).map(([, shown]) => linked(row, shown));
        const rest = parts.filter(([column]) => !column.link).map(([, shown]) => el("span", { class: "bit" }, shown));
        return el("div", { class: "card-row" }, ...main, el("div", { class: "bits" }, ...rest), why(row));
      },
    };
    return [card, ...columns.map((column) => ({ ...column, visible: false, formatter: undefined })), hidden];
  }

  async function showTable(table) {
    if (!tables[table]) await load(table);
    current = table;
    room = ROOM;
    painted.clear();
    sought = state.words.join(" ");
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
        // On a telephone the page itself is the list; it grows by its button.
        ...(narrow.matches ? { pagination: true, paginationSize: room, renderVertical: "basic" } : {}),
        placeholder: say("No row matches.", "没有符合条件的行。"),
        rowFormatter: (row) => row.getElement().classList.toggle("chosen", row.getData().id === chosen),
      });
      grid.on("rowClick", (event, row) => {
        event.preventDefault();
        openRow(row.getData().id);
      });
      grid.on("dataSorted", (sorters) => {
        const [first] = sorters;
        const index = first && /^c(\d+)$/.exec(first.field)?.[1];
        const sort = index === undefined || index === null ? "" : `${first.dir === "desc" ? "-" : ""}${index}`;
        if (sort !== (state.sort || "") && grid.ready && !refreshing) {
          state.sort = form.elements.sort.value = sort;
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

  // Where no bracket names a lead, the first of several is offered as that and no more.
  const FIRST = say("named first; the plan names no lead", "列第一位；方案未写明牵头单位");
  function isFirst(row, id) {
    const stated = (clause(row)[5] || []).filter(([, , basis]) => basis === "stated");
    return stated.length > 1 && stated[0][0] === id && !stated.some(([, role]) => role === "lead" || role === "sole");
  }
  // Words of a vocabulary, each a link to all rows that hold it.
  const listed = (name, ids, table = current) => ids.length > 0 && el("span", {}, ...ids.flatMap((id, index) => {
    const called = names[LISTED[name].words][id];
    return [index ? " · " : "", el("a", { href: address({ [name]: id }, table), lang: called[0] === called[1] && "zh-Hans" }, pick(called))];
  }));
  function facts(row) {
    const shared = [
      [say("Plan", "方案"), el("span", {}, chinese(names.plans[planOf(row)].title[1]), !zh && names.plans[planOf(row)].title[0] ? el("span", { class: "small" }, names.plans[planOf(row)].title[0]) : "")],
      [say("Clause", "条款"), el("span", {}, clause(row)[4] ? chinese(`${clause(row)[4]} › `) : "", chinese(clauseTitle(row)))],
      [say("Sector", "领域"), sector(row)],
    ];
    const named = clause(row)[5] || [];
    const answerable = named.length > 0 && el("ul", { class: "agencies" }, ...named.map(([id, role, basis]) => el("li", {}, agencyName(id), el("span", { class: "small" },
      [code("responsibilities.role", role), basis === "inherited" && code("responsibilities.basis", basis), isFirst(row, id) && FIRST].filter(Boolean).join(say("; ", "；"))))));
    const own = {
      targets: () => [
        [say("Kind", "类型"), code("targets.kind", row.kind)],
        [say("Indicator", "指标"), row.indicator && el("span", {}, chinese(row.indicator), !zh && row.gloss ? el("span", { class: "small" }, row.gloss) : "")],
        [say("How much", "数值"), amount(row)],
        [say("Bound", "比较"), row.comparator_as_written && given("targets.comparator", row.comparator, row.comparator_as_written)],
        [say("Change", "变化"), row.change_as_written && given("targets.change", row.change, row.change_as_written)],
        [say("Unit", "单位"), row.unit && pick(names.units[row.unit])],
        [say("Scope", "范围"), row.scope && chinese(row.scope)],
        [say("Deadline", "期限"), deadline(row, true)],
        [say("Deadline stands in", "期限所在"), row.deadline_basis !== "sentence" && code("targets.deadline_basis", row.deadline_basis)],
        [say("Strength", "力度"), given("targets.strength", row.strength, row.strength_as_written)],
        [say("Hedge", "限定语"), row.hedge && chinese(row.hedge)],
        [say("Stands in", "位置"), row.located_in !== "text" && code("targets.located_in", row.located_in)],
        [say("Agencies of the clause", "条款责任单位"), answerable],
      ],
      measures: () => [
        [say("Wording", "措辞"), given("measures.bindingness", row.bindingness, row.bindingness_as_written)],
        [say("Verb", "动词"), row.verb && el("span", {}, chinese(row.verb), !zh && names.verbs[row.verb] ? el("span", { class: "small" }, names.verbs[row.verb]) : "")],
        ...Object.keys(names.codes["topic_codes.vocabulary"]).map((each) => [code("topic_codes.vocabulary", each), listed(each === "instrument" ? each : "topic", topicsOf(row, (of) => of === each))]),
        [say("Indicator", "指标"), listed("indicator", row.indicators, "targets")],
        [say("Cites", "引用文件"), listed("cites", row.cites)],
        [say("Same wording in", "相同文字见"), row.alike.length > 0 && el("ul", { class: "agencies" }, ...row.alike.map(([id, kind]) => el("li", {}, el("a", { href: `#${id}` }, `${planName(id.split("/")[0])} ${id.split("/").slice(1, -1).join("/")}`), el("span", { class: "small" }, code("parallels.kind", kind)))))],
        [say("Deadline", "期限"), deadline(row, true)],
        [say("Agencies of the clause", "条款责任单位"), answerable],
      ],
      responsibilities: () => [
        [say("Agency", "机关"), agencyName(row.agency_id)],
        [say("As printed", "原文"), chinese(row.as_written)],
        [say("Function", "职能"), pick(names.functions[names.agencies[row.agency_id]?.[2]])],
        [say("Role", "角色"), given("responsibilities.role", row.role, row.role_as_written)],
        [say("Place", "位次"), row.basis === "stated" && isFirst(row, row.agency_id) && FIRST],
        [say("Basis", "依据"), code("responsibilities.basis", row.basis)],
      ],
      deadlines: () => [
        [say("Kind", "类型"), code("deadlines.kind", row.kind)],
        [say("From", "自"), row.period_start && day(row.period_start)],
        [say("Last day", "末日"), deadline(row, true)],
        [say("Precision", "精度"), code("deadlines.precision", row.precision)],
        [say("Stands in", "位置"), row.located_in !== "text" && code("deadlines.located_in", row.located_in)],
        [say("Agencies of the clause", "条款责任单位"), answerable],
      ],
    }[current]();
    const { seed, url } = names.plans[planOf(row)];
    const source = `seeds/${seed}`;
    return [...own, ...shared, [say("Source", "来源"), seed && el("span", {}, el("a", { href: `${root}${source}` }, el("code", {}, source)), say(`, characters ${row.start} to ${row.end}`, `，第 ${row.start} 至 ${row.end} 字符`))], [say("As published", "发布页"), url && el("a", { href: url, rel: "external noreferrer" }, url)], [say("Id", "编号"), el("code", {}, row.id)]]
      .filter(([, value]) => value);
  }

  // The words of the row, marked in the sentence that they stand in.
  function passage(row) {
    const words = { targets: row.quote, measures: row.text, responsibilities: row.as_written, deadlines: row.as_written }[current];
    return row.before || row.after ? [row.before, el("mark", {}, words), row.after].filter(Boolean) : [words];
  }

  function openRow(id, push = true) {
    const row = tables[current].find((each) => each.id === id);
    if (!row) return;
    const anchor = current === "measures" || row.basis === "inherited" ? row.clause : id;
    const close = el("button", { type: "button" }, say("Close", "关闭"));
    const copy = copying(say("Copy link", "复制链接"), () => `${location.href.replace(/#.*/, "")}#${id}`);
    const [plan, dataset] = [names.plans[planOf(row)].cited, names.cited].map(pick);
    const words = [row.quote, row.text, row.as_written].find(Boolean);
    const cite = copying(say("Copy citation", "复制引文"), () => say(`${plan}, clause ${clause(row)[2] || row.clause}: “${words}”. ${dataset}, ${id}.`, `${plan}，第 ${clause(row)[2] || row.clause} 条：“${words}”。${dataset}，${id}。`));
    const title = document.querySelector(`[data-table="${current}"]`).firstChild.textContent.trim();
    const language = document.querySelector(".top .language").cloneNode(true);
    close.addEventListener("click", () => dialog.close());
    dialog.replaceChildren(
      el("div", { class: "head" }, el("span", { class: "meta" }, `${place(row)} · ${title}`), el("span", { class: "tools" }, language, close)),
      el("h2", { id: "row-title", ...(current === "responsibilities" ? {} : { class: "quoted" }) }, current === "responsibilities" ? agencyName(row.agency_id) : say("What the plan says", "方案原文")),
      el("blockquote", { class: "quote", lang: "zh-Hans" }, ...passage(row)),
      el("dl", { class: "facts" }, ...facts(row).flatMap(([label, value]) => [el("dt", {}, label), el("dd", {}, value)])),
      el("p", { class: "links" }, el("a", { href: `${home}read/${planOf(row)}.html#${anchor}` }, say("Read it in the plan", "在方案中阅读")), copy, cite),
    );
    if (push) history.pushState(null, "", `#${id}`);
    syncLanguage();
    if (!dialog.open) dialog.showModal();
    close.focus();
    dialog.scrollTop = 0;
    choose(id);
  }
  function repaint(id) {
    if (grid.ready && tables[current].some((row) => row.id === id)) grid.getRow(id).reformat();
  }
  dialog.addEventListener("close", () => {
    const id = chosen;
    if (ROW_ID.test(decodeURIComponent(location.hash.slice(1)))) {
      // The row stays in the link, and marked in the table.
      state.row = id;
      history.replaceState(null, "", stateHash());
    } else if (state.row !== id) choose(state.row);
    syncLanguage();
    document.querySelector(`#table a[href="#${CSS.escape(id)}"]`)?.focus();
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  // --- saving what is shown ---

  // A spreadsheet takes a cell that begins so for a formula; = alone, a comparator, is none.
  const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;
  function csvCell(value) {
    let cell = value === null || value === undefined ? "" : String(value);
    if (typeof value !== "number" && cell !== "=" && FORMULA.test(cell)) cell = `'${cell}`;
    return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  }
  const both = (name, get) => [[name, (row) => get(row)?.[0]], [`${name}_zh`, (row) => get(row)?.[1]]];
  const codes = (name, column, field = name) => [[name, (row) => row[field]], [`${name}_label`, (row) => code(column, row[field])]];
  const agencies = [0, 1].map((index) => [index ? "agencies_zh" : "agencies", (row) => agenciesOf(row).map((id) => names.agencies[id]?.[index] || id).join(index ? "；" : "; ")]);
  const lists = Object.entries({ topics: topicsOf, indicators: indicatorsOf, cites: LISTED.cites.of }).flatMap(([words, of]) => [0, 1].map((index) => [
    `${words}${index ? "_zh" : ""}`, (row) => of(row).map((id) => names[words][id][index]).join(index ? "；" : "; ")]));
  const cells = (...columns) => columns.map((column) => [column, (row) => row[column]]);
  const KEYS = { targets: "target_id", measures: "measure_id", responsibilities: "responsibility_id", deadlines: "deadline_id" };
  const PLACED = [["id", (row) => row.id], ["clause_id", (row) => row.clause], ["plan_id", planOf], ...both("city", (row) => names.plans[planOf(row)].place), ...both("sector", (row) => names.sectors[sectorOf(row)])];
  const SOURCE = [["document_id", (row) => names.plans[planOf(row)].document], ["source_start", (row) => row.start], ["source_end", (row) => row.end]];
  const STATUS = ["status", status];
  // The columns of a saved file are named as in the tables, whatever the language of the page.
  const SAVED = {
    targets: [
      ...PLACED, ...cells("kind", "indicator", "indicator_id"), ["indicator_en", (row) => row.gloss], ["amount", (row) => row.amount_en], ["amount_zh", (row) => row.amount_zh],
      ...cells("strength", "strength_as_written", "hedge", "comparator", "comparator_as_written", "value", "unit", "change", "change_as_written"),
      ...cells("scope", "baseline_year", "period_start", "deadline", "deadline_basis", "located_in"), STATUS, ...agencies, ...cells("quote"), ...SOURCE,
    ],
    measures: [...PLACED, ...codes("bindingness", "measures.bindingness"), ...cells("verb", "deadline"), STATUS, ...lists, ...agencies, ...cells("text"), ...SOURCE],
    responsibilities: [
      ...PLACED, ["clause", clauseTitle], ...cells("agency_id"), ...both("agency", (row) => names.agencies[row.agency_id]),
      ...codes("role", "responsibilities.role"), ...codes("basis", "responsibilities.basis"), ...cells("as_written"), ...SOURCE,
    ],
    deadlines: [...PLACED, ...codes("kind", "deadlines.kind"), ...cells("period_start", "deadline"), STATUS, ...cells("as_written", "what"), ...agencies, ...SOURCE],
  };
  function csv() {
    const columns = SAVED[current];
    const rows = grid.getData("active").map((row) => columns.map(([, value]) => value(row)));
    return [columns.map(([name]) => name === "id" ? KEYS[current] : name), ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
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
    if (!found.open) {
      const same = found.table === current && FILTERS.every((name) => (found[name] || "") === (state[name] || ""));
      setState(found);
      if (dialog.open) dialog.close();
      if (!same) await showTable(found.table);
      const row = tables[current].find((each) => each.id === found.row);
      choose(row?.id);
      if (row && matches(row)) await reveal(row.id);
      syncLanguage();
      return;
    }
    if (found.table !== current) {
      setState({});
      await showTable(found.table);
    }
    const row = tables[current].find((each) => each.id === found.open);
    if (!row) {
      document.getElementById("count").textContent = say(`There is no row ${found.open}.`, `没有编号为 ${found.open} 的行。`);
      return;
    }
    if (!matches(row)) clearFilters();
    await reveal(found.open);
    openRow(found.open, false);
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
    document.getElementById("clear").addEventListener("click", () => { clearFilters(); choose(undefined); history.replaceState(null, "", stateHash()); });
    document.getElementById("export").addEventListener("click", save);
    document.getElementById("more").addEventListener("click", () => grow(room + ROOM));
    document.querySelectorAll("[data-table]").forEach((button) => button.addEventListener("click", () => { location.hash = button.dataset.table; }));
    const more = document.querySelector(".more-filters");
    more.open = !narrow.matches;
    narrow.addEventListener("change", () => { more.open = !narrow.matches; });
    narrow.addEventListener("change", () => showTable(current));
    addEventListener("hashchange", go);
    await go();
    document.documentElement.dataset.ready = "true";
  }
  window.siteExplore = { csv, csvCell, apply: applyFilters, rows: () => grid.getRows("active").map((row) => row.getData()) };
  start().catch((error) => { document.getElementById("count").textContent = error.message; });
})();
