"use strict";
// Asks status.json for the part of the entries that is shown. Texts of entries go in as text, never as markup.
(() => {
  const LIMIT = 50;
  const RUNS = 20;
  const byId = id => document.getElementById(id);
  const view = { filter: "", show: "", sort: "", offset: 0, open: null };
  let tag = "";
  let skew = 0;
  let timer = 0;
  let asked = 0;
  let heardAt = Date.now();
  // What stands in the list, by the entry's key: its element, and what it was made of.
  let rows = new Map();

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };

  const drawn = (name, attributes, ...content) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...content);
    return made;
  };

  const span = seconds => {
    const s = Math.max(0, Math.floor(seconds));
    if (s < 60) return s + " s";
    if (s < 3600) return Math.floor(s / 60) + " min " + s % 60 + " s";
    if (s < 86400) return Math.floor(s / 3600) + " h " + Math.floor(s % 3600 / 60) + " min";
    return Math.floor(s / 86400) + " d " + Math.floor(s % 86400 / 3600) + " h";
  };

  const duration = seconds => {
    if (seconds < 1) return Math.round(seconds * 1000) + " ms";
    return seconds < 60 ? seconds.toFixed(1) + " s" : span(seconds);
  };

  const moment = ms => {
    const then = new Date(ms);
    const today = new Date(now());
    const time = then.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    if (then.toDateString() === today.toDateString()) return time;
    const day = { weekday: "short", day: "numeric", month: "short" };
    if (then.getFullYear() !== today.getFullYear()) day.year = "numeric";
    return then.toLocaleDateString([], day) + ", " + time;
  };

  const now = () => Date.now() + skew;

  const WORDS = { success: "\u2713 succeeded", failure: "\u2717 failed", timeout: "\u2717 timed out", not_started: "\u2717 not started" };

  // A text that goes on with the time: tick() writes it anew.
  const clock = (className, kind, ms) => {
    const made = element("span", className);
    made.dataset[kind] = ms;
    return made;
  };

  const tickOf = made => {
    const { next, since, ago } = made.dataset;
    if (next) return next - now() < 500 ? "now" : "in " + span((next - now() + 999) / 1000);
    if (since) return "running for " + span((now() - since) / 1000);
    return now() - ago < 1000 ? "just now" : span((now() - ago) / 1000) + " ago";
  };

  const tick = () => {
    for (const made of document.querySelectorAll("[data-next], [data-since], [data-ago]")) {
      const text = tickOf(made);
      if (made.textContent !== text) made.textContent = text;
    }
  };

  // Durations of the last runs, the oldest first; the longest fills the height. A failed one has a ground of its own,
  // since it is often too short to be seen.
  const plot = entry => {
    const runs = entry.recent.map(run => ({ ...run, title: "run " + run.run + ", " + moment(run.started_ms) + ": "
      + (run.text || "succeeded") + ", " + duration(run.seconds) }));
    for (const run of entry.running) {
      runs.push({ outcome: "running", seconds: (now() - run.started_ms) / 1000, title: "run " + run.run + " is running" });
    }
    const shown = runs.slice(-RUNS);
    const longest = Math.max(0.001, ...shown.map(run => run.seconds));
    const bars = shown.map((run, i) => {
      const height = Math.max(2, 34 * run.seconds / longest);
      const x = (RUNS - shown.length + i) * 8 + 1;
      const failed = run.outcome !== "success" && run.outcome !== "running";
      const bar = drawn("g", {}, drawn("rect", { class: failed ? "ground bad" : "ground", x, y: failed ? 0 : 33, width: 6, height: failed ? 34 : 1 }),
        drawn("rect", { class: run.outcome, x, y: 34 - height, width: 6, height }));
      bar.append(drawn("title", {}, run.title));
      return bar;
    });
    const svg = drawn("svg", { viewBox: "0 0 160 34", preserveAspectRatio: "none", role: "img",
      "aria-label": "durations of the last " + shown.length + " runs, the longest " + duration(longest) }, ...bars);
    return element("span", "runs", svg, element("span", "small longest", "longest " + duration(longest)));
  };

  const what = entry => {
    const line = element("span", "line", element("span", "name", entry.name), element("span", "small", entry.words));
    if (entry.missed) line.append(element("span", "mark", entry.missed + " missed"));
    if (entry.skipped) line.append(element("span", "mark", entry.skipped + " skipped"));
    return element("span", "what", line, element("span", "mono small cut", entry.command));
  };

  const coming = entry => {
    const made = element("span", "coming");
    for (const run of entry.running.slice(0, 3)) made.append(clock("running count", "since", run.started_ms));
    if (!entry.next_ms) {
      made.append(element("span", "small", "no fire time"));
    } else if (entry.running.length) {
      made.append(element("span", "small count", "next ", clock("countdown", "next", entry.next_ms)));
    } else {
      made.append(clock("count countdown", "next", entry.next_ms), element("span", "small count", moment(entry.next_ms)));
    }
    return made;
  };

  const last = entry => {
    const run = entry.recent[entry.recent.length - 1];
    if (!run) return element("span", "last small", entry.running.length ? "" : "not run yet");
    const how = element("span", run.outcome + " cut", WORDS[run.outcome] + (run.text ? ": " + run.text : ""));
    how.title = run.text || "";
    return element("span", "last", how,
      element("span", "small count", "took " + duration(run.seconds) + ", ",
        clock("", "ago", run.started_ms + run.seconds * 1000)));
  };

  const head = (entry, open) => {
    const made = element("button", "head", what(entry), coming(entry), last(entry));
    made.type = "button";
    made.setAttribute("aria-expanded", open);
    if (entry.recent.length || entry.running.length) made.append(plot(entry));
    made.addEventListener("click", () => {
      view.open = view.open === entry.key ? null : entry.key;
      load();
    });
    return made;
  };

  const detail = entry => {
    const facts = element("dl");
    const fact = (name, value) => facts.append(element("dt", "", name), element("dd", "", value));
    fact("schedule", element("span", "mono", entry.schedule));
    fact("time zone", entry.zone);
    fact("defined in", entry.origin);
    fact("runs so far", String(entry.runs));
    const run = entry.recent[entry.recent.length - 1];
    if (run) fact("last run", element("span", run.outcome, "run " + run.run + ", " + moment(run.started_ms) + ": " + (run.text || "succeeded")));
    const output = element("pre", "lines");
    for (const line of entry.lines || []) {
      // Colours and movements of a terminal mean nothing here.
      const text = line.text.replace(/\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]/g, "");
      output.append(element("span", "run", "[" + line.run + "] "), element("span", line.channel, text), "\n");
    }
    if (!output.childNodes.length) output.append(element("span", "run", "no output yet"));
    return element("div", "detail", facts, element("div", "small", "command"), element("pre", "", entry.command),
      element("div", "small", "last lines of output"), output);
  };

  // What somebody marks to copy it stays as it is.
  const marked = made => {
    const selection = document.getSelection();
    return !selection.isCollapsed && made.contains(selection.anchorNode);
  };

  const put = (row, made) => {
    const old = row.element.lastElementChild;
    if (row.element.children.length < 2) {
      row.element.append(made);
    } else if (!marked(old)) {
      const scrolled = old.querySelector(".lines");
      const atEnd = scrolled.scrollTop + scrolled.clientHeight >= scrolled.scrollHeight - 4;
      old.replaceWith(made);
      made.querySelector(".lines").scrollTop = atEnd ? 1e6 : scrolled.scrollTop;
    }
  };

  // A row that says the same as before stays the same element: focus, hints and marks survive.
  const row = entry => {
    const open = entry.key === view.open;
    const known = rows.get(entry.key) || { element: element("li", "entry"), made: "", detail: "" };
    const { lines, ...rest } = entry;
    const made = JSON.stringify([rest, open]);
    if (known.made !== made) {
      const focused = known.element.contains(document.activeElement) && document.activeElement.matches(".head");
      const fresh = head(entry, open);
      if (known.element.firstElementChild) known.element.firstElementChild.replaceWith(fresh);
      else known.element.append(fresh);
      if (focused) fresh.focus();
      known.made = made;
    }
    const details = open ? JSON.stringify(entry) : "";
    if (!open && known.element.children.length > 1) known.element.lastElementChild.remove();
    if (open && known.detail !== details) put(known, detail(entry));
    known.detail = details;
    return known;
  };

  const show = state => {
    const fresh = new Map();
    for (const entry of state.entries) fresh.set(entry.key, row(entry));
    rows = fresh;
    const list = byId("entries");
    [...fresh.values()].forEach((known, i) => {
      if (list.children[i] !== known.element) list.insertBefore(known.element, list.children[i] || null);
    });
    while (list.children.length > fresh.size) list.lastElementChild.remove();
    byId("nothing").hidden = state.matching > 0;
    for (const button of document.querySelectorAll("[data-show]")) {
      const count = state[(button.dataset.show || "entries") + "_total"];
      button.querySelector("span").textContent = count.toLocaleString();
      button.classList.toggle("bad", button.dataset.show === "failed" && count > 0);
    }
    byId("state").className = state.ready ? "" : "waits";
    byId("state").textContent = state.ready ? "on schedule" : "not firing";
    document.title = (state.failed_total ? state.failed_total + " failed \u2013 " : "") + "pidone cron";
    const end = Math.min(view.offset + LIMIT, state.matching);
    byId("place").textContent = (view.offset + 1).toLocaleString() + " to " + end.toLocaleString() + " of " + state.matching.toLocaleString();
    byId("place").parentElement.hidden = state.matching <= LIMIT && view.offset === 0;
    byId("back").disabled = view.offset === 0;
    byId("on").disabled = end >= state.matching;
    tick();
  };

  const problem = text => {
    byId("problem").hidden = !text;
    byId("problem").textContent = text;
    byId("entries").classList.toggle("old", !!text);
    if (text) {
      byId("state").className = "lost";
      byId("state").textContent = "no answer";
    }
  };

  // Two seconds, or when the next of the entries that are shown fires, but no more than once a second.
  const pause = () => {
    const next = Math.min(...[...document.querySelectorAll("[data-next]")].map(made => made.dataset.next - now()));
    return Math.max(1000, Math.min(2000, next + 200));
  };

  const load = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    const mine = ++asked;
    const query = new URLSearchParams({ filter: view.filter, show: view.show, sort: view.sort, offset: view.offset, limit: LIMIT });
    if (view.open !== null) query.set("entry", view.open);
    try {
      const answer = await fetch("status.json?" + query, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {}, signal: AbortSignal.timeout(8000) });
      if (answer.status !== 304 && !answer.ok) throw new Error((await answer.text()).trim() || "answer " + answer.status);
      const state = answer.status === 304 ? null : await answer.json();
      // An answer to an earlier question came late.
      if (mine !== asked) return;
      tag = answer.headers.get("ETag") || "";
      heardAt = Date.now();
      problem("");
      if (state) {
        skew = state.now_ms - Date.now();
        if (view.offset > 0 && view.offset >= state.matching) {
          view.offset = Math.max(0, LIMIT * Math.floor((state.matching - 1) / LIMIT));
          timer = setTimeout(load, 0);
          return;
        }
        show(state);
      }
    } catch (failure) {
      if (mine !== asked) return;
      tag = "";
      problem("No answer from pidone for " + span((Date.now() - heardAt) / 1000) + ": " + failure.message);
    }
    timer = setTimeout(load, pause());
  };

  // The view stands in the address, so that it can be kept and sent.
  const go = changed => {
    Object.assign(view, { offset: 0 }, changed);
    const kept = new URLSearchParams();
    for (const key of ["filter", "show", "sort"]) if (view[key]) kept.set(key, view[key]);
    history.replaceState(null, "", "#" + kept);
    for (const button of document.querySelectorAll("[data-show]")) button.setAttribute("aria-pressed", button.dataset.show === view.show);
    tag = "";
    load();
  };

  const kept = new URLSearchParams(location.hash.slice(1));
  byId("filter").value = kept.get("filter") || "";
  byId("sort").value = kept.get("sort") || "";
  byId("filter").addEventListener("input", () => go({ filter: byId("filter").value }));
  byId("sort").addEventListener("change", () => go({ sort: byId("sort").value }));
  for (const button of document.querySelectorAll("[data-show]")) button.addEventListener("click", () => go({ show: button.dataset.show }));
  byId("back").addEventListener("click", () => go({ offset: Math.max(0, view.offset - LIMIT) }));
  byId("on").addEventListener("click", () => { go({ offset: view.offset + LIMIT }); scrollTo(0, 0); });
  document.addEventListener("visibilitychange", load);
  setInterval(tick, 250);
  go({ filter: byId("filter").value, sort: byId("sort").value, show: kept.get("show") || "" });
})();
