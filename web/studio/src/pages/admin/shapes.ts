// What the administration's part of the API answers with.

export interface UserRow {
  id: string; email: string; display_name: string; role: Role; state: string; plan: string; terms_version: string; created_at: string | null;
}
export type Role = 'user' | 'reviewer' | 'administrator';
export interface User extends UserRow { credits: number; generations_today: number; generations_this_month: number; stored_bytes: number }

export const JOB_STATES = ['queued', 'running', 'done', 'failed', 'dead', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];
export interface Job {
  id: string; kind: string; state: JobState; account_id: string; subject: string; engine: string; engine_version: string;
  attempts: number; max_attempts: number; priority: number; stage: string; progress: number; worker: string; cancel_asked: boolean;
  error: string; error_log: string; run_after: string | null; created_at: string; started_at: string | null; ended_at: string | null; lease_until: string | null;
}

export interface Stats {
  accounts: number; accounts_suspended: number; stored_bytes: number; songs: Record<string, number>;
  jobs: Record<JobState, number> & { oldest_queued_seconds: number };
}

export interface AuditLine { seq: number; at: string; actor_id: string; action: string; subject: string; details: Record<string, unknown> | null }

export const canRetry = (job: Pick<Job, 'state'>) => job.state === 'dead' || job.state === 'failed';

const DEEDS: Record<string, string> = {
  'account.create': 'made the account', 'account.plan': 'changed the plan', 'account.role': 'changed the role',
  'account.suspend': 'suspended', 'account.unsuspend': 'took back the suspension', 'credits.grant': 'granted credits', 'job.retry': 'ran a job again',
  refused: 'was refused',
};
// The deed in words; one that is not known here stands as the service wrote it.
export const deed = (action: string) => DEEDS[action] ?? action;

// "amount 25, reason a contest won": what the audit kept beside the deed.
export function detailWords(details: AuditLine['details']): string {
  return Object.entries(details ?? {}).map(([name, value]) => `${name.replaceAll('_', ' ')} ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(', ');
}
