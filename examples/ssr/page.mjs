/** Renders a page of the shop. Any server of Node can answer with it: `response.end(await renderPage(path))`. */
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { define, UfProvider, UfSettings } from '@userflux/settings';
import { html } from 'lit';

// On a server define/* registers nothing; what is to be rendered is registered by name.
define('uf-provider', UfProvider, customElements);
define('uf-settings', UfSettings, customElements);

const settings = (tab) => html`
  <button type="button" id="demo">Demo backend</button>
  <p role="status"></p>
  <uf-provider base-url="/api/settings">
    <uf-settings tab=${tab}><p slot="before">All about your account.</p></uf-settings>
  </uf-provider>
  <noscript><p>Your settings need JavaScript.</p></noscript>`;

/** @param {string} path */
export async function renderPage(path) {
  const [, page, tab = 'account'] = path.split('/');
  const shown = page === 'settings';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Shop</title>
    <meta name="viewport" content="width=device-width">
    <link rel="stylesheet" href="/shop.css">
    ${shown ? '<script type="module" src="/assets/main.js"></script>' : ''}
  </head>
  <body>
    <header>
      <strong>Shop</strong>
      <nav><a href="/">Home</a> <a href="/settings">Settings</a> <a href="/settings/team">Team</a></nav>
      <output id="person"></output>
    </header>
    <main>${await collectResult(render(shown ? settings(tab) : html`<h1>Welcome to the shop</h1>`))}</main>
  </body>
</html>`;
}
