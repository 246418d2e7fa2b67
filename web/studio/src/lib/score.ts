// The score as the song page needs it: sections, chords and lyrics on the clock.

export interface Score {
  ticks_per_quarter: number; length_seconds: number; end_tick: number; metre: string;
  tempo: { tick: number; quarter_microseconds: number; bpm: number }[];
  bars: { tick: number; ticks: number; section: number }[];
  sections: { kind: string; label: string; first_bar: number; bars: number; start_seconds: number; key: string | null; lyrics?: unknown[] }[];
  chords: { tick: number; ticks: number; chord: string; numeral?: string }[];
  parts?: { id: string; name: string; role: string; instrument: string; notes?: unknown[] }[];
}

export interface Span { start: number; end: number; label: string; detail?: string }  // seconds
export interface LyricLine { start: number; end: number; text: string; section?: string; words?: { at: number; text: string }[] }

// Seconds at a tick: each tempo holds until the next one begins.
export function clockOf(score: Pick<Score, 'tempo' | 'ticks_per_quarter'>): (tick: number) => number {
  const marks: { tick: number; at: number; perTick: number }[] = [];
  let at = 0;
  for (const change of score.tempo) {
    const last = marks.at(-1);
    if (last) at = last.at + (change.tick - last.tick) * last.perTick;
    marks.push({ tick: change.tick, at, perTick: change.quarter_microseconds / 1e6 / score.ticks_per_quarter });
  }
  if (marks.length === 0) marks.push({ tick: 0, at: 0, perTick: 0.5 / score.ticks_per_quarter });
  return (tick) => {
    let low = 0, high = marks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((marks[middle]?.tick ?? 0) <= tick) low = middle; else high = middle - 1;
    }
    const mark = marks[low]!;
    return mark.at + (tick - mark.tick) * mark.perTick;
  };
}

export function sectionsOf(score: Score): Span[] {
  return score.sections.map((section, i) => ({
    start: section.start_seconds,
    end: score.sections[i + 1]?.start_seconds ?? score.length_seconds,
    label: section.label || section.kind,
    detail: section.key ?? undefined,
  }));
}

export function chordsOf(score: Score): Span[] {
  const seconds = clockOf(score);
  const spans: Span[] = [];
  for (const { tick, ticks, chord, numeral } of score.chords) {
    const last = spans.at(-1);
    const start = seconds(tick), end = Math.min(seconds(tick + ticks), score.length_seconds);
    // The same chord held on is one chord.
    if (last && last.label === chord && Math.abs(last.end - start) < 0.01) last.end = end;
    else spans.push({ start, end, label: chord, detail: numeral });
  }
  return spans;
}

export function at<T extends { start: number; end: number }>(spans: readonly T[], seconds: number): number {
  let low = 0, high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) <= seconds) low = middle + 1; else high = middle;
  }
  const found = spans[low - 1];
  return found && seconds < found.end ? low - 1 : -1;
}

// LRC: "[mm:ss.xx] words", with "<mm:ss.xx>" before single words where the singer's times are known.
export function parseLrc(text: string, length: number): LyricLine[] {
  const lines: LyricLine[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const stamps = [...raw.matchAll(/\[(\d{1,3}):(\d{2}(?:[.:]\d{1,3})?)\]/g)];
    if (stamps.length === 0) continue;
    const rest = raw.replace(/^(\s*\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\])+/, '');
    const words = [...rest.matchAll(/<(\d{1,3}):(\d{2}(?:[.:]\d{1,3})?)>([^<]*)/g)].map((m) => ({ at: time(m[1], m[2]), text: m[3] ?? '' }));
    const plain = rest.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim();
    for (const stamp of stamps) lines.push({ start: time(stamp[1], stamp[2]), end: length, text: plain, ...(words.length && stamps.length === 1 ? { words } : {}) });
  }
  lines.sort((a, b) => a.start - b.start);
  for (const [i, line] of lines.entries()) line.end = lines[i + 1]?.start ?? length;
  // An empty line only says where the one before ends.
  return lines.filter((line) => line.text !== '');
}

const time = (minutes = '0', seconds = '0') => Number(minutes) * 60 + Number(seconds.replace(':', '.'));

// Which labels of a lane can be read: those that fit before the next one shown and before the lane's end. The present
// one comes first. Pixels.
export function labelsThatFit(lefts: readonly number[], widths: readonly number[], lane: number, now: number): boolean[] {
  const spanOf = (i: number): [number, number] => {
    const left = i === now ? Math.max(0, Math.min(lefts[i]!, lane - widths[i]!)) : lefts[i]!;
    return [left, left + widths[i]!];
  };
  const present = now >= 0 && now < lefts.length ? spanOf(now) : undefined;
  let filled = 0;
  return lefts.map((_, i) => {
    const [left, right] = spanOf(i);
    if (i === now) { filled = Math.max(filled, right); return true; }
    if (left < filled || right > lane || (present && left < present[1] && right > present[0])) return false;
    filled = right;
    return true;
  });
}
