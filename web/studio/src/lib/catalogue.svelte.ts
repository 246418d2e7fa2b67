// What there is to choose from, fetched once; and what the account has left.
import { get } from './api';
import { events } from './events.svelte';
import type { Usage, Vocabulary } from './types';

class Catalogue {
  vocabulary = $state.raw<Vocabulary | undefined>();
  usage = $state.raw<Usage | undefined>();
  #asked: Promise<void> | undefined;
  #listening = false;

  load(): Promise<void> {
    this.#asked ??= get<Vocabulary>('vocabulary').then((vocabulary) => { this.vocabulary = vocabulary; })
      .catch((error) => { this.#asked = undefined; throw error; });
    return this.#asked;
  }

  async loadUsage() {
    if (!this.#listening) {
      this.#listening = true;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const soon = () => { clearTimeout(timer); timer = setTimeout(() => void this.loadUsage().catch(() => {}), 400); };
      events.on<{ state: string }>('song', ({ state }) => { if (state !== 'making') soon(); });
      events.on('resync', soon);
    }
    this.usage = await get<Usage>('me/usage', { polling: true });
  }

  genreName(id: string | null | undefined): string {
    return this.vocabulary?.genres.find((genre) => genre.id === id)?.name ?? id?.replaceAll('-', ' ') ?? '';
  }
  instrumentName(id: string): string {
    return this.vocabulary?.instruments.find((one) => one.id === id)?.name ?? id.replaceAll('-', ' ');
  }
}

export const catalogue = new Catalogue();
