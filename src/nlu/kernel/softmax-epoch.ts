// AssemblyScript: one pass of stochastic gradient descent over sparse rows, for multinomial logistic regression.
// Compiled by scripts/build-kernel.mjs into ../softmax-kernel-binary.ts. All pointers are byte offsets in the imported
// memory; rows of weights, the bias and the logits are `stride` floats long, a multiple of 4, with zeros past `classes`.

let state: u32 = 1;

export function seedDropout(seed: u32): void {
  state = seed == 0 ? 1 : seed;
}

// Marsaglia's xorshift32.
function nextRandom(): u32 {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

export function runEpoch(
  order: usize,
  rows: i32,
  starts: usize,
  indices: usize,
  values: usize,
  labels: usize,
  weights: usize,
  bias: usize,
  squares: usize,
  logits: usize,
  kept: usize,
  classes: i32,
  stride: i32,
  rate: f32,
  dropout: f32,
  low: f32,
  high: f32,
): void {
  const rowBytes: usize = <usize>stride << 2;
  const dropBelow: u32 = <u32>(dropout * <f32>4294967040.0);
  const scale: f32 = 1 / Mathf.sqrt(1 - dropout);

  for (let place = 0; place < rows; place++) {
    const row: usize = load<u32>(order + (<usize>place << 2));
    const from: usize = load<u32>(starts + (row << 2));
    const to: usize = load<u32>(starts + (row << 2), 4);
    const label: i32 = load<u32>(labels + (row << 2));

    // Kept features: pairs of weight row and value.
    let end: usize = kept;
    for (let at = from; at < to; at++) {
      if (dropBelow != 0 && nextRandom() < dropBelow) continue;
      const feature: u32 = load<u32>(indices + (at << 2));
      store<u32>(end, feature);
      store<f32>(end, load<f32>(values + (at << 2)) * scale, 4);
      end += 8;
    }

    memory.copy(logits, bias, rowBytes);
    for (let pair = kept; pair < end; pair += 8) {
      const base: usize = weights + <usize>load<u32>(pair) * rowBytes;
      const value = f32x4.splat(load<f32>(pair, 4));
      for (let c: usize = 0; c < rowBytes; c += 16) {
        v128.store(logits + c, f32x4.add(v128.load(logits + c), f32x4.mul(value, v128.load(base + c))));
      }
    }

    let highest: f32 = load<f32>(logits);
    for (let c = 1; c < classes; c++) highest = max(highest, load<f32>(logits + (<usize>c << 2)));
    let total: f32 = 0;
    for (let c = 0; c < classes; c++) {
      const at: usize = logits + (<usize>c << 2);
      const power = Mathf.exp(load<f32>(at) - highest);
      store<f32>(at, power);
      total += power;
    }
    let energy: f32 = 0;
    const share: f32 = 1 / total;
    for (let c = 0; c < classes; c++) {
      const at: usize = logits + (<usize>c << 2);
      const gradient = load<f32>(at) * share - (c == label ? high : low);
      store<f32>(at, gradient);
      energy += gradient * gradient;
    }
    for (let c = classes; c < stride; c++) store<f32>(logits + (<usize>c << 2), 0);
    // What is learned to three decimals teaches nothing more.
    if (energy < 1e-6) continue;

    const biasStep = f32x4.splat(rate * 0.05);
    for (let c: usize = 0; c < rowBytes; c += 16) {
      v128.store(bias + c, f32x4.sub(v128.load(bias + c), f32x4.mul(biasStep, v128.load(logits + c))));
    }
    for (let pair = kept; pair < end; pair += 8) {
      const feature: usize = load<u32>(pair);
      const value = load<f32>(pair, 4);
      const sum = load<f32>(squares + (feature << 2)) + energy * value * value;
      store<f32>(squares + (feature << 2), sum);
      const step = f32x4.splat((rate * value) / (Mathf.sqrt(sum) + <f32>1e-6));
      const base: usize = weights + feature * rowBytes;
      for (let c: usize = 0; c < rowBytes; c += 16) {
        v128.store(base + c, f32x4.sub(v128.load(base + c), f32x4.mul(step, v128.load(logits + c))));
      }
    }
  }
}
