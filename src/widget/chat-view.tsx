import type { RefObject } from 'preact';
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
  readonly onOpen: (open: boolean) => void;
  readonly onSend: (text: string, payload?: Payload) => void;
  readonly onRetry: (id: string) => void;
  readonly onRestart: () => void;
  readonly onSave: () => void;
}

/** The launcher, and the panel that it opens. */
export function ChatView(props: ChatViewProps) {
  const { isOpen, words, direction, onOpen } = props;
  const unread = isOpen ? 0 : props.state.unread;
  return (
    // Without a title of its own, all of it would show the element's as a tooltip.
    <div class={`chat ${isOpen ? 'open' : ''}`} dir={direction} lang={words.lang} title="">
      {isOpen ? <Panel {...props} /> : undefined}
      <span class="spoken" role="status">
        {unread > 0 ? words.unread(unread) : ''}
      </span>
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
  const [asksToLeave, askToLeave] = useState(false);
  const isUnderWay = !state.isEnded && state.messages.some(({ role }) => role === 'user');
  const field = useRef<HTMLTextAreaElement>(null);
  const restart = (): void => {
    askToLeave(false);
    onRestart();
    field.current?.focus();
  };
  const stay = (): void => {
    askToLeave(false);
    field.current?.focus();
  };
  return (
    <section
      class="panel"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !isComposing(event)) onOpen(false);
      }}
    >
      <header>
        <h2>
          <bdi>{title}</bdi>
        </h2>
        <IconButton label={words.save} path="M12 4v10m-4-4l4 4 4-4M5 19h14" onClick={onSave} />
        <IconButton
          label={words.fresh}
          path="M12 5v14M5 12h14"
          onClick={() => (isUnderWay ? askToLeave(true) : restart())}
        />
        <IconButton
          label={words.close}
          path="M6 6l12 12M18 6L6 18"
          class="closer"
          onClick={() => onOpen(false)}
        />
      </header>
      <MessageLog state={state} title={title} words={words} onSend={onSend} onRetry={onRetry} />
      {asksToLeave && isUnderWay ? (
        <LeaveQuestion words={words} onLeave={restart} onStay={stay} />
      ) : (
        <Notice {...props} />
      )}
      <Composer
        field={field}
        words={words}
        isDisabled={state.isEnded}
        takesFocus={props.takesFocus}
        onSend={onSend}
      />
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

interface LeaveQuestionProps {
  readonly words: Words;
  readonly onLeave: () => void;
  readonly onStay: () => void;
}

/** There is no way back to a conversation that was left: it is not left by a slip of the hand. */
function LeaveQuestion({ words, onLeave, onStay }: LeaveQuestionProps) {
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <p class="notice" role="group" aria-label={words.leave}>
      {words.leave}{' '}
      <button type="button" onClick={onLeave}>
        {words.fresh}
      </button>{' '}
      <button type="button" ref={stay} onClick={onStay}>
        {words.stay}
      </button>
    </p>
  );
}

interface ComposerProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly words: Words;
  readonly isDisabled: boolean;
  readonly takesFocus: boolean;
  readonly onSend: (text: string) => void;
}

function Composer({ field, words, isDisabled, takesFocus, onSend }: ComposerProps) {
  const [text, setText] = useState('');
  useEffect(() => {
    if (takesFocus) field.current?.focus({ preventScroll: true });
  }, []);
  const wasDisabled = useRef(isDisabled);
  useEffect(() => {
    // The button that began another conversation is gone, and the focus with it.
    if (wasDisabled.current && !isDisabled) field.current?.focus();
    wasDisabled.current = isDisabled;
  }, [isDisabled]);
  const submit = (): void => {
    if (text.trim() === '') return;
    onSend(text.trim());
    setText('');
    field.current?.focus();
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
        ref={field}
        rows={1}
        dir="auto"
        value={text}
        disabled={isDisabled}
        placeholder={words.placeholder}
        aria-label={words.placeholder}
        enterkeyhint="send"
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // While an input method composes, Enter chooses a word.
          if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
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

/** Safari tells of the key that ends a composition after its end; the old code of such a key is 229 everywhere. */
function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return event.isComposing || event.keyCode === 229;
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
