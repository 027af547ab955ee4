import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatState, Payload } from './chat-state.ts';
import { MessageLog } from './message-log.tsx';
import type { Words } from './words.ts';

export interface ChatViewProps {
  readonly state: ChatState;
  readonly title: string;
  readonly words: Words;
  readonly direction: 'ltr' | 'rtl';
  readonly isOpen: boolean;
  /** Whether the field takes the focus when the panel opens. */
  readonly takesFocus: boolean;
  readonly unread: number;
  readonly onOpen: (open: boolean) => void;
  readonly onSend: (text: string, payload?: Payload) => void;
  readonly onRetry: (id: string) => void;
  readonly onRestart: () => void;
  readonly onSave: () => void;
}

/** The launcher, and the panel that it opens. */
export function ChatView(props: ChatViewProps) {
  const { isOpen, unread, words, direction, onOpen } = props;
  return (
    // Without a title of its own, all of it would show the element's as a tooltip.
    <div class={`chat ${isOpen ? 'open' : ''}`} dir={direction} title="">
      {isOpen ? <Panel {...props} /> : undefined}
      <button
        type="button"
        class="launcher"
        aria-expanded={isOpen}
        aria-label={unread > 0 ? `${words.open}, ${words.unread(unread)}` : isOpen ? words.close : words.open}
        onClick={() => onOpen(!isOpen)}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={isOpen ? 'M6 6l12 12M18 6L6 18' : 'M4 5h16v11H9l-5 4z'} />
        </svg>
        {unread > 0 ? <span class="badge">{unread > 9 ? '9+' : unread}</span> : undefined}
      </button>
    </div>
  );
}

function Panel(props: ChatViewProps) {
  const { state, title, words, onOpen, onSend, onRetry, onRestart, onSave } = props;
  return (
    <section
      class="panel"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onOpen(false);
      }}
    >
      <header>
        <h2>
          <bdi>{title}</bdi>
        </h2>
        <IconButton label={words.save} path="M12 4v10m-4-4l4 4 4-4M5 19h14" onClick={onSave} />
        <IconButton label={words.fresh} path="M12 5v14M5 12h14" onClick={onRestart} />
        <IconButton
          label={words.close}
          path="M6 6l12 12M18 6L6 18"
          class="closer"
          onClick={() => onOpen(false)}
        />
      </header>
      <MessageLog state={state} title={title} words={words} onSend={onSend} onRetry={onRetry} />
      <Notice {...props} />
      <Composer words={words} isDisabled={state.isEnded} takesFocus={props.takesFocus} onSend={onSend} />
    </section>
  );
}

function Notice({ state, words, onRestart }: ChatViewProps) {
  if (state.isEnded)
    return (
      <p class="notice" role="status">
        {state.connection === 'refused' ? words.refused : words.ended}{' '}
        <button type="button" onClick={onRestart}>
          {state.connection === 'refused' ? words.retry : words.fresh}
        </button>
      </p>
    );
  const text = state.connection === 'offline' ? words.offline : state.status === 'person' ? words.person : '';
  return (
    <p class="notice" role="status" hidden={text === ''}>
      {text}
    </p>
  );
}

interface ComposerProps {
  readonly words: Words;
  readonly isDisabled: boolean;
  readonly takesFocus: boolean;
  readonly onSend: (text: string) => void;
}

function Composer({ words, isDisabled, takesFocus, onSend }: ComposerProps) {
  const [text, setText] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takesFocus) input.current?.focus({ preventScroll: true });
  }, []);
  const wasDisabled = useRef(isDisabled);
  useEffect(() => {
    // The button that began another conversation is gone, and the focus with it.
    if (wasDisabled.current && !isDisabled) input.current?.focus();
    wasDisabled.current = isDisabled;
  }, [isDisabled]);
  const submit = (): void => {
    if (text.trim() === '') return;
    onSend(text.trim());
    setText('');
    input.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        ref={input}
        rows={1}
        dir="auto"
        maxLength={4000}
        value={text}
        disabled={isDisabled}
        placeholder={words.placeholder}
        aria-label={words.placeholder}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // While an input method composes, Enter chooses a word.
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          submit();
        }}
      />
      <button type="submit" aria-label={words.send} disabled={isDisabled}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 12l16-8-6 16-3-7z" />
        </svg>
      </button>
    </form>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly path: string;
  readonly class?: string;
  readonly onClick: () => void;
}

function IconButton({ label, path, onClick, class: name = '' }: IconButtonProps) {
  return (
    <button type="button" class={`icon ${name}`} aria-label={label} title={label} onClick={onClick}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}
