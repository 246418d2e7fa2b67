import type { Route } from '../../routes';

const load = () => import('./Admin.svelte');

export const routes: Route[] = [
  { path: '/admin', title: 'Administration', needs: 'administrator', frame: 'wide', load },
  { path: '/admin/{corner}', title: 'Administration', needs: 'administrator', frame: 'wide', load },
  { path: '/admin/{corner}/{id}', title: 'Administration', needs: 'administrator', frame: 'wide', load },
];
