/** Keeps what `make` makes, by key and options: `Intl` objects are dear to make and cheap to keep. */
export function memoize<Options extends object, Made>(
  make: (key: string, options: Options) => Made,
): (key: string, options: Options) => Made {
  const made = new Map<string, Made>();
  return (key, options) => {
    const id = `${key} ${JSON.stringify(options)}`;
    const known = made.get(id);
    if (known !== undefined) return known;
    const fresh = make(key, options);
    // Currencies and styles come from data: a bound keeps a hostile stream of them from filling the memory.
    if (made.size >= 1_000) made.clear();
    made.set(id, fresh);
    return fresh;
  };
}
