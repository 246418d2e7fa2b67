// Looks again every few seconds for as long as the page is there and seen. Gives what ends it, for onMount.
export function everyFewSeconds(look: () => unknown, seconds = 5): () => void {
  void look();
  const timer = setInterval(() => { if (document.visibilityState === 'visible') void look(); }, seconds * 1000);
  return () => clearInterval(timer);
}
