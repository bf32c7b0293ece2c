/** Pictures through the real server: chosen, cut, shown to others, removed; and files that are none. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { demoWorld } from '@userflux/settings/adapters/memory';
import type { Browser, Locator } from 'playwright-core';
import { PNG } from 'pngjs';
import { DESK, launch, look, visit } from './support/browser.js';
import { Person } from './support/person.js';
import { openPlace, type Place } from './support/place.js';
import { story } from './support/story.js';

const ENGINES = 'Analytical Engines Ltd';

/** Red at the start, blue at the end. */
function halves(width: number, height: number): Buffer {
  const png = new PNG({ width, height });
  for (let at = 0; at < width * height; at++) png.data.set(at % width < width / 2 ? [255, 0, 0, 255] : [0, 0, 255, 255], at * 4);
  return PNG.sync.write(png);
}

describe('Pictures', { concurrency: false }, () => {
  let browser: Browser;
  let place: Place;
  let ada: Person;
  let charles: Person;
  const step = story();

  async function at(email: string, password: string): Promise<Person> {
    const person = await Person.at(await visit(browser, DESK, place.url));
    await person.givePassword(email, password);
    await person.organisation(ENGINES).waitFor();
    return person;
  }

  before(async () => {
    [browser, place] = await Promise.all([launch(), openPlace({ world: demoWorld() })]);
    [ada, charles] = [await at('ada@example.com', 'analytical-engine-1843'), await at('charles@example.com', 'difference-engine-1822')];
    await ada.openAccountSettings();
  });
  after(async () => {
    await browser.close();
    await place.close();
  });

  const choose = (kind: 'avatar' | 'logo', name: string, mimeType: string, buffer: Buffer): Promise<void> => ada.page.locator(`#${kind}-file`).setInputFiles({ name, mimeType, buffer });
  const mine = (): Locator => ada.page.getByRole('region', { name: 'Your details', exact: true }).locator('img');
  const logoAt = ({ page }: Person): Locator => page.locator('uf-organisation-menu img').first();

  /** What is drawn: its side in pixels, and how red it is at the start and at the end. */
  async function drawn(image: Locator): Promise<{ side: number; start: string; end: string }> {
    await image.waitFor();
    return image.evaluate(async (element) => {
      if (!(element instanceof HTMLImageElement)) throw new TypeError('No picture.');
      await element.decode();
      const { naturalWidth: side, naturalHeight } = element;
      const canvas = document.createElement('canvas');
      canvas.width = side;
      canvas.height = naturalHeight;
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context?.drawImage(element, 0, 0);
      const colour = (x: number): string => {
        const [red = 0, , blue = 0] = context?.getImageData(x, side >> 1, 1, 1).data ?? [];
        return red > blue ? 'red' : 'blue';
      };
      return { side: side === naturalHeight ? side : 0, start: colour(2), end: colour(side - 3) };
    });
  }

  const kept = async (): Promise<number> => (await place.server.database.db.selectFrom('settingsPicture').select('id').execute()).length;

  step('what is no picture is refused in words, and nothing is sent', async () => {
    const before = place.network.passages.filter(({ method }) => method === 'PUT').length;
    await ada.button('Change picture').waitFor();
    await choose('avatar', 'me.png', 'image/png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'));
    await ada.reads('This is not a picture that we can read. Choose a PNG, JPEG, WebP or GIF file.');
    await choose('avatar', 'film.png', 'image/png', Buffer.alloc(21_000_000));
    await ada.reads('This file is larger than 20 MB. Choose a smaller one.');
    await choose('avatar', 'cut.png', 'image/png', halves(300, 300).subarray(0, 60));
    await ada.reads('This picture is damaged and cannot be opened. Choose another one.');
    await look(ada.page, 'picture-refused');
    assert.equal(place.network.passages.filter(({ method }) => method === 'PUT').length, before);
  });

  step('hers is moved with the keyboard to the half that she wants, saved as a square, and there after a reload', async () => {
    await choose('avatar', 'wide.png', 'image/png', halves(1600, 800));
    const dialog = ada.dialog('Choose what your picture shows');
    await dialog.waitFor();
    await look(ada.page, 'picture-crop');
    for (let times = 0; times < 40; times++) await ada.page.keyboard.press('ArrowRight');
    await ada.press('Save picture', dialog);
    await ada.toast('Your picture is saved.');
    assert.deepEqual(await drawn(mine()), { side: 512, start: 'blue', end: 'blue' });
    await look(ada.page, 'picture-saved');
    await ada.page.reload();
    assert.deepEqual(await drawn(mine()), { side: 512, start: 'blue', end: 'blue' });
    assert.equal(await kept(), 1);
  });

  step('another takes its place, and nothing is left of the one before', async () => {
    const address = await mine().getAttribute('src');
    await choose('avatar', 'square.png', 'image/png', halves(200, 200));
    const dialog = ada.dialog('Choose what your picture shows');
    await ada.press('Save picture', dialog);
    await dialog.waitFor({ state: 'hidden' });
    await ada.page.waitForFunction((before) => {
      const settings = document.querySelector('uf-settings');
      const found = (root: ParentNode): HTMLImageElement | undefined => [...root.querySelectorAll('*')].map((one) => (one instanceof HTMLImageElement ? one : one.shadowRoot ? found(one.shadowRoot) : undefined)).find((one) => one !== undefined);
      const image = settings && found(settings.shadowRoot ?? settings);
      return image && image.getAttribute('src') !== before;
    }, address);
    assert.deepEqual(await drawn(mine()), { side: 200, start: 'red', end: 'blue' });
    assert.equal(await kept(), 1);
    assert.equal(await ada.page.evaluate(async (url) => (await fetch(url ?? '', { cache: 'no-store' })).status, address), 404);
  });

  step('the logo of her organisation stands in the menu, in hers and at once in that of others', async () => {
    await ada.openTab('Company Details');
    await ada.button('Change logo').waitFor();
    await choose('logo', 'logo.png', 'image/png', halves(300, 300));
    await ada.press('Save picture', ada.dialog('Choose what the logo shows'));
    await ada.toast('The logo is saved.');
    for (const person of [ada, charles]) assert.deepEqual(await drawn(logoAt(person)), { side: 300, start: 'red', end: 'blue' });
    await look(charles.page, 'picture-logo-menu');
  });

  step('both are removed after a question, for everybody', async () => {
    await ada.press('Remove, Logo');
    await ada.press('Remove', ada.page.getByRole('alertdialog', { name: 'Remove the logo?' }));
    await ada.toast('The logo is removed.');
    for (const person of [ada, charles]) await logoAt(person).waitFor({ state: 'detached' });
    await ada.openTab('Your Account');
    await ada.press('Remove, Your picture');
    await ada.press('Remove', ada.page.getByRole('alertdialog', { name: 'Remove your picture?' }));
    await ada.toast('Your picture is removed.');
    await mine().waitFor({ state: 'detached' });
    assert.equal(await kept(), 0);
    for (const { visit: one } of [ada, charles]) {
      await one.close();
      assert.deepEqual(one.kept.troubles, []);
    }
  });
});
