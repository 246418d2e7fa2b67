// Making an archived song again; where this release would make it with another engine version, people are asked first.
import { ApiError } from './api';
import { songs } from './songs.svelte';
import { toasts } from './toasts.svelte';

class MakeAgain {
  // The question that is open: MakeAgainDialog shows it.
  asking = $state<{ id: string; detail: string } | undefined>();

  async ask(id: string) {
    try {
      await songs.makeAgain(id);
      toasts.say('It is being made again; that costs nothing.');
    } catch (error) {
      if (error instanceof ApiError && error.status === 409 && /version/.test(error.message)) this.asking = { id, detail: error.message };
      else { toasts.trouble(error); void songs.refresh(id); }
    }
  }

  async goOn() {
    const id = this.asking?.id;
    this.asking = undefined;
    if (!id) return;
    try { await songs.makeAgain(id, true); } catch (error) { toasts.trouble(error); }
  }
}

export const makeAgain = new MakeAgain();
