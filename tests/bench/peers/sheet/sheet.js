// A sheet with a row for each marker: its objective, its id, its text, and a column for ticks, with
// the sheet's own filter on all of them. Changes are stored in `localStorage`, one record per
// marker, as in the hand-written page.

const KEY = "sheet/";
const markers = JSON.parse(document.getElementById("markers").textContent);
const cell = (text) => ({ text });
const rows = { len: markers.length + 1, 0: { cells: ["Objectif", "Marqueur", "Texte", "Atteint"].map(cell) } };
for (const [at, [objective, id, text]] of markers.entries()) {
  const tick = localStorage.getItem(KEY + id) ?? "";
  rows[at + 1] = { cells: [objective, id, text, tick].map(cell) };
}
const view = { height: () => innerHeight, width: () => innerWidth };
const cols = { len: 4, 0: { width: 60 }, 1: { width: 90 }, 2: { width: 160 }, 3: { width: 60 } };
const autofilter = { ref: `A1:D${rows.len}`, filters: [], sort: null };
const spreadsheet = x_spreadsheet("#sheet", { showToolbar: false, showBottomBar: false, view });
spreadsheet.loadData({ name: "Suivre", rows, cols, autofilter });

// The actions of a person, by the sheet's own functions.
window.sheet = {
  text: (marker) => spreadsheet.cell(marker + 1, 3).text,
  toggle(marker) {
    const text = this.text(marker) === "" ? "x" : "";
    localStorage.setItem(KEY + markers[marker][1], text);
    spreadsheet.cellText(marker + 1, 3, text).reRender();
  },
  narrow(objective) {
    const { sheet } = spreadsheet;
    sheet.data.setAutoFilter(0, null, objective === "" ? "all" : "in", [objective]);
    sheet.reload();
  },
  rows: () => markers.length - spreadsheet.sheet.data.exceptRowSet.size,
};
