interface TemplateFault {
  readonly message: string;
  readonly fix: string;
}

const QUOTING = "Write a brace that is not a placeholder as '{' and '}', in apostrophes.";
const NEEDS_OTHER = 'End the list of cases with other {…}.';

/** What the parser's faults mean to an author. */
const FAULTS: Readonly<Record<string, TemplateFault>> = {
  EXPECT_ARGUMENT_CLOSING_BRACE: {
    message: 'a placeholder is opened with { and not closed',
    fix: `Close it with }. ${QUOTING}`,
  },
  EMPTY_ARGUMENT: { message: 'the placeholder {} names nothing', fix: `Name a slot. ${QUOTING}` },
  MALFORMED_ARGUMENT: {
    message: 'what follows { is not the name of a placeholder',
    fix: `Write a slot's name, such as {order_id}. ${QUOTING}`,
  },
  EXPECT_ARGUMENT_TYPE: {
    message: "a placeholder's comma is followed by no format",
    fix: 'Write number, date, time, plural, select or selectordinal after the comma, or drop it.',
  },
  INVALID_ARGUMENT_TYPE: {
    message: "a placeholder's format is unknown",
    fix: 'Use number, date, time, plural, select or selectordinal.',
  },
  EXPECT_ARGUMENT_STYLE: {
    message: "a placeholder's second comma is followed by no style",
    fix: 'Write a style such as short or ::yyyyMMMd, or drop the comma.',
  },
  INVALID_NUMBER_SKELETON: {
    message: 'the number skeleton is invalid',
    fix: 'See ICU number skeletons, e.g. ::currency/EUR.',
  },
  INVALID_DATE_TIME_SKELETON: {
    message: 'the date skeleton is invalid',
    fix: 'See ICU date skeletons, e.g. ::yyyyMMMd.',
  },
  UNCLOSED_QUOTE_IN_ARGUMENT_STYLE: {
    message: 'an apostrophe in a style is not closed',
    fix: 'Close it, or double it to show one.',
  },
  EXPECT_SELECT_ARGUMENT_OPTIONS: { message: 'select, or plural, lists no cases', fix: NEEDS_OTHER },
  EXPECT_PLURAL_ARGUMENT_SELECTOR: { message: 'plural lists no cases', fix: NEEDS_OTHER },
  EXPECT_SELECT_ARGUMENT_SELECTOR: { message: 'select lists no cases', fix: NEEDS_OTHER },
  EXPECT_PLURAL_ARGUMENT_SELECTOR_FRAGMENT: {
    message: 'a plural case has no text',
    fix: 'Write it in braces: one {# item}.',
  },
  EXPECT_SELECT_ARGUMENT_SELECTOR_FRAGMENT: {
    message: 'a select case has no text',
    fix: 'Write it in braces: shipped {On its way}.',
  },
  INVALID_PLURAL_ARGUMENT_SELECTOR: {
    message: 'a plural case is neither a category nor =number',
    fix: 'Use zero, one, two, few, many, other or =1.',
  },
  DUPLICATE_PLURAL_ARGUMENT_SELECTOR: { message: 'a plural case is there twice', fix: 'Drop one of them.' },
  DUPLICATE_SELECT_ARGUMENT_SELECTOR: { message: 'a select case is there twice', fix: 'Drop one of them.' },
  MISSING_OTHER_CLAUSE: { message: "the cases lack 'other'", fix: NEEDS_OTHER },
};

/** @param kind - The parser's own name for the fault. */
export function describeTemplateFault(kind: string): TemplateFault {
  return (
    FAULTS[kind] ?? {
      message: `the text is not ICU MessageFormat (${kind.toLowerCase().replaceAll('_', ' ')})`,
      fix: QUOTING,
    }
  );
}
