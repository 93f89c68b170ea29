// A card of the board may be dragged to another desk; it posts what the button 换给这位 posts. zh: the button's name
// Heard at the document, since the board itself comes and goes: it is swapped in when a solving is over.
(() => {
  let held = "";
  const under = (event) => event.target.closest("[data-board='open'] [data-offer]");
  const welcome = (desk) => held && desk && !desk.querySelector(`[data-need="${held}"]`);
  document.addEventListener("dragstart", (event) => {
    const seat = event.target.closest("[data-need][draggable='true']");
    if (!seat) return;
    held = seat.dataset.need;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held);
  });
  document.addEventListener("dragend", () => { held = ""; });
  document.addEventListener("dragover", (event) => {
    const desk = under(event);
    if (!welcome(desk)) return;
    event.preventDefault();
    desk.classList.add("board-over");
  });
  document.addEventListener("dragleave", (event) => {
    const desk = under(event);
    if (desk && !desk.contains(event.relatedTarget)) desk.classList.remove("board-over");
  });
  document.addEventListener("drop", (event) => {
    const desk = under(event), form = document.getElementById("drag");
    if (!welcome(desk) || !form) return;
    event.preventDefault();
    desk.classList.remove("board-over");
    form.elements.need.value = held;
    form.elements.offer.value = desk.dataset.offer;
    held = "";
    form.requestSubmit();
  });
})();
