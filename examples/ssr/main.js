// Elements take over what the server has rendered if this is there before them: hence the second import waits for the first.
import '@lit-labs/ssr-client/lit-element-hydrate-support.js';

const main = document.querySelector('main');
const say = (text) => { main.querySelector('[role=status]').textContent = text; };
main.addEventListener('uf-auth-change', ({ detail }) => { document.querySelector('#person').textContent = detail.auth ? detail.auth.user.name : ''; });
main.addEventListener('uf-change', ({ detail }) => say(`Changed: ${detail.operation}`));
main.addEventListener('uf-tab-change', ({ detail }) => say(`Tab: ${detail.tab}`));
main.querySelector('#demo').addEventListener('click', () => main.querySelector('uf-provider').setAttribute('base-url', '/api/demo/settings'));

await import('@userflux/settings/define/uf-settings');
