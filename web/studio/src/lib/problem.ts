// What went wrong with a call, as people read it: problem details (RFC 9457) turned into one error value.

export interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  field?: string;
  errors?: { field: string; detail: string }[];
  request_id?: string;
}

export class ApiError extends Error {
  // 0: no answer came at all.
  readonly status: number;
  readonly title: string;
  // Fault by field, without the field's name in front: it is shown beside the field.
  readonly fields: Record<string, string>;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, problem: Problem, retryAfterSeconds?: number) {
    super(problem.detail || problem.title || 'The service did not say what went wrong.');
    this.name = 'ApiError';
    this.status = status;
    this.title = problem.title ?? (status === 0 ? 'No connection' : 'Not possible');
    this.fields = fieldsOf(problem);
    this.requestId = problem.request_id;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export function noConnection(): ApiError {
  return new ApiError(0, { title: 'No connection', detail: 'The service cannot be reached at the moment. Nothing you entered is lost.' });
}

// "bpm: 1 is not allowed; ..." stands beside the field named bpm, so the name goes.
export function besideField(field: string, detail: string): string {
  const prefix = `${field}: `;
  const text = detail.startsWith(prefix) ? detail.slice(prefix.length) : detail;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function fieldsOf(problem: Problem): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { field, detail } of problem.errors ?? []) if (!(field in fields)) fields[field] = besideField(field, detail);
  if (problem.field && !(problem.field in fields)) fields[problem.field] = besideField(problem.field, problem.detail ?? '');
  return fields;
}

// Seconds, or a date (RFC 9110 section 10.2.3).
export function retryAfterSeconds(header: string | null, now = Date.now()): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}
