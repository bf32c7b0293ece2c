import { expect } from 'chai';
import { mfaOnWorld } from '../../../src/adapters/memory/index.js';
import { itWith } from '../../support/engines.js';
import { keys, press, type } from '../../support/keys.js';
import { mount } from '../../support/mount.js';
import { everything, field, find, findField, get, reads, shown } from '../../support/query.js';
import { watchShifts } from '../../support/shifts.js';
import { frame } from '../../support/wait.js';

const ALL = '<uf-organisation-menu></uf-organisation-menu><uf-account></uf-account><uf-company></uf-company><uf-team></uf-team><uf-api-keys></uf-api-keys>';

/** What a strict Content-Security-Policy would have blocked: in every shadow root, the stack of toasts included. */
function blocked(): string[] {
  const found: string[] = [];
  for (const element of everything()) {
    const inside = element.getRootNode() instanceof ShadowRoot;
    if (!inside) continue;
    for (const { name } of element.attributes) if (name === 'style' || name.startsWith('on')) found.push(`${element.tagName} ${name}`);
    if (['STYLE', 'SCRIPT', 'LINK', 'IMG', 'IFRAME'].includes(element.tagName)) found.push(element.tagName);
  }
  return found;
}

describe('Under a strict Content-Security-Policy', () => {
  it('nothing of a widget would be blocked: no style attribute, no inline handler, no style, script or image element', async () => {
    const stage = await mount(ALL, { world: mfaOnWorld() });
    await findField('Organisation name');
    await reads(/key ending \w{4}, hidden/);
    await type(field('Your name'), 'Ada King');
    await keys('Enter');
    await reads('Saved', stage.root);
    await press(get('button', 'View API Keys'));
    await find('dialog', 'Complete MFA');
    expect(blocked()).to.be.empty;
  });

  it('nor of the set-up of MFA with its QR code', async () => {
    await mount('<uf-account sections="mfa"></uf-account>');
    await press(get('button', 'Setup Multi-factor authentication'));
    await find('img', /QR code/);
    expect(blocked()).to.be.empty;
  });
});

describe('Layout', () => {
  for (const [tag, there] of [
    ['uf-account', 'You are signed in as'],
    ['uf-company', 'Analytical Engines Ltd'],
    ['uf-team', '24 people'],
    ['uf-api-keys', 'Metrics warehouse'],
    ['uf-settings', 'You are signed in as'],
  ] as const) {
    for (const width of [1000, 360]) {
      itWith('layout-shift')(`of <${tag}> at ${width} px does not move by more than 0.02 when its data comes`, async () => {
        const shifts = watchShifts();
        await mount(`<uf-organisation-menu></uf-organisation-menu><${tag}></${tag}><p>Below</p>`, { ready: false, latency: 150, width });
        await frame();
        expect(shown()).not.to.include(there);
        if (tag === 'uf-company') await findField('Organisation name');
        else await reads(there);
        expect(await shifts()).to.be.at.most(0.02);
      });
    }
  }

  itWith('layout-shift')('does not move at all when something is saved', async () => {
    // Without the recent activity, which grows by what is saved, and what names the organisation in its sentences.
    const stage = await mount('<uf-account sections="profile preferences password mfa passkeys sessions delete-account sign-out"></uf-account><uf-company sections="company"></uf-company>', { width: 1000 });
    // What loads late stands above: it has to be there before anything is watched.
    for (const words of ['It is now', 'No passkeys yet', 'This device', 'You are the only owner of']) await reads(words);
    await type(await findField('Organisation name'), 'Analytical Engines & Co');
    await reads('Unsaved changes');
    await frame();
    const shifts = watchShifts();
    await keys('Enter');
    await reads('Saved', stage.root);
    expect(await shifts()).to.equal(0);
  });

  itWith('layout-shift')('does not move the keys’ places when they are revealed and hidden', async () => {
    const { Authenticator } = await import('../../support/authenticator.js');
    const { ADA_TOTP_SECRET } = await import('../../../src/adapters/memory/index.js');
    const stage = await mount('<uf-api-keys></uf-api-keys>', { world: mfaOnWorld(), width: 1000 });
    await reads(/key ending \w{4}, hidden/);
    await press(get('button', 'View API Keys'));
    const dialog = await find('dialog', 'Complete MFA');
    await type(get('textbox', 'One-time code', dialog), new Authenticator(ADA_TOTP_SECRET, stage.clock).code());
    const shifts = watchShifts();
    await keys('Enter');
    await reads('Your keys are visible');
    await find('button', 'Lock now');
    await press(get('button', 'Hide now'));
    await reads('Your keys are hidden');
    expect(await shifts()).to.be.at.most(0.02);
  });
});
