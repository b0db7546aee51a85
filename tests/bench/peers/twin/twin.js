// The marker list as an experienced web developer would write it by hand: the rows are in the page,
// one listener handles all taps, and each tick stores one record and updates only what it changes.

const KEY = "twin/";
const plural = new Intl.PluralRules("fr");
const fold = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
const element = (id) => document.getElementById(id);

const groups = new Map();
const markers = new Map();
let reached = 0;

for (const section of document.querySelectorAll(".group")) {
  const group = { section, code: section.dataset.code, markers: [], reached: 0 };
  group.count = section.querySelector(".count");
  groups.set(group.code, group);
  for (const row of section.querySelectorAll("li")) {
    const [button, state] = [row.querySelector(".tick"), row.querySelector(".state")];
    const words = fold(row.querySelector(".text").textContent);
    const marker = { id: row.id, row, button, state, words, group, day: null };
    group.markers.push(marker);
    markers.set(marker.id, marker);
  }
}

function say(marker) {
  const { button, state, day } = marker;
  button.setAttribute("aria-pressed", String(day !== null));
  state.textContent = day === null ? "" : `Atteint, vu le ${day}`;
}

function count(group) {
  group.count.textContent = `${group.reached} sur ${group.markers.length}`;
}

function countAll() {
  const form = plural.select(reached) === "one" ? "marqueur atteint" : "marqueurs atteints";
  element("reached").textContent = `${reached} ${form} sur ${markers.size}`;
}

function load() {
  for (let at = 0; at < localStorage.length; at += 1) {
    const key = localStorage.key(at);
    const marker = key.startsWith(KEY) && markers.get(key.slice(KEY.length));
    if (!marker) continue;
    try {
      marker.day = JSON.parse(localStorage.getItem(key)).day;
    } catch {
      continue;
    }
    marker.group.reached += 1;
    reached += 1;
    say(marker);
  }
  for (const group of groups.values()) count(group);
  countAll();
}

function toggle(marker) {
  const ticks = marker.day === null;
  marker.day = ticks ? new Date().toLocaleDateString("fr-CA") : null;
  if (ticks) {
    const record = { level: "reached", day: marker.day, at: Date.now() };
    localStorage.setItem(KEY + marker.id, JSON.stringify(record));
  } else {
    localStorage.removeItem(KEY + marker.id);
  }
  marker.group.reached += ticks ? 1 : -1;
  reached += ticks ? 1 : -1;
  say(marker);
  count(marker.group);
  countAll();
}

function narrow() {
  const [code, words] = [element("objective").value, fold(element("words").value.trim())];
  let shown = 0;
  for (const group of groups.values()) {
    const covered = code === "" || group.code.startsWith(`${code}.`);
    let kept = 0;
    if (covered) {
      for (const { row, words: text } of group.markers) {
        const hidden = !text.includes(words);
        if (row.hidden !== hidden) row.hidden = hidden;
        if (!hidden) kept += 1;
      }
    }
    if (group.section.hidden !== (kept === 0)) group.section.hidden = kept === 0;
    shown += kept;
  }
  element("shown").textContent = `${shown} sur ${markers.size}`;
}

element("groups").addEventListener("click", (event) => {
  const button = event.target.closest(".tick");
  if (button) toggle(markers.get(button.closest("li").id));
});
element("filters").addEventListener("input", narrow);
element("filters").addEventListener("submit", (event) => event.preventDefault());
addEventListener("storage", (event) => {
  if (event.key?.startsWith(KEY)) location.reload();
});

load();
narrow();
