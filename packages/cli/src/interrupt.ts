/** Resolves at the first SIGINT or SIGTERM. A second one ends the process at once. */
export function onceInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    let interrupted = false;
    const handle = () => {
      if (interrupted) process.exit(130);
      interrupted = true;
      resolve();
    };
    process.on('SIGINT', handle);
    process.on('SIGTERM', handle);
  });
}
