/* Keeps an open page of the preview up to date. The preview's server puts it into each page; it is
   no part of the site. Whatever comes from files is put in as text. */
(() => {
  "use strict";

  const own = document.currentScript.dataset;
  let round = Number(own.round);
  let leaving = false;

  function hear(news) {
    const missed = news.run !== own.run || news.round > round + 1;
    if (leaving || (!missed && news.round < round)) return;
    const next = news.round === round + 1;
    round = news.round;
    if (next && news.moved[own.file]) {
      leaving = true;
      location.replace(news.moved[own.file] + location.hash); // the same page under its new name
      return;
    }
    if (missed || String(news.ready) !== own.ready.toLowerCase() || (next && !renew(news.changed))) {
      leaving = true;
      location.reload(); // keeps the scroll position
      return;
    }
    show(news.overlay);
  }

  /* Takes up what changed without loading the page again; false where that can't be. */
  function renew(changed) {
    if (!changed) return false;
    if (!changed.length) return true;
    const paths = new Set(changed);
    if (!own.file || paths.has(own.file)) return false;
    for (const sheet of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const path = new URL(sheet.href).pathname;
      if (paths.delete(path)) swap(sheet, path);
    }
    const used = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname);
    return !used.some((path) => paths.has(path));
  }

  function swap(sheet, path) {
    const fresh = sheet.cloneNode();
    fresh.href = `${path}?${round}`;
    fresh.onload = fresh.onerror = () => sheet.remove();
    sheet.after(fresh);
  }

  /* What is wrong, laid over the page. */

  let dialog, badge, shown, asked, port;

  function make(name, facts, ...children) {
    const element = Object.assign(document.createElement(name), facts);
    element.append(...children);
    return element;
  }

  function frame() {
    const host = make("netzsite-preview", {});
    const root = host.attachShadow({ mode: "open" });
    dialog = make("dialog", {});
    dialog.setAttribute("aria-labelledby", "heading");
    badge = make("button", { type: "button", hidden: true });
    badge.onclick = open;
    dialog.onclose = () => (badge.hidden = !shown.entries.length);
    const style = make("link", { rel: "stylesheet", href: "/.netzsite/overlay.css" });
    root.append(style, dialog, badge);
    document.documentElement.append(host);
  }

  function open() {
    if (!dialog.open) dialog.showModal();
    badge.hidden = true;
  }

  function show(overlay) {
    const same = JSON.stringify(overlay) === JSON.stringify(shown);
    if (same || (!dialog && !overlay.entries.length)) return;
    if (!dialog) frame();
    shown = overlay;
    dialog.lang = badge.lang = overlay.language;
    dialog.dir = badge.dir = overlay.direction;
    badge.textContent = overlay.heading;
    badge.className = dialog.className = overlay.errors ? "error" : "warning";
    dialog.replaceChildren(...panel(overlay));
    badge.hidden = !overlay.entries.length;
    if (overlay.errors) open();
    else dialog.close();
  }

  function panel(overlay) {
    const close = make("button", { type: "button", className: "close" }, overlay.labels.close);
    close.onclick = () => dialog.close();
    const heading = make("h2", { id: "heading" }, overlay.heading);
    heading.setAttribute("aria-live", "polite");
    const entries = overlay.entries.map((entry) => item(entry, overlay));
    return [make("div", { className: "top" }, heading, close), make("p", {}, overlay.note), make("ol", {}, ...entries)];
  }

  function item(entry, overlay) {
    const labels = overlay.labels;
    const parts = [];
    if (entry.place) parts.push(make("p", { className: "place" }, place(entry, labels)));
    parts.push(make("p", { className: "message" }, entry.message));
    if (entry.source) {
      const carets = make("span", { className: "carets" }, `\n${entry.carets || ""}`);
      carets.setAttribute("aria-hidden", "true");
      parts.push(make("pre", {}, entry.source, carets));
    }
    if (entry.help) parts.push(make("p", { className: "help" }, `${labels.help}: ${entry.help}`));
    if (entry.fix && overlay.token) parts.push(mend(entry, overlay));
    if (entry.code) parts.push(make("p", { className: "code" }, `[${entry.code}]`));
    return make("li", { className: entry.rank }, ...parts);
  }

  /* Mends a problem at a click; the round that follows takes it off the list. */
  function mend(entry, overlay) {
    const button = make("button", { type: "button" }, overlay.labels.fix_it);
    const told = make("span", {}, ` ${entry.fixes.join(" ")}`);
    button.onclick = () => {
      button.disabled = true;
      asked = { button, told, failed: overlay.labels.fix_failed };
      port.postMessage({ token: overlay.token, fix: entry.fix });
    };
    return make("p", { className: "fix" }, button, told);
  }

  function answered(made) {
    if (made || !asked) return;
    asked.button.disabled = false;
    asked.told.textContent = ` ${asked.failed}`;
  }

  function place(entry, labels) {
    const code = make("code", {}, entry.place);
    if (!entry.edit) return code;
    const edit = make("a", { href: entry.edit }, labels.edit_file);
    edit.setAttribute("aria-label", `${labels.edit_file}: ${entry.place}`);
    const both = document.createDocumentFragment();
    both.append(code, " ", edit);
    return both;
  }

  /* From now on. */

  function take(event) {
    if ("made" in event.data) answered(event.data.made);
    else hear(event.data);
  }

  if (window.SharedWorker) {
    port = new SharedWorker("/.netzsite/worker.js").port;
    addEventListener("pagehide", () => port.postMessage("bye"));
  } else {
    port = new Worker("/.netzsite/worker.js");
  }
  port.onmessage = take;
  addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
