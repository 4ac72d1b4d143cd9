// Somebody has signed out: no card stays on this phone. Browsers on https have done so already.
try {
  localStorage.removeItem('card-kept');
} catch (none) {
  // Nothing is kept where nothing may be.
}
