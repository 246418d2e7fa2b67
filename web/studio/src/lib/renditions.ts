// Other formats and stems are made when someone asks: asking again says how far they are.
import { post } from './api';
import { events } from './events.svelte';
import type { Rendition } from './types';

const LOOK_AGAIN_MS = 2500;

// Resolves when it is ready; throws with the server's words when it cannot be made.
export async function rendition(song: string, what: { stems: true } | { format: string }, signal?: AbortSignal): Promise<Rendition> {
  const ask = () => ('stems' in what ? post<Rendition>(`songs/${song}/stems`, {}, { signal }) : post<Rendition>(`songs/${song}/renditions`, { format: what.format }, { signal }));
  for (let answer = await ask(); ; answer = await ask()) {
    if (answer.state === 'ready') return answer;
    if (answer.state === 'failed') throw new Error(answer.error ?? 'It could not be made.');
    await news(song, signal);
  }
}

// The next event about this song's renditions, or a moment.
function news(song: string, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => { clearTimeout(timer); off(); resolve(); };
    const timer = setTimeout(done, LOOK_AGAIN_MS);
    const off = events.on<{ song_id: string; state: string }>('rendition', (event) => { if (event.song_id === song && event.state !== 'queued') done(); });
    signal?.addEventListener('abort', () => { clearTimeout(timer); off(); reject(signal.reason); }, { once: true });
  });
}

export function save(address: string) {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
