import type { Writer } from '../../src/engine/writer.ts';

/** A writer that shows a sentence, and the whole when the test lets it. */
export function createSlowWriter(): Writer & { finish: () => void } {
  const writer = {
    finish: (): void => undefined,
    write: async (request: Parameters<Writer['write']>[0], options: Parameters<Writer['write']>[1] = {}) => {
      const gate = new Promise<void>((resolve) => {
        writer.finish = resolve;
      });
      if (request.purpose === 'reply' && request.question !== 'quietly') options.onDraft?.('Let me see. ');
      await gate;
      return {
        message: {
          text: 'Let me see. This one.',
          locale: 'en',
          image: '/picture.png',
          links: [
            { title: 'About tents', url: 'https://shop.example/tents' },
            { title: 'A trap', url: 'javascript:alert(1)' },
          ],
          buttons: [{ title: 'Take it', payload: { kind: 'command', command: 'affirm' } }],
        },
      } as const;
    },
  };
  return writer;
}
