/* Names what a page has left in the browser, and the connections that watch.js noted. */
async () => {
  const found = [];
  const all = (what, names) => names.forEach((name) => found.push(`${what} ${name}`));
  const ask = async (reading) => {
    try {
      await reading();
    } catch {
      /* where a browser has no such store, nothing is kept in it */
    }
  };
  await ask(() => all("localStorage", Object.keys(localStorage)));
  await ask(() => all("sessionStorage", Object.keys(sessionStorage)));
  await ask(async () => all("indexedDB", (await indexedDB.databases()).map(({ name }) => name)));
  await ask(async () => all("caches", await caches.keys()));
  await ask(async () => {
    const workers = await navigator.serviceWorker.getRegistrations();
    all("serviceWorker", workers.map(({ scope }) => scope));
  });
  await ask(async () => {
    for await (const name of (await navigator.storage.getDirectory()).keys()) all("storage", [name]);
  });
  if (window.name) found.push("window.name");
  if (history.state !== null) found.push("history.state");
  return { kept: found, connections: [...window.netzsiteConnections] };
};
