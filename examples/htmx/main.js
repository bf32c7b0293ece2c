import 'htmx.org';
import { loadElements } from '@userflux/settings/loader';
import '../shop.css';

// What the server sends may have a tag in it, now or later: it is registered when it appears.
loadElements();

const main = document.querySelector('main');
const say = (text) => { main.querySelector('[role=status]').textContent = text; };
main.addEventListener('uf-auth-change', ({ detail }) => { document.querySelector('#person').textContent = detail.auth ? detail.auth.user.name : ''; });
main.addEventListener('uf-change', ({ detail }) => say(`Changed: ${detail.operation}`));
main.addEventListener('uf-tab-change', ({ detail }) => say(`Tab: ${detail.tab}`));
