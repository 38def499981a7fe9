// The wall: when what comes back is no wall (signed out, moved on), show that page instead of a hole in this one.
(() => {
  "use strict";
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.serverResponse.includes('id="wall"')) {
      event.detail.shouldSwap = false;
      window.location.reload();
    }
  });
})();
