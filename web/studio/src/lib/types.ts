// The shapes of the API that the studio reads (GET /api/openapi.json has all of them).

export interface Account {
  id: string; email: string; display_name: string; role: string; state: string; plan: string;
  terms_version?: string; created_at?: string; session_id: string;
}

export type SongState = 'queued' | 'making' | 'ready' | 'failed' | 'cancelled' | 'archived';

export interface SongSummary {
  id: string; state: SongState; title: string; prompt: string;
  genre: string | null; bpm: number | null; key: string | null; time_signature: string | null;
  duration_seconds: number | null; has_audio: boolean; pinned: boolean; held: boolean;
  error: string | null; variation_of: string | null; created_at: string; updated_at: string;
  // While it is being made:
  stage?: string; progress?: number; queue_position?: number; cancel_asked?: boolean;
}

export interface Decision { field: string; value: string; because: string }
export interface SongRecord {
  genre?: string; request?: SongRequest; decided?: SongRequest; decisions?: Decision[];
  messages?: string[]; not_understood?: string[]; substitutions?: unknown[];
  [other: string]: unknown;
}

export interface Song extends SongSummary {
  lyrics: string; generation_id: string; seed: string; engine: string | null; engine_version: string | null;
  sounds_hash: string | null; sha256: string | null; audio_bytes: number; audio_sha256: string | null;
  audio_made_at: string | null; remake_exact: boolean | null;
  request: SongRequest | null; decided: SongRequest | null; record: SongRecord | null;
}

export interface SongPage { songs: SongSummary[]; next_cursor: string | null; total: number; total_is_exact: boolean }

export interface SongRequest {
  prompt?: string; lyrics?: string; title?: string; bpm?: number; key?: string; time_signature?: string;
  instruments?: string[]; duration_seconds?: number; ending?: string; sample_rate?: number; seed?: string;
  voice?: string; engine?: string; preset?: string; inference?: Record<string, number>;
}

export interface Reading {
  title: string; genre: string; bpm: number; key: string; time_signature: string; duration_seconds: number;
  ending: string; voice: string; instrumental: boolean;
  instruments: { id: string; asked_as: string }[]; excluded: string[];
  decisions: Decision[]; messages: string[]; not_understood: string[]; substitutions: { asked?: string; given?: string }[];
}

export interface Estimate {
  reading: Reading; duration_seconds: number; storage_bytes: number; cost_credits: number;
  left: { credits: number; today: number; month: number; storage_bytes: number };
  refusal: string | null;
}

export interface FieldRow {
  name: string; type: string; otherwise: string; help: string;
  low?: number; high?: number; most?: number; unit?: string; choices?: string[];
}
export interface Instrument { id: string; name: string; family: string; words: string[] }
export interface Vocabulary {
  genres: { id: string; name: string; bpm_low: number; bpm_high: number; bpm_usual: number }[];
  instruments: Instrument[];
  presets: { id: string; help: string; loudness_lufs: number; ceiling_dbtp: number }[];
  keys: string[]; modes: string[];
  voices: (string | { id: string; name?: string; help?: string })[];
  fields: FieldRow[];
}

export interface Count { used: number; limit: number; left: number; resets_at: string | null }
export interface Usage {
  plan: string; plan_name: string; today: Count; month: Count;
  credits: { balance: number; granted_monthly: number; next_grant_at: string | null };
  storage: { used_bytes: number; limit_bytes: number };
  longest_song_seconds: number; parallel_jobs: number; formats: string[];
}

export interface Rendition {
  format: string; state: 'queued' | 'making' | 'ready' | 'failed'; bytes: number;
  contents: { id: string; name: string; bytes: number }[] | null; error: string | null; made_at: string | null;
  remark?: string | null; // of a ready one: what to know of it
}
