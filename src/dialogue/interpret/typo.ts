/** Whether a word is another one misspelt: one edit in a word of six letters or more, two in one of ten. */
export function isTypo(written: string, meant: string): boolean {
  const allowed = meant.length >= 10 ? 2 : meant.length >= 6 ? 1 : 0;
  if (allowed === 0 || Math.abs(written.length - meant.length) > allowed) return false;
  return distance(written, meant) <= allowed;
}

/** Edits between two words: insert, delete, replace, swap two neighbours (optimal string alignment). */
function distance(left: string, right: string): number {
  const rows: number[][] = [];
  for (let row = 0; row <= left.length; row += 1) {
    rows.push([row]);
    for (let column = 1; column <= right.length; column += 1) {
      const at = (r: number, c: number): number => rows[r]?.[c] ?? (r === 0 ? c : r);
      const same = left[row - 1] === right[column - 1];
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const cost =
        row === 0
          ? column
          : Math.min(
              at(row - 1, column) + 1,
              at(row, column - 1) + 1,
              at(row - 1, column - 1) + (same ? 0 : 1),
            );
      const swap = swapped && row > 1 && column > 1 ? at(row - 2, column - 2) + 1 : Infinity;
      rows[row]?.push(Math.min(cost, swap));
    }
  }
  return rows[left.length]?.[right.length] ?? Infinity;
}
