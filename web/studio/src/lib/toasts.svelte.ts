// Short news at the edge of the page, some of which can be taken back.
import { ApiError } from './api';

export interface Toast { id: number; text: string; kind: 'news' | 'trouble'; action?: { label: string; run: () => void } }

class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;

  say(text: string, more: { kind?: Toast['kind']; action?: Toast['action']; seconds?: number } = {}): number {
    const id = this.#next++;
    this.list.push({ id, text, kind: more.kind ?? 'news', action: more.action });
    const seconds = more.seconds ?? (more.kind === 'trouble' ? 12 : 6);
    setTimeout(() => this.close(id), seconds * 1000);
    return id;
  }

  // For failures that belong to no field.
  trouble(error: unknown) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    if (error instanceof ApiError) {
      // The log-in page says it.
      if (error.status === 401) return;
      const more = error.status >= 500 && error.requestId ? ` (request ${error.requestId})` : '';
      this.say(error.message + more, { kind: 'trouble' });
    } else {
      console.error(error);
      this.say('That did not work. Please try again.', { kind: 'trouble' });
    }
  }

  close(id: number) { this.list = this.list.filter((toast) => toast.id !== id); }
}

export const toasts = new Toasts();

// Does `act` after a few seconds, unless it is taken back; at the latest when the page is left.
export function withUndo(text: string, act: (leaving: boolean) => Promise<unknown> | void, undo: () => void, seconds = 7) {
  let open = true;
  const finish = (leaving: boolean) => {
    if (!open) return;
    open = false;
    removeEventListener('pagehide', onLeave);
    clearTimeout(timer);
    toasts.close(toast);
    Promise.resolve(act(leaving)).catch((error) => { undo(); toasts.trouble(error); });
  };
  const onLeave = () => finish(true);
  const timer = setTimeout(() => finish(false), seconds * 1000);
  addEventListener('pagehide', onLeave);
  const toast = toasts.say(text, {
    seconds,
    action: {
      label: 'Undo',
      run: () => {
        if (!open) return;
        open = false;
        clearTimeout(timer);
        removeEventListener('pagehide', onLeave);
        toasts.close(toast);
        undo();
      },
    },
  });
}
