// AssemblyScript: one pass of stochastic gradient descent over sparse rows, for multinomial logistic regression.
// Compiled by scripts/build-kernel.mjs into ../softmax-kernel-binary.ts. All pointers are byte offsets in the imported
// memory; rows of weights, the bias and the logits are `stride` floats long, a multiple of 4, with zeros past `classes`.

export function runEpoch(
  order: usize,
  rows: i32,
  starts: usize,
  indices: usize,
  values: usize,
  labels: usize,
  weights: usize,
  bias: usize,
  logits: usize,
  classes: i32,
  stride: i32,
  rate: f32,
): void {
  const rowBytes: usize = <usize>stride << 2;

  for (let place = 0; place < rows; place++) {
    const row: usize = load<u32>(order + (<usize>place << 2));
    const from: usize = <usize>load<u32>(starts + (row << 2)) << 2;
    const to: usize = <usize>load<u32>(starts + (row << 2), 4) << 2;
    const label: i32 = load<u32>(labels + (row << 2));

    memory.copy(logits, bias, rowBytes);
    for (let at = from; at < to; at += 4) {
      const base: usize = weights + <usize>load<u32>(indices + at) * rowBytes;
      const value = f32x4.splat(load<f32>(values + at));
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
      const gradient = load<f32>(at) * share - (c == label ? <f32>1 : <f32>0);
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
    for (let at = from; at < to; at += 4) {
      const step = f32x4.splat(rate * load<f32>(values + at));
      const base: usize = weights + <usize>load<u32>(indices + at) * rowBytes;
      for (let c: usize = 0; c < rowBytes; c += 16) {
        v128.store(base + c, f32x4.sub(v128.load(base + c), f32x4.mul(step, v128.load(logits + c))));
      }
    }
  }
}
