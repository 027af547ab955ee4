import { useEffect, useRef, useState } from 'preact/hooks';

interface FlowDiagram {
  readonly flow: string;
  readonly nodes: readonly { readonly id: string; readonly label: string }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label?: string }[];
}

const ROW = 46;
const WIDTH = 260;

/** A flow from top to bottom, with the step where the conversation stands. */
export function FlowDiagramView({ flow, step }: { readonly flow: string; readonly step: string }) {
  const [diagram, setDiagram] = useState<FlowDiagram>();
  useEffect(() => {
    let isCurrent = true;
    void fetch(`/inspect/api/flows/${encodeURIComponent(flow)}`)
      .then(async (response) => (response.ok ? ((await response.json()) as FlowDiagram) : undefined))
      .catch(() => undefined)
      .then((found) => {
        if (isCurrent) setDiagram(found);
      });
    return () => {
      isCurrent = false;
    };
  }, [flow]);
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const here = view.current?.querySelector('.here');
    if (!view.current || !here) return;
    const [whole, at] = [view.current.getBoundingClientRect(), here.getBoundingClientRect()];
    view.current.scrollTop += at.top - whole.top - (whole.height - at.height) / 2;
  }, [diagram, step]);
  if (!diagram || diagram.flow !== flow) return undefined;
  const rows = new Map(diagram.nodes.map(({ id }, index) => [id, index]));
  return (
    <div class="diagram" ref={view} tabIndex={0} role="group" aria-label={`The flow ${flow}`}>
      <svg
        viewBox={`0 0 520 ${diagram.nodes.length * ROW + 10}`}
        width="520"
        role="img"
        aria-label={`Flow ${flow}, at ${step}`}
      >
        {diagram.edges.map(({ from, to }) => (
          <path key={`${from} ${to}`} d={edgePath(rows.get(from) ?? 0, rows.get(to) ?? 0)} />
        ))}
        {diagram.nodes.map(({ id, label }, index) => (
          <g key={id} class={id === step ? 'here' : ''} transform={`translate(60 ${index * ROW + 8})`}>
            <rect width={WIDTH} height="32" rx="8" />
            <text x="12" y="20">
              {label}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

/** Down to the next row; around the side to any other, right going down, left going up. */
function edgePath(from: number, to: number): string {
  const [start, end] = [from * ROW + 40, to * ROW + 8];
  if (to === from + 1) return `M190 ${start} V${end}`;
  const isDown = to > from;
  const side = isDown ? 60 + WIDTH : 60;
  // Three quarters of the bend is how far the curve reaches: to the left there is less room.
  const bend = (isDown ? 1 : -1) * Math.min(isDown ? 180 : 74, 20 + Math.abs(to - from) * 10);
  return `M${side} ${start - 16} C${side + bend} ${start - 16} ${side + bend} ${end + 16} ${side} ${end + 16}`;
}
