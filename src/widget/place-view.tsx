import { FlowDiagramView } from './flow-diagram-view.tsx';

/** The part of a conversation's state that is shown. */
export interface DialogueState {
  readonly locale: string;
  readonly slots: Readonly<Record<string, unknown>>;
  readonly user: Readonly<Record<string, unknown>>;
  readonly page?: Readonly<Record<string, unknown>>;
  /** The task at hand is the last. */
  readonly stack: readonly { readonly flow: string; readonly snapshot: { readonly value: string } }[];
}

interface PlaceViewProps {
  readonly state: DialogueState;
  readonly handover: string | null;
}

/** Where a conversation stands: its tasks, the step in the flow's drawing, and what it knows. */
export function PlaceView({ state, handover }: PlaceViewProps) {
  const { stack, slots, user, page, locale } = state;
  const top = stack.at(-1);
  return (
    <section class="place" aria-label="Where it stands">
      <h2>Where it stands</h2>
      <p>
        {handover === null ? '' : `With a person (${handover}). `}
        {stack.length === 0
          ? 'No task is open.'
          : stack.map(({ flow, snapshot }) => `${flow}/${snapshot.value}`).join(', on top of it ')}
      </p>
      {top ? <FlowDiagramView flow={top.flow} step={top.snapshot.value} /> : undefined}
      <Values title="Slots" values={slots} />
      <Values title="User" values={user} />
      <Values title="Page" values={page ?? {}} />
      <p>
        <small>{locale}</small>
      </p>
    </section>
  );
}

function Values({
  title,
  values,
}: {
  readonly title: string;
  readonly values: Readonly<Record<string, unknown>>;
}) {
  const filled = Object.entries(values).filter(([, value]) => value !== null);
  if (filled.length === 0) return undefined;
  return (
    <>
      <h3>{title}</h3>
      <table>
        <tbody>
          {filled.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{withBreaks(name)}</th>
              <td dir="auto">{typeof value === 'string' ? value : JSON.stringify(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** A long name may go on in the next line after an underscore. */
function withBreaks(name: string): string {
  return name.replaceAll('_', '_\u200b');
}
