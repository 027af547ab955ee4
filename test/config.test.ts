import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { configSchema } from '../src/config-schema.ts';
import { environmentVariables, readConfig } from '../src/config.ts';
import { EngineError, type Diagnostic } from '../src/errors.ts';

function faults(text: string, environment: Record<string, string> = {}): readonly Diagnostic[] {
  try {
    readConfig(text, environment);
    return [];
  } catch (error) {
    if (error instanceof EngineError) return error.diagnostics;
    throw error;
  }
}

describe('readConfig', () => {
  test('nothing at all is a configuration that works', () => {
    expect(readConfig(undefined, {})).toMatchObject({
      locales: ['en'],
      time_zone: 'UTC',
      generation: { answers: 'extractive', free_replies: false },
    });
  });

  test('the environment wins over the file', () => {
    expect(readConfig('server: { port: 4000 }', { PORT: '5000' }).server.port).toBe(5000);
  });

  test('durations become milliseconds', () => {
    expect(readConfig('handover: { timeout: 90m }', {}).handover.timeout).toBe(5_400_000);
  });

  test('a key alone does not switch a language model on', () => {
    expect(readConfig(undefined, { OPENAI_API_KEY: 'secret' }).generation.openai).toBeUndefined();
  });

  test('an unknown key is placed, with the nearest name', () => {
    expect(faults('name: Shop\nlocale: [en]\n')).toEqual([
      {
        severity: 'error',
        rule: 'config',
        message: 'The key "locale" is unknown.',
        fix: 'Did you mean "locales"?',
        position: { file: 'usher.yml', line: 2, column: 1 },
      },
    ]);
  });

  test('a key that belongs below another is told where', () => {
    expect(faults('encoder: none\n')[0]?.fix).toBe('Write it below "understanding": understanding.encoder.');
  });

  test('all faults are reported together', () => {
    const found = faults('locales: [english!]\ntime_zone: Mars\nserver: { port: 99999, hots: x }\n');
    expect(found.map(({ position }) => position.line)).toEqual(expect.arrayContaining([1, 2, 3, 3]));
    expect(found).toHaveLength(4);
  });

  test('the proxies that are believed are addresses and networks', () => {
    const text = 'server: { trust_proxy: [10.0.0.7, 10.0.0.0/8, "2001:db8::/32"] }';
    expect(faults(text)).toEqual([]);
    expect(readConfig(undefined, { USHER_TRUST_PROXY: '10.0.0.7, ::1' }).server.trust_proxy).toEqual([
      '10.0.0.7',
      '::1',
    ]);
    for (const wrong of ['proxy.local', '10.0.0.0/33', '10.0.0.0/8/8', '::1/x', ''])
      expect(faults(`server: { trust_proxy: ["${wrong}"] }`)).toHaveLength(1);
  });

  test('origins and hosts are written as browsers send them: another spelling would never be allowed', () => {
    const both = (origin: string, host: string): string =>
      `server: { allowed_origins: ["${origin}"], allowed_hosts: ["${host}"] }`;
    for (const [origin, host] of [
      ['https://www.shop.example', 'chat.shop.example'],
      ['http://localhost:5173', '10.0.0.7'],
      ['capacitor://localhost', '[::1]'],
      ['*', '*'],
    ] as const)
      expect(faults(both(origin, host))).toEqual([]);
    for (const [origin, host] of [
      ['https://www.shop.example/', 'chat.shop.example/'],
      ['https://www.shop.example/help', 'https://chat.shop.example'],
      ['www.shop.example', 'chat.shop.example:3000'],
      ['https://Shop.example', 'Chat.shop.example'],
      ['', ''],
    ] as const)
      expect(faults(both(origin, host))).toHaveLength(2);
  });

  test('a fault from the environment names the variable', () => {
    expect(faults('', { PORT: 'abc' })[0]?.message).toContain('PORT');
  });

  test('a secret is not repeated in an error', () => {
    expect(JSON.stringify(faults('', { USHER_OPERATOR_TOKEN: 'tooshort' }))).not.toContain('tooshort');
  });

  test('a default locale must be one of the locales', () => {
    expect(faults('locales: [en]\ndefault_locale: zh\n')[0]).toMatchObject({
      position: { line: 2, column: 17 },
    });
  });

  test.each(['- a', '"text"', '3'])('%j is no configuration', (text) => {
    expect(faults(text)).toHaveLength(1);
  });

  test('each key and each environment variable is documented', () => {
    const page = readFileSync('docs/configuration.md', 'utf8');
    const missing = keysOf(configSchema).filter((key) => !page.includes(`| \`${key}\` |`));
    expect(missing).toEqual([]);
    for (const { name } of environmentVariables) expect(page).toContain(`\`${name}\``);
  });

  test('each environment variable is read into a place of its own', () => {
    expect(new Set(environmentVariables.map(({ path }) => path.join('.'))).size).toBe(
      environmentVariables.length,
    );
  });
});

/** Dotted names of all settings. */
function keysOf(schema: unknown, path = ''): readonly string[] {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault)
    inner = inner.unwrap();
  if (!(inner instanceof z.ZodObject)) return [path];
  return Object.entries(inner.shape).flatMap(([key, value]) =>
    keysOf(value, path === '' ? key : `${path}.${key}`),
  );
}
