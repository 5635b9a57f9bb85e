/** What Slack, or a browser that it sent, asks for on the HTTP platform's port. It checks its callers itself. */
export interface SlackRoute {
  readonly method: "GET" | "POST";
  readonly path: string;
  handle(request: Request): Promise<Response>;
}
