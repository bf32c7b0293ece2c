/** The settings on pages that do not care for who lives on them: they look as on a tame page, and all of them can be used. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch } from '../journeys/support/browser.js';
import type { Site } from '../package/support/site.js';
import { HOSTS, TAME, type Host } from './support/hosts.js';
import { difference, keep, TOLERANCE } from './support/picture.js';
import { startHosts } from './support/site.js';
import { Visitor } from './support/visitor.js';

let site: Site;
let browser: Browser;
const tame = new Map<string, Buffer>();

/** What is looked at: the whole of the account, and the question for a code. */
async function pictures(host: Host): Promise<Map<string, Buffer>> {
  const visitor = await Visitor.at(browser, `${site.origin}/${host.name}`);
  const taken = new Map<string, Buffer>();
  try {
    await visitor.whole();
    taken.set('account', await visitor.widget.screenshot());
    await visitor.place.getByRole('tab', { name: 'API Keys' }).click();
    await visitor.button('View API Keys').click();
    await visitor.mfa.waitFor();
    taken.set('dialog', await visitor.mfa.screenshot());
  } finally {
    await visitor.leave();
  }
  return taken;
}

before(async () => {
  site = await startHosts();
  browser = await launch();
  for (const [name, picture] of await pictures(TAME)) {
    tame.set(name, picture);
    keep(`tame.${name}`, picture);
  }
});

after(async () => {
  await browser.close();
  await site.close();
});

for (const host of [TAME, ...HOSTS].filter(({ name }) => !process.env['HOST'] || process.env['HOST'].split(',').includes(name))) {
  describe(`A page that ${host.does}`, () => {
    if (host.look !== 'other' && host !== TAME) {
      const tolerance = TOLERANCE[host.look];
      it('shows it as a tame page does', async () => {
        const differences: string[] = [];
        for (const [name, picture] of await pictures(host)) {
          const share = difference(`${host.name}.${name}`, picture, tame.get(name) ?? Buffer.alloc(0));
          if (share > tolerance) differences.push(`${name}: ${(share * 100).toFixed(3)} %`);
        }
        assert.deepEqual(differences, []);
      });
    }

    it('leaves all of it to be used with mouse and keys, and nothing is thrown or said', async () => {
      const visitor = await Visitor.at(browser, `${site.origin}/${host.name}`);
      try {
        await visitor.whole();
        if (host.look === 'other') keep(`${host.name}.account`, await visitor.widget.screenshot());
        await visitor.opensTheMenu();
        await visitor.changesHerName();
        await visitor.provesThatItIsHer();
        await visitor.copiesAKey();
        assert.match((await visitor.exportsTheTeam()) ?? '', /Ada King,ada@example\.com/);
        assert.deepEqual(visitor.said, []);
      } finally {
        keep(`${host.name}.end`, await visitor.page.screenshot());
        await visitor.leave();
      }
    });
  });
}
