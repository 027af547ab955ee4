import { render } from 'preact';
import { textDirection } from '../text-direction.ts';
import { ChatClient } from './chat-client.ts';
import { emptyChat, type ChatState } from './chat-state.ts';
import { ChatView } from './chat-view.tsx';
import { languageTag } from './language-tag.ts';
import { styles } from './styles.ts';
import { transcriptOf } from './transcript.ts';
import { wordsFor } from './words.ts';

const DEFAULT_IDLE_MINUTES = 30;
const ownOrigin = new URL(import.meta.url).origin;

/**
 * `<usher-chat>`: the chat, in a shadow root of its own.
 *
 * Attributes: `api` (default: where this script came from), `locale` (default: the page's), `title`, `open`, `autofocus`,
 * `theme`, `user-token`, `context` (JSON), `idle-minutes`. `open` also tells whether the panel is open, and opens and
 * closes it; the event `toggle` says that it changed.
 */
export class UsherChat extends HTMLElement {
  static readonly observedAttributes: readonly string[] = ['open', 'user-token', 'locale', 'title'];
  #client: ChatClient | undefined;
  #state: ChatState = emptyChat;
  #isOpen = false;
  /** A chat that is open from the start leaves the focus where the page has it. */
  #takesFocus = false;

  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    this.#takesFocus = this.hasAttribute('autofocus');
    this.#client = this.#createClient();
    this.#state = this.#client.state;
    this.#isOpen = this.#client.wasOpen ?? this.hasAttribute('open');
    this.toggleAttribute('open', this.#isOpen);
    document.addEventListener('visibilitychange', this.#watch);
    this.#watch();
    this.#render();
    if (this.#isOpen) this.#begin();
    else void this.#client.resume();
  }

  disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.#watch);
    this.#client?.stop();
    this.#client = undefined;
    if (this.shadowRoot) render(null, this.shadowRoot);
  }

  attributeChangedCallback(name: string): void {
    if (!this.#client) return;
    if (name === 'open') this.#open(this.hasAttribute('open'));
    else if (name === 'user-token') void this.#client.changePerson();
    else this.#render();
  }

  get #locale(): string {
    return languageTag(this.getAttribute('locale')) ?? languageTag(document.documentElement.lang) ?? 'en';
  }

  readonly #watch = (): void => this.#client?.watch(!document.hidden);

  #createClient(): ChatClient {
    return new ChatClient({
      api: (this.getAttribute('api') ?? ownOrigin).replace(/\/$/, ''),
      locale: this.#locale,
      userToken: () => this.getAttribute('user-token') ?? undefined,
      context: readContext(this.getAttribute('context')),
      idleMs: (Number(this.getAttribute('idle-minutes')) || DEFAULT_IDLE_MINUTES) * 60_000,
      fetch: (url, init) => fetch(url, init),
      storage: browserStorage(),
      now: () => Date.now(),
      newId,
      random: () => Math.random(),
      wait: waitFor,
      onChange: (state) => this.#show(state),
    });
  }

  #begin(): void {
    this.#client?.look(true);
    void this.#client?.start();
  }

  #show(state: ChatState): void {
    this.#state = state;
    this.#render();
  }

  #render(): void {
    const root = this.shadowRoot;
    if (!root || !this.#client) return;
    const title = this.getAttribute('title') ?? 'Chat';
    const words = wordsFor(this.#locale);
    render(
      <ChatView
        state={this.#state}
        title={title}
        words={words}
        direction={textDirection(this.#locale)}
        isOpen={this.#isOpen}
        takesFocus={this.#takesFocus}
        onOpen={(open) => this.#open(open)}
        onSend={(text, payload) => this.#client?.send(text, payload)}
        onRetry={(id) => this.#client?.retry(id)}
        onRestart={() => void this.#client?.restart()}
        onSave={() => save(transcriptOf(this.#state.messages, title, words.you, this.#locale))}
      />,
      root,
    );
  }

  #open(open: boolean): void {
    if (open === this.#isOpen) return;
    this.#isOpen = open;
    this.#takesFocus = true;
    this.toggleAttribute('open', open);
    if (open) this.#begin();
    else this.#client?.look(false);
    this.#render();
    if (!open) this.shadowRoot?.querySelector<HTMLElement>('.launcher')?.focus();
    this.dispatchEvent(new Event('toggle'));
  }
}

function readContext(json: string | null): Readonly<Record<string, unknown>> | undefined {
  if (json === null) return undefined;
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    console.warn('<usher-chat>: the attribute `context` is not JSON.');
    return undefined;
  }
}

/** A browser may forbid it altogether. */
function browserStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** `randomUUID` is missing on pages without TLS, which a shop's own network may have. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      window.removeEventListener('online', done);
      resolve();
    }
    signal.addEventListener('abort', done);
    // A line that is back is tried at once.
    window.addEventListener('online', done);
  });
}

function save(text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  link.download = 'conversation.txt';
  link.click();
  URL.revokeObjectURL(link.href);
}

if (!customElements.get('usher-chat')) customElements.define('usher-chat', UsherChat);
