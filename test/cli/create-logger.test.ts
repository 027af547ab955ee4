import { expect, test } from 'vitest';
import { createLogger } from '../../src/cli/create-logger.ts';
import { EngineError } from '../../src/errors.ts';

test('an error in the log says what it is, and what caused it', () => {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  const error = new EngineError('INTERNAL', 'The reply URL answered 500.', { cause: new Error('no route') });
  logger.warn({ error }, 'A message was not delivered');
  logger.debug({}, 'not told');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    msg: 'A message was not delivered',
    error: { code: 'INTERNAL', message: 'The reply URL answered 500.: no route' },
  });
  expect(lines[0]).toContain('create-logger.test.ts');
});
