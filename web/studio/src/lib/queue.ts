// The order in which songs play: a list and a place in it.

export interface Queue { ids: string[]; index: number }

export const currentOf = (queue: Queue): string | undefined => queue.ids[queue.index];

// Plays `id` now; `around` is the list it was chosen from, and what follows it follows here too.
export function startAt(id: string, around: readonly string[] = []): Queue {
  const index = around.indexOf(id);
  return index < 0 ? { ids: [id], index: 0 } : { ids: [...around], index };
}

export function step(queue: Queue, by: 1 | -1): Queue | undefined {
  const index = queue.index + by;
  return index >= 0 && index < queue.ids.length ? { ...queue, index } : undefined;
}

export function append(queue: Queue, ids: readonly string[]): Queue {
  const news = ids.filter((id) => !queue.ids.slice(queue.index + 1).includes(id));
  return { ids: [...queue.ids, ...news], index: Math.max(0, queue.index) };
}

export function playNext(queue: Queue, id: string): Queue {
  const ids = [...queue.ids];
  ids.splice(queue.index + 1, 0, id);
  return { ids, index: queue.index };
}

// The one that plays stays; what stood before it moves the place.
export function removeAt(queue: Queue, at: number): Queue {
  const ids = queue.ids.filter((_, i) => i !== at);
  return { ids, index: at < queue.index ? queue.index - 1 : Math.min(queue.index, ids.length - 1) };
}

export function move(queue: Queue, from: number, to: number): Queue {
  if (from === to || to < 0 || to >= queue.ids.length) return queue;
  const ids = [...queue.ids];
  const [id] = ids.splice(from, 1);
  if (id === undefined) return queue;
  ids.splice(to, 0, id);
  let index = queue.index;
  if (from === index) index = to;
  else if (from < index && to >= index) --index;
  else if (from > index && to <= index) ++index;
  return { ids, index };
}

export function isQueue(value: unknown): value is Queue & { seconds?: number } {
  const queue = value as Queue | null;
  return typeof queue === 'object' && queue !== null && Array.isArray(queue.ids) && queue.ids.every((id) => typeof id === 'string') && Number.isInteger(queue.index);
}
