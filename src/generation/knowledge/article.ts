import type { Locale } from '../../message.ts';

/** One help-centre article, as its file has it. */
export interface Article {
  /** The file's path below `knowledge/`, without the locale's folder and the extension; shared by its translations. */
  readonly id: string;
  /** Path relative to the bot's folder, with forward slashes. */
  readonly file: string;
  readonly title: string;
  readonly locale: Locale;
  /** Where a person can read it. */
  readonly url?: string | undefined;
  /** How customers ask what it answers; found by meaning, never quoted. */
  readonly questions?: readonly string[] | undefined;
  /** Markdown, without the front matter and the title. */
  readonly body: string;
}
