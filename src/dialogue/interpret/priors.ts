/**
 * How often people do what, given what the bot did last: P(kind of reading | state), before a word is read.
 *
 * Set from the way people talk to service desks: a question is mostly answered, sometimes evaded, seldom left for
 * another task. They need not sum to one: only their ratios count.
 */
export const priors = {
  /** Something is asked. */
  asked: {
    answer: 0.7,
    otherSlot: 0.15,
    correct: 0.15,
    start: 0.2,
    cancel: 0.2,
    article: 0.2,
    narrow: 0.5,
    chitchat: 0.15,
    control: 0.2,
    yesNo: 0.03,
    cannotHandle: 0.1,
  },
  /** A confirmation is asked. */
  confirming: {
    answer: 0.05,
    otherSlot: 0.1,
    correct: 0.4,
    start: 0.1,
    cancel: 0.2,
    article: 0.2,
    narrow: 0.5,
    chitchat: 0.1,
    control: 0.2,
    yesNo: 0.6,
    cannotHandle: 0.1,
  },
  /** Nothing is asked. */
  idle: {
    answer: 0.1,
    otherSlot: 0.05,
    correct: 0.05,
    start: 0.6,
    cancel: 0.05,
    article: 0.45,
    narrow: 0.05,
    chitchat: 0.3,
    control: 0.2,
    yesNo: 0.1,
    cannotHandle: 0.15,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>;

export type Priors = (typeof priors)[keyof typeof priors];

/** P(the last message takes up what the bot offered: a clarification's options, the tasks to resume). */
export const chooseOffered = 0.6;

/** Asking which was meant covers several readings and costs a turn: acting must be this much likelier than both. */
export const clarifyDiscount = 0.62;

/** The same with one candidate: a person who is asked "did you mean this?" has mostly meant it. */
export const soleClarifyDiscount = 0.5;

/** How much a "no", a "yes, but" or "I meant" raises the prior of a correction. */
export const cueWeight = 0.75;

/** For each value in the message that a reading leaves unused. */
export const unusedValue = 0.2;

/** P(a part of a message says nothing by itself), beside a part that does. */
export const emptyPart = 0.3;

/** P(a message names one task more). */
export const furtherTask = 0.4;

/** Words around a value may always be just words: no intent explains them more surely than this. */
export const surestResidue = 0.93;

/** The same of giving up: "leave it for today" gives no day. */
export const surestCancel = 0.985;

/** The smallest probability that is told apart from none. */
export const floor = 1e-4;
