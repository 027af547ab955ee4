/** The part of @nlpjs/basic, which ships no types, that nlpjs-classifier.ts uses. */
declare module '@nlpjs/basic' {
  interface NlpJs {
    addLanguage(locale: string): void;
    addDocument(locale: string, text: string, intent: string): void;
    train(): Promise<void>;
    process(locale: string, text: string): Promise<{ readonly intent: string }>;
  }

  const basic: {
    readonly Container: new () => { use(plugin: unknown): void };
    readonly Nlp: new (settings: object) => NlpJs;
    readonly [plugin: string]: unknown;
  };
  export = basic;
}
