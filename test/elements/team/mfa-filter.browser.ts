import { expect } from 'chai';
import { busyTeamWorld, memberWorld } from '../../../src/adapters/memory/index.js';
import { keys, press } from '../../support/keys.js';
import { mount } from '../../support/mount.js';
import { all, find, focusOn, get, nameOf, reads } from '../../support/query.js';
import { eventually } from '../../support/wait.js';

describe('the team by MFA', () => {
  it('is narrowed to those with it, by keyboard alone, and Clear filters brings everybody back', async () => {
    await mount('<uf-team></uf-team>', { world: busyTeamWorld() });
    await press(await find('button', 'Filter'));
    const select = (await find('combobox', 'MFA')) as HTMLSelectElement;
    select.focus();
    await keys('ArrowDown');
    await eventually(() => { expect(select.value).to.equal('on'); });
    await reads('3 people');
    await find('button', 'Filter (1)');
    await press(get('button', 'Clear filters'));
    await reads('26 people');
    await focusOn('button', 'Filter');
  });

  it('is narrowed to those without it', async () => {
    await mount('<uf-team></uf-team>', { world: busyTeamWorld() });
    await press(await find('button', 'Filter'));
    (await find('combobox', 'MFA')).focus();
    await keys('ArrowDown', 'ArrowDown');
    await reads('19 people');
    await reads('MFA off');
  });

  it('is not offered to those who do not see it', async () => {
    await mount('<uf-team></uf-team>', { world: memberWorld() });
    await press(await find('button', 'Filter'));
    await find('combobox', 'Role');
    expect(all('combobox', 'MFA').map(nameOf)).to.be.empty;
  });
});
