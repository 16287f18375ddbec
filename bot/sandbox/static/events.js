// What the sandbox tells the page: changes, the clock, who is typing. The line is opened again when it breaks.

const NAMES = ["change", "clock", "world", "typing", "answer"];
const LONGEST_WAIT = 10_000;

/** Listen. `handlers` has a function per event name, and `up(again)` and `down()` for the line itself. */
export function listen(handlers) {
  let wait = 500;
  let broken = false;

  function open() {
    const source = new EventSource("/page/events");
    source.addEventListener("open", () => {
      wait = 500;
      handlers.up(broken);
      broken = false;
    });
    for (const name of NAMES) source.addEventListener(name, (event) => handlers[name](parsed(event.data)));
    source.addEventListener("error", () => {
      // The browser's own retry gives up after an HTTP error (a restarting server), so the page does its own.
      source.close();
      if (!broken) handlers.down();
      broken = true;
      setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    });
  }
  open();
}

function parsed(data) {
  try {
    return JSON.parse(data) ?? {};
  } catch {
    return {};
  }
}
