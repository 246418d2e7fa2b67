// The window's title; a page that knows better than its route sets it: page.title = song.title.

class Page { title = $state('MusicMageX'); }
export const page = new Page();
