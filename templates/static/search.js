/* Searches the index that stands beside the page, in German as it is used: parts of compounds, ae for
   ä, ss for ß, words with hyphens and parentheses both joined and split, synonyms, one slip of the
   pen from five letters on. All words must be found; the best comes first. What is searched for
   stays behind the # of the address: no server is told. Written for phones from 2018. */
document.querySelector(".seek").hidden = false;
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var index = window.netzsiteIndex;
  var form = document.querySelector(".seek");
  if (!index) {
    form.hidden = true;
    return;
  }

  /* What stands where in an entry of the index. */
  var KIND = 0, TITLE = 1, LINK = 2, LINE = 3, NAME = 4, SYNONYMS = 5, SUMMARY = 6, MORE = 7, TERMS = 8;

  /* Words */

  var LETTERS = { "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i" };
  function fold(text) {
    return text.normalize("NFC").toLowerCase().replace(/[äöüßæœøłđı]/g, function (letter) {
      return LETTERS[letter];
    }).normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }

  /* A word as it is written: its parts, and what they give when joined. „Jugend(sozial)arbeit“ is
     jugend, sozial, arbeit, jugendsozialarbeit and jugendarbeit. */
  function read(chunk) {
    var parts = chunk.split(/[^\u0030-\u0039a-z\u00e0-\uffff]+/).filter(Boolean);
    var joined = [];
    if (parts.length > 1) {
      joined.push(parts.join(""));
      if (chunk.indexOf("(") > 0) {
        joined.push(chunk.replace(/\([^)]*\)?/g, "").replace(/[^\u0030-\u0039a-z\u00e0-\uffff]+/g, ""));
      }
    }
    return { parts: parts, joined: joined };
  }

  function chunks(text) {
    return fold(text).split(/[\s,;!?"„“”‚‘’»«…·|–—]+|[.:](?=\s|$)/).filter(Boolean);
  }

  function phrase(text) {
    return chunks(text).join(" ");
  }

  /* The index: word → the records that have it, each with what it counts there. */

  var CALLED = 100, ALSO_CALLED = 60, ABOUT = 40, ABOUT_SAME = 30, SAID = 20, SAID_FURTHER = 10;
  var words = Object.create(null);
  var halves = [];

  function add(word, record, weight) {
    var places = words[word] || (words[word] = new Map());
    if (!(places.get(record) >= weight)) {
      places.set(record, weight);
    }
  }

  function learn(text, record, weight) {
    var found = chunks(text);
    found.forEach(function (chunk, number) {
      var word = read(chunk);
      word.parts.concat(word.joined).forEach(function (one) {
        add(one, record, weight);
      });
      /* „Schuldner- und Insolvenzberatung“ is a Schuldnerberatung too. */
      var whole = /^(und|oder|bzw\.?)$/.test(found[number + 1] || "") && found[number + 2];
      if (/-$/.test(chunk) && whole) {
        halves.push({ first: word.parts.join(""), last: read(whole).parts.join(""), record: record, weight: weight });
      }
    });
  }

  index.entries.forEach(function (entry, record) {
    learn(entry[TITLE], record, CALLED);
    learn(entry[NAME], record, CALLED);
    learn(entry[SYNONYMS], record, ALSO_CALLED);
    learn(entry[LINE], record, SAID);
    learn(entry[SUMMARY], record, SAID);
    learn(entry[MORE], record, SAID_FURTHER);
    entry[TERMS].forEach(function (term) {
      learn(index.terms[term][0], record, ABOUT);
      learn(index.terms[term][1], record, ABOUT_SAME);
    });
  });
  var known = Object.keys(words);
  var names = index.entries.map(function (entry) {
    return [phrase(entry[TITLE]), phrase(entry[NAME])];
  });

  /* How well a word is met: whole, at its beginning, at its end (the head of a German compound), inside. */

  function likeness(asked, word) {
    var at = word.indexOf(asked);
    if (at < 0) {
      return 0;
    }
    if (at === 0) {
      return word.length === asked.length ? 1 : 0.8;
    }
    if (asked.length > 2 && word.slice(-asked.length) === asked) {
      return 0.75;
    }
    return asked.length > 3 ? 0.55 : 0;
  }

  /* Whether two words differ by one letter: one more, one less, another one, or two swapped. */
  function isOneSlip(one, two) {
    var at = 0;
    while (at < one.length && one[at] === two[at]) {
      at += 1;
    }
    var a = one.slice(at), b = two.slice(at);
    return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) ||
      (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  }

  function nearness(asked, word) {
    var length = asked.length, half = length >> 1;
    if (word.length < length - 1 || !(
      word.indexOf(asked.slice(0, half)) >= 0 || word.indexOf(asked.slice(half)) >= 0 ||
      word.indexOf(asked.slice(0, half - 1) + asked[half] + asked[half - 1]) >= 0)) {
      return 0;
    }
    if (isOneSlip(asked, word)) {
      return 0.5;
    }
    for (var size = length - 1; size <= length + 1; size += 1) {
      if (isOneSlip(asked, word.slice(0, size))) {
        return 0.4;
      }
      if (length > 5 && size <= word.length && isOneSlip(asked, word.slice(-size))) {
        return 0.4;
      }
      for (var at = 1; length > 6 && at + size < word.length; at += 1) {
        if (isOneSlip(asked, word.slice(at, at + size))) {
          return 0.25;
        }
      }
    }
    return 0;
  }

  function lookUp(asked, measure) {
    var found = new Map();
    function note(record, count) {
      if (!(found.get(record) >= count)) {
        found.set(record, count);
      }
    }
    known.forEach(function (word) {
      var like = measure(asked, word);
      if (like) {
        words[word].forEach(function (weight, record) {
          note(record, weight * like);
        });
      }
    });
    if (measure === likeness) {
      halves.forEach(function (half) {
        var rest = asked.slice(half.first.length);
        if (rest && asked.slice(0, half.first.length) === half.first && half.last.indexOf(rest) > 0) {
          note(half.record, half.weight * 0.75);
        }
      });
    }
    return found;
  }

  /* As written; else without its ending („Beratungen“); else with a slip. */
  function hits(asked) {
    var found = lookUp(asked, likeness);
    var stem = asked.replace(/(innen|in|en|er|es|e|n|s)$/, "");
    if (!found.size && stem !== asked && stem.length > 3) {
      found = lookUp(stem, likeness);
    }
    if (!found.size && asked.length > 4) {
      found = lookUp(asked, nearness);
    }
    return found;
  }

  function both(one, two) {
    var found = new Map();
    one.forEach(function (count, record) {
      if (two.has(record)) {
        found.set(record, count + two.get(record));
      }
    });
    return found;
  }

  function chunkHits(chunk) {
    var word = read(chunk);
    if (!word.parts.length) {
      return null;
    }
    var found = word.parts.map(hits).reduce(both);
    word.joined.forEach(function (joined) {
      lookUp(joined, likeness).forEach(function (count, record) {
        if (!(found.get(record) >= count)) {
          found.set(record, count);
        }
      });
    });
    return found;
  }

  function search(text) {
    var all = chunks(text);
    var asked = all.filter(function (chunk) {
      return index.ignored.indexOf(chunk) < 0;
    });
    asked = asked.length ? asked : all;
    var each = asked.map(function (chunk) {
      return { word: chunk, found: chunkHits(chunk) };
    }).filter(function (one) {
      return one.found;
    });
    var whole = asked.join(" ");
    var found = each.length ? each.map(function (one) {
      return one.found;
    }).reduce(both) : new Map();
    var order = [];
    found.forEach(function (count, record) {
      var same = names[record].indexOf(whole) >= 0;
      var begins = names[record][0].indexOf(whole) === 0;
      order.push([count / each.length + (same ? 100 : begins ? 50 : 0), record]);
    });
    order.sort(function (one, two) {
      return two[0] - one[0] || one[1] - two[1];
    });
    return { records: order.map(function (one) { return one[1]; }), each: each };
  }

  /* The page */

  var FIRST = 30;
  var field = form.querySelector("input");
  var found = document.querySelector(".found");
  var said = found.querySelector("h2");
  var list = found.querySelector("ol");
  var fewer = found.querySelector(".fewer");
  var all = found.querySelector(".all");
  var status = document.querySelector("[role=status]");
  var register = document.querySelector(".register");
  var waiting = 0;
  var shown = null;

  function make(name, text, style) {
    var made = document.createElement(name);
    made.textContent = text;
    if (style) {
      made.className = style;
    }
    return made;
  }

  function item(record) {
    var entry = index.entries[record];
    var made = make("li", "", "go");
    var title = make("h3", "");
    var link = make("a", entry[TITLE]);
    link.href = entry[LINK];
    title.appendChild(link);
    made.appendChild(make("p", index.kinds[entry[KIND]], "kicker"));
    made.appendChild(title);
    if (entry[LINE]) {
      made.appendChild(make("p", entry[LINE], "meta"));
    }
    if (entry[SUMMARY]) {
      made.appendChild(make("p", entry[SUMMARY]));
    }
    return made;
  }

  function fill(records) {
    var pieces = document.createDocumentFragment();
    records.forEach(function (record) {
      pieces.appendChild(item(record));
    });
    list.appendChild(pieces);
  }

  function say(words, number, query) {
    return words.replace("{n}", number).replace("{q}", query);
  }

  function offerFewer(each) {
    fewer.textContent = "";
    var some = each.filter(function (one) {
      return one.found.size;
    });
    fewer.hidden = each.length < 2 || !some.length;
    if (fewer.hidden) {
      return;
    }
    fewer.appendChild(make("span", form.dataset.fewer));
    some.forEach(function (one) {
      var button = make("button", one.word + " (" + one.found.size + ")");
      button.type = "button";
      button.addEventListener("click", function () {
        field.value = one.word;
        show();
        field.focus();
      });
      fewer.appendChild(document.createTextNode(" "));
      fewer.appendChild(button);
    });
  }

  function show() {
    var query = field.value.trim();
    if (query === shown) {
      return;
    }
    shown = query;
    list.textContent = "";
    found.hidden = !query;
    register.hidden = false;
    var sentence = "";
    if (query) {
      var result = search(query);
      var count = result.records.length;
      sentence = say(count ? (count === 1 ? form.dataset.one : form.dataset.many) : form.dataset.none, count, query);
      said.textContent = sentence;
      register.hidden = count > 0;
      fill(result.records.slice(0, FIRST));
      all.hidden = count <= FIRST;
      all.textContent = say(form.dataset.more, count, query);
      all.onclick = function () {
        fill(result.records.slice(FIRST));
        all.hidden = true;
        list.children[FIRST].querySelector("a").focus();
      };
      if (count) {
        fewer.hidden = true;
      } else {
        offerFewer(result.each);
      }
    }
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      status.textContent = sentence;
      history.replaceState(null, "", query ? "#q=" + encodeURIComponent(query) : location.pathname + location.search);
    }, 500);
  }

  function fromAddress() {
    var hit = /^#q=(.*)$/.exec(location.hash);
    if (hit) {
      try {
        field.value = decodeURIComponent(hit[1].replace(/\+/g, " "));
      } catch (error) {
        field.value = hit[1];
      }
      show();
    }
    return hit;
  }

  field.addEventListener("input", show);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    show();
    if (!found.hidden) {
      said.focus();
    }
  });
  window.addEventListener("hashchange", fromAddress);
  if (!fromAddress() && !location.hash && window.matchMedia("(hover: hover)").matches) {
    field.focus();
  }
});
