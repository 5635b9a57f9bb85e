/** SQL for the name of the job that serves a thread: its platform's, so that only a process whose platform is on takes it. */
export function taskOf(thread: string): string {
  return `'thread:' || split_part(${thread}, ':', 1)`;
}

/** SQL that tells the workers of the thread's platform that it has work. */
export function addJob(thread: string): string {
  return `graphile_worker.add_job(${taskOf(thread)}, json_build_object('thread', ${thread}))`;
}
