import { useEffect, useRef, useState } from 'preact/hooks';

interface FlowDrawing {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly {
    readonly id: string;
    readonly shape: string;
    readonly title: string;
    readonly detail: string;
    readonly caption: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly middle: number;
    readonly radius: number;
  }[];
  readonly arrows: readonly {
    readonly path: string;
    readonly isRepair: boolean;
    readonly label?: { readonly text: string; readonly x: number; readonly y: number };
  }[];
}

/** A flow from top to bottom, with the step where the conversation stands in the middle of the view. */
export function FlowDiagramView({ flow, step }: { readonly flow: string; readonly step: string }) {
  const drawing = useDrawing(flow);
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const here = view.current?.querySelector('.here');
    if (!view.current || !here) return;
    const [whole, at] = [view.current.getBoundingClientRect(), here.getBoundingClientRect()];
    view.current.scrollTop += at.top - whole.top - (whole.height - at.height) / 2;
    view.current.scrollLeft += at.left - whole.left - (whole.width - at.width) / 2;
  }, [drawing, step]);
  if (!drawing) return undefined;
  const { width, height, boxes, arrows } = drawing;
  return (
    <div class="diagram" ref={view} tabIndex={0} role="group" aria-label={`The flow ${flow}`}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={`Flow ${flow}, at ${step}`}
      >
        <defs>
          <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path class="tip" d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        {arrows.map(({ path, isRepair }) => (
          <path key={path} class={isRepair ? 'repair' : ''} d={path} marker-end="url(#tip)" />
        ))}
        {boxes.map((box) => (
          <Box key={box.id} box={box} isHere={box.id === step} />
        ))}
        {arrows.map(({ path, label }) =>
          label ? (
            <text key={path} class="label" x={label.x} y={label.y}>
              {label.text}
            </text>
          ) : undefined,
        )}
      </svg>
    </div>
  );
}

function Box({ box, isHere }: { readonly box: FlowDrawing['boxes'][number]; readonly isHere: boolean }) {
  const { shape, title, detail, caption, x, y, width, height, middle, radius } = box;
  const isSingle = title === '' || detail === '';
  return (
    <g class={`${shape} ${isHere ? 'here' : ''}`}>
      <title>{`${detail} ${title}`.trim()}</title>
      <rect x={x} y={y} width={width} height={height} rx={radius} />
      {isSingle ? undefined : (
        <text class="detail" x={middle} y={y + 17}>
          {detail}
        </text>
      )}
      <text x={middle} y={y + (isSingle ? 27 : 34)}>
        {caption}
      </text>
    </g>
  );
}

function useDrawing(flow: string): FlowDrawing | undefined {
  const [drawing, setDrawing] = useState<FlowDrawing>();
  useEffect(() => {
    let isCurrent = true;
    void fetch(`/inspect/api/flows/${encodeURIComponent(flow)}`)
      .then(async (response) => (response.ok ? ((await response.json()) as FlowDrawing) : undefined))
      .catch(() => undefined)
      .then((found) => {
        if (isCurrent) setDrawing(found);
      });
    return () => {
      isCurrent = false;
    };
  }, [flow]);
  return drawing?.title === flow ? drawing : undefined;
}
