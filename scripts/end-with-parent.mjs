/** Loaded into a child of `runTied`: when the parent is gone, asks this process to stop as a signal would. */
const hardEndMs = 15_000;

if (process.channel) {
  process.on('disconnect', () => {
    setTimeout(() => process.exit(1), hardEndMs).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  process.channel.unref();
}
