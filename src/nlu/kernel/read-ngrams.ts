// AssemblyScript: what a sparse vector scores with weights of one byte, and the rows nearest to it. Compiled by
// scripts/build-kernel.mjs into ../ngram-kernel-binary.ts. All pointers are byte offsets in the imported memory.

/** Writes `classes` logits: the bias, and for each feature its weights times its scale times its value. */
export function score(
  indices: usize,
  values: usize,
  size: i32,
  codes: usize,
  scales: usize,
  bias: usize,
  classes: i32,
  logits: usize,
): void {
  memory.copy(logits, bias, <usize>classes << 2);
  for (let at: usize = 0; at < <usize>size << 2; at += 4) {
    const feature: usize = load<u32>(indices + at);
    const value: f32 = load<f32>(values + at) * load<f32>(scales + (feature << 2));
    const lanes = f32x4.splat(value);
    const row: usize = codes + feature * classes;
    let c: i32 = 0;
    for (; c + 16 <= classes; c += 16) {
      const bytes = v128.load(row + c);
      const low = i16x8.extend_low_i8x16_s(bytes);
      const high = i16x8.extend_high_i8x16_s(bytes);
      const to: usize = logits + (<usize>c << 2);
      addProduct(to, lanes, i32x4.extend_low_i16x8_s(low));
      addProduct(to + 16, lanes, i32x4.extend_high_i16x8_s(low));
      addProduct(to + 32, lanes, i32x4.extend_low_i16x8_s(high));
      addProduct(to + 48, lanes, i32x4.extend_high_i16x8_s(high));
    }
    for (; c < classes; c++) {
      const to: usize = logits + (<usize>c << 2);
      store<f32>(to, load<f32>(to) + value * <f32>load<i8>(row + c));
    }
  }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function addProduct(to: usize, value: v128, codes: v128): void {
  v128.store(to, f32x4.add(v128.load(to), f32x4.mul(value, f32x4.convert_i32x4_s(codes))));
}

/**
 * Writes the rows most similar to the vector, best first, with their cosines; of equals the earlier row first.
 * `similarities` has room for `rows` floats and three more.
 *
 * @returns How many there are, at most `most`.
 */
export function nearest(
  indices: usize,
  values: usize,
  size: i32,
  starts: usize,
  postings: usize,
  weights: usize,
  similarities: usize,
  rows: i32,
  foundRows: usize,
  foundScores: usize,
  most: i32,
): i32 {
  const end: usize = similarities + (<usize>rows << 2);
  memory.fill(similarities, 0, (<usize>rows << 2) + 12);
  for (let at: usize = 0; at < <usize>size << 2; at += 4) {
    const feature: usize = <usize>load<u32>(indices + at) << 2;
    const value: f32 = load<f32>(values + at);
    const last: usize = <usize>load<u32>(starts + feature, 4) << 2;
    for (let place: usize = <usize>load<u32>(starts + feature) << 2; place < last; place += 4) {
      const to: usize = similarities + (<usize>load<u32>(postings + place) << 2);
      store<f32>(to, load<f32>(to) + value * load<f32>(weights + place));
    }
  }

  let found: i32 = 0;
  let least: f32 = 0;
  for (let at: usize = similarities; at < end; at += 16) {
    if (!v128.any_true(f32x4.gt(v128.load(at), f32x4.splat(least)))) continue;
    for (let lane: usize = at; lane < at + 16; lane += 4) {
      const similarity: f32 = load<f32>(lane);
      if (similarity <= least) continue;
      let place: i32 = found < most ? found++ : most - 1;
      while (place > 0 && similarity > load<f32>(foundScores + (<usize>(place - 1) << 2))) {
        const from: usize = <usize>(place - 1) << 2;
        store<u32>(foundRows + from, load<u32>(foundRows + from), 4);
        store<f32>(foundScores + from, load<f32>(foundScores + from), 4);
        place--;
      }
      store<u32>(foundRows + (<usize>place << 2), <u32>((lane - similarities) >> 2));
      store<f32>(foundScores + (<usize>place << 2), similarity);
      if (found === most) least = load<f32>(foundScores + (<usize>(most - 1) << 2));
    }
  }
  return found;
}
