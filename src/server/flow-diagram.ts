/** How a flow goes: its states and the ways between them. */
export interface FlowDiagram {
  readonly flow: string;
  /** The first is where it begins. */
  readonly nodes: readonly { readonly id: string; readonly label: string }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** The part of a machine's config that a drawing needs; a compiled flow's `config` satisfies it. */
export interface MachineOutline {
  readonly id: string;
  readonly initial: string;
  readonly states: Readonly<Record<string, StateOutline>>;
}

interface StateOutline {
  readonly description?: string;
  readonly always?: readonly { readonly target?: string }[];
  readonly on?: Readonly<Record<string, readonly { readonly target?: string }[]>>;
}

/** Reads the drawing out of a machine, in the order in which its states are reached. */
export function diagramOf({ id, initial, states }: MachineOutline): FlowDiagram {
  const order: string[] = [];
  const edges = new Map<string, { readonly from: string; readonly to: string }>();
  const open = [initial];
  for (let state = open.shift(); state !== undefined; state = open.shift()) {
    if (order.includes(state)) continue;
    order.push(state);
    const targets = targetsOf(states[state]);
    for (const target of targets) edges.set(`${state} ${target}`, { from: state, to: target });
    open.unshift(...targets);
  }
  return {
    flow: id,
    nodes: order.map((state) => ({ id: state, label: labelOf(state, states[state]) })),
    edges: [...edges.values()],
  };
}

function targetsOf(state: StateOutline | undefined): readonly string[] {
  const transitions = [...(state?.always ?? []), ...Object.values(state?.on ?? {}).flat()];
  const targets = transitions.flatMap(({ target }) =>
    target === undefined ? [] : [target.replace(/^[#.]+/, '')],
  );
  return [...new Set(targets)];
}

const LONGEST_LABEL = 40;

function labelOf(state: string, outline: StateOutline | undefined): string {
  const label = outline?.description ?? state;
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;
}
