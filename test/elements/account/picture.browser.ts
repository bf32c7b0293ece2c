import { expect } from 'chai';
import { examplePicture } from '../../../src/contract/examples.js';
import { chooseFile } from '../../support/files.js';
import { keys, press } from '../../support/keys.js';
import { mount, type Stage } from '../../support/mount.js';
import { all, everything, find, focused, get, gone, nameOf, reads, said } from '../../support/query.js';
import { eventually } from '../../support/wait.js';

const card = '<uf-account sections="profile"></uf-account>';
const CROP = 'Choose what your picture shows';

/** A picture of two halves, red at the start and blue at the end. */
async function halves(width: number, height: number, type = 'image/png'): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.fillStyle = 'red';
  context.fillRect(0, 0, width / 2, height);
  context.fillStyle = 'blue';
  context.fillRect(width / 2, 0, width / 2, height);
  const blob = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, type); });
  return new File(blob ? [blob] : [], 'halves', { type });
}

const savedPicture = async (stage: Stage): Promise<string | null> => (await stage.backend.connect().adapter.call('auth.context', undefined)).user.avatarUrl;

async function pixelsOf(url: string): Promise<{ width: number; height: number; at: (x: number) => string }> {
  const data = atob(url.slice(url.indexOf(',') + 1));
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(data, (character) => character.charCodeAt(0))]));
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.drawImage(bitmap, 0, 0);
  const at = (x: number): string => {
    const [red = 0, , blue = 0] = context.getImageData(Math.min(bitmap.width - 1, Math.floor(x * bitmap.width)), bitmap.height >> 1, 1, 1).data;
    return red > blue ? 'red' : 'blue';
  };
  return { width: bitmap.width, height: bitmap.height, at };
}

const focusedName = (): string => {
  const element = focused();
  return element ? nameOf(element) : 'nothing';
};

describe('Your picture', () => {
  it('is cut to the square in the middle, drawn anew at no more than 512 pixels, saved and shown', async () => {
    const stage = await mount(card);
    await find('button', 'Change picture');
    chooseFile(await halves(1600, 800));
    await find('dialog', CROP);
    await press(get('button', 'Save picture'));
    await gone('dialog', CROP);
    const picture = await pixelsOf((await savedPicture(stage)) ?? '');
    expect([picture.width, picture.height, picture.at(0.1), picture.at(0.9)]).to.deep.equal([512, 512, 'red', 'blue']);
    await eventually(() => { expect([...everything()].some((element) => element instanceof HTMLImageElement && element.naturalWidth === 512)).to.equal(true); });
    await eventually(() => { expect(said()).to.include('Your picture is saved.'); });
  });

  it('is moved and zoomed by the keyboard alone, which says where it is', async () => {
    const stage = await mount(card);
    await find('button', 'Change picture');
    chooseFile(await halves(1000, 500));
    await find('dialog', CROP);
    expect(focusedName()).to.equal('Part of the picture');
    for (let times = 0; times < 12; times++) await keys('ArrowRight');
    await eventually(() => { expect(said()).to.include('The middle is 75 % across'); });
    await keys('+');
    await eventually(() => { expect(said()).to.include('110 %'); });
    await press(get('button', 'Save picture'));
    await gone('dialog', CROP);
    const picture = await pixelsOf((await savedPicture(stage)) ?? '');
    expect([picture.at(0.02), picture.at(0.98)]).to.deep.equal(['blue', 'blue']);
  });

  it('is left as it was by Escape, and by whatever is no picture; the reason is said', async () => {
    const stage = await mount(card);
    await find('button', 'Change picture');
    chooseFile(await halves(100, 100, 'image/jpeg'));
    await find('dialog', CROP);
    await keys('Escape');
    await gone('dialog', CROP);
    const vast = examplePicture.bytes.slice();
    vast.set([0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30], 16);
    const wrong: [File, string][] = [
      [new File([], 'nothing.png'), 'This file is empty.'],
      [new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'drawing.png', { type: 'image/png' }), 'This is not a picture that we can read.'],
      [new File([new Uint8Array(50_000_000)], 'film.png'), 'This file is larger than 20 MB.'],
      [new File([vast], 'bomb.png'), 'This picture has more than 64 million pixels.'],
      [new File([examplePicture.bytes.slice(0, 40)], 'cut.png'), 'This picture is damaged and cannot be opened.'],
    ];
    for (const [file, words] of wrong) {
      chooseFile(file);
      await reads(words, stage.root);
      await eventually(() => { expect(said()).to.include(words); });
    }
    expect(all('dialog')).to.deep.equal([]);
    expect(await savedPicture(stage)).to.equal(null);
  });

  it('goes after a question, and the focus stays at the picture', async () => {
    const stage = await mount(card);
    await find('button', 'Change picture');
    await stage.session.adapter.call('avatar.set', examplePicture);
    void stage.element('uf-account').client?.auth.reload();
    await press(await find('button', 'Remove, Your picture'));
    await find('alertdialog', 'Remove your picture?');
    await press(get('button', 'Remove'));
    await gone('button', 'Remove, Your picture');
    expect(await savedPicture(stage)).to.equal(null);
    await eventually(() => { expect(focusedName()).to.equal('Change picture'); });
  });

  it('is kept open for another try when the save fails', async () => {
    const stage = await mount(card);
    await find('button', 'Change picture');
    chooseFile(await halves(64, 64));
    const dialog = await find('dialog', CROP);
    stage.backend.faults.fail('avatar.set', 'unavailable', { times: 1 });
    await press(get('button', 'Save picture'));
    await reads('The server did not answer.', dialog);
    await press(get('button', 'Save picture'));
    await gone('dialog', CROP);
    expect((await pixelsOf((await savedPicture(stage)) ?? '')).width).to.equal(64);
  });
});

describe('Logo', () => {
  it('is set in the company’s details and shown in the organisation menu', async () => {
    const stage = await mount('<uf-organisation-menu></uf-organisation-menu><uf-company></uf-company>');
    await find('button', 'Change logo');
    chooseFile(await halves(300, 300));
    await find('dialog', 'Choose what the logo shows');
    await press(get('button', 'Save picture'));
    await gone('dialog', 'Choose what the logo shows');
    await eventually(() => {
      const shownIn = [...everything(stage.element('uf-organisation-menu'))].filter((element) => element instanceof HTMLImageElement);
      expect(shownIn.length).to.equal(1);
    });
  });
});
