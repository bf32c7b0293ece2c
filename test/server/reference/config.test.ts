import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from '../../../server/src/reference/config.js';

const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://settings.example.com/',
  BETTER_AUTH_SECRET: 's'.repeat(32),
  SETTINGS_ENCRYPTION_KEY: 'k'.repeat(32),
  SMTP_URL: 'smtp://mail.example.com',
  MAIL_FROM: 'UserFlux <no-reply@example.com>',
};

function problems(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
  return [];
}

describe('The configuration of the reference server', () => {
  it('needs nothing on a desk: the embedded database, the outbox, the demo, this machine only', () => {
    const config = readConfig({});
    assert.deepEqual(
      { port: config.port, host: config.host, database: config.databaseUrl, smtp: config.smtpUrl, seed: config.seed, production: config.production, proxies: config.trustProxy },
      { port: 5173, host: '127.0.0.1', database: undefined, smtp: undefined, seed: 'demo', production: false, proxies: 0 },
    );
  });

  it('takes an empty variable for an absent one', () => {
    assert.equal(readConfig({ SMTP_URL: '', DATABASE_URL: ' ', PORT: '' }).smtpUrl, undefined);
  });

  const wrong: [variable: string, value: string, mend: RegExp][] = [
    ['PORT', 'http', /whole number from 0 to 65535, for example PORT=5174/],
    ['PORT', '65536', /whole number/],
    ['PORT', '80.5', /whole number/],
    ['DATABASE_URL', 'mysql://db/settings', /like postgres:\/\/user:password@host:5432\/database; leave it out for the embedded SQLite/],
    ['DATABASE_URL', 'not a url', /like postgres:/],
    ['PUBLIC_URL', 'flux.test:8080', /for example https:\/\/settings\.example\.com/],
    ['PUBLIC_URL', 'https://example.com/settings', /without a path/],
    ['TRUSTED_ORIGINS', 'https://app.example.com, *.example.com', /no wildcards, no paths/],
    ['TRUSTED_ORIGINS', 'https://app.example.com/path', /no paths/],
    ['PASSKEY_DOMAIN', 'example.com', /the host of PUBLIC_URL, or a domain that it stands under/],
    ['TRUST_PROXY', 'yes', /TRUST_PROXY=1 behind one proxy/],
    ['SMTP_URL', 'mail.example.com:25', /like smtp:/],
    ['MAIL_FROM', 'nobody', /"UserFlux <no-reply@example\.com>"/],
    ['MAIL_FROM', 'a@example.com\r\nBcc: b@example.com', /has to be an address/],
    ['BETTER_AUTH_SECRET', 'hunter2', /at least 32 characters; make one with: openssl rand -base64 32/],
    ['SETTINGS_ENCRYPTION_KEY', 'hunter2', /at least 32 characters/],
    ['SEED', 'everything', /"demo" or "none"/],
    ['API_KEY_REVEAL', 'always', /"step-up" or "creation-only"/],
    ['SIGN_INS_PER_MINUTE', '0', /whole number/],
  ];
  for (const [variable, value, mend] of wrong) {
    it(`refuses ${variable}=${JSON.stringify(value)}, names it and the mend, and does not repeat the value`, () => {
      const [problem = '', ...others] = problems({ [variable]: value });
      assert.deepEqual(others, []);
      assert.match(problem, new RegExp(`^${variable} `));
      assert.match(problem, mend);
      if (/SECRET|KEY$|URL$/.test(variable)) assert.ok(!problem.includes(value), problem);
    });
  }

  it('says everything that is wrong at once', () => {
    assert.equal(problems({ PORT: 'x', SEED: 'x', PUBLIC_URL: 'x' }).length, 3);
  });

  it('asks who mails come from, where mails go out', () => {
    assert.match(problems({ SMTP_URL: 'smtp://localhost' })[0] ?? '', /^MAIL_FROM is needed with SMTP_URL/);
  });

  it('asks in production for what would be a trap there, and plants no demo whose passwords everybody knows', () => {
    assert.deepEqual(problems({ NODE_ENV: 'production' }).map((problem) => problem.split(' ')[0]), ['PUBLIC_URL', 'BETTER_AUTH_SECRET', 'SETTINGS_ENCRYPTION_KEY', 'SMTP_URL']);
    const config = readConfig(production);
    assert.equal(config.seed, 'none');
    assert.equal(config.publicUrl, 'https://settings.example.com');
  });

  it('reads a list of origins, however it is separated', () => {
    assert.deepEqual(readConfig({ TRUSTED_ORIGINS: 'https://a.example.com, https://b.example.com/\nhttp://localhost:3000' }).trustedOrigins, ['https://a.example.com', 'https://b.example.com', 'http://localhost:3000']);
  });
});
