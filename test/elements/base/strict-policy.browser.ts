import { expect } from 'chai';
import { itWith } from '../../support/engines.js';
import type { StrictPage } from '../../support/strict-page.js';
import { scenes } from '../../support/strict-scenes.js';
import { until } from '../../support/wait.js';

describe('Under a strict Content-Security-Policy with Trusted Types nothing is blocked of', () => {
  // A page of its own, whose answer came with the policy: the runner's needs inline scripts.
  const frame = document.createElement('iframe');
  let page: StrictPage;

  before(async () => {
    Object.assign(frame, { src: '/strict-page', width: 1000, height: 800 });
    document.body.append(frame);
    page = await until(() => frame.contentWindow?.strictPage, 'the page under the policy');
  });
  after(() => {
    frame.remove();
  });

  for (const [name, { needs }] of Object.entries(scenes)) {
    (needs ? itWith(needs) : it)(name, async () => {
      expect(await page.play(name)).to.be.empty;
    });
  }

  it('them, while what the policy forbids is: an inline style, a string for markup', async () => {
    const told = await page.provoke();
    expect(told.filter((line) => /^(style-src|require-trusted-types-for)/.test(line))).to.have.length(2);
  });
});
