/** The place of the highest number; the first of equals. */
export function highestPlace(numbers: Float32Array): number {
  let best = 0;
  for (let at = 1; at < numbers.length; at += 1) if ((numbers[at] ?? 0) > (numbers[best] ?? 0)) best = at;
  return best;
}

/** The places of the highest numbers, at most so many, highest first; the first of equals before the others. */
export function highestPlaces(numbers: Float32Array, most: number): number[] {
  const best: number[] = [];
  for (let place = 0; place < numbers.length; place += 1) {
    const number = numbers[place] ?? 0;
    if (best.length === most && number <= (numbers[best[most - 1] ?? 0] ?? 0)) continue;
    let at = best.length;
    while (at > 0 && (numbers[best[at - 1] ?? 0] ?? 0) < number) at -= 1;
    best.splice(at, 0, place);
    if (best.length > most) best.pop();
  }
  return best;
}
