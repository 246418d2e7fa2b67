// Which rows of a long list need to exist, and which pages need to be asked for.

export interface Range { first: number; end: number }  // [first, end)

// `scrolled`: how far the list's top stands above the viewport's top; may be negative.
export function visibleRange(scrolled: number, viewport: number, row: number, count: number, spare = 6): Range {
  if (count <= 0 || row <= 0) return { first: 0, end: 0 };
  const first = Math.floor(scrolled / row) - spare;
  const end = Math.ceil((scrolled + viewport) / row) + spare;
  const clamped = Math.min(Math.max(first, 0), count);
  return { first: clamped, end: Math.min(Math.max(end, clamped), count) };
}

// Pages come one after the other (each needs the cursor of the one before): is another one wanted now?
export function wantsMore(range: Range, loaded: number, hasMore: boolean, ahead = 30): boolean {
  return hasMore && range.end + ahead > loaded;
}

// Rows between two, for selecting with Shift.
export function span<T>(ids: readonly T[], from: T, to: T): T[] {
  const a = ids.indexOf(from), b = ids.indexOf(to);
  if (a < 0 || b < 0) return b < 0 ? [] : [to];
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}
