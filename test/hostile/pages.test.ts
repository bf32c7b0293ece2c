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

/** What is looked at: the whole of the account, the same with the password form in the light DOM, and the question for a code. */
async function pictures(host: Host): Promise<Map<string, Buffer>> {
  const visitor = await Visitor.at(browser, `${site.origin}/${host.name}`);
  const taken = new Map<string, Buffer>();
  try {
    await visitor.whole();
    taken.set('account', await visitor.widget.screenshot());
    await visitor.takesTheFormOut();
    taken.set('light', await visitor.widget.screenshot());
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
    // Wherever the password form stands, it looks the same.
    if (name !== 'light') tame.set(name, picture);
    keep(`tame.${name}`, picture);
    if (name === 'account') tame.set('light', picture);
  }
});

after(async () => {
  await browser.close();
  await site.close();
});

for (const host of [TAME, ...HOSTS].filter(({ name }) => !process.env['HOST'] || process.env['HOST'].split(',').includes(name))) {
  describe(`A page that ${host.does}`, () => {
    if (host.look !== 'other') {
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
        await visitor.takesTheFormOut();
        await visitor.changesHerPassword();
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

describe('In forced colours', () => {
  it('the password form looks in the light DOM of a page that takes every style away as in the shadow root of a tame one', async () => {
    const look = async (name: string, light: boolean): Promise<Buffer> => {
      const visitor = await Visitor.at(browser, `${site.origin}/${name}`);
      try {
        await visitor.page.emulateMedia({ forcedColors: 'active' });
        await visitor.whole();
        if (light) await visitor.takesTheFormOut();
        await visitor.button('Update password').focus();
        return await visitor.widget.screenshot();
      } finally {
        await visitor.leave();
      }
    };
    assert.equal(difference('unset.forced', await look('unset', true), await look('tame', false)), 0);
  });
});

describe('Without the file for the light DOM', () => {
  it('the password form is in the shadow root, and can be used', async () => {
    const visitor = await Visitor.at(browser, `${site.origin}/tame`);
    try {
      await visitor.whole();
      await visitor.page.route(/light-form/, (route) => route.abort());
      const asked = visitor.page.waitForRequest(/light-form/);
      await visitor.place.locator('uf-settings').evaluate((element) => { element.setAttribute('credentials', 'light'); });
      await asked;
      await visitor.changesHerPassword();
      assert.equal(await visitor.place.locator('uf-settings').evaluate((element) => element.childElementCount), 0);
    } finally {
      await visitor.leave();
    }
  });
});
