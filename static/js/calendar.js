// Dragging on the calendar: a session to another day or hour, or its lower edge; then the page that asks before it saves.
(() => {
  "use strict";
  const SLICE = 30;
  const FIRST = 7 * 60;
  let held = null;

  const two = (number) => String(number).padStart(2, "0");
  const minutes = (moment) => Number(moment.slice(11, 13)) * 60 + Number(moment.slice(14, 16));
  const hour = (total) => {
    const inside = Math.min(Math.max(total, 0), 24 * 60 - 1);
    return `${two(Math.floor(inside / 60))}:${two(inside % 60)}`;
  };
  const dayOf = (target) => target.closest?.("#calendar [data-day]");

  // Minutes of the day at a height of the week's column.
  const minutesAt = (column, y) => {
    const box = column.getBoundingClientRect();
    const rows = Math.round(((y - box.top) / box.height) * 30);
    return FIRST + Math.min(Math.max(rows, 0), 29) * SLICE;
  };

  // Ask on the page of its own, unless nothing has changed.
  const ask = (item, start, end) => {
    if (start === item.dataset.start && end === item.dataset.end) return;
    location.href = `${item.dataset.move}?${new URLSearchParams({ start, end })}`;
  };

  const moved = (item, day, y) => {
    const { start, end } = item.dataset;
    if (!day.classList.contains("week-day")) {
      ask(item, day.dataset.day + start.slice(10), day.dataset.day + end.slice(10));
      return;
    }
    const long = minutes(end) - minutes(start);
    const from = Math.min(minutesAt(day, y - held.offset), 24 * 60 - 1 - long);
    ask(item, `${day.dataset.day}T${hour(from)}`, `${day.dataset.day}T${hour(from + long)}`);
  };

  document.addEventListener("dragstart", (event) => {
    const item = event.target.closest?.("[data-move]");
    if (!item) return;
    held = { item, offset: event.clientY - item.getBoundingClientRect().top };
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.dataset.move);
  });
  document.addEventListener("dragover", (event) => {
    const day = held && dayOf(event.target);
    document.querySelectorAll("#calendar .is-over").forEach((other) => other !== day && other.classList.remove("is-over"));
    if (!day) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    day.classList.add("is-over");
  });
  document.addEventListener("drop", (event) => {
    const day = held && dayOf(event.target);
    if (!day) return;
    event.preventDefault();
    moved(held.item, day, event.clientY);
  });
  document.addEventListener("dragend", () => {
    document.querySelectorAll("#calendar .is-over").forEach((day) => day.classList.remove("is-over"));
    held = null;
  });

  // The lower edge of a session in the week.
  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.(".grip");
    if (!grip) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    const box = grip.parentElement;
    const item = box.querySelector("[data-move]");
    const column = dayOf(box);
    let until = item.dataset.end;
    const drag = (move) => {
      const end = Math.max(minutesAt(column, move.clientY), minutes(item.dataset.start) + SLICE);
      until = `${item.dataset.end.slice(0, 11)}${hour(end)}`;
      box.className = box.className.replace(/span-\d+/, `span-${Math.max(1, Math.ceil((end - minutes(item.dataset.start)) / SLICE))}`);
      item.querySelector("time").textContent = `${item.dataset.start.slice(11)}–${until.slice(11)}`;
    };
    const drop = () => {
      grip.removeEventListener("pointermove", drag);
      ask(item, item.dataset.start, until);
    };
    grip.addEventListener("pointermove", drag);
    grip.addEventListener("pointerup", drop, { once: true });
  });
})();
