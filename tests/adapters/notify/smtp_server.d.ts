/** What the tests use of the SMTP server. */
import type { Readable } from "node:stream";
import type { Server } from "node:net";
export interface Session {
  readonly secure: boolean;
  readonly envelope: { readonly rcptTo: readonly { readonly address: string }[] };
}
export type Done = (error?: (Error & { responseCode?: number }) | null, value?: unknown) => void;
export class SMTPServer {
  constructor(options: {
    readonly authOptional?: boolean;
    readonly allowInsecureAuth?: boolean;
    readonly disabledCommands?: readonly string[];
    readonly logger?: boolean;
    onAuth?(auth: { username: string; password: string }, session: Session, done: Done): void;
    onRcptTo?(address: { address: string }, session: Session, done: Done): void;
    onData?(stream: Readable, session: Session, done: Done): void;
  });
  readonly server: Server;
  on(event: "error", listener: (error: Error) => void): void;
  listen(port: number, host: string, done: () => void): void;
  close(done: () => void): void;
}
