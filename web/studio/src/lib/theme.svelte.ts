// Light, dark, or as the system has it: kept in localStorage under mmx_theme, and nowhere else.

export type Theme = 'system' | 'light' | 'dark';
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const KEY = 'mmx_theme';

export function parseTheme(text: string | null | undefined): Theme {
  return text === 'light' || text === 'dark' ? text : 'system';
}

class ThemeChoice {
  #chosen = $state<Theme>('system');

  constructor() {
    try { this.#chosen = parseTheme(localStorage.getItem(KEY)); } catch { /* storage is switched off */ }
    // Other tabs follow at once.
    globalThis.addEventListener?.('storage', (event) => { if (event.key === KEY) this.#apply(parseTheme(event.newValue)); });
  }

  get chosen() { return this.#chosen; }
  set chosen(theme: Theme) {
    this.#apply(theme);
    try {
      if (theme === 'system') localStorage.removeItem(KEY); else localStorage.setItem(KEY, theme);
    } catch { /* it holds for this page */ }
  }

  #apply(theme: Theme) {
    this.#chosen = theme;
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset.theme; else root.dataset.theme = theme;
  }
}

export const theme = new ThemeChoice();
