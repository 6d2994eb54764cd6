/** Placeholder: the job that npm start runs goes here. */
process.stdout.write('Nothing to show yet.\n');
