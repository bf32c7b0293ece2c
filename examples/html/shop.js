const main = document.querySelector('main');
const person = document.querySelector('#person');

/** The router: `#/`, `#/settings`, `#/settings/team`. */
function route() {
  const [, page, tab] = location.hash.split('/');
  const open = main.querySelector('uf-settings');
  if (page === 'settings' && open) {
    open.tab = tab ?? 'account';
    return;
  }
  main.replaceChildren(document.querySelector(page === 'settings' ? '#settings' : '#home').content.cloneNode(true));
  const settings = main.querySelector('uf-settings');
  if (settings && tab) settings.setAttribute('tab', tab);
}

// Events of the settings bubble to where the page listens.
main.addEventListener('uf-auth-change', ({ detail }) => {
  person.textContent = detail.auth ? detail.auth.user.name : '';
});
main.addEventListener('uf-change', ({ detail }) => {
  main.querySelector('[role=status]').textContent = `Changed: ${detail.operation}`;
});
main.addEventListener('uf-tab-change', ({ detail }) => {
  main.querySelector('[role=status]').textContent = `Tab: ${detail.tab}`;
});
main.addEventListener('click', ({ target }) => {
  if (target.id === 'demo') main.querySelector('uf-provider').setAttribute('base-url', '/api/demo/settings');
});
addEventListener('hashchange', route);
route();
