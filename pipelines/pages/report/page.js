"use strict";
// The page works without this. It starts in the reader's language, tells a screen reader which one is shown,
// and opens all details at once, for those who search or print.
const chinese = document.getElementById("language-zh");
const unfold = document.getElementById("unfold");
const details = [...document.querySelectorAll("details")];

function say() {
  document.documentElement.lang = chinese.checked ? "zh-Hans" : "en";
  const folded = details.some(each => !each.open);
  unfold.textContent = unfold.dataset[folded ? "unfold" : "fold"].split(" · ")[chinese.checked ? 1 : 0];
}

// A page in one language that links here says which: report.html?lang=zh
const asked = new URLSearchParams(location.search).get("lang") ?? navigator.language;
chinese.checked = asked.startsWith("zh");
document.querySelector(".language").addEventListener("change", say);
unfold.hidden = details.length === 0;
unfold.addEventListener("click", () => {
  const folded = details.some(each => !each.open);
  for (const each of details) { each.open = folded; }
});
for (const each of details) { each.addEventListener("toggle", say); }
say();
