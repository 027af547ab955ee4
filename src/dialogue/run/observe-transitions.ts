import type { AnyStateNode, AnyTransitionDefinition, InspectionEvent } from 'xstate';

/** A transition that a machine took, as its config has it: `place` counts the state's transitions for the event. */
export interface TakenTransition {
  readonly flow: string;
  readonly state: string;
  /** Empty for one that is taken at once (`always`). */
  readonly event: string;
  readonly place: number;
}

/** Told of every transition that a flow takes; for coverage. */
export type TransitionObserver = (taken: TakenTransition) => void;

/** Names the transitions of a microstep; those of the machine itself, which corrections jump by, are not the flow's. */
export function observing(observe: TransitionObserver, flow: string): (event: InspectionEvent) => void {
  return (event) => {
    if (event.type !== '@xstate.microstep') return;
    for (const taken of event._transitions as readonly AnyTransitionDefinition[]) {
      const source = taken.source as AnyStateNode;
      const eventType = taken.eventType as string;
      const siblings = eventType === '' ? source.always : source.transitions.get(eventType);
      const place = siblings?.indexOf(taken) ?? -1;
      if (source.parent && place >= 0) observe({ flow, state: source.key, event: eventType, place });
    }
  };
}
