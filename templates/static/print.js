/* Buttons that print the page as it stands: what is only for the screen stays away (site.css).
   Without a script there is none, and the browser's own menu prints. */
(function () {
  "use strict";
  document.querySelectorAll("button.print").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });
})();
