/** @returns Language, script and region of a tag, also of one written `zh_CN`; `undefined` for what is no tag. */
export function languageTag(text: string | null): string | undefined {
  try {
    const { language, script, region } = new Intl.Locale((text ?? '').replaceAll('_', '-'));
    return [language, script, region].filter((part) => part !== undefined).join('-');
  } catch {
    return undefined;
  }
}
