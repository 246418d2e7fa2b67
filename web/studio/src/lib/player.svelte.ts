// What is heard: one audio element for all pages, the queue behind it, and the keys and buttons that steer it.
import { url } from './api';
import { keep, kept } from './kept';
import { append, currentOf, isQueue, move, playNext, removeAt, startAt, step, type Queue } from './queue';
import { songs } from './songs.svelte';
import { toasts } from './toasts.svelte';

const KEPT = 'player';

class Player {
  readonly audio = new Audio();
  queue = $state.raw<Queue>({ ids: [], index: 0 });
  playing = $state(false);
  // What the element says while it fetches.
  waiting = $state(false);
  seconds = $state(0);
  duration = $state(0);
  volume = $state(1);
  muted = $state(false);
  id = $derived(currentOf(this.queue));
  song = $derived(this.id ? songs.known.get(this.id) : undefined);
  #loaded = '';

  constructor() {
    const { audio } = this;
    audio.preload = 'metadata';
    const follow = (name: string, then: () => void) => audio.addEventListener(name, then);
    follow('play', () => (this.playing = true));
    follow('pause', () => { this.playing = false; this.#keep(); });
    follow('waiting', () => (this.waiting = true));
    follow('playing', () => (this.waiting = false));
    follow('timeupdate', () => { this.seconds = audio.currentTime; this.#tellPosition(); });
    follow('seeked', () => (this.seconds = audio.currentTime));
    follow('durationchange', () => { if (Number.isFinite(audio.duration)) this.duration = audio.duration; });
    follow('volumechange', () => { this.volume = audio.volume; this.muted = audio.muted; });
    follow('ended', () => { if (!this.next()) this.#keep(); });
    follow('error', () => { if (this.#loaded && audio.error) void this.#failed(); });
    addEventListener('pagehide', () => this.#keep());
    this.#offerKeys();
  }

  // After a reload: what played stands ready where it stood.
  async restore() {
    const before = kept(KEPT, isQueue) as (Queue & { seconds?: number }) | undefined;
    if (!before || this.id || before.ids.length === 0) return;
    const id = currentOf(before);
    if (!id || !(await songs.refresh(id))?.has_audio) return;
    this.queue = { ids: before.ids, index: before.index };
    this.#load(id, before.seconds ?? 0);
    for (const other of before.ids.slice(0, 50)) if (!songs.known.has(other)) void songs.refresh(other);
  }

  play(id: string, around: readonly string[] = [], from = 0) {
    this.queue = startAt(id, around.filter((one) => one === id || songs.known.get(one)?.has_audio));
    this.#load(id, from);
    this.#start();
  }

  // At a place in a song, whether or not it is the one that plays.
  playAt(id: string, seconds: number) {
    if (this.id === id) { this.seek(seconds); this.#start(); } else this.play(id, [], seconds);
  }

  toggle() {
    if (!this.id) return;
    if (this.audio.paused) this.#start(); else this.audio.pause();
  }
  toggleSong(id: string, around: readonly string[] = []) {
    if (this.id === id) this.toggle(); else this.play(id, around);
  }
  pause() { this.audio.pause(); }

  seek(seconds: number) {
    const end = this.duration || Infinity;
    this.audio.currentTime = this.seconds = Math.min(Math.max(0, seconds), end);
    this.#keep();
  }

  next(): boolean { return this.#step(1); }
  previous() {
    // As every player does: first back to the beginning.
    if (this.seconds > 3 || !this.#step(-1)) this.seek(0);
  }
  #step(by: 1 | -1): boolean {
    const queue = step(this.queue, by);
    if (!queue) return false;
    this.queue = queue;
    const id = currentOf(queue);
    if (!id) return false;
    // Archived or deleted meanwhile: the one after it.
    if (songs.known.has(id) && !songs.known.get(id)?.has_audio) return this.#step(by);
    this.#load(id, 0);
    this.#start();
    return true;
  }

  jumpTo(index: number) {
    this.queue = { ...this.queue, index };
    const id = this.id;
    if (id) { this.#load(id, 0); this.#start(); }
  }
  add(ids: readonly string[]) {
    const first = !this.id;
    this.queue = append(this.queue, ids);
    if (first && this.id) this.#load(this.id, 0);
    toasts.say(ids.length === 1 ? 'Added to the queue.' : `${ids.length} songs added to the queue.`);
    this.#keep();
  }
  playNext(id: string) {
    if (!this.id) return this.play(id);
    this.queue = playNext(this.queue, id);
    toasts.say('Plays next.');
    this.#keep();
  }
  removeAt(at: number) {
    const plays = at === this.queue.index;
    this.queue = removeAt(this.queue, at);
    if (!plays) return this.#keep();
    const wasPlaying = this.playing;
    if (this.id) { this.#load(this.id, 0); if (wasPlaying) this.#start(); } else this.close();
  }
  move(from: number, to: number) { this.queue = move(this.queue, from, to); this.#keep(); }

  close() {
    this.audio.pause();
    this.#loaded = '';
    this.audio.removeAttribute('src');
    this.audio.load();
    this.queue = { ids: [], index: 0 };
    this.seconds = this.duration = 0;
    keep(KEPT, undefined);
  }

  setVolume(volume: number) { this.audio.volume = Math.min(1, Math.max(0, volume)); if (volume > 0) this.audio.muted = false; }
  toggleMuted() { this.audio.muted = !this.audio.muted; }

  // Keys that work on every page, as long as nobody writes or chooses something.
  onKey(event: KeyboardEvent) {
    if (!this.id || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const at = event.target as HTMLElement;
    if (at.closest('input, textarea, select, [contenteditable], dialog, [role="slider"], [role="menu"], [role="listbox"], [role="option"]')) return;
    const onControl = at.closest('button, a, summary, [role="tab"]') !== null;
    switch (event.key) {
      case ' ': if (onControl) return; this.toggle(); break;
      case 'ArrowLeft': this.seek(this.seconds - 5); break;
      case 'ArrowRight': this.seek(this.seconds + 5); break;
      case 'm': this.toggleMuted(); break;
      case 'N': if (!event.shiftKey) return; this.next(); break;
      case 'P': if (!event.shiftKey) return; this.previous(); break;
      default: return;
    }
    event.preventDefault();
  }

  #load(id: string, from: number) {
    this.#loaded = id;
    this.seconds = from;
    this.duration = songs.known.get(id)?.duration_seconds ?? 0;
    this.audio.src = url(`songs/${id}/audio`);
    if (from > 0) this.audio.addEventListener('loadedmetadata', () => { if (this.#loaded === id) this.audio.currentTime = from; }, { once: true });
    this.#tellSong();
    this.#keep();
  }

  #start() {
    this.audio.play().catch((error: unknown) => {
      // A press of a button is needed first, or another song was chosen meanwhile.
      if (!(error instanceof DOMException) || (error.name !== 'NotAllowedError' && error.name !== 'AbortError')) return;
      this.playing = !this.audio.paused;
    });
  }

  async #failed() {
    const id = this.#loaded;
    this.playing = false;
    const song = await songs.refresh(id);
    if (this.#loaded !== id) return;
    if (!song) toasts.say('This song is no longer there.', { kind: 'trouble' });
    else if (!song.has_audio) toasts.say(`“${song.title}” is archived. Make it again to hear it.`, { kind: 'trouble' });
    else toasts.say('The song could not be fetched. Press play to try again.', { kind: 'trouble' });
    if (!song?.has_audio) this.close();
    else {
      // The element keeps its error until it is loaded anew.
      const from = this.seconds;
      this.#load(id, from);
    }
  }

  #keep() { keep(KEPT, this.id ? { ...this.queue, seconds: Math.floor(this.seconds) } : undefined); }

  // The buttons of keyboards, headphones and lock screens.
  #offerKeys() {
    if (!('mediaSession' in navigator)) return;
    const offer = (action: MediaSessionAction, then: (details: MediaSessionActionDetails) => void) => {
      try { navigator.mediaSession.setActionHandler(action, then); } catch { /* this browser has no such button */ }
    };
    offer('play', () => this.#start());
    offer('pause', () => this.pause());
    offer('previoustrack', () => this.previous());
    offer('nexttrack', () => this.next());
    offer('seekbackward', (details) => this.seek(this.seconds - (details.seekOffset ?? 10)));
    offer('seekforward', (details) => this.seek(this.seconds + (details.seekOffset ?? 10)));
    offer('seekto', (details) => { if (details.seekTime !== undefined) this.seek(details.seekTime); });
  }
  #tellSong() {
    if (!('mediaSession' in navigator)) return;
    navigator.mediaSession.metadata = new MediaMetadata({ title: this.song?.title ?? 'Song', artist: 'MusicMageX' });
  }
  #tellPosition() {
    if (!('mediaSession' in navigator) || !this.duration) return;
    try { navigator.mediaSession.setPositionState({ duration: this.duration, position: Math.min(this.seconds, this.duration), playbackRate: 1 }); } catch { /* between two songs */ }
  }
}

export const player = new Player();
