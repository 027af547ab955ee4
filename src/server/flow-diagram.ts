/** How a flow goes: its states and the ways between them. */
export interface FlowDiagram {
  readonly flow: string;
  readonly nodes: readonly { readonly id: string; readonly label: string }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly label?: string | undefined;
  }[];
}
