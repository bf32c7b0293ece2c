import { expect } from 'chai';
import { ADA_TOTP_SECRET, demoWorld, keyLifecycleWorld, mfaOnWorld } from '../../../src/adapters/memory/index.js';
import type { Snippet, SnippetFacts } from '../../../src/index.js';
import { Authenticator } from '../../support/authenticator.js';
import { keys, press, type } from '../../support/keys.js';
import { completeMfa, doubledNames, mount, type Stage } from '../../support/mount.js';
import { all, everything, find, findField, focused, get, gone, nameOf, reads, shown } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const NEW = 'Your new API key';
const SECRET = /uf_(?:int|dat|prd)_(?:test|live)_[0-9A-Za-z]{36}/;

describe('Requests with a key', () => {
  const DAYS = 30;

  async function open(): Promise<{ stage: Stage; dialog: HTMLElement; opener: HTMLElement }> {
    const stage = await mount('<uf-api-keys></uf-api-keys>', { world: keyLifecycleWorld() });
    await reads(/key ending \w{4}, hidden/);
    const opener = await find('button', /^[\d,]+ requests in 30 days, Integration API Keys, Test Write-Only key ending \w{4}$/);
    await press(opener);
    return { stage, opener, dialog: await find('dialog', 'Requests in the last 30 days') };
  }

  it('stand in its row; pressed, they are drawn by day, said in a sentence, and told in a table with each of thirty days', async () => {
    const { dialog, opener } = await open();
    const total = /^[\d,]+/.exec(nameOf(opener))?.[0] ?? '';
    expect(shown(dialog)).to.match(new RegExp(`^Requests in the last 30 days ${total} requests with the Test key ending \\w{4}\\. The busiest day was .+, with \\d+\\.`));
    const picture = get('img', /^Requests a day from .+ to .+, at most \d+$/, dialog);
    expect(picture.querySelectorAll('rect')).to.have.length(DAYS + 1);
    const table = [...everything(dialog)].find((element) => element instanceof HTMLTableElement);
    if (!(table instanceof HTMLTableElement)) throw new Error('There is no table.');
    expect(table.checkVisibility(), 'the table shows before anybody asked for it').to.be.false;
    const disclosure = [...everything(dialog)].find((element) => element.localName === 'summary');
    if (!(disclosure instanceof HTMLElement)) throw new Error('There is no way to the table.');
    await press(disclosure);
    await until(() => table.checkVisibility(), 'the table');
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    expect(rows).to.have.length(DAYS);
    const sum = rows.reduce((all, row) => all + Number(row.cells[1]?.textContent.replaceAll(',', '')), 0);
    expect(sum).to.equal(Number(total.replaceAll(',', '')));
    await keys('Escape');
    await gone('dialog');
    expect(focused()).to.equal(opener);
    expect(doubledNames()).to.be.empty;
  });

  it('are counted by days of UTC, and written as days wherever the person is', async () => {
    const { dialog, stage } = await open();
    const { items } = await stage.session.adapter.call('apiKeys.list', { limit: 100 });
    const key = items.find(({ name }) => name === 'Staging events');
    const day = key?.usage?.reduce((most, one) => (one.count > most.count ? one : most));
    const [year, month, date] = (day?.day ?? '').split('-').map(Number);
    // Noon of that day here: whatever the zone, the same date.
    const inWords = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(year ?? 0, (month ?? 1) - 1, date, 12));
    expect(shown(dialog)).to.include(`The busiest day was ${inWords}, with ${String(day?.count)}.`);
    expect(shown(dialog)).to.include('Days begin at midnight UTC.');
  });

  it('are not spoken of where a key has none, or the backend does not count', async () => {
    const stage = await mount('<uf-api-keys></uf-api-keys>', { world: demoWorld() });
    const page = await stage.session.adapter.call('apiKeys.list', { limit: 50 });
    const uncounted = await mount('<uf-api-keys></uf-api-keys>', { ready: false });
    uncounted.backend.faults.answer('apiKeys.list', { ...page, items: page.items.map(({ usage, ...key }) => (usage && key.name === 'Website events' ? { ...key, usage } : key)) });
    await find('button', /requests in 30 days/, uncounted.root);
    expect(all('button', /requests? in 30 days/, uncounted.root)).to.have.length(1);
  });
});

describe('Snippets for a new key', () => {
  async function make(markup: string, prepare: (stage: Stage) => void = () => undefined): Promise<{ dialog: HTMLElement; secret: string }> {
    const stage = await mount(markup, { world: mfaOnWorld() });
    prepare(stage);
    await press(await find('button', 'Create API key'));
    await type(await findField('Name'), 'Nightly "export"');
    await keys('Enter');
    await completeMfa(new Authenticator(ADA_TOTP_SECRET, stage.clock).code());
    const dialog = await find('dialog', NEW);
    return { dialog, secret: SECRET.exec(shown(dialog))?.[0] ?? '' };
  }

  async function snippet(dialog: HTMLElement, label: string): Promise<string> {
    const select = await find('combobox', 'Use it in');
    if (!(select instanceof HTMLSelectElement)) throw new Error('There is no choice of snippets.');
    select.value = [...select.options].find((option) => option.textContent === label)?.value ?? '';
    select.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
    await find('button', `Copy, ${label}`, dialog);
    return get('group', 'Snippet', dialog).textContent;
  }

  it('name the API of the page, and no quote in its address ends a string', async () => {
    const { dialog } = await make(`<uf-api-keys api-url="https://api.example.test/it's/&quot;x&quot;?a=b&amp;c=$(id)"></uf-api-keys>`);
    expect(await snippet(dialog, 'curl')).to.equal(`curl -H "Authorization: Bearer $INTEGRATION_API_KEY" 'https://api.example.test/it'\\''s/%22x%22?a=b&c=$(id)'`);
    expect(await snippet(dialog, 'JavaScript')).to.include(`fetch('https://api.example.test/it\\'s/%22x%22?a=b&c=$(id)', {`);
  });

  it('take a relative address as one of the page’s own site, and no script for an address', async () => {
    const { dialog } = await make('<uf-api-keys api-url="/v1/"></uf-api-keys>');
    expect(await snippet(dialog, 'curl')).to.match(new RegExp(` ${location.origin}/v1/$`));
    await keys('Escape');
    await press(get('checkbox', 'I have stored this key'));
    await keys('Escape');
    await gone('dialog');
    await until(() => focused()?.localName === 'li', 'the focus on the row of the new key');
    document.querySelector('uf-api-keys')?.setAttribute('api-url', 'javascript:alert(1)');
    await press(get('button', 'Create API key'));
    await type(await findField('Name'), 'Other');
    await keys('Enter');
    expect(await snippet(await find('dialog', NEW), 'curl')).to.match(/ https:\/\/api\.example\.com\/$/);
  });

  it('may be the page’s own: they never see the secret, which stands where they ask for it; one that fails is left out', async () => {
    let seen: SnippetFacts | undefined;
    const own: Snippet[] = [
      { label: 'Broken', code: () => { throw new Error('no'); } },
      { label: 'Ruby', code: (facts) => { seen = facts; return `KEY = "{secret}" # ${facts.prefix} ${facts.url}`; } },
    ];
    const { dialog, secret } = await make('<uf-api-keys api-url="https://api.example.test"></uf-api-keys>', (stage) => { stage.element('uf-api-keys').snippets = own; });
    expect(await snippet(dialog, 'Ruby')).to.equal(`KEY = "${secret}" # uf_int_test_ https://api.example.test/`);
    expect(JSON.stringify(seen)).not.to.include(secret);
    expect(seen).to.include({ name: 'Nightly "export"', variable: 'INTEGRATION_API_KEY' });
    expect(shown(dialog)).not.to.include('Broken');
  });

  it('are left out where the page wants none', async () => {
    const { dialog } = await make('<uf-api-keys></uf-api-keys>', (stage) => { stage.element('uf-api-keys').snippets = []; });
    expect(all('combobox', 'Use it in', dialog).map(nameOf)).to.be.empty;
  });
});

describe('The browser’s "back", in settings with deep links', () => {
  const arrive = async (): Promise<Stage> => {
    const before = location.href;
    after(() => { history.replaceState(null, '', before); });
    const stage = await mount('<uf-settings deep-link="hash"></uf-settings>', { world: mfaOnWorld() });
    await press(get('tab', 'Team Members'));
    await press(get('tab', 'API Keys'));
    await reads(/key ending \w{4}, hidden/);
    return stage;
  };

  it('does not lose a key that was just made: its tab stays, and says what has to be done first', async () => {
    const stage = await arrive();
    await press(get('button', 'Create API key'));
    await type(await findField('Name', await find('dialog', 'Create API key')), 'Held');
    await keys('Enter');
    await completeMfa(new Authenticator(ADA_TOTP_SECRET, stage.clock).code());
    const secret = SECRET.exec(shown(await find('dialog', NEW)))?.[0] ?? '';
    history.back();
    await reads('Copy the key first, or confirm that you have stored it.');
    await until(() => location.hash === '#settings/api-keys', 'the address of the tab that stays');
    expect(shown(get('dialog', NEW))).to.include(secret);
    expect(get('tab', 'API Keys').getAttribute('aria-selected')).to.equal('true');
    await press(get('checkbox', 'I have stored this key'));
    history.back();
    await until(() => get('tab', 'Team Members').getAttribute('aria-selected') === 'true', 'the other tab');
    await gone('dialog');
  });

  it('takes an open dialog along with its panel: nothing out of sight keeps the page from being used', async () => {
    await arrive();
    await press(get('button', 'Create API key'));
    await find('dialog', 'Create API key');
    history.back();
    await gone('dialog');
    expect(get('tab', 'Team Members').getAttribute('aria-selected')).to.equal('true');
    expect([...everything()].filter((element) => element.matches('dialog:modal'))).to.be.empty;
  });
});

describe('A press that got no answer', () => {
  it('speaks of no typing where nothing was typed', async () => {
    const stage = await mount('<uf-api-keys></uf-api-keys>', { world: mfaOnWorld() });
    stage.backend.faults.fail('apiKeys.reveal', 'unavailable');
    await reads(/key ending \w{4}, hidden/);
    await press(await find('button', 'View API Keys'));
    await reads('The server did not answer. Try again.');
    await eventually(() => { expect(shown()).not.to.include('Nothing you typed'); });
  });
});
