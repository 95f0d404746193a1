// Sets the colour scheme before the first paint; a file of its own because inline scripts are refused.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('accord-scheme');
  } catch (refused) {
    chosen = null;
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
