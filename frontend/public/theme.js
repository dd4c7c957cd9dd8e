// Runs before the first paint, so a chosen theme never flashes as the other one.
(() => {
  try {
    const chosen = localStorage.getItem("logcaster.theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage may be forbidden; the system's theme holds then.
  }
})();
