// Tables that sort by their heads and keep only rows with some words. Remembers nothing;
// without this file they are plain tables in the order of the page.
//   <table data-sorts>                 every column head becomes a button, but for [data-unsorted]
//   <td data-order="…">                what a cell is sorted by, where its text does not serve
//   <div data-filters="table's id">    holds the search field and the line that counts
(function () {
  "use strict";
  function valueOf(row, place) {
    var cell = row.cells[place];
    if (!cell) return "";
    return (cell.dataset.order === undefined ? cell.textContent : cell.dataset.order).trim();
  }
  function numberOf(text) {
    if (!/^[-+−]?\d[\d.,\s']*[^\d]*$/.test(text)) return NaN;
    var plain = text.replace(/−/g, "-").replace(/[^\d.,-]/g, "");
    // the last sign that one or two digits follow is the decimal one; the others set thousands apart
    var decimal = /^(.*)[.,](\d{1,2})$/.exec(plain);
    var whole = (decimal ? decimal[1] : plain).replace(/[.,]/g, "");
    return parseFloat(decimal ? whole + "." + decimal[2] : whole);
  }
  function compared(place, down) {
    return function (one, other) {
      var a = valueOf(one, place), b = valueOf(other, place);
      if (!a || !b) return a ? -1 : b ? 1 : 0; // what is empty comes last, either way
      var x = numberOf(a), y = numberOf(b);
      var order = isNaN(x) || isNaN(y)
        ? a.localeCompare(b, document.documentElement.lang, { numeric: true })
        : x - y;
      return down ? -order : order;
    };
  }
  function sort(table, head) {
    var down = head.getAttribute("aria-sort") === "ascending";
    table.querySelectorAll("[aria-sort]").forEach(function (each) { each.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    var body = table.tBodies[0];
    Array.from(body.rows).sort(compared(head.cellIndex, down)).forEach(function (row) { body.append(row); });
  }
  function prepareTable(table) {
    if (table.dataset.ready) return;
    table.dataset.ready = "yes";
    table.querySelectorAll("thead th:not([data-unsorted])").forEach(function (head) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort-button";
      button.append.apply(button, Array.from(head.childNodes));
      head.append(button);
      button.addEventListener("click", function () { sort(table, head); });
    });
  }
  function prepareFilter(tools) {
    var table = document.getElementById(tools.dataset.filters);
    var field = tools.querySelector("input");
    if (!table || !field || tools.dataset.ready) return;
    tools.dataset.ready = "yes";
    tools.hidden = false;
    field.addEventListener("input", function () { narrow(table, tools, field.value); });
  }
  function narrow(table, tools, text) {
    var words = text.toLowerCase().split(/\s+/).filter(Boolean);
    var rows = Array.from(table.tBodies[0].rows), shown = 0;
    rows.forEach(function (row) {
      var found = row.textContent.toLowerCase();
      row.hidden = !words.every(function (word) { return found.indexOf(word) >= 0; });
      if (!row.hidden) shown += 1;
    });
    var line = tools.querySelector("[data-counts]");
    line.textContent = words.length
      ? line.dataset.counts.replace("{shown}", shown).replace("{all}", rows.length) : "";
  }
  function prepare(root) {
    root.querySelectorAll("table[data-sorts]").forEach(prepareTable);
    root.querySelectorAll("[data-filters]").forEach(prepareFilter);
  }
  document.addEventListener("DOMContentLoaded", function () { prepare(document); });
  document.addEventListener("htmx:load", function (event) { prepare(event.detail.elt); });
})();
