// The edition of the legal texts in this folder. Its version is the default of the setting terms_version, which is what new accounts accept; a
// text that is changed in substance gets a new version, a new date and a line here.

export const EDITION = { version: '2026-11', inForceSince: '2026-11-25' } as const;

export const EDITIONS: readonly { version: string; inForceSince: string; changes: string }[] = [
  { version: '2026-11', inForceSince: '2026-11-25', changes: 'The first edition.' },
];

export const longDate = (date: string) => new Date(`${date}T12:00:00Z`).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
