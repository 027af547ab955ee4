/** Counts what the server does, for Prometheus to read. */
export interface Metrics {
  request(route: string, method: string, status: number, seconds: number): void;
  turn(seconds: number, duplicate: boolean): void;
  streams(open: number): void;
  /** @see https://prometheus.io/docs/instrumenting/exposition_formats/ */
  render(): string;
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(version: string): Metrics {
  const requests = new Map<string, number>();
  const requestSeconds = createHistogram('usher_http_request_seconds', 'Time to answer a request');
  const turnSeconds = createHistogram('usher_turn_seconds', 'Time from message to durable reply');
  let duplicates = 0;
  let openStreams = 0;
  return {
    request: (route, method, status, seconds) => {
      const labels = `route="${escaped(route)}",method="${escaped(method)}",status="${status}"`;
      requests.set(labels, (requests.get(labels) ?? 0) + 1);
      requestSeconds.observe(seconds);
    },
    turn: (seconds, duplicate) => {
      if (duplicate) duplicates += 1;
      else turnSeconds.observe(seconds);
    },
    streams: (open) => {
      openStreams = open;
    },
    render: () =>
      [
        ...family('usher_info', 'gauge', 'The engine', [`usher_info{version="${escaped(version)}"} 1`]),
        ...family(
          'usher_http_requests_total',
          'counter',
          'Requests answered',
          [...requests].map(([labels, count]) => `usher_http_requests_total{${labels}} ${count}`),
        ),
        ...requestSeconds.render(),
        ...turnSeconds.render(),
        ...family('usher_duplicate_messages_total', 'counter', 'Messages that had been answered before', [
          `usher_duplicate_messages_total ${duplicates}`,
        ]),
        ...family('usher_open_streams', 'gauge', 'Open event streams', [`usher_open_streams ${openStreams}`]),
        '',
      ].join('\n'),
  };
}

function createHistogram(name: string, help: string): { observe(value: number): void; render(): string[] } {
  const counts = BUCKETS.map(() => 0);
  let sum = 0;
  let count = 0;
  return {
    observe: (value) => {
      sum += value;
      count += 1;
      for (const [index, limit] of BUCKETS.entries())
        if (value <= limit) counts[index] = (counts[index] ?? 0) + 1;
    },
    render: () =>
      family(name, 'histogram', help, [
        ...BUCKETS.map((limit, index) => `${name}_bucket{le="${limit}"} ${counts[index] ?? 0}`),
        `${name}_bucket{le="+Inf"} ${count}`,
        `${name}_sum ${sum}`,
        `${name}_count ${count}`,
      ]),
  };
}

function family(name: string, type: string, help: string, lines: readonly string[]): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
}

function escaped(label: string): string {
  return label.replace(/[\\"\n]/g, (character) => (character === '\n' ? String.raw`\n` : `\\${character}`));
}
