/* Narrows the list of offers: all questions at once, with the number of offers behind each choice,
   and no choice without one. What is chosen stays behind the # of the address: no server is told,
   and the way back works. Written for phones from 2018. */
(function () {
  "use strict";
  var form = document.querySelector(".finder");
  var questions = form.querySelectorAll("select");
  document.documentElement.className += " with-finder";
  form.hidden = false;

  function start() {
    var offers = [].slice.call(document.querySelectorAll("[data-offer]"));
    var status = form.querySelector("[role=status]");
    var reset = form.querySelector("[type=reset]");
    var choices = [].map.call(questions, function (question) {
      return [].map.call(question.options, function (option) {
        return { value: option.value, label: option.getAttribute("data-label") || option.text, option: option };
      });
    });
    var given = offers.map(function (offer) {
      return [].map.call(questions, function (question) {
        return (offer.getAttribute("data-" + question.name) || "").split(" ");
      });
    });
    var answers = [].map.call(questions, function () {
      return "";
    });

    function fits(offer, except) {
      return answers.every(function (answer, number) {
        return !answer || number === except || offer[number].indexOf(answer) >= 0;
      });
    }

    /* Offers only choices that lead to something; what is chosen stays, to be taken back. */
    function fill(question, number) {
      var open = given.filter(function (offer) {
        return fits(offer, number);
      });
      question.textContent = "";
      choices[number].forEach(function (choice) {
        var count = open.filter(function (offer) {
          return offer[number].indexOf(choice.value) >= 0;
        }).length;
        if (!choice.value || count || choice.value === answers[number]) {
          choice.option.text = choice.value ? choice.label + " (" + count + ")" : choice.label;
          question.appendChild(choice.option);
        }
      });
      question.value = answers[number];
    }

    function show() {
      var count = 0;
      offers.forEach(function (offer, number) {
        offer.hidden = !fits(given[number], -1);
        count += offer.hidden ? 0 : 1;
      });
      [].forEach.call(questions, fill);
      var asked = answers.some(Boolean);
      reset.hidden = !asked;
      var words = asked ? (count === 1 ? status.dataset.single : status.dataset.some) : status.dataset.all;
      status.textContent = words.replace("{n}", count).replace("{all}", offers.length);
    }

    /* An age that the page doesn't list is among those of the last choice below it. */
    function known(number, value) {
      var found = "";
      choices[number].forEach(function (choice) {
        if (choice.value === value) {
          found = value;
        } else if (value && questions[number].name === "age" && choice.value && +choice.value <= +value) {
          found = choice.value;
        }
      });
      return found;
    }

    function read() {
      var asked = {};
      location.hash.slice(1).split("&").forEach(function (pair) {
        var parts = pair.split("=");
        asked[parts[0]] = parts[1] || "";
      });
      answers = [].map.call(questions, function (question, number) {
        return known(number, asked[question.name] || "");
      });
      show();
    }

    function write() {
      var state = [].map.call(questions, function (question, number) {
        return answers[number] && question.name + "=" + answers[number];
      }).filter(Boolean).join("&");
      history.replaceState(null, "", state ? "#" + state : location.pathname + location.search);
    }

    form.addEventListener("change", function (event) {
      answers[[].indexOf.call(questions, event.target)] = event.target.value;
      write();
      show();
    });
    form.addEventListener("reset", function (event) {
      event.preventDefault();
      answers = answers.map(function () {
        return "";
      });
      write();
      show();
      questions[0].focus();
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
    });
    window.addEventListener("hashchange", read);
    read();
  }

  document.addEventListener("DOMContentLoaded", start);
})();
