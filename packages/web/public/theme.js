// Runs before the first paint, so that the page never shows in the other theme. The toggle writes what this reads.
try {
  const theme = localStorage.getItem('wardline.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is off: the system's theme stands.
}
