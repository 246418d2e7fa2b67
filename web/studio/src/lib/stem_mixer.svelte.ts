// Stems side by side in the browser, each with a fader, mute and solo. The files are fetched whole (a browser opens
// six connections to a server and not nine), played by elements that follow the first one's clock, and mixed by Web Audio.
import { get } from './api';
import { gainOf, nudge } from './stem_maths';

export interface Stem { id: string; name: string; muted: boolean; solo: boolean; volume: number; fetched: boolean }

const FOLLOW_MS = 250;
const AT_ONCE = 3;

export class StemMixer {
  stems = $state<Stem[]>([]);
  playing = $state(false);
  seconds = $state(0);
  duration = $state(0);
  ready = $derived(this.stems.length > 0 && this.stems.every((stem) => stem.fetched));
  fetched = $derived(this.stems.filter((stem) => stem.fetched).length);
  #audio = new Map<string, HTMLAudioElement>();
  #gains = new Map<string, GainNode>();
  #context: AudioContext | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #stop = new AbortController();

  async load(song: string, contents: readonly { id: string; name: string }[]) {
    this.stems = contents.map(({ id, name }) => ({ id, name, muted: false, solo: false, volume: 1, fetched: false }));
    const waiting = [...contents];
    const fetchOne = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const bytes = await get<ArrayBuffer>(`songs/${song}/stems/${encodeURIComponent(next.id)}`, { as: 'bytes', signal: this.#stop.signal });
        const audio = new Audio(URL.createObjectURL(new Blob([bytes], { type: 'audio/flac' })));
        audio.preload = 'auto';
        audio.preservesPitch = false;
        this.#audio.set(next.id, audio);
        const stem = this.stems.find((one) => one.id === next?.id);
        if (stem) stem.fetched = true;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, fetchOne));
    const first = this.#first();
    if (!first) return;
    const known = () => { if (Number.isFinite(first.duration)) this.duration = first.duration; };
    known();
    first.addEventListener('durationchange', known);
    first.addEventListener('timeupdate', () => (this.seconds = first.currentTime));
    first.addEventListener('ended', () => { this.pause(); this.seek(0); });
  }

  #first(): HTMLAudioElement | undefined {
    const id = this.stems[0]?.id;
    return id === undefined ? undefined : this.#audio.get(id);
  }

  async play() {
    // Browsers want sound to begin with a press of something, so the context waits for it.
    if (!this.#context) {
      const context = this.#context = new AudioContext();
      for (const [id, audio] of this.#audio) {
        const gain = context.createGain();
        context.createMediaElementSource(audio).connect(gain).connect(context.destination);
        this.#gains.set(id, gain);
      }
      this.level();
    }
    await this.#context.resume();
    const at = this.#first()?.currentTime ?? 0;
    for (const audio of this.#audio.values()) { audio.playbackRate = 1; audio.currentTime = at; }
    await Promise.all([...this.#audio.values()].map((audio) => audio.play()));
    this.playing = true;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#follow(), FOLLOW_MS);
  }

  pause() {
    for (const audio of this.#audio.values()) audio.pause();
    clearInterval(this.#timer);
    this.playing = false;
  }
  toggle() { if (this.playing) this.pause(); else void this.play(); }

  seek(seconds: number) {
    this.seconds = Math.min(Math.max(0, seconds), this.duration || 0);
    for (const audio of this.#audio.values()) { audio.currentTime = this.seconds; audio.playbackRate = 1; }
  }

  // Called whenever a fader, mute or solo moved.
  level() {
    const now = this.#context?.currentTime ?? 0;
    for (const stem of this.stems) this.#gains.get(stem.id)?.gain.setTargetAtTime(gainOf(stem, this.stems), now, 0.012);
  }

  #follow() {
    const leader = this.#first();
    if (!leader) return;
    for (const audio of this.#audio.values()) {
      if (audio === leader || audio.ended) continue;
      const step = nudge(audio.currentTime - leader.currentTime);
      if (step === 'jump') { audio.currentTime = leader.currentTime; audio.playbackRate = 1; } else audio.playbackRate = step;
    }
  }

  close() {
    this.#stop.abort();
    this.pause();
    for (const audio of this.#audio.values()) { URL.revokeObjectURL(audio.src); audio.removeAttribute('src'); }
    this.#audio.clear();
    void this.#context?.close();
  }
}
