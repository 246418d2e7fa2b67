// Every page of the studio. A folder below pages/ brings its own routes.ts; public/addresses.txt repeats the
// addresses for the server, and a test holds the two together.
import type { Component } from 'svelte';

export interface PageProps { params: Record<string, string> }

export interface Route {
  path: string;    // "/songs/{id}"
  title: string;   // of the window, until the page knows better
  // visitor: for people who are not signed in (others are sent on); everyone: both.
  needs: 'session' | 'administrator' | 'visitor' | 'everyone';
  // wide: the whole width beside the navigation; text: a column for reading and forms.
  frame?: 'wide' | 'text';
  load: () => Promise<{ default: Component<any> }>; // its props are PageProps
}

const files = import.meta.glob<{ routes: Route[] }>('./pages/*/routes.ts', { eager: true });
export const routes: Route[] = Object.values(files).flatMap((file) => file.routes);
