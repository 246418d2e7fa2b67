// Waiting for a condition, never for a time.

export async function until(what, condition, seconds = 30, every_ms = 40) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, every_ms));
  }
}
