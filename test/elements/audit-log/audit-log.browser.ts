import { expect } from 'chai';
import { demoWorld, memberWorld, type World } from '../../../src/adapters/memory/index.js';
import { press, type } from '../../support/keys.js';
import { afterThisTest, doubledNames, mount, type Stage } from '../../support/mount.js';
import { all, field, find, focused, get, gone, nameOf, reads, shown, toasts } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const WIDGET = '<uf-audit-log></uf-audit-log>';

const rows = (): string[] => all('row').slice(1).map((row) => shown(row));
const there = async (stage: Stage): Promise<void> => reads('Reveal of API keys', stage.root);

async function choose(name: string, value: string): Promise<void> {
  const select = get('combobox', name) as HTMLSelectElement;
  select.value = value;
  select.dispatchEvent(new Event('input', { bubbles: true }));
  await eventually(() => { expect(get('table').getAttribute('aria-busy')).to.equal('false'); });
}

/** Until the end of this test. */
function replace(owner: object, name: string, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { configurable: true, value });
  afterThisTest(() => {
    if (before) Object.defineProperty(owner, name, before);
    else Reflect.deleteProperty(owner, name);
  });
}

/** The file that was handed to the browser. */
function caught(): Promise<{ name: string; text: string }> {
  return new Promise((resolve) => {
    let blob: Blob | undefined;
    replace(URL, 'createObjectURL', (given: Blob) => {
      blob = given;
      return 'blob:caught';
    });
    replace(HTMLAnchorElement.prototype, 'click', function caughtClick(this: HTMLAnchorElement) {
      void blob?.text().then((text) => { resolve({ name: this.download, text }); });
    });
  });
}

function manyEvents(): World {
  const world = demoWorld();
  for (const organisation of world.organisations.slice(0, 1)) {
    organisation.events = Array.from({ length: 250 }, (_, index) => ({ by: 'charles@example.com', action: 'apiKeys.update' as const, targets: [`=Key ${String(index)}`], ago: 60 + index, address: '203.0.113.9', userAgent: 'curl/8.14.1' }));
  }
  return world;
}

describe('Audit log', () => {
  it('is one real table: who, what and to what, when, from where, with what result; the newest first', async () => {
    const stage = await mount(WIDGET);
    await there(stage);
    expect(all('columnheader').map((head) => nameOf(head))).to.deep.equal(['Person', 'Action', 'When', 'Address', 'Result']);
    for (const head of all('rowheader')) expect(head.getAttribute('scope')).to.equal('row');
    expect(rows()[1]).to.match(/Charles Babbage Chrome on Windows Reveal of API keys\s*Website events.*203\.0\.113\.24\s*Done/);
    expect(rows().join('\n')).to.match(/Mary Somerville .*View of the API keys.*Not allowed/);
    expect(shown(stage.root)).to.include('Who did what in Analytical Engines Ltd');
    expect(doubledNames()).to.deep.equal([]);
  });

  it('is narrowed by person, action and time, and widened again', async () => {
    const stage = await mount(WIDGET);
    await there(stage);
    await type(field('Person'), 'mary');
    await until(() => rows().length === 1, 'the events of Mary');
    await press(get('button', /^Clear filters/));
    await until(() => rows().length === 8, 'all events');
    expect(focused()?.id).to.equal('audit-actor');
    await choose('Action', 'apiKeys.reveal');
    await until(() => rows().length === 2, 'the reveals');
    await choose('Action', 'team');
    await until(() => rows().length === 2 && rows().every((row) => row.includes('Invitation')), 'the team');
    await choose('Action', '');
    await until(() => rows().length === 8, 'all events');
    const day = (ago: number): string => {
      const date = new Date(Date.now() - ago * 86_400_000);
      return [date.getFullYear(), String(date.getMonth() + 1).padStart(2, '0'), String(date.getDate()).padStart(2, '0')].join('-');
    };
    const set = (name: string, value: string): void => {
      const input = field(name);
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    };
    set('To', day(10));
    await until(() => rows().length === 4 && !shown(stage.root).includes('Charles Babbage'), 'the events until ten days ago');
    set('From', day(5));
    await reads('The end is before the beginning', stage.root);
    set('From', day(14));
    await until(() => rows().length === 2, 'the events of that span');
    await type(field('Person'), 'nobody at all');
    await reads('No events match', stage.root);
  });

  it('shows more, and the focus goes on with the first that is new', async () => {
    const stage = await mount(WIDGET);
    await press(await find('button', 'Show more, Audit log'));
    await gone('button', 'Show more, Audit log');
    expect(rows()).to.have.length((await stage.session.adapter.call('audit.list', { limit: 100 })).items.length);
    await eventually(() => { expect(focused()?.id).to.equal('audit-event-8'); });
  });

  it('exports all that the filters leave as a file that no spreadsheet runs', async () => {
    const stage = await mount(WIDGET, { world: manyEvents() });
    await reads('Change of an API key', stage.root);
    await choose('Action', 'apiKeys');
    const file = caught();
    await press(get('button', /^Export CSV/));
    const { name, text } = await file;
    expect(name).to.match(/^audit-log-\d{4}-\d\d-\d\d\.csv$/);
    const lines = text.trim().split('\r\n');
    expect(lines).to.have.length(251);
    expect(lines[0]).to.equal('Time (UTC),Person,Action,Code,Concerns,Address,Browser,User agent,Result');
    expect(lines[1]).to.match(/^\d{4}-.*Z,Charles Babbage,Change of an API key,apiKeys\.update,'=Key 0,203\.0\.113\.9,curl,curl\/8\.14\.1,Done$/);
    await eventually(() => { expect(toasts()).to.include('250 events are in the file.'); });
    expect(focused()?.id).to.equal('audit-export');
  });

  it('an export can be cancelled: no file, and the button is back', async () => {
    const stage = await mount(WIDGET, { world: manyEvents() });
    await reads('Change of an API key', stage.root);
    stage.backend.faults.hang('audit.list');
    await press(get('button', /^Export CSV/));
    await press(await find('button', /^Cancel/));
    await find('button', /^Export CSV/);
    expect(shown(stage.root)).not.to.include('events read so far');
    expect(toasts()).to.deep.equal([]);
    expect(focused()?.id).to.equal('audit-export');
  });

  it('tells members who can read it, and asks nothing', async () => {
    const stage = await mount(WIDGET, { world: memberWorld() });
    await reads('Only owners and admins can read the audit log', stage.root);
    expect(all('table')).to.deep.equal([]);
  });
});
