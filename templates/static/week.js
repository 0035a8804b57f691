/* Marks today on the page of the week; the page says everything without it. */
(function () {
  "use strict";
  var now = new Date();
  function two(number) {
    return (number < 10 ? "0" : "") + number;
  }
  var today = now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  document.querySelectorAll('[data-day="' + today + '"]').forEach(function (place) {
    place.classList.add("today");
    var link = place.querySelector("a");
    var flag = place.querySelector(".now");
    if (flag) {
      flag.hidden = false;
    } else if (link) {
      link.setAttribute("aria-current", "date");
    }
  });
})();
