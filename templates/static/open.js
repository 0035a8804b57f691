/* Says in words whether it is open today; the hours stand beside it. All sentences of a week are in the
   page, each with the time in which it holds, so that nothing is worked out here: in another week, in the
   hours around a change of the clock, and where the zone isn't known, nothing is said. */
(function () {
  "use strict";
  var minute = 60000;
  var hour = 60 * minute;
  var places = document.querySelectorAll("[data-notices]");
  function onTheWall(moment, zone) {
    var said = {};
    var form = { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
    new Intl.DateTimeFormat("en", form).formatToParts(moment).forEach(function (part) {
      said[part.type] = part.value;
    });
    return said.year + "-" + said.month + "-" + said.day + "T" + said.hour + ":" + said.minute;
  }
  function isSteady(moment, zone) {
    var before = Date.parse(onTheWall(moment - hour, zone) + "Z");
    return Date.parse(onTheWall(moment + hour, zone) + "Z") - before === 2 * hour;
  }
  function sentence(place, moment) {
    var zone = place.getAttribute("data-zone");
    if (!isSteady(moment, zone)) return "";
    var now = onTheWall(moment, zone);
    var found = "";
    place.getAttribute("data-notices").split("\n").forEach(function (line) {
      if (line.slice(0, 16) <= now && now < line.slice(17, 33)) found = line.slice(34);
    });
    return found;
  }
  function show() {
    var moment = Date.now();
    places.forEach(function (place) {
      var found = "";
      try {
        found = sentence(place, moment);
      } catch (error) {
        if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
      }
      if (place.textContent !== found) place.textContent = found;
      place.hidden = !found;
    });
  }
  function watch() {
    show();
    setTimeout(watch, minute - (Date.now() % minute));
  }
  document.addEventListener("visibilitychange", show);
  window.addEventListener("pageshow", show);
  watch();
})();

/* Buttons that print the page as it stands: what is only for the screen stays away (site.css). They are
   in this file, since each more would be a request more; without a script the browser's menu prints. */
(function () {
  "use strict";
  document.querySelectorAll("button.print").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });
})();
