// Merkt sich, welche Liste zuletzt offen war.
const offen = document.querySelector("details[open]");
if (offen) {
  localStorage.setItem("offen", offen.id);
}
