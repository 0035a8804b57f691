/* Hears of news from the preview's server, once for all open pages: a browser keeps only six
   connections to one server open. Its connection isn't ruled by the pages' policies. */
"use strict";

const pages = new Set();
let last = null;

function listen() {
  const source = new EventSource("/.netzsite/events");
  source.onmessage = (event) => {
    last = JSON.parse(event.data);
    for (const page of pages) page.postMessage(last);
  };
  source.onerror = () => {
    last = null; // what a server that has gone said may be wrong by now
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

async function mend(page, asked) {
  const request = { method: "POST", body: JSON.stringify(asked) };
  const answer = await fetch("/.netzsite/fix", request).catch(() => null);
  page.postMessage({ made: Boolean(answer && answer.ok) });
}

function join(page) {
  pages.add(page);
  page.onmessage = (event) => (event.data === "bye" ? pages.delete(page) : mend(page, event.data));
  if (last) page.postMessage(last);
}

if ("onconnect" in self) self.onconnect = (event) => join(event.ports[0]);
else join(self);
listen();
