import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deviceOf } from '../../src/elements/base/device.js';
import { eventActions as beside } from '../../src/contract/activity.js';
import { operationNames, rowOf } from '../../src/contract/operations.js';
import { eventActions } from '../../src/locales/en/event-actions.js';
import { mayCall } from '../../src/rules/policy.js';

describe('events in words', () => {
  it('there are words for everything that a backend of ours writes down: every write, what a role may not call, sign-ins and links', () => {
    const written = [...beside, ...operationNames.filter((operation) => rowOf(operation).effect === 'write' || !mayCall(operation, undefined))];
    assert.ok(written.length > 25);
    assert.deepEqual(written.filter((action) => !Object.hasOwn(eventActions, action)), []);
  });

  it('no two actions are called the same', () => {
    const words = Object.values(eventActions);
    assert.equal(new Set(words).size, words.length);
  });
});

describe('a user agent', () => {
  const agents: readonly (readonly [string | null, string | undefined, string | undefined])[] = [
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36', 'Chrome', 'Windows'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36 Edg/153.0.0.0', 'Edge', 'Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15', 'Safari', 'Mac'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1', 'Safari', 'iPhone'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/153.0 Mobile/15E148 Safari/604.1', 'Chrome', 'iPhone'],
    ['Mozilla/5.0 (iPad; CPU OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/153.0 Mobile/15E148 Safari/605.1.15', 'Firefox', 'iPad'],
    ['Mozilla/5.0 (Linux; Android 16; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36', 'Samsung Internet', 'Android'],
    ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36', 'Chrome', 'ChromeOS'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'Firefox', 'Linux'],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36 OPR/120.0.0.0', 'Opera', 'Linux'],
    ['curl/8.14.1', 'curl', undefined],
    ['Mozilla/5.0 (compatible; SomethingElse/1.0; Windows)', undefined, 'Windows'],
    ['<img src=x onerror=alert(1)>', undefined, undefined],
    ['', undefined, undefined],
    [null, undefined, undefined],
  ];
  for (const [agent, browser, system] of agents) {
    it(`${agent?.slice(-40) ?? 'null'} is ${browser ?? 'an unknown browser'} on ${system ?? 'something unknown'}`, () => {
      assert.deepEqual(deviceOf(agent), { browser, system });
    });
  }
});
