// The shape of the handlers: exactly one function per route of the contract, no more and no fewer.
import type { Outputs, ParsedInput, RequestName } from '@shared/contract/requests';

/** Who asks. */
export interface Caller {
  /** The window that asks: dialogs open above it. */
  readonly windowId: number;
}

export type Handler<N extends RequestName> = (
  input: ParsedInput<N>,
  caller: Caller,
) => Outputs[N] | Promise<Outputs[N]>;

export type Handlers = { readonly [N in RequestName]: Handler<N> };

/** The handlers of one domain: every route that starts with `<domain>.`. */
export type HandlersOf<Domain extends string> = {
  readonly [N in RequestName as N extends `${Domain}.${string}` ? N : never]: Handler<N>;
};
