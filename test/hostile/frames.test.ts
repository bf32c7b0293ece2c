/** The settings in a frame that its page holds back, and on a page so large that little of it shows. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch } from '../journeys/support/browser.js';
import type { Site } from '../package/support/site.js';
import { keep } from './support/picture.js';
import { startHosts } from './support/site.js';
import { Visitor } from './support/visitor.js';

const MAY = ['allow-same-origin', 'allow-forms', 'allow-modals', 'allow-downloads', 'allow-popups'] as const;
/** Every set of what a frame may beside scripts, the empty one included. */
const SETS = Array.from({ length: 2 ** MAY.length }, (_, bits) => ['allow-scripts', ...MAY.filter((_flag, index) => bits & (1 << index))]);

let site: Site;
let browser: Browser;

before(async () => {
  site = await startHosts();
  browser = await launch();
});

after(async () => {
  await browser.close();
  await site.close();
});

async function visit(path: string, work: (visitor: Visitor) => Promise<void>, viewport?: { width: number; height: number }): Promise<void> {
  const visitor = await Visitor.at(browser, `${site.origin}/${path}`, viewport);
  try {
    await work(visitor);
  } finally {
    keep(path.replaceAll('/', '.'), await visitor.page.screenshot());
    await visitor.leave();
  }
}

describe('In a frame with a sandbox', () => {
  for (const flags of SETS) {
    it(`of ${flags.join(' ')}, all of it can be used, and nothing is thrown or said`, async () => {
      await visit(`frame/${flags.join('+')}`, async (visitor) => {
        assert.equal(await visitor.place.evaluate(() => window.origin === 'null'), !flags.includes('allow-same-origin'), 'an origin of its own, or none');
        await visitor.whole();
        await visitor.changesHerName();
        await visitor.provesThatItIsHer();
        await visitor.copiesAKey();
        const downloads = flags.includes('allow-downloads');
        const file = await visitor.exportsTheTeam(downloads);
        if (downloads) assert.match(file ?? '', /Ada King,ada@example\.com/);
        assert.deepEqual(visitor.said, []);
      });
    });
  }

  it('without scripts, shows what the page wrote for that', async () => {
    await visit('frame/allow-forms', async (visitor) => {
      await visitor.reads('Settings need scripts.');
      assert.deepEqual(visitor.said, []);
    });
  });

  it('of which there is none, works as on a page', async () => {
    await visit('frame/none', async (visitor) => {
      await visitor.whole();
      await visitor.changesHerName();
      assert.deepEqual(visitor.lines, []);
    });
  });
});

describe('At 400 % (1280 by 1024 pixels, of which 320 by 256 are left)', () => {
  it('all of it can be used, nothing is wider than the window, and a dialog fits', async () => {
    await visit('tame', async (visitor) => {
      const { page, place } = visitor;
      const fits = async (): Promise<void> => {
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
      };
      const openTab = async (name: string): Promise<void> => {
        await place.locator('#tabs-opener').click();
        await place.locator('uf-settings').getByRole('link', { name }).click();
      };
      await visitor.whole();
      await fits();
      await visitor.changesHerName();
      await openTab('API Keys');
      await visitor.button('View API Keys').click();
      await visitor.mfa.waitFor();
      const box = await visitor.mfa.boundingBox();
      assert.ok(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= 320 && box.y + box.height <= 256, JSON.stringify(box));
      keep('zoom.dialog', await page.screenshot());
      await page.keyboard.type(visitor.code());
      await page.keyboard.press('Enter');
      await visitor.reads('Your keys are visible');
      await fits();
      await visitor.copiesAKey();
      await openTab('Team Members');
      await visitor.reads('Charles Babbage');
      await fits();
      assert.deepEqual(visitor.said, []);
    }, { width: 320, height: 256 });
  });
});
