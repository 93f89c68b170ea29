// A card of the board may be dragged to another desk; it posts what the button 换给这位 posts. zh: the button's name
(() => {
  const board = document.querySelector('[data-board="open"]');
  const form = document.getElementById("drag");
  if (!board || !form) return;
  let held = "";
  for (const seat of board.querySelectorAll("[data-need]:not([data-locked])")) {
    seat.draggable = true;
    seat.addEventListener("dragstart", (event) => {
      held = seat.dataset.need;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", held);
    });
    seat.addEventListener("dragend", () => { held = ""; });
  }
  for (const desk of board.querySelectorAll("[data-offer]")) {
    const own = (need) => desk.querySelector(`[data-need="${need}"]`) !== null;
    desk.addEventListener("dragover", (event) => {
      if (held && !own(held)) { event.preventDefault(); desk.classList.add("board-over"); }
    });
    desk.addEventListener("dragleave", () => desk.classList.remove("board-over"));
    desk.addEventListener("drop", (event) => {
      event.preventDefault();
      desk.classList.remove("board-over");
      if (!held || own(held)) return;
      form.elements.need.value = held;
      form.elements.offer.value = desk.dataset.offer;
      held = "";
      form.requestSubmit();
    });
  }
})();
