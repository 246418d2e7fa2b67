// How loud a stem is beside the others, and how one that has drifted comes back.

export interface Level { muted: boolean; solo: boolean; volume: number }

// Solo wins over all that have none; mute wins over everything.
export function gainOf(stem: Level, all: readonly Level[]): number {
  if (stem.muted) return 0;
  return !stem.solo && all.some((one) => one.solo) ? 0 : stem.volume;
}

const IN_STEP_SECONDS = 0.006, FAR_SECONDS = 0.25;

// `ahead`: seconds before the leader. A tape that runs a little slower or faster is not heard; a jump is.
export function nudge(ahead: number): number | 'jump' {
  if (Math.abs(ahead) > FAR_SECONDS) return 'jump';
  if (Math.abs(ahead) < IN_STEP_SECONDS) return 1;
  return 1 - Math.max(-0.03, Math.min(0.03, ahead / 2));
}
