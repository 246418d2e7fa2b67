// What this tab keeps over a reload: drafts and the player's queue. It is the tab's own storage, so it ends
// with the tab and never leaves the browser.

const PREFIX = 'mmx:';

export interface Keeper { getItem(key: string): string | null; setItem(key: string, value: string): void; removeItem(key: string): void }

function tabStorage(): Keeper | undefined {
  try { return globalThis.sessionStorage; } catch { return undefined; }
}

export function keep(name: string, value: unknown, storage = tabStorage()) {
  try {
    if (value === undefined) storage?.removeItem(PREFIX + name);
    else storage?.setItem(PREFIX + name, JSON.stringify(value));
  } catch { /* full or switched off: the page works without */ }
}

// What was kept, if it still has the shape that `fits` asks for.
export function kept<T>(name: string, fits: (value: unknown) => value is T, storage = tabStorage()): T | undefined {
  try {
    const value: unknown = JSON.parse(storage?.getItem(PREFIX + name) ?? 'null');
    return fits(value) ? value : undefined;
  } catch { return undefined; }
}

export function forgetDrafts() {
  try {
    const names = Array.from({ length: sessionStorage.length }, (_, i) => sessionStorage.key(i));
    for (const name of names) if (name?.startsWith(PREFIX)) sessionStorage.removeItem(name);
  } catch { /* nothing was kept */ }
}
