// Comfort only: what is asked about a party is hidden while that party is not ticked.
(function () {
  "use strict";
  const doc = document;

  function follow() {
    doc.querySelectorAll("[data-of-party]").forEach((field) => {
      const box = [...doc.querySelectorAll('input[name="parties"]')].find((one) => one.value === field.dataset.ofParty);
      field.disabled = field.closest(".field").hidden = Boolean(box && !box.checked);
    });
  }
  doc.addEventListener("change", (event) => { if (event.target.name === "parties") { follow(); } });
  follow();
})();
