// A running gateway process, as little of it as is needed: Electron and the tests each bring their own.

export interface GatewayProcess {
  onOutput(listener: (text: string) => void): void;
  onComplaint(listener: (text: string) => void): void;
  onExit(listener: (code: number | null) => void): void;
  /** Asks it to end. */
  terminate(): void;
  /** Ends it. Harmless when it is gone. */
  kill(): void;
}

/** Starts the gateway's script with these arguments. The process must not outlive the app, however it ends. */
export type SpawnGateway = (args: readonly string[], env: Readonly<Record<string, string>>) => GatewayProcess;
