// Which parameter is to be looked at: the reading points, the form opens and focuses.
import { tick } from 'svelte';

export const opened = $state({ fine: false });

const CONTROL: Record<string, string> = {
  bpm: 'bpm', key: 'tonic', time_signature: 'time_signature', instruments: 'instruments', excluded: 'instruments', duration_seconds: 'duration_seconds', ending: 'ending', voice: 'voice',
};

export async function openParameter(field: string) {
  if (field.startsWith('inference.')) opened.fine = true;
  await tick();
  const control = document.querySelector<HTMLElement>(`[name="${CONTROL[field] ?? field}"]`);
  control?.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  control?.focus({ preventScroll: true });
}
