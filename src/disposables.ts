/** What was opened so far, to be closed together, last first. (Node 20 has no `AsyncDisposableStack`.) */
export interface Disposables extends AsyncDisposable {
  use<T extends AsyncDisposable>(resource: T): T;
}

export function createDisposables(): Disposables {
  const open: AsyncDisposable[] = [];
  return {
    use(resource) {
      open.push(resource);
      return resource;
    },
    async [Symbol.asyncDispose]() {
      const faults: unknown[] = [];
      for (let resource = open.pop(); resource; resource = open.pop()) {
        try {
          await resource[Symbol.asyncDispose]();
        } catch (error) {
          faults.push(error);
        }
      }
      if (faults.length > 0)
        throw faults.length === 1 ? faults[0] : new AggregateError(faults, 'Several parts did not close.');
    },
  };
}
