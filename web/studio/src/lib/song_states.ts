// What state a song is in, in words.
import type { SongState, SongSummary } from './types';

const STAGES: Record<string, string> = {
  understanding: 'reading the words', reading: 'reading the words', composing: 'composing', playing: 'playing', performing: 'playing',
  singing: 'singing', mixing: 'mixing', mastering: 'mastering', marking: 'marking', encoding: 'finishing', storing: 'finishing',
};

export const isBusy = (song: { state: SongState }) => song.state === 'queued' || song.state === 'making';

export function percent(progress: number | undefined): number {
  return Math.min(100, Math.max(0, Math.floor((progress ?? 0) * 100)));
}

export const stageWords = (stage: string | undefined) => (stage ? STAGES[stage] ?? stage : '');

export function stateWords(song: Pick<SongSummary, 'state' | 'error' | 'progress' | 'stage' | 'queue_position' | 'cancel_asked'>): string {
  switch (song.state) {
    case 'queued':
      return song.queue_position !== undefined && song.queue_position > 1 ? `waiting, ${song.queue_position - 1} before it` : 'waiting to be made';
    case 'making': {
      if (song.cancel_asked) return 'being cancelled';
      const stage = stageWords(song.stage);
      return `making ${percent(song.progress)} %${stage ? `: ${stage}` : ''}`;
    }
    case 'ready': return 'ready';
    case 'failed': return song.error ? `could not be made: ${song.error}` : 'could not be made';
    case 'cancelled': return 'cancelled';
    case 'archived': return 'archived: make again to hear it';
  }
}
