"use strict";
// Asks /status.json for the part of the entries that is shown; every text is put in as text, never as markup.
(() => {
  const LIMIT = 50;
  const byId = id => document.getElementById(id);
  let offset = 0;
  let open = null;
  let state = null;
  let skew = 0;
  let timer = null;

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const span = seconds => {
    const s = Math.max(0, Math.round(seconds));
    if (s < 60) return s + " s";
    if (s < 3600) return Math.floor(s / 60) + " min " + s % 60 + " s";
    if (s < 86400) return Math.floor(s / 3600) + " h " + Math.floor(s % 3600 / 60) + " min";
    return Math.floor(s / 86400) + " d " + Math.floor(s % 86400 / 3600) + " h";
  };

  const duration = seconds => seconds < 10 ? seconds.toFixed(seconds < 1 ? 3 : 1) + " s" : span(seconds);

  const now = () => Date.now() + skew;

  // Durations of the last runs, the highest bar the longest; colour tells the outcome, the title the rest.
  const plot = runs => {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 160 28");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", "durations of the last " + runs.length + " runs");
    const longest = Math.max(0.001, ...runs.map(run => run.seconds));
    runs.forEach((run, i) => {
      const height = Math.max(2, 26 * run.seconds / longest);
      const bar = document.createElementNS(space, "rect");
      bar.setAttribute("class", run.outcome);
      bar.setAttribute("x", (20 - runs.length + i) * 8);
      bar.setAttribute("y", 28 - height);
      bar.setAttribute("width", 6);
      bar.setAttribute("height", height);
      const title = document.createElementNS(space, "title");
      title.textContent = "run " + run.run + ": " + run.text + ", " + duration(run.seconds);
      bar.append(title);
      svg.append(bar);
    });
    return svg;
  };

  const nextCell = entry => {
    const cell = element("td");
    if (entry.running.length) {
      const run = entry.running[0];
      const text = element("div", "running");
      text.dataset.since = run.started_ms;
      cell.append(text);
    }
    if (entry.next_ms) {
      const text = element("div", "countdown");
      text.dataset.next = entry.next_ms;
      cell.append(text, element("div", "small", new Date(entry.next_ms).toLocaleString()));
    } else {
      cell.append(element("div", "small", "no fire time"));
    }
    return cell;
  };

  const lastCell = entry => {
    const cell = element("td");
    const last = entry.recent[entry.recent.length - 1];
    if (last) {
      cell.append(element("div", last.outcome, last.outcome.replace("_", " ")));
      const details = element("div", "small", duration(last.seconds) + ", ");
      const ago = element("span");
      ago.dataset.ago = last.started_ms;
      details.append(ago);
      cell.append(details);
    }
    return cell;
  };

  const row = entry => {
    const made = element("tr", "entry");
    made.tabIndex = 0;
    const first = element("td");
    first.append(element("span", "name", entry.name), " ", element("span", "small", entry.words));
    first.append(element("span", "mono small cut", entry.command));
    const runs = element("td", "runs");
    if (entry.recent.length) runs.append(plot(entry.recent));
    made.append(first, nextCell(entry), lastCell(entry), runs);
    const toggle = () => { open = open === entry.key ? null : entry.key; load(); };
    made.addEventListener("click", toggle);
    made.addEventListener("keydown", event => { if (event.key === "Enter") toggle(); });
    return made;
  };

  const detail = entry => {
    const made = element("tr", "detail");
    const cell = element("td");
    cell.colSpan = 4;
    cell.append(element("div", "small", entry.origin + ", " + entry.schedule + ", " + entry.zone + ", " + entry.runs + " runs"));
    cell.append(element("pre", "", entry.command));
    const last = entry.recent[entry.recent.length - 1];
    if (last && last.outcome !== "success") cell.append(element("div", last.outcome, "run " + last.run + ": " + last.text));
    const lines = (entry.lines || []).map(line => "[" + line.run + "] " + (line.channel === "stderr" ? "! " : "") + line.text);
    cell.append(element("pre", "lines", lines.length ? lines.join("\n") : "no output yet"));
    made.append(cell);
    return made;
  };

  const tick = () => {
    document.querySelectorAll("[data-next]").forEach(e => { e.textContent = "in " + span((e.dataset.next - now()) / 1000); });
    document.querySelectorAll("[data-since]").forEach(e => { e.textContent = "running for " + span((now() - e.dataset.since) / 1000); });
    document.querySelectorAll("[data-ago]").forEach(e => { e.textContent = span((now() - e.dataset.ago) / 1000) + " ago"; });
  };

  const show = () => {
    const rows = [];
    for (const entry of state.entries) {
      rows.push(row(entry));
      if (entry.key === open) rows.push(detail(entry));
    }
    const focused = document.activeElement && document.activeElement.matches("tr.entry")
      ? [...byId("entries").children].indexOf(document.activeElement) : -1;
    byId("entries").replaceChildren(...rows);
    if (focused >= 0 && byId("entries").children[focused]) byId("entries").children[focused].focus();
    byId("summary").className = state.ready ? "" : "bad";
    byId("summary").textContent = (state.ready ? "" : "not ready; ") + state.entries_total + " entries, "
      + state.running_total + " running";
    byId("place").textContent = state.matching > LIMIT
      ? (offset + 1) + " to " + Math.min(offset + LIMIT, state.matching) + " of " + state.matching : "";
    byId("back").hidden = offset === 0;
    byId("on").hidden = offset + LIMIT >= state.matching;
    tick();
  };

  const load = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      const query = new URLSearchParams({ filter: byId("filter").value, offset, limit: LIMIT });
      if (open) query.set("entry", open);
      const answer = await fetch("status.json?" + query);
      if (!answer.ok) throw new Error("answer " + answer.status);
      state = await answer.json();
      skew = state.now_ms - Date.now();
      show();
    } catch (problem) {
      byId("summary").className = "bad";
      byId("summary").textContent = "no answer from pidone: " + problem.message;
    }
    timer = setTimeout(load, 2000);
  };

  byId("filter").addEventListener("input", () => { offset = 0; load(); });
  byId("back").addEventListener("click", () => { offset = Math.max(0, offset - LIMIT); load(); });
  byId("on").addEventListener("click", () => { offset += LIMIT; load(); });
  document.addEventListener("visibilitychange", load);
  setInterval(tick, 1000);
  load();
})();
