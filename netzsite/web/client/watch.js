/* Stands in each page before its own scripts: notes what makes a connection that is no request. */
(() => {
  "use strict";
  const made = [];
  Object.defineProperty(window, "netzsiteConnections", { value: made });
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"]) {
    const real = window[name];
    if (!real) continue;
    window[name] = new Proxy(real, {
      construct(target, given, as) {
        made.push(name);
        return Reflect.construct(target, given, as);
      },
    });
  }
})();
