import type { Route } from '../../routes';

const load = () => import('./Account.svelte');

export const routes: Route[] = [
  { path: '/account', title: 'Account', needs: 'session', load },
  { path: '/account/{corner}', title: 'Account', needs: 'session', load },
];
